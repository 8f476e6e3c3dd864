"""The interface is complete in every language, and what is compiled is what is written."""

import re

import pytest
from babel.messages.mofile import read_mo
from django.conf import settings
from django.utils.translation import override

from kzafrica import languages

PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def marked():
    return languages.marked_strings()


@pytest.fixture(params=languages.TRANSLATED)
def catalogue(request):
    return languages.catalogue_of(request.param)


def said(catalogue) -> dict[tuple, tuple]:
    """What stands for each string, whose plural forms are lists in one kind of file and tuples in the other."""
    return {(message.context, *forms(message.id)): forms(message.string) for message in catalogue if message.id}


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
