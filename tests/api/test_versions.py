"""Versions of records for programs."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Change
from tests.factories import make_country, make_event, make_source, make_theme
from tests.versions import change_public, happened, publish_again, withdraw

pytestmark = pytest.mark.django_db

LIST = "/api/v1/versions/"
OF_VISIT = {"record": "event/visit"}


@pytest.fixture
def event(db):
    row = {"country": make_country("COD")}
    event = make_event(slug="visit", title="Visit", date="2025-09-10", venue="Akorda", participations=[row])
    happened(Change.objects.get(record_key="visit"), "2026-01-10 12:00")
    return event


def test_a_version_is_as_it_was_promised(event, document_at, assert_kept):
    change = change_public(event, venue="Palace", reason="It was in the palace.")
    happened(change, "2026-02-10 12:00")

    document = document_at(f"{LIST}{change.number}/")

    assert_kept("versions", document)


def test_list_and_detail_say_the_same_newest_first(event, document_at):
    change = change_public(event, venue="Palace")

    newest, first = document_at(LIST, OF_VISIT)["results"]

    assert document_at(f"{LIST}{change.number}/") == newest
    assert newest["changed"] == [{"field": "venue", "old": "Akorda", "new": "Palace"}]
    assert newest["content"] == json.loads(json.dumps(content_of(event)))
    assert (first["changed"], first["content"]["venue"], first["action"]) == ([], "Akorda", "published")


def test_notes_for_colleagues_and_names_of_editors_stand_nowhere(event, client):
    change_public(event, venue="Palace", note="For the reviewer alone")

    answer = client.get(LIST, OF_VISIT).content.decode()

    assert "For the reviewer alone" not in answer
    assert "contributor" not in answer


def test_page_by_page_gives_every_version_once(event, document_at):
    for number in range(6):
        change_public(event, venue=f"Palace {number}")
    everything = [row["id"] for row in document_at(LIST, OF_VISIT)["results"]]

    page = document_at(LIST, {**OF_VISIT, "limit": 3})
    visited = [row["id"] for row in page["results"]]
    while page["next"]:
        page = document_at(page["next"])
        visited += [row["id"] for row in page["results"]]

    assert len(everything) == 7
    assert visited == everything


def test_the_cost_does_not_grow_with_the_versions(event, queries_of):
    change_public(event, venue="Palace")
    few = queries_of(f"{LIST}?record=event/visit")
    for number in range(8):
        change_public(event, venue=f"Palace {number}")

    assert queries_of(f"{LIST}?record=event/visit") == few <= 15


class TestAsOf:
    def test_gives_what_stood_at_the_end_of_the_day(self, event, document_at):
        happened(change_public(event, venue="Palace"), "2026-03-05 23:59")

        def venue_on(day: str) -> list[str]:
            return [row["content"]["venue"] for row in document_at(LIST, {**OF_VISIT, "as_of": day})["results"]]

        assert venue_on("2026-03-04") == ["Akorda"]
        assert venue_on("2026-03-05") == ["Palace"]
        assert venue_on("2026-01-09") == []

    def test_gives_nothing_while_it_was_withdrawn(self, event, document_at):
        withdraw(event)
        happened(Change.objects.last(), "2026-02-01 10:00")
        publish_again(event)
        happened(Change.objects.last(), "2026-03-01 10:00")

        assert document_at(LIST, {**OF_VISIT, "as_of": "2026-02-10"})["results"] == []
        assert len(document_at(LIST, {**OF_VISIT, "as_of": "2026-03-10"})["results"]) == 1

    def test_a_day_to_come_is_refused(self, event, errors_at):
        tomorrow = timezone.localdate() + timedelta(days=1)

        errors = errors_at(LIST, {**OF_VISIT, "as_of": tomorrow.isoformat()})

        assert "has not come yet" in errors["as_of"]["detail"]


class TestRecord:
    @pytest.mark.parametrize("parameters", [{}, {"record": ""}, {"as_of": "2026-01-20"}])
    def test_is_needed(self, event, errors_at, parameters):
        assert "record=event/its-slug" in errors_at(LIST, parameters)["record"]["detail"]

    @pytest.mark.parametrize(
        ("record", "nearest"),
        [
            ("event/vist", "event/visit"),
            ("evnt/visit", "event/visit"),
            ("visit", None),
            ("event/", None),
            ("theme/mining", None),
            ("event/\x00", None),
            ("%(value)s/x", None),
        ],
    )
    def test_what_names_none_is_refused_with_the_nearest(self, event, errors_at, record, nearest):
        make_theme("Mining")

        errors = errors_at(LIST, {"record": record})

        assert errors.keys() == {"record"}
        if nearest:
            assert errors["record"]["nearest"] == nearest

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
    def test_what_readers_may_not_see_is_no_record(self, errors_at, client, status):
        make_event(slug="secret", title="Secret visit", status=status)

        assert "Secret" not in str(errors_at(LIST, {"record": "event/secret"}))
        for change in Change.objects.all():
            assert client.get(f"{LIST}{change.number}/").status_code == (200 if "source" in change.record_type else 404)

    def test_is_found_by_an_address_it_once_had(self, event, document_at):
        change_public(event, slug="state-visit")

        newest, first = document_at(LIST, OF_VISIT)["results"]

        assert (newest["key"], first["key"]) == ("state-visit", "visit")
        assert {newest["record"], first["record"]} == {"event/state-visit"}

    def test_says_where_its_versions_and_corrections_are(self, event, document_at, client):
        document = document_at("/api/v1/events/visit/")

        assert document["versions_url"] == "http://testserver/api/v1/versions/?record=event/visit"
        for name in ("versions_url", "corrections_url"):
            assert client.get(document[name]).status_code == 200

    def test_an_unknown_parameter_is_answered_with_the_nearest(self, event, errors_at):
        assert errors_at(LIST, {**OF_VISIT, "as_off": "2026-01-01"})["as_off"]["nearest"] == "as_of"


def test_sources_have_versions_too(document_at):
    source = make_source(slug="paper", title="Paper")
    change_public(source, title="Paper, second edition")

    newest, _first = document_at(LIST, {"record": "source/paper"})["results"]

    assert newest["changed"] == [{"field": "title", "old": "Paper", "new": "Paper, second edition"}]
