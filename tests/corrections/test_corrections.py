"""Corrections: on the page of their record, in their list, their feed and their API, with what each changed."""

import feedparser
import pytest

from kzafrica.editorial import merging, proposals
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Change, Correction
from tests.factories import make_event, make_figure, make_mission, make_theme, make_user
from tests.versions import change_public, withdraw

pytestmark = pytest.mark.django_db

REASON = "It was in the palace."
LIST = "/corrections/"
API = "/api/v1/corrections/"
BAD_QUERIES = ("record_type=evnt", "record=event/vist", "since=soon", "is_urgent=2", "kind=event")


@pytest.fixture
def event(db):
    return make_event(slug="visit", title="Visit", venue="Akorda")


@pytest.fixture
def correction(event):
    change_public(event, venue="Palace", reason=REASON)
    return Correction.objects.get()


def correct_at_once(record, **fields) -> Correction:
    administrator = make_user("administrator")
    proposals.correct_at_once(record, content_of(record) | fields, by=administrator, reason="At once.")
    return Correction.objects.first()


class TestRecord:
    def test_shows_its_corrections_with_reason_and_way_to_the_change(self, client, text_of, correction):
        page = client.get("/events/visit/").content.decode()

        assert REASON in page
        assert f'href="/history/event/visit/{correction.change_id}/"' in page
        assert "Corrections" in text_of("/events/visit/")

    def test_has_no_such_section_while_it_has_none(self, client, event):
        change_public(event, venue="Palace")

        assert 'id="corrections"' not in client.get("/events/visit/").content.decode()

    def test_marks_what_was_urgent(self, text_of, event):
        correct_at_once(event, venue="Palace")

        assert "urgent At once." in text_of("/events/visit/")

    def test_shows_none_of_another_record(self, client, correction):
        make_event(slug="other")

        assert REASON not in client.get("/events/other/").content.decode()

    @pytest.mark.parametrize("make", [make_event, make_mission, make_figure])
    def test_of_any_kind_shows_them(self, client, make):
        record = make(title="Record")
        change_public(record, title_en="Another title", reason="It was called so.")

        assert "It was called so." in client.get(record.get_absolute_url()).content.decode()

    def test_costs_the_same_with_many(self, queries_of, event, correction):
        few = queries_of("/events/visit/")
        for number in range(5):
            change_public(event, venue=f"Palace {number}", reason=f"Reason {number}")

        assert queries_of("/events/visit/") == few


class TestList:
    def test_shows_what_changed_in_words(self, text_of, correction):
        page = text_of(LIST)

        assert f"Visit {REASON} Venue Akorda → is now Palace" in page

    def test_leads_to_the_record_as_corrected(self, client, correction):
        page = client.get(LIST).content.decode()

        assert f'href="/history/event/visit/{correction.change_id}/"' in page
        assert client.get(f"/history/event/visit/{correction.change_id}/").status_code == 200

    def test_marks_what_was_urgent(self, text_of, event):
        correct_at_once(event, venue="Palace")

        assert "Visit urgent At once." in text_of(LIST)

    def test_says_nothing_of_what_was_withdrawn(self, client, event, correction):
        withdraw(event)

        page = client.get(LIST).content.decode()

        assert "Akorda" not in page
        assert "/history/" not in page

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("record_type=events.event", 1),
            ("record_type=diplomacy.mission", 1),
            ("record_type=trade.route", 0),
            ("record=event/visit", 1),
            ("is_urgent=true", 1),
            ("is_urgent=false", 1),
            ("since=2000-01-01", 2),
            ("since=2999-01-01", 0),
            ("q=palace", 1),
            ("q=embassy", 1),
        ],
    )
    def test_is_filtered_alike_on_page_feed_and_api(self, client, event, correction, query, count):
        correct_at_once(make_mission(title="Embassy"), title_en="Embassy in Cairo")

        page, api = client.get(f"{LIST}?{query}"), client.get(f"{API}?{query}")
        feed = feedparser.parse(client.get(f"{LIST}corrections.atom?{query}").content)

        assert page.context["paginator"].count == len(api.json()["results"]) == len(feed.entries) == count

    @pytest.mark.parametrize(
        "query", ["record_type=evnt", "record=event/vist", "since=soon", "is_urgent=2", "kind=event"]
    )
    def test_what_it_does_not_understand_is_refused_everywhere(self, client, correction, query):
        for address in (LIST, API, f"{LIST}corrections.atom"):
            assert client.get(f"{address}?{query}").status_code == 400, address

    def test_offers_its_feed_and_no_calendar(self, client, correction):
        page = client.get(f"{LIST}?is_urgent=false").content.decode()

        assert 'type="application/atom+xml"' in page
        assert "/corrections/corrections.atom?is_urgent=false" in page
        assert "text/calendar" not in page

    def test_costs_the_same_with_many_and_stays_light(self, client, queries_of, event, correction):
        change_public(make_mission(title="Embassy"), title_en="Embassy in Cairo", reason="Which embassy?")
        few = [queries_of(address) for address in (LIST, API, f"{LIST}corrections.atom")]
        for number in range(14):
            change_public(event, venue=f"Palace {number} {'of ice ' * 18}", reason="A long reason. " * 20)
            change_public(make_mission(title="Embassy"), title_en=f"Embassy {number}", reason="Which?")

        assert [queries_of(address) for address in (LIST, API, f"{LIST}corrections.atom")] == few
        assert len(client.get(LIST).content) < 60_000


