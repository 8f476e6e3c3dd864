"""While someone else holds the database, a save waits; after that it is refused with a sentence and keeps the form."""

import shutil
import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.db import OperationalError, connection, connections, transaction

from events.models import Event
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Change, ProposedChange, Source
from kzafrica.locking import is_locked
from tests.admin import CITATIONS, FilledForm, address_of, browser_of, take, words_of
from tests.desk_forms import EVENT, SOURCE, Screen, story
from tests.factories import make_area, make_country, make_event, make_person, make_source, make_user
from tests.trade import Refused, load, site_row, table

# On SQLite the tests have a file for themselves, so nothing has to be cleared away.
pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")
SAID = "a large load is being written into the database"


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory, django_db_setup, django_db_blocker):
    """A file with the tables of the database in memory, which a transaction of a test would lock."""
    path = tmp_path_factory.mktemp("locked") / "empty.sqlite3"
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), closing(sqlite3.connect(path)) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
    return path


@pytest.fixture
def patience(tmp_path, empty_database, db):
    """A database that two can open, in which nobody waits long: a file of its own, or the server there is."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        yield
        connection.close()
        return
    shared = connections["default"]
    own = shared.copy()
    own.settings_dict = shared.settings_dict | {
        "NAME": str(shutil.copy(empty_database, tmp_path / "kzafrica.sqlite3")),
        "OPTIONS": shared.settings_dict["OPTIONS"] | {"timeout": 0.2},
    }
    connections["default"] = own
    yield
    own.close()
    connections["default"] = shared


@contextmanager
def someone_writes(table_name: str):
    """A second connection that holds what a load would hold."""
    with closing(connection.copy()) as other, other.cursor() as cursor:
        if other.vendor == "postgresql":
            cursor.execute("BEGIN")
            cursor.execute(f"LOCK TABLE {table_name} IN EXCLUSIVE MODE")
        else:
            cursor.execute("BEGIN IMMEDIATE")
        yield
        cursor.execute("ROLLBACK")


@pytest.fixture
def writing(patience):
    return browser_of(make_user("contributor", "aigerim"))


@pytest.fixture
def reviewing(patience):
    return browser_of(make_user("editor", "bolat"))


def test_a_new_record_is_kept_in_its_form_with_parts_and_citations(writing):
    form = FilledForm(writing, address_of("add", Event))
    form.data |= {"title_en": "Visit to Kinshasa", "slug": "kinshasa", "kind": "meeting", "level": "minister"}
    form.data["date"] = "2025-09"
    form.add_row("participations", country=make_country("COD").pk, capacity="Minister")
    form.add_row(CITATIONS, source=make_source().pk, locator="page 7")

    with someone_writes("events_event"):
        answer = form.send()

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert SAID in words_of(answer)
    for typed in ("Visit to Kinshasa", "Minister", "page 7"):
        assert f'value="{typed}"' in answer.content.decode()
    assert not Event.objects.exists()
    assert form.send().status_code == 302
    assert Event.objects.get().participations.get().capacity == "Minister"


def test_a_change_is_kept_in_its_form_and_nothing_is_half_written(writing):
    event = make_event(status=Status.DRAFT, venue="Hall", participations=[{"country": make_country("COD")}])
    form = FilledForm(writing, address_of("change", event))

    with someone_writes("events_event"):
        answer = form.send(venue="Palace", **{"participations-0-capacity": "Minister"})

    assert answer.status_code == 503
    assert 'value="Palace"' in answer.content.decode()
    assert 'value="Minister"' in answer.content.decode()
    event.refresh_from_db()
    assert (event.venue, event.participations.get().capacity) == ("Hall", "")


def test_a_proposal_is_kept_in_its_form_with_its_reason(writing):
    event = make_event(venue="Hall")
    form = FilledForm(writing, address_of("change", event))

    with someone_writes("events_event"):
        answer = form.send(venue="Palace", _note="The hall was closed")

    assert answer.status_code == 503
    assert 'value="Palace"' in answer.content.decode()
    assert 'value="The hall was closed"' in answer.content.decode()
    assert not ProposedChange.objects.exists()


def test_a_form_with_a_fault_of_its_own_says_both(writing):
    form = FilledForm(writing, address_of("change", make_event(status=Status.DRAFT)))

    with someone_writes("events_event"):
        answer = form.send(date="10.09.2025")

    words = words_of(answer)
    assert "10.09.2025" in words
    # PostgreSQL asks for no lock before something is written.
    assert SAID in words or connection.vendor == "postgresql"


def test_a_step_is_refused_with_the_note_kept(reviewing):
    event = make_event(status=Status.IN_REVIEW)

    with someone_writes("events_event"):
        answer = take(reviewing, "return", event, "The venue is missing")

    assert answer.status_code == 503
    assert SAID in words_of(answer)
    assert "The venue is missing</textarea>" in answer.content.decode()
    event.refresh_from_db()
    assert event.status == Status.IN_REVIEW


def test_a_decision_is_refused_with_the_note_kept(reviewing):
    event = make_event(venue="Hall")
    form = FilledForm(browser_of(make_user("contributor")), address_of("change", event))
    form.send(venue="Palace")
    proposal = ProposedChange.objects.get()

    with someone_writes("editorial_proposedchange"):
        answer = reviewing.post(address_of("change", proposal), {"reject": "1", "note": "Not so"})

    assert answer.status_code == 503
    assert SAID in words_of(answer)
    assert "Not so</textarea>" in answer.content.decode()


def test_two_records_stay_two_with_what_was_chosen(writing):
    kept, other = (make_event(title=title, status=Status.DRAFT, citations=False) for title in ("Visit", "State visit"))
    screen = Screen(writing, f"/admin/merge/events/event/{kept.pk}/?with={other.pk}")

    with someone_writes("events_event"):
        answer = screen.send(button="merge", note="One visit", **{"field-title_en": "other"})

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert SAID in words_of(answer)
    assert Event.objects.count() == 2
    screen.read(answer)
    assert (screen.data["note"], screen.data["field-title_en"]) == (["One visit"], ["other"])
    assert screen.send(button="merge").status_code == 302
    assert Event.objects.get().title == "State visit"


def test_a_merge_that_waits_for_review_is_not_half_proposed(writing):
    kept = make_event(title="Visit")
    other = make_event(title="State visit", status=Status.DRAFT, citations=False)
    screen = Screen(writing, f"/admin/merge/events/event/{kept.pk}/?with={other.pk}")

    with someone_writes("editorial_proposedchange"):
        answer = screen.send(button="merge", note="One visit")

    assert answer.status_code == 503
    assert "One visit</textarea>" in answer.content.decode()
    assert not ProposedChange.objects.exists()


def test_a_story_is_kept_on_its_screen_whole(writing):
    for code in ("KAZ", "KEN"):
        make_country(code)
    screen = story(writing, "event person")

    with someone_writes("events_event"):
        answer = screen.send(**SOURCE, **EVENT, r1__name_en="William Ruto")

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert SAID in words_of(answer)
    assert not Source.objects.exists()
    screen.read(answer)
    assert screen.data["r0-title_en"] == ["Talks in Nairobi"]
    assert screen.data["r1-name_en"] == ["William Ruto"]
    assert screen.send().status_code == 302
    assert Event.objects.get().title == "Talks in Nairobi"


def test_what_could_not_be_submitted_with_the_rest_can_be_submitted_again(writing):
    event, person = make_event(status=Status.DRAFT), make_person(name="Ruto", status=Status.DRAFT)
    make_source(slug="paper")
    address = f"/admin/from-source/saved/?source=paper&record=person/{person.pk}&record=event/{event.pk}"

    with someone_writes("events_event"):
        answer = writing.post(address)

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert SAID in words_of(answer)
    event.refresh_from_db()
    assert event.status == Status.DRAFT
    assert writing.post(address).status_code == 302
    for record in (event, person):
        record.refresh_from_db()
        assert record.status == Status.IN_REVIEW


@pytest.mark.usefixtures("patience")
def test_a_load_is_refused_with_a_sentence(tmp_path):
    make_source(slug="comtrade")
    make_area(make_country("KAZ"))
    make_area(make_country("ZAF"))
    path = tmp_path / "rows.csv"
    path.write_text(table([site_row()]))

    with someone_writes("trade_release"), pytest.raises(Refused) as refused:
        load(path)

    assert refused.value.faults == ["all files: someone else is writing into the database: try again in a minute."]
    load(path)


@pytest.mark.usefixtures("patience")
def test_another_fault_of_the_database_is_no_lock():
    with pytest.raises(OperationalError) as broken, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = '10ms'")
            cursor.execute("SELECT pg_sleep(1)")
        cursor.execute("SELECT * FROM nowhere")

    assert not is_locked(broken.value)


def test_the_workflow_is_as_it_was(reviewing):
    event = make_event(status=Status.IN_REVIEW)

    assert take(reviewing, "publish", event).status_code == 302

    assert workflow.content_revision() > 0


def test_no_change_has_a_number_while_another_that_nobody_can_read_yet_has_one(patience):
    """So whoever has read a number has read all below it: numbers come before readers in their order."""
    event = make_event()
    latest = workflow.content_revision()

    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("BEGIN" if other.vendor == "postgresql" else "BEGIN IMMEDIATE")
        cursor.execute("UPDATE editorial_contentrevision SET number = number + 1")
        with pytest.raises(OperationalError) as refusal, transaction.atomic():
            workflow.record_change(event, "changed", by=None)
        seen = Change.objects.last().number
        cursor.execute("COMMIT")

    assert is_locked(refusal.value)
    assert seen == latest
    with transaction.atomic():
        assert workflow.record_change(event, "changed", by=None).number == latest + 2
