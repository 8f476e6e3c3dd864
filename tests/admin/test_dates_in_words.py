"""A date field says back in words what it understood, or what may have been meant."""

import re

import pytest
from django.urls import reverse

from events.models import Event
from kzafrica.date_reading import suggestion_for, understood
from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.choices import Status
from tests.admin import FilledForm, address_of, words_of
from tests.factories import make_event


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-09-10", "10 September 2025"),
        ("2023-10~/2023-12~", "late 2023 (October–December 2023): 1 October 2023 to 31 December 2023"),
        ("2025", "2025: 1 January 2025 to 31 December 2025"),
        ("2025-24", "winter 2025–2026: 1 December 2025 to 28 February 2026"),
        ("2005/..", "since 2005: 1 January 2005 at the earliest"),
        ("/2020-12", "by December 2020: 31 December 2020 at the latest"),
        ("2025-09-10?", "10 September 2025 (uncertain): one day"),
    ],
)
def test_a_date_is_said_with_the_days_it_may_be(edtf, words):
    assert understood(ImpreciseDate.parse(edtf)) == words


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("10.09.2025", "2025-09-10"),
        ("1.9.2025", "2025-09-01"),
        ("2025/9/1", "2025-09-01"),
        ("25/12/2025", "2025-12-25"),
        ("20250910", "2025-09-10"),
        ("September 2025", "2025-09"),
        ("September 10, 2025", "2025-09-10"),
        ("9–10 September 2025", "2025-09-09/2025-09-10"),
        ("29 May – 2 June 2025", "2025-05-29/2025-06-02"),
        ("2013–2014", "2013/2014"),
        ("late 2023", "2023-10~/2023-12~"),
        ("spring 2025", "2025-21"),
        ("Q3 2025", "2025-35"),
        ("first half of 2025", "2025-40"),
        ("the 1990s", None),
        ("1990s", "199X"),
        ("about 2014", "2014~"),
        ("since 2005", "2005/.."),
        ("10 сентября 2025 года", "2025-09-10"),
        ("в сентябре 2025 г.", "2025-09"),
        ("в конце 2023 года", "2023-10~/2023-12~"),
        ("весной 2025", "2025-21"),
        ("2025 жылғы 10 қыркүйек", "2025-09-10"),
        ("2023 жылдың соңы", "2023-10~/2023-12~"),
        ("1er septembre 2025", "2025-09-01"),
        ("fin 2023", "2023-10~/2023-12~"),
    ],
)
def test_what_people_write_instead_is_understood(text, edtf):
    meant = suggestion_for(text)

    assert (meant and meant.edtf) == edtf


@pytest.mark.parametrize("text", ["", "09/10/2025", "31.02.2025", "soon", "10 20 30", "x" * 5000, "2025 2026 2027"])
def test_what_can_be_read_in_two_ways_or_none_is_not_guessed(text):
    assert suggestion_for(text) is None


@pytest.mark.parametrize("language", ["en", "kk", "ru", "fr"])
@pytest.mark.parametrize("edtf", ["2025-09-10", "2025-05", "2025", "2025-21", "2025-34", "2023-10~/2023-12~"])
def test_dates_in_words_are_read_back(edtf, language):
    date = ImpreciseDate.parse(edtf)

    assert suggestion_for(date.text(language)) == date


class TestAsking:
    def ask(self, client, text: str, **headers):
        return client.get(reverse("admin:date_words"), {"text": text}, headers=headers)

    def test_a_date_is_answered_with_its_words_and_bounds(self, writing):
        assert self.ask(writing, " 2025-09 ").json() == {
            "edtf": "2025-09",
            "words": "September 2025: 1 September 2025 to 30 September 2025",
            "earliest": "2025-09-01",
            "latest": "2025-09-30",
        }

    def test_what_is_none_is_answered_with_the_sentence_and_what_was_meant(self, writing):
        answer = self.ask(writing, "10.09.2025").json()

        assert "year, month, day is the order" in answer["error"]
        assert "Did you mean 2025-09-10 (10 September 2025)?" in answer["error"]
        assert answer["suggestion"] == "2025-09-10"

    def test_the_words_are_in_the_language_of_the_editor(self, writing):
        writing.cookies["django_language"] = "ru"

        assert self.ask(writing, "2025-09").json()["words"].startswith("сентябрь 2025 года")

    def test_nobody_else_is_answered(self, client, db):
        assert self.ask(client, "2025").status_code == 302

    @pytest.mark.parametrize("text", ["", "\x00", "2025\x00"])
    def test_signs_that_cannot_be_shown_do_no_harm(self, writing, text):
        assert self.ask(writing, text).status_code == 200

    def test_it_is_asked_not_told(self, writing):
        assert writing.post(reverse("admin:date_words"), {"text": "2025"}).status_code == 405


class TestWithoutScripts:
    def test_the_form_says_what_is_kept(self, writing):
        event = make_event(date="2023-10~/2023-12~", status=Status.DRAFT)

        page = writing.get(address_of("change", event)).content.decode()

        line = re.search(r'<output[^>]*id="id_date_words"[^>]*>(.*?)</output>', page)
        assert line[1] == "late 2023 (October–December 2023): 1 October 2023 to 31 December 2023"
        assert 'aria-live="polite"' in line[0]
        assert re.search(r'<input[^>]*name="date"[^>]*aria-describedby="[^"]*id_date_words"', page)

    def test_a_form_that_comes_back_says_what_was_meant_and_keeps_what_was_typed(self, new_event):
        answer = new_event.send(date="late 2023")

        assert "Did you mean 2023-10~/2023-12~ (late 2023)?" in words_of(answer)
        assert 'value="late 2023"' in answer.content.decode()
        assert not Event.objects.exists()

    def test_advice_is_short_and_the_list_is_folded(self, writing):
        page = writing.get(address_of("add", Event))

        assert "As precise as the source: 2025-09-10, 2025-09 or 2025." in words_of(page)
        assert re.search(r"<details[^>]*>\s*<summary>How to write a date</summary>", page.content.decode())

    def test_a_row_of_a_part_says_it_too(self, writing):
        event = make_event(status=Status.DRAFT, announcements=[{"planned": "2025-10"}])

        form = FilledForm(writing, address_of("change", event))
        page = writing.get(form.address).content.decode()

        assert re.search(r'id="id_announcements-0-planned_words"[^>]*>October 2025: ', page)
