"""The page of the search: what readers see, in four languages, whatever they write."""

import re
import sqlite3
from unittest.mock import Mock

import pytest
from django.db import OperationalError
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzafrica.search import index
from tests.factories import make_country, make_event, make_person
from tests.search.worlds import make_searched_world

pytestmark = pytest.mark.django_db


def test_empty_question_shows_what_can_be_asked(text_of):
    assert "What can be found" in text_of("/search/")


@pytest.mark.parametrize("prefix", ["", "/kk", "/ru", "/fr"])
def test_results_lead_to_pages_of_the_same_language(client, prefix):
    make_searched_world()

    page = client.get(f"{prefix}/search/?q=kenya+embassy").content.decode()

    assert f'href="{prefix}/missions/embassy/"' in page
    assert f'action="{prefix}/search/"' in page


def test_title_in_another_language_than_the_page_says_so(client):
    make_searched_world()

    page = client.get("/fr/search/?q=kenya+embassy").content.decode()

    assert '<h2 class="search-title" lang="en">' in page
    assert '<h2 class="search-title"><a' in client.get("/ru/search/?q=kenya+embassy").content.decode()


def test_words_are_marked_and_escaped(client):
    make_event(slug="odd", title="Beryllium <b>&</b> copper", summary="<script>alert(1)</script> beryllium")

    page = client.get("/search/?q=beryllium").content.decode()

    assert "<mark>Beryllium</mark> &lt;b&gt;&amp;&lt;/b&gt; copper" in page
    assert "<script>alert" not in page


def test_what_is_asked_is_escaped(client):
    page = client.get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in page


def test_kinds_have_counts_and_narrow_the_list(client, text_of):
    make_searched_world()

    words = text_of("/search/?q=kenya&type=mission")

    assert re.search(r"Missions 1 ", words)
    assert "1 result " in words
    assert "Talks in Nairobi" not in words


def test_other_spelling_is_said_and_can_be_refused(client, text_of):
    make_person(slug="tokayev", name="Kassym-Jomart Tokayev")

    words = text_of("/search/?q=Tokaev")

    assert "No results for Tokaev . Showing results for tokayev ." in words
    assert b"exact=true" in client.get("/search/?q=Tokaev").content
    assert "Nothing was found for Tokaev" in text_of("/search/?q=Tokaev&exact=true")


def test_nothing_found_says_which_words_and_filters_are_to_blame(text_of):
    make_searched_world()

    assert "beryllium alone: 1 result" in text_of("/search/?q=beryllium+xyzzyx")
    assert "Without the filters there" in text_of("/search/?q=visit&year=1990")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("q=a&contry=KEN", "There is no parameter “contry”. Did you mean “country”?"),
        ("q=a&type=evnt", "There is no “evnt” here. Did you mean “event”?"),
        ("q=a&country=KNE", "There is no “KNE” here."),
        ("q=a&year=20x5", "Write the year in four digits"),
        ("q=a&language=de", "There is no “de” here."),
        ("q=a&page=0", "“0” is not a page"),
        ("q=a&q=b", "“q” is given more than once"),
        ("q=" + "a" * 201, "This is 201 characters long. Ask with 200 at most."),
        ("q=" + "+".join(f"w{number}" for number in range(31)), "These are 31 words. Ask with 30 at most."),
    ],
)
def test_address_that_cannot_be_read_gets_a_sentence(text_of, query, sentence):
    make_country("KEN")

    assert sentence in text_of(f"/search/?{query}", status=400)


@pytest.mark.parametrize("page", [9, 999_999_999])
def test_page_behind_the_last_is_not_there(client, page):
    make_searched_world()

    assert client.get(f"/search/?q=kenya&page={page}").status_code == 404


def test_nothing_is_shown_while_changes_cannot_be_taken_in(client, monkeypatch):
    make_event(title="Talks on beryllium")
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
    locked = OperationalError("database is locked")
    locked.__cause__ = cause
    monkeypatch.setattr(index, "_catch_up", Mock(side_effect=locked))

    assert client.get("/search/?q=beryllium").status_code == 503


def test_tracking_parameters_are_forgiven(client):
    assert client.get("/search/?q=a&utm_source=x").status_code == 200


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_whatever_is_written_is_answered(client, text):
    for address in ("/search/", "/api/v1/search/"):
        answer = client.get(address, {"q": text})

        assert answer.status_code == 200
        assert b"\x00" not in answer.content


@pytest.mark.parametrize(
    "text",
    ['"', '""', '"kenya', "kenya*", "NOT kenya", "kenya OR", "AND", "NEAR(a b)", "title:kenya", "-kenya", "a & b | !c",
     "':*", "\\", "kenya\x00visit", "' OR 1=1 --", "%", "_", "{a b}", "^kenya", "kenya + visit", "x" * 200],
)  # fmt: skip
def test_operators_of_any_language_are_words_or_nothing(client, text):
    make_event(slug="talks", title="Talks in Kenya")

    assert client.get("/search/", {"q": text}).status_code == 200


def test_hundred_kilobytes_are_refused_with_a_sentence(text_of):
    assert "Ask with 200 at most." in text_of("/search/?q=" + "kenya+" * 600, status=400)
    assert "longer than 4000 letters" in text_of("/search/?q=" + "kenya+" * 17_000, status=414)


def test_queries_stay_flat(queries_of):
    def make(number: int) -> None:
        make_event(title=f"Talks {number} on beryllium", participations=[{"country": make_country()}])

    for number in range(2):
        make(number)
    few = queries_of("/search/?q=beryllium")
    for number in range(5):
        make(number)

    assert queries_of("/search/?q=beryllium") == few


def test_field_for_the_masthead_asks_this_page():
    with override("ru"):
        html = render_to_string("components/search_field.html", {"words": ""})

    assert 'action="/ru/search/"' in html and 'role="search"' in html and "data-search" in html
