"""What a calendar enters on a day, what it only notes, and in which words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kzafrica.calendars import write_calendar
from kzafrica.dates import ImpreciseDate
from kzafrica.syndication import Channel, Entry
from tests.dates import strategies
from tests.factories import (
    make_agreement,
    make_country,
    make_event,
    make_initiative,
    make_mission,
    make_place,
    make_programme,
    make_relation,
    make_source,
)
from tests.feeds.subscribers import Component, components_of

MOMENT = datetime(2025, 9, 10, 12, tzinfo=UTC)
CHANNEL = Channel("event", "Events", "en", "https://site.example/events/", "https://site.example/events/events.ics")


def component_of(date: ImpreciseDate | None, **fields) -> Component:
    entry = Entry("event-a", "A visit", date, "https://site.example/a/", MOMENT, MOMENT, **fields)
    (component,) = components_of(write_calendar(CHANNEL, [entry]))
    return component


class TestEveryDate:
    @given(strategies.imprecise_dates, st.booleans())
    def test_nothing_stands_on_a_day_unless_its_date_is_exact(self, moment, is_span):
        component = component_of(moment, is_span=is_span)

        assert (component.kind == "VEVENT") == (component.start is not None)
        if component.start is not None:
            assert moment.is_exact
            assert component.start == moment.earliest
            assert component.end.toordinal() == moment.latest.toordinal() + 1

    @given(strategies.days)
    def test_an_exact_day_stands_on_it(self, text):
        assume(text != str(date.max))

        component = component_of(ImpreciseDate.parse(text))

        assert (component.kind, str(component.start)) == ("VEVENT", text)

    @given(strategies.imprecise_dates, st.booleans())
    def test_the_date_of_the_record_is_kept_as_it_is_written(self, moment, is_span):
        assert component_of(moment, is_span=is_span).edtf == moment.edtf

    @given(strategies.imprecise_dates, st.booleans())
    def test_what_is_only_noted_says_its_date_in_words(self, moment, is_span):
        component = component_of(moment, is_span=is_span)

        assert component.summary == ("A visit" if component.start else f"A visit ({moment.text('en')})")

    @given(strategies.closed_intervals(st.tuples(strategies.days, strategies.days)))
    def test_days_between_which_a_moment_fell_are_not_entered(self, text):
        moment = ImpreciseDate.parse(text)
        assume(not moment.is_day)

        assert component_of(moment).kind == "VJOURNAL"

    def test_an_entry_without_a_date_is_only_noted(self):
        component = component_of(None)

        assert (component.kind, component.edtf) == ("VJOURNAL", None)
        assert component.summary == "A visit (date not known)"

    @pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\x7f"])
    def test_a_character_that_calendars_forbid_is_left_out(self, character):
        entry = Entry("event-a", f"A{character} visit", None, "https://site.example/a/", MOMENT, MOMENT)

        assert character.encode() not in write_calendar(CHANNEL, [entry])

    def test_no_line_is_longer_than_calendars_take(self):
        entry = Entry("event-a", "Визит " * 60, None, "https://site.example/a/", MOMENT, MOMENT)

        assert max(map(len, write_calendar(CHANNEL, [entry]).split(b"\r\n"))) <= 75


@pytest.mark.django_db
class TestEvents:
    def test_an_event_of_two_days_ends_before_the_third(self, component_at):
        make_event(date="2025-09-09/2025-09-10")

        event = component_at("/events/events.ics")

        assert (event.kind, event.start, event.end) == ("VEVENT", date(2025, 9, 9), date(2025, 9, 11))

    def test_an_event_takes_nobody_s_time(self, component_at):
        make_event()

        assert component_at("/events/events.ics").transparency == "TRANSPARENT"

    def test_an_event_says_where_it_was_and_leads_to_its_page(self, component_at):
        kigali = make_place("Kigali", country=make_country("RWA", name="Rwanda"))
        make_event(slug="visit", kind="state_visit", place=kigali, venue="Village Urugwiro")

        event = component_at("/events/events.ics")

        assert event.location == "Village Urugwiro, Kigali, Rwanda"
        assert event.categories == ["State visit"]
        assert event.url == "http://testserver/events/visit/"

    def test_a_noted_event_says_where_it_was_too(self, component_at):
        make_event(place=make_place("Kigali", country=make_country("RWA", name="Rwanda")), date="2024")

        assert "Kigali, Rwanda" in component_at("/events/events.ics").description

    def test_an_event_says_who_says_so_and_who_says_otherwise(self, component_at):
        agree, differ = make_source(publisher="Akorda"), make_source(publisher="The Herald")
        other = {"source": differ, "field": "date", "stated": "2024", "reason": "Closer to it."}
        make_event(summary="They met.", citations=[agree, other])

        description = component_at("/events/events.ics").description

        assert description == "They met.\nSaid by Akorda.\nOtherwise: The Herald."

    @pytest.mark.parametrize(
        ("occurrence", "status_on_a_day", "status_of_a_note"),
        [
            ("announced", "TENTATIVE", "DRAFT"),
            ("postponed", "TENTATIVE", "DRAFT"),
            ("not_known", "TENTATIVE", "DRAFT"),
            ("confirmed", "CONFIRMED", "FINAL"),
            ("held", "CONFIRMED", "FINAL"),
            ("cancelled", "CANCELLED", "CANCELLED"),
        ],
    )
    def test_an_event_stands_as_its_status_says(self, component_at, occurrence, status_on_a_day, status_of_a_note):
        event = make_event(occurrence=occurrence, date="2025-09-10")
        on_a_day = component_at("/events/events.ics")
        event.date = "2025-09"
        event.save()

        assert on_a_day.status == status_on_a_day
        assert component_at("/events/events.ics").status == status_of_a_note

    @pytest.mark.parametrize(
        ("occurrence", "summary"),
        [("cancelled", "Cancelled: The visit"), ("postponed", "Postponed: The visit"), ("held", "The visit")],
    )
    def test_an_event_says_in_words_what_does_not_go_without_saying(self, component_at, occurrence, summary):
        make_event(title="The visit", occurrence=occurrence)

        assert component_at("/events/events.ics").summary == summary


@pytest.mark.django_db
class TestSteps:
    def test_a_milestone_names_its_step_and_its_mission(self, component_at):
        make_mission(title="Embassy in Kenya", milestones=[{"kind": "opened", "date": "2025-05-20"}])

        milestone = component_at("/missions/milestones.ics")

        assert (milestone.kind, milestone.summary) == ("VEVENT", "Opened: Embassy in Kenya")

    def test_the_bounds_of_a_milestone_are_no_days_of_it(self, component_at):
        make_mission(title="Embassy in Kenya", milestones=[{"kind": "opened", "date": "2025-05-01/2025-05-20"}])

        milestone = component_at("/missions/milestones.ics")

        assert (milestone.kind, milestone.start, milestone.edtf) == ("VJOURNAL", None, "2025-05-01/2025-05-20")

    def test_a_planned_opening_is_tentative(self, component_at):
        make_mission(milestones=[{"kind": "planned", "date": "2025-05-20"}])

        assert component_at("/missions/milestones.ics").status == "TENTATIVE"

    @pytest.mark.parametrize(
        ("make", "address", "kind", "summary"),
        [
            (make_agreement, "/agreements/agreements.ics", "signed", "Signed: A plan"),
            (make_initiative, "/initiatives/initiatives.ics", "raised", "Raised: A plan"),
            (make_programme, "/programmes/programmes.ics", "adopted", "Adopted: A plan"),
        ],
    )
    def test_a_stage_names_itself_and_its_record(self, component_at, make, address, kind, summary):
        make(title="A plan", stages=[{"kind": kind, "date": "2025-09-10"}])

        assert component_at(address).summary == summary

    def test_a_stage_rests_on_its_own_sources(self, component_at):
        source = make_source(publisher="Akorda")
        stage = {"kind": "signed", "date": "2025-09-10", "note": "In Astana.", "citations": [{"source": source}]}
        make_agreement(summary="On mines.", stages=[stage])

        description = component_at("/agreements/agreements.ics").description

        assert description == "In Astana.\nOn mines.\nSaid by Akorda."

    def test_a_stage_without_sources_of_its_own_rests_on_those_of_its_record(self, component_at):
        make_agreement(stages=[{"kind": "signed", "date": "2025-09-10"}])

        assert component_at("/agreements/agreements.ics").description == "Said by Astana Times."


@pytest.mark.django_db
class TestRelations:
    @pytest.fixture
    def note_of(self, component_at):
        """The entry of relations with Kenya, of which these dates are known."""

        def read(**dates) -> Component:
            make_relation(second=make_country("KEN"), **{"established": "", **dates})
            return component_at("/relations/relations.ics")

        return read

    def test_established_relations_stand_on_their_day_and_tell_of_recognition(self, note_of):
        note = note_of(recognised="1991-12-25", established="1993-11-15")

        assert note.summary == "Diplomatic relations established: Kazakhstan – Kenya"
        assert (note.kind, note.start) == ("VEVENT", date(1993, 11, 15))
        assert note.description.splitlines()[0] == "Recognised: 25 December 1991."

    def test_recognition_that_no_source_dates_is_not_told_of(self, note_of):
        assert "Recognised" not in note_of(established="1993-11-15").description

    def test_where_only_recognition_is_dated_nothing_is_said_to_be_established(self, note_of):
        note = note_of(recognised="1991-12-25")

        assert note.summary == "Independence recognised: Kazakhstan – Kenya"
        assert (note.kind, note.start) == ("VEVENT", date(1991, 12, 25))
        assert "Recognised:" not in note.description

    def test_where_nothing_is_dated_relations_have_no_day(self, note_of):
        note = note_of()

        assert note.summary == "Diplomatic relations: Kazakhstan – Kenya (date not known)"
        assert (note.kind, note.start, note.edtf) == ("VJOURNAL", None, None)


@pytest.mark.django_db
class TestWholeCalendar:
    def test_is_called_what_it_was_filtered_by(self, calendar_at):
        make_country("KEN")

        calendar = calendar_at("/events/events.ics?country=ken&kind=state_visit&has_conflict=true&year=2025")

        asked = "Year: 2025, Country: Kenya, Kind: State visit, Sources disagree: Yes"
        assert calendar.name == [f"KZ-Africa: Events ({asked})"]

    def test_says_who_made_it_where_it_is_and_when_to_ask_again(self, calendar_at):
        calendar = calendar_at("/events/events.ics?year=2025")

        assert "KZ-Africa" in calendar.prodid
        assert str(calendar.url) == "http://testserver/events/?year=2025"
        assert str(calendar.source) == "http://testserver/events/events.ics?year=2025"
        assert calendar.refresh_interval == timedelta(hours=6)

    def test_is_empty_where_nothing_fits(self, components_at):
        assert components_at("/events/events.ics") == []

    def test_is_no_invitation(self, calendar_at):
        make_event()

        assert calendar_at("/events/events.ics").method is None

    def test_is_the_same_when_asked_for_again(self, client):
        for number in range(3):
            make_event(title=f"Visit {number}")

        assert client.get("/events/events.ics").content == client.get("/events/events.ics").content

    def test_is_not_sent_again_while_nothing_has_changed(self, client):
        make_event()
        etag = client.get("/events/events.ics")["ETag"]

        assert client.get("/events/events.ics", headers={"If-None-Match": etag}).status_code == 304

    def test_is_sent_again_when_something_has_changed(self, client):
        etag = client.get("/events/events.ics")["ETag"]
        make_event()

        assert client.get("/events/events.ics", headers={"If-None-Match": etag}).status_code == 200
