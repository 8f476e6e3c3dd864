"""What a feed tells of each entry, and how it goes on from page to page."""

from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from hypothesis import given

from events.models import Event
from kzafrica.editorial.feeds import RecordFeed
from kzafrica.syndication import Channel, Entry, write_atom
from tests.dates import strategies
from tests.factories import make_agreement, make_country, make_event, make_mission, make_place, make_source

MOMENT = datetime(2025, 9, 10, 12, tzinfo=UTC)
CHANNEL = Channel("event", "Events", "en", "https://site.example/events/", "https://site.example/events/events.atom")
FEEDS = [
    "/events/events.atom",
    "/missions/milestones.atom",
    "/agreements/agreements.atom",
    "/initiatives/initiatives.atom",
    "/programmes/programmes.atom",
]

pytestmark = pytest.mark.django_db


def changed_at(record, moment: datetime) -> None:
    type(record).objects.filter(pk=record.pk).update(updated_at=moment)


@given(strategies.imprecise_dates)
def test_every_date_is_carried_with_its_bounds_and_words(moment):
    entry = Entry("event-a", "A visit", moment, "https://site.example/a/", MOMENT, MOMENT)

    (read,) = feedparser.parse(write_atom(CHANNEL, [entry])).entries

    assert read.date_edtf == moment.edtf
    assert read.date_words == moment.text("en")
    assert read.get("date_earliest") == (moment.earliest.isoformat() if moment.earliest else None)
    assert read.get("date_latest") == (moment.latest.isoformat() if moment.latest else None)
    assert read.summary.startswith(moment.text("en"))


def test_a_character_that_xml_forbids_is_left_out():
    entry = Entry("event-a", "A\x00\x1f visit", None, "https://site.example/a/", MOMENT, MOMENT)

    (read,) = feedparser.parse(write_atom(CHANNEL, [entry])).entries

    assert read.title == "A visit"


def test_signs_of_markup_are_only_text(feed_at):
    make_event(title="Copper & <b>cobalt</b>", summary="1 < 2")

    (entry,) = feed_at("/events/events.atom").entries

    assert entry.title == "Copper & <b>cobalt</b>"
    assert "1 < 2" in entry.summary
    assert entry.summary_detail.type == "text/plain"


def test_an_event_tells_when_where_what_and_who_says_so(feed_at):
    kigali = make_place("Kigali", country=make_country("RWA", name="Rwanda"))
    source = make_source(publisher="Akorda")
    make_event(
        slug="visit", kind="state_visit", date="2024-12-18~", place=kigali, summary="They met.", citations=[source]
    )

    (entry,) = feed_at("/events/events.atom").entries

    assert entry.summary == "about 18 December 2024, Kigali, Rwanda\nThey met.\nSaid by Akorda."
    assert [(tag.term, tag.label) for tag in entry.tags] == [("state_visit", "State visit")]
    assert entry.link == "http://testserver/events/visit/"


def test_an_entry_without_a_date_says_so(feed_at):
    make_event(date="")

    (entry,) = feed_at("/events/events.atom").entries

    assert entry.summary.startswith("date not known")
    assert "date_edtf" not in entry


def test_each_stage_is_an_entry(feed_at):
    stages = [{"kind": "announced", "date": "2024"}, {"kind": "signed", "date": "2025-09-10"}]
    make_agreement(title="On mines", stages=stages)

    entries = feed_at("/agreements/agreements.atom").entries

    assert [entry.title for entry in entries] == ["Announced: On mines", "Signed: On mines"]


def test_each_milestone_is_an_entry(feed_at):
    make_mission(title="Embassy", milestones=[{"kind": "decree", "date": "2024"}, {"kind": "opened", "date": "2025"}])

    entries = feed_at("/missions/milestones.atom").entries

    assert [entry.title for entry in entries] == ["Decree: Embassy", "Opened: Embassy"]