class TestFeed:
    def test_an_entry_says_why_and_what(self, client, event):
        first, second = (make_theme(name) for name in ("Mining", "Ports"))
        change_public(event, venue="Palace", themes=[first.slug, second.slug], reason=REASON)
        correction = Correction.objects.get()

        feed = feedparser.parse(client.get(f"{LIST}corrections.atom").content)

        (entry,) = feed.entries
        assert entry.id == f"tag:kz-africa,2025:correction-{correction.change_id}"
        assert entry.title == "Correction: Visit"
        assert entry.link == f"http://testserver/history/event/visit/{correction.change_id}/"
        assert REASON in entry.summary
        assert "venue: “Akorda” → “Palace”" in entry.summary
        assert "themes: “Mining, Ports” added" in entry.summary

    def test_what_was_withdrawn_leads_to_the_list(self, client, event, correction):
        withdraw(event)

        (entry,) = feedparser.parse(client.get(f"{LIST}corrections.atom").content).entries

        assert entry.link == "http://testserver/corrections/"
        assert "Akorda" not in entry.summary


class TestApi:
    def test_says_what_changed_as_plain_content(self, client, correction):
        (row,) = client.get(API).json()["results"]

        assert row["changed"] == [{"field": "venue", "old": "Akorda", "new": "Palace"}]
        assert row["version"] == f"http://testserver/api/v1/versions/{correction.change_id}/"
        assert row["is_urgent"] is False
        assert client.get(row["version"]).json()["reason"] == REASON

    def test_of_what_was_withdrawn_it_says_nothing(self, client, event, correction):
        withdraw(event)

        (row,) = client.get(API).json()["results"]

        assert (row["changed"], row["version"]) == (None, None)

    def test_a_correction_of_a_record_merged_into_another_keeps_its_own_change(self, client, event):
        other = make_event(slug="trip", title="Trip", venue="Hotel")
        change_public(other, venue="Inn", reason="It was an inn.")
        merged = merging.merged_content(event, other)
        proposal = merging.propose_merge(event, other, merged, by=make_user("contributor"))
        proposals.apply_proposal(proposal, by=make_user("editor"))

        (row,) = client.get(API, {"record": "event/visit"}).json()["results"]

        assert row["changed"] == [{"field": "venue", "old": "Hotel", "new": "Inn"}]
        assert client.get(row["version"]).status_code == 200
        assert client.get(f"/history/event/visit/{row['id']}/").status_code == 200


def test_a_change_that_nobody_reviewed_says_so_in_the_log_and_on_the_first_page(client, event):
    correct_at_once(event, venue="Palace")

    rows = client.get("/api/v1/changes/").json()["results"]

    assert [row["is_unreviewed"] for row in rows][-1] is True
    assert Change.objects.filter(is_unreviewed=True).count() == 1
    assert "not reviewed" in client.get("/").content.decode()
