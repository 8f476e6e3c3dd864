"""What is typed into the fields of a story: names of records, dates, texts that are too long, and in which language."""

import pytest
from django.contrib import admin
from django.urls import reverse

from diplomacy.models import Award
from events.models import Event
from kzafrica.desk.story import kinds
from kzafrica.editorial.references import reference_kinds
from kzafrica.reference.models import Person
from kzafrica.statements.models import Claim
from kzafrica.workshop.compact import compact_form
from kzafrica.workshop.finding import FindableMixin
from kzafrica.workshop.texts import LONGEST_TEXT
from tests.desk_forms import EVENT, SOURCE, story
from tests.factories import (
    make_person,
)

pytestmark = pytest.mark.django_db


class TestNames:
    @pytest.mark.parametrize("records", ["person award", "award person"])
    @pytest.mark.parametrize("name", ["Tete Antonio", "tete antonio", "Тете Антониу", "Téte António", "tete-antonio"])
    def test_records_name_each_other_by_name(self, writing, records, name):
        screen = story(writing, records)
        person, award = ("r0", "r1") if records.startswith("person") else ("r1", "r0")
        dostyk = {"title_en": "Dostyk", "order_en": "Dostyk", "recipient": name, "recipient_country": "KEN"}

        answer = screen.send(
            **SOURCE,
            **{f"{person}-name_en": "Tete Antonio", f"{person}-name_ru": "Тете Антониу"},
            **{f"{person}-name_forms-0-text": "Téte António"},
            **{f"{award}-{field}": value for field, value in dostyk.items()},
        )

        assert answer.status_code == 302, screen.words
        assert Award.objects.get().recipient == Person.objects.get(name_en="Tete Antonio")

    def test_a_name_of_several_words_is_one_of_what_a_claim_is_about(self, writing):
        screen = story(writing, "event claim")
        claim = {"text_en": "The first.", "kind": "first", "result": "holds", "reason_en": "None before."}

        screen.send(
            **SOURCE, **EVENT, **{f"r1-{name}": value for name, value in claim.items()},
            **{"r1-subjects.record": "Talks in Nairobi"},
        )  # fmt: skip

        assert [row.record for row in Claim.objects.get().subjects.all()] == ["event/talks-in-nairobi-2025"]

    def test_a_name_of_one_here_and_one_before_is_asked_about(self, writing):
        make_person(slug="other", name="Tete Antonio")
        screen = story(writing, "person event")

        screen.send(
            **SOURCE, r0__name_en="Tete Antonio",
            **{name.replace("r0", "r1"): value for name, value in EVENT.items()},
            **{"r1-participations-0-person": "Tete Antonio"},
        )  # fmt: skip

        assert "may be several: write one of tete-antonio, other (Tete Antonio)" in screen.words

    def test_one_that_is_not_there_can_be_added_on_the_same_screen(self, writing):
        screen = story(writing)

        screen.send(**SOURCE, **EVENT, **{"r0-participations-0-person": "Tete Antonio"})

        assert "Or add it below as one more record of this source" in screen.words


def test_fields_say_in_which_language_they_are(writing):
    words = story(writing, "person event").words

    for label in (
        "Name (English)",
        "Name (Kazakh)",
        "Name (Russian)",
        "Name (French)",
        "Title (English)",
        "Text (English)",
    ):
        assert f">{label}:</label>" in words, label
    assert ">Name:</label>" not in words


class TestDates:
    def test_each_says_back_in_words_what_was_understood(self, writing):
        screen = story(writing, "event agreement award person")

        screen.send(**EVENT | {"r0__date": "2025-09~", "r0__slug": "no address"})

        assert screen.words.count("date-input") >= 6
        assert "about September 2025" in screen.words

    def test_one_that_is_not_understood_may_be_another(self, writing):
        screen = story(writing)

        screen.send(**SOURCE | {"s__published": "10 September 2025"}, **EVENT)

        assert "Did you mean 2025-09-10" in screen.words
        assert "How to write a date" not in screen.words


class TestLongTexts:
    """What is pasted by mistake, a whole book."""

    def test_a_text_has_the_limit_of_the_ordinary_form(self, writing):
        screen = story(writing)

        screen.send(**SOURCE, **EVENT, r0__summary_en="Ж" * (LONGEST_TEXT + 3))

        assert "This text has 20003 characters, and 20000 are allowed." in screen.words
        assert screen.data["r0-summary_en"] == ["Ж" * LONGEST_TEXT]
        assert screen.data["r0-title_en"] == ["Talks in Nairobi"]
        assert not Event.objects.exists()

    @pytest.mark.parametrize(
        "name",
        [
            "address", "records", "s-title", "s-publisher", "s-slug", "s-url", "s-published",
            "r0-title_en", "r0-date", "r0-participations.country", "r0-host", "r0-participations-0-person",
            "r0-as_printed", "r0-locator", "r0-slug", "r1-subject", "r1-value", "r1-low",
        ],
    )  # fmt: skip
    def test_no_field_comes_back_as_long_as_it_was_sent(self, writing, name):
        screen = story(writing, "event figure")

        screen.send(**SOURCE | EVENT | {"r1__measure": "turnover", "r1__printed": "1"} | {name: "Ж" * 300_000})

        assert screen.answer.status_code == 200
        assert len(screen.words) < 300_000
        assert not Event.objects.exists()

    def test_a_sign_that_nobody_can_see_is_refused_in_words(self, writing):
        screen = story(writing)

        screen.send(**SOURCE, **EVENT | {"r0__title_en": "Talks\x00 in Nairobi"})

        assert "U+0000" in screen.words
        assert screen.data["r0-title_en"] == ["Talks in Nairobi"]


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_key_of_a_short_form_can_be_looked_up(writing, kind):
    model = kinds()[kind]
    form = compact_form(model, admin.site.get_model_admin(model).compact)(prefix="r0")
    keys = {name: made for name, made in form.fields.items() if hasattr(made, "pending")}

    assert keys or kind == "person"
    for name, made in keys.items():
        asked = {"field": made.widget.asked_for, "term": "a"}
        assert writing.get(reverse("admin:references"), asked).status_code == 200, name
        known = reference_kinds()
        named = [made.model] if hasattr(made, "model") else [known[kind] for kind in made.kinds or known]
        assert all(isinstance(admin.site.get_model_admin(one), FindableMixin) for one in named), name