class TestOrder:
    def test_the_latest_change_comes_first(self, feed_at):
        for title, days in (("First", 0), ("Last", 2), ("Second", 1)):
            changed_at(make_event(title=title), MOMENT + timedelta(days=days))

        assert [entry.title for entry in feed_at("/events/events.atom").entries] == ["Last", "Second", "First"]

    def test_another_order_asked_for_changes_nothing(self, client):
        changed_at(make_event(date="2024"), MOMENT)
        changed_at(make_event(date="2023"), MOMENT + timedelta(days=1))
        plain, ordered = feedparser.parse(client.get("/events/events.atom").content), []

        for order in ("date", "-date", "updated"):
            ordered.append(feedparser.parse(client.get(f"/events/events.atom?ordering={order}").content))

        assert all([entry.id for entry in feed.entries] == [entry.id for entry in plain.entries] for feed in ordered)

    def test_the_feed_is_as_new_as_its_newest_entry(self, feed_at):
        changed_at(make_event(), MOMENT)
        changed_at(make_event(), MOMENT + timedelta(days=1))

        assert feed_at("/events/events.atom").feed.updated_parsed[:3] == (2025, 9, 11)

    def test_an_empty_feed_is_the_same_when_asked_for_again(self, client):
        assert client.get("/events/events.atom").content == client.get("/events/events.atom").content


class TestWholeFeed:
    @pytest.mark.parametrize("address", FEEDS)
    def test_knows_its_own_address_and_that_of_its_list(self, feed_at, address):
        make_country("KEN")

        feed = feed_at(f"{address}?country=ken&utm_source=mail").feed

        links = {link.rel: link.href for link in feed.links}
        assert links["self"] == f"http://testserver{address}?country=ken"
        assert links["alternate"] == f"http://testserver/{address.split('/')[1]}/?country=ken"

    @pytest.mark.parametrize("address", FEEDS)
    def test_leads_to_a_list_that_understands_it(self, client, feed_at, address):
        make_mission(slug="embassy", milestones=[{"kind": "opened"}])
        query = "?kind=opened&mission=embassy&year=2025" if "milestones" in address else "?year=2025"

        links = {link.rel: link.href for link in feed_at(address + query).feed.links}

        assert client.get(links["alternate"]).status_code == 200

    def test_says_whose_it_is_and_in_which_language(self, feed_at):
        feed = feed_at("/fr/events/events.atom").feed

        assert (feed.author, feed.language) == ("KZ-Africa", "fr")
        assert "creativecommons.org/licenses/by/4.0" in feed.rights

    def test_other_filters_make_another_feed(self, feed_at):
        assert feed_at("/events/events.atom").feed.id != feed_at("/events/events.atom?year=2024").feed.id

    def test_its_identity_is_no_address_of_a_host(self, feed_at):
        make_event(slug="visit")

        feed = feed_at("/events/events.atom")

        assert feed.feed.id == "tag:kz-africa,2025:event"
        assert feed.entries[0].id == "tag:kz-africa,2025:event-visit"

    @pytest.mark.parametrize("address", FEEDS)
    def test_is_not_sent_again_while_nothing_has_changed(self, client, address):
        make_event()
        etag = client.get(address)["ETag"]

        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


class TestPages:
    @pytest.fixture(autouse=True)
    def two_a_page(self, monkeypatch):
        monkeypatch.setattr(RecordFeed, "paginate_by", 2)

    @pytest.fixture
    def five_events(self):
        for number in range(5):
            changed_at(make_event(title=f"Visit {number}", date="2024"), MOMENT - timedelta(days=number))

    def test_every_entry_is_met_once_on_the_way_to_the_end(self, feed_at, five_events):
        address, met = "/events/events.atom?year=2024", []
        while address:
            feed = feed_at(address)
            met += [entry.title for entry in feed.entries]
            address = {link.rel: link.href for link in feed.feed.links}.get("next", "").removeprefix(
                "http://testserver"
            )

        assert met == [f"Visit {number}" for number in range(5)]

    def test_a_page_leads_back_and_to_the_first_with_its_filters(self, feed_at, five_events):
        links = {link.rel: link.href for link in feed_at("/events/events.atom?year=2024&page=3").feed.links}

        assert links["self"].endswith("/events/events.atom?year=2024&page=3")
        assert links["previous"].endswith("/events/events.atom?year=2024&page=2")
        assert links["first"].endswith("/events/events.atom?year=2024")
        assert "next" not in links

    def test_all_pages_are_of_one_feed(self, feed_at, five_events):
        assert feed_at("/events/events.atom").feed.id == feed_at("/events/events.atom?page=2").feed.id

    def test_there_is_nothing_behind_the_last(self, client, five_events):
        answer = client.get("/events/events.atom?page=4")

        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"


def test_a_page_holds_500_entries():
    event = make_event()
    Event.objects.bulk_create(
        Event(slug=f"visit-{number}", title=f"Visit {number}", kind="meeting", status=event.status)
        for number in range(500)
    )

    assert RecordFeed(ending="atom").paginate_by == 500
