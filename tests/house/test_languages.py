"""The interface is complete in every language, and what is compiled is what is written."""

import re
from decimal import Decimal
from gettext import c2py

import pytest
from babel.messages.mofile import read_mo
from django.conf import settings
from django.utils.translation import ngettext, override

from kzafrica import languages
from kzafrica.numbers import number_text

PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def marked():
    return languages.marked_strings()


@pytest.fixture(params=languages.TRANSLATED)
def catalogue(request):
    return languages.catalogue_of(request.param)


def said(catalogue) -> dict[tuple, tuple]:
    """What stands for each string, whose plural forms are lists in one kind of file and tuples in the other."""
    return {(context_of(message), *forms(message.id)): forms(message.string) for message in catalogue if message.id}


def context_of(message) -> str | None:
    """What tells two senses apart; compiled files are read with it in bytes."""
    return message.context.decode() if isinstance(message.context, bytes) else message.context


def forms(text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def keys_of(catalogue) -> set:
    return {(message.context, message.id) for message in catalogue if message.id}


def test_a_language_is_offered_when_it_is_translated():
    compiled = "LC_MESSAGES/django.mo"
    offered = {code for code in dict(settings.LANGUAGES) if (languages.LOCALE_DIR / code / compiled).exists()}

    assert offered == set(languages.TRANSLATED)


def test_strings_of_code_and_templates_are_gathered(marked):
    # The last stands in a mail, which is no page.
    told = {"Sign in", "Who says so", "Save all as drafts", "End these e-mails:"}

    assert told <= {str(message.id) for message in marked}


def test_every_marked_string_is_in_the_catalogue_and_no_other(marked, catalogue):
    assert keys_of(catalogue) ^ keys_of(marked) == set()


def test_every_string_is_translated_in_every_plural_form(catalogue):
    assert languages.untranslated(catalogue) == []


def test_placeholders_are_those_of_the_english_string(catalogue):
    wrong = []
    for message in catalogue:
        if not message.id:
            continue
        wanted = [message.id] if isinstance(message.id, str) else list(message.id)
        allowed = set().union(*(PLACEHOLDERS.findall(text) for text in wanted))
        needed = set(PLACEHOLDERS.findall(wanted[-1])) if len(wanted) == 1 else set()
        for text in [message.string] if isinstance(message.string, str) else message.string:
            found = set(PLACEHOLDERS.findall(text))
            if not needed <= found <= allowed:
                wrong.append((message.id, text))

    assert wrong == []


def test_a_form_that_stands_for_several_numbers_says_which(catalogue):
    """Russian says 21 as it says 1, so its first form cannot leave the number out."""
    form_of = c2py(catalogue.plural_expr)
    numbers = {form: [number for number in range(1, 200) if form_of(number) == form] for form in range(3)}
    silent = [
        (message.id[0], text)
        for message in catalogue
        if isinstance(message.id, (tuple, list))
        for form, text in enumerate(message.string)
        if len(numbers[form]) > 1 and not set(PLACEHOLDERS.findall(message.id[1])) <= set(PLACEHOLDERS.findall(text))
    ]

    assert silent == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["0 sources", "1 source", "2 sources", "5 sources", "21 sources"]),
        ("kk", ["0 дереккөз", "1 дереккөз", "2 дереккөз", "5 дереккөз", "21 дереккөз"]),
        ("ru", ["0 источников", "1 источник", "2 источника", "5 источников", "21 источник"]),
        ("fr", ["0 source", "1 source", "2 sources", "5 sources", "21 sources"]),
    ],
)
def test_counted_things_stand_in_the_form_of_their_number(language, words):
    with override(language):
        counted = [ngettext("%(n)s source", "%(n)s sources", number) % {"n": number} for number in (0, 1, 2, 5, 21)]

    assert counted == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["1,234.5", "1 million", "1.5 billion", "2 billion", "21 million"]),
        ("kk", ["1\xa0234,5", "1 миллион", "1,5 миллиард", "2 миллиард", "21 миллион"]),
        ("ru", ["1\xa0234,5", "1 миллион", "1,5 миллиарда", "2 миллиарда", "21 миллион"]),
        ("fr", ["1\u202f234,5", "1 million", "1,5 milliard", "2 milliards", "21 millions"]),
    ],
)
def test_numbers_stand_as_the_language_writes_them(language, words):
    numbers = ("1234.5", "1000000", "1500000000", "2000000000", "21000000")

    with override(language):
        assert [number_text(Decimal(number)) for number in numbers] == words


@pytest.mark.parametrize("language", languages.TRANSLATED)
def test_the_compiled_catalogue_says_what_the_written_one_says(language):
    folder = languages.LOCALE_DIR / language / "LC_MESSAGES"

    with (folder / "django.mo").open("rb") as file:
        compiled = said(read_mo(file))

    assert compiled == said(languages.catalogue_of(language))


@pytest.mark.django_db
@pytest.mark.parametrize("language", languages.TRANSLATED)
def test_the_menu_says_that_no_native_reader_has_checked_it(client, language):
    page = client.get("/").content.decode()

    with override(language):
        assert f'lang="{language}"' in page
        assert f'href="/{language}/"' in page
    assert re.search(rf'lang="{language}" title="[^"]{{30,}}"', page)
