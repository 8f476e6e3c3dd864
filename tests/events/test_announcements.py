"""What becomes of an announced event, and what stays of the announcement."""

from datetime import date

import pytest

from events.models import Event
from kzafrica.editorial import proposals
from kzafrica.editorial.content import ContentError, content_of
from tests.factories import make_event, make_source, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("events.models.localdate", lambda: TODAY)
    monkeypatch.setattr("events.filters.localdate", lambda: TODAY)
    monkeypatch.setattr("events.views.localdate", lambda: TODAY)


def announced(date: str = "2026-06-03/2026-06-05", **fields) -> Event:
    """A public event that was announced for its date, and about which nothing else is known yet."""
    announcement = {"kind": "announced", "made": "2026-05", "planned": date, "citations": [{"source": make_source()}]}
    return make_event(**{"occurrence": "announced", "date": date, "announcements": [announcement], **fields})


def changed(event: Event, **changes) -> Event:
    """The event after one editor's proposal that another has applied."""
    proposals.propose(event, content_of(event) | changes, by=make_user("editor"))
    (proposal,) = event._meta.apps.get_model("editorial", "ProposedChange").objects.filter(state="open")
    proposals.apply_proposal(proposal, by=make_user("editor"))
    return Event.objects.get(pk=event.pk)


def with_announcement(event: Event, **announcement) -> list[dict]:
    return [*content_of(event)["announcements"], announcement]


def test_a_held_event_still_says_for_when_it_was_announced(client):
    event = changed(announced(), occurrence="held", date="2026-06-03")

    page, document = (client.get(f"{root}/events/{event.slug}/") for root in ("", "/api/v1"))
    assert "3–5 June 2026" in page.content.decode()
    assert document.json()["date"]["edtf"] == "2026-06-03"
    assert document.json()["announced_date"]["edtf"] == "2026-06-03/2026-06-05"
    assert [row["planned"]["edtf"] for row in document.json()["announcements"]] == ["2026-06-03/2026-06-05"]


@pytest.mark.parametrize("occurrence", ["held", "postponed", "announced", "not_known"])
def test_an_announced_date_is_not_given_up_for_another_without_being_kept(occurrence):
    event = make_event(occurrence="announced", date="2026-06-03/2026-06-05")
    refusal = "It was announced for 3–5 June 2026: keep that date in an announcement before you give another."

    with pytest.raises(ContentError, match=refusal):
        changed(event, occurrence=occurrence, date="2026-07")


@pytest.mark.parametrize("occurrence", ["held", "cancelled", "confirmed"])
def test_an_event_that_keeps_its_announced_date_needs_no_more(occurrence):
    event = make_event(occurrence="announced", date="2026-06-03")

    assert changed(event, occurrence=occurrence).occurrence == occurrence


def test_the_date_of_a_held_event_is_corrected_freely():
    assert changed(make_event(date="2026-06-03"), date="2026-06-04").date.edtf == "2026-06-04"


def test_a_cancelled_event_keeps_what_was_announced_beside_the_cancellation(client):
    event = announced()

    event = changed(
        event, occurrence="cancelled", announcements=with_announcement(event, kind="cancelled", made="2026-06-01")
    )

    document = client.get(f"/api/v1/events/{event.slug}/").json()
    assert document["status"] == "cancelled"
    assert [row["kind"] for row in document["announcements"]] == ["announced", "cancelled"]
    assert document["announcements"][0]["planned"]["edtf"] == "2026-06-03/2026-06-05"


@pytest.mark.parametrize(
    ("date", "is_unresolved"),
    [("2026-06-14", True), ("2026-06-15", False), ("2026-05", True), ("2026-06", False), ("2026-05/..", False)],
)
def test_an_announced_event_is_unresolved_once_its_last_possible_day_has_passed(client, date, is_unresolved):
    event = announced(date)

    listed = [row["id"] for row in client.get("/api/v1/events/?unresolved=true").json()["results"]]
    settled = [row["id"] for row in client.get("/api/v1/events/?unresolved=false").json()["results"]]

    assert (event.slug in listed) == is_unresolved == (event.slug not in settled)
    assert client.get(f"/api/v1/events/{event.slug}/").json()["is_unresolved"] == is_unresolved
    assert ("unresolved" in client.get("/events/").content.decode().split('<ol class="rows">')[1]) == is_unresolved


def test_the_list_of_events_says_how_many_wait_for_word_and_leads_to_them(client):
    announced()
    announced("2026-07")

    page = client.get("/events/?kind=call").content.decode()

    assert "Of 1 announced event the date has passed" in page
    assert 'href="/events/?unresolved=true"' in page


@pytest.mark.parametrize("occurrence", ["held", "not_known"])
def test_an_editor_resolves_it_by_saying_what_became_of_it(client, occurrence):
    event = changed(announced(), occurrence=occurrence)

    assert not event.is_unresolved
    assert client.get("/api/v1/events/?unresolved=true").json()["results"] == []


def test_a_postponed_event_is_upcoming_until_its_new_date_and_unresolved_after_it(client):
    event = announced()
    later = with_announcement(event, kind="postponed", made="2026-06-02", planned="2026-06-10")

    event = changed(event, occurrence="postponed", date="2026-06-10", announcements=later)

    assert event in Event.objects.upcoming(date(2026, 6, 10))
    assert event in Event.objects.unresolved(TODAY)


def test_yes_or_no_is_all_that_unresolved_takes(client):
    answer = client.get("/events/?unresolved=perhaps")

    assert answer.status_code == 400
    assert "There is no “perhaps” here" in answer.content.decode()
