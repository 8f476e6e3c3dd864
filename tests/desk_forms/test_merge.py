"""Two records side by side become one: field by field, with everything that leads to either."""

import pytest

from diplomacy.models import Agreement
from events.models import Event
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import ProposedChange, Redirect
from kzafrica.reference.models import Person
from tests.admin import FilledForm, address_of, browser_of, take, words_of
from tests.desk_forms import Screen
from tests.factories import (
    make_agreement,
    make_citation,
    make_country,
    make_event,
    make_person,
    make_source,
    make_theme,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


@pytest.fixture
def kept(states):
    return make_event(
        title="Visit", slug="visit", status=Status.DRAFT, citations=False, themes=[make_theme("Trade")],
        participations=[{"country": states[1]}],
    )  # fmt: skip


@pytest.fixture
def other(states):
    event = make_event(
        title="State visit", slug="state-visit", venue="Palace", status=Status.DRAFT, citations=False,
        themes=[make_theme("Visa")], participations=[{"country": states[1]}, {"country": states[0]}],
    )  # fmt: skip
    make_citation(event, make_source(slug="decree", title="Decree"), locator="page 2")
    return event


def leave_out(screen: Screen, words: str) -> None:
    """Take the mark away from the row that has these words."""
    rows = [row for group in screen.answer.context["united"] for row in group["rows"] if words in row.words]
    (row,) = rows
    del screen.data[row.name]


def laid_together(client, kept, other) -> Screen:
    address = f"/admin/merge/events/event/{kept.pk}/?with={other.pk}"
    return Screen(client, address)


def test_the_form_of_a_record_leads_there(writing, kept):
    assert f"/admin/merge/events/event/{kept.pk}/" in writing.get(address_of("change", kept)).content.decode()


def test_the_other_can_be_named_by_its_key_or_name(writing, kept, other):
    for text in ("state-visit", "State visit", str(other.pk)):
        page = writing.get(f"/admin/merge/events/event/{kept.pk}/", {"with": text})
        assert page.context["other"] == other


def test_alike_records_are_offered(writing, kept, other):
    page = writing.get(f"/admin/merge/events/event/{kept.pk}/").content.decode()

    assert f"?with={other.pk}" in page


@pytest.mark.parametrize("text", ["nothing", "999", "visit"])
def test_what_cannot_be_the_other_is_said_in_words(writing, kept, text):
    page = writing.get(f"/admin/merge/events/event/{kept.pk}/", {"with": text})

    assert page.status_code == 200
    assert page.context["fault"]


def test_the_record_kept_wins_and_is_filled_in_from_the_other(writing, kept, other):
    screen = laid_together(writing, kept, other)

    answer = screen.send(button="merge")

    assert answer.status_code == 302
    event = Event.objects.get()
    assert (event.pk, event.title, event.venue) == (kept.pk, "Visit", "Palace")
    assert sorted(str(theme) for theme in event.themes.all()) == ["Trade", "Visa"]
    assert sorted(row.country.alpha3 for row in event.participations.all()) == ["KAZ", "KEN"]
    assert event.citations.get().source.slug == "decree"
    assert Redirect.objects.get(old_key="state-visit").target_key == "visit"


def test_a_field_of_the_other_can_be_chosen_and_a_row_left_out(writing, kept, other):
    screen = laid_together(writing, kept, other)
    leave_out(screen, "KAZ")

    screen.send(button="merge", **{"field-title_en": "other", "field-themes": "kept"})

    event = Event.objects.get()
    assert event.title == "State visit"
    assert [str(theme) for theme in event.themes.all()] == ["Trade"]
    assert event.participations.count() == 1


@pytest.mark.parametrize(
    ("choice", "name", "form"),
    [
        ("kept", "Mukhtar Tleuberdi", "Мухтар Тлеуберди"),
        ("other", "Мухтар Тлеуберди", "Mukhtar Tleuberdi"),
    ],
)
def test_the_name_that_is_not_taken_stays_as_another_form_of_the_name(writing, choice, name, form):
    kept = make_person(name="Mukhtar Tleuberdi", status=Status.DRAFT, name_forms=[{"text": "M. Tleuberdi"}])
    other = make_person(name="Мухтар Тлеуберди", status=Status.DRAFT)
    screen = Screen(writing, f"/admin/merge/reference/person/{kept.pk}/?with={other.pk}")

    screen.send(button="preview", **{"field-name_en": choice})
    assert form in screen.words
    screen.send(button="merge")

    person = Person.objects.get()
    assert person.name_en == name
    kept_forms = [("M. Tleuberdi", "spelling"), (form, "transliteration")]
    assert [(row.text, row.kind) for row in person.name_forms.all()] == kept_forms


def test_a_name_that_is_a_misspelling_can_be_left_out(writing):
    kept, other = (make_person(name=name, status=Status.DRAFT) for name in ("William Ruto", "Wiliam Ruto"))
    screen = Screen(writing, f"/admin/merge/reference/person/{kept.pk}/?with={other.pk}")
    leave_out(screen, "Wiliam Ruto")

    screen.send(button="merge")

    assert not Person.objects.get().name_forms.exists()


def test_the_result_is_shown_before_anything_is_written(writing, kept, other):
    screen = laid_together(writing, kept, other)

    screen.send(button="preview", **{"field-title_en": "other"})

    assert "What would change" in screen.words
    assert "<ins>State visit</ins>" in screen.words
    assert screen.data["field-title_en"] == ["other"]
    assert Event.objects.count() == 2


def test_what_names_the_other_names_the_one_kept(writing, kept, other):
    make_agreement(signed_at=other, status=Status.DRAFT)

    laid_together(writing, kept, other).send(button="merge")

    assert Agreement.objects.get().signed_at == kept


def test_a_change_meanwhile_is_told_and_nothing_is_merged(writing, kept, other):
    screen = laid_together(writing, kept, other)
    Event.objects.filter(pk=other.pk).update(venue="Elsewhere")

    answer = screen.send(button="merge")

    assert answer.status_code == 409
    assert "changed meanwhile" in screen.words
    assert Event.objects.count() == 2


def test_who_changed_what_meanwhile_is_told_with_what_the_record_says_now(writing, kept, other, second_editor):
    colleague = browser_of(second_editor)
    FilledForm(colleague, address_of("change", other)).send(summary_en="A visit.")
    screen = laid_together(writing, kept, other)
    FilledForm(colleague, address_of("change", other)).send(venue="Senate")

    answer = screen.send(button="merge", note="One visit.", **{"field-title_en": "other"})

    assert answer.status_code == 409
    words = words_of(answer)
    assert f"{second_editor} changed “State visit” after you had laid the two side by side" in words
    assert "venue : Palace → Senate" in words
    assert (screen.data["note"], screen.data["field-title_en"]) == (["One visit."], ["other"])
    assert Event.objects.count() == 2
    assert screen.send(button="merge").status_code == 302
    assert Event.objects.get().venue == "Senate"


def test_a_change_of_both_is_told_of_each(writing, kept, other, second_editor):
    screen = laid_together(writing, kept, other)
    for record in (kept, other):
        FilledForm(browser_of(second_editor), address_of("change", record)).send(venue="Senate")

    answer = screen.send(button="preview")

    assert answer.status_code == 409
    for title in ("Visit", "State visit"):
        assert f"changed “{title}” after" in words_of(answer)


def test_a_save_between_the_look_and_the_merge_is_not_lost(writing, kept, other, monkeypatch):
    screen = laid_together(writing, kept, other)
    held = []

    def hold_after_a_save(record):
        if not held:
            Event.objects.filter(pk=other.pk).update(venue="Senate")
        held.append(record.pk)
        workflow.hold(record)

    monkeypatch.setattr("kzafrica.desk.merge.hold", hold_after_a_save)

    answer = screen.send(button="merge")

    assert answer.status_code == 409
    assert sorted(held) == sorted([kept.pk, other.pk])
    assert Event.objects.count() == 2
    monkeypatch.undo()
    screen.send(button="merge")
    assert Event.objects.get().venue == "Senate"


def test_a_proposed_merge_is_made_of_what_was_seen(writing, other, second_editor):
    public = make_event(title="Visit", slug="public")
    screen = laid_together(writing, public, other)
    FilledForm(browser_of(second_editor), address_of("change", other)).send(venue="Senate")

    answer = screen.send(button="merge")

    assert answer.status_code == 409
    assert not ProposedChange.objects.exists()


def test_a_record_that_was_published_meanwhile_is_told_with_what_was_chosen(writing, reviewing, kept, other):
    workflow.submit(other, by=make_user("contributor", "dina"))
    screen = laid_together(writing, kept, other)
    take(reviewing, "publish", other)

    answer = screen.send(button="merge", note="One visit.")

    assert answer.status_code == 409
    assert screen.data["note"] == ["One visit."]
    assert f"/admin/merge/events/event/{other.pk}/?with={kept.pk}" in screen.words
    screen.send(button="merge")
    assert "Keep “State visit”, which readers can see" in screen.words
    assert Event.objects.count() == 2


def test_a_row_that_was_left_out_is_left_out_wherever_it_stands_by_then(writing, kept, other, states):
    screen = laid_together(writing, kept, other)
    leave_out(screen, "KAZ")
    kept.participations.create(country=make_country("UGA"), position=0)
    kept.participations.filter(country=states[1]).update(position=1)

    answer = screen.send(button="merge")

    assert answer.status_code == 409
    screen.send(button="merge")
    assert sorted(row.country.alpha3 for row in Event.objects.get().participations.all()) == ["KEN", "UGA"]


def test_choices_sent_before_the_login_expired_are_shown_and_nothing_is_merged(writing, kept, other):
    screen = laid_together(writing, kept, other)
    leave_out(screen, "KAZ")

    screen.send(button="merge", _resume="1", note="One visit.")

    assert "Nothing is done yet" in screen.words
    assert screen.data["note"] == ["One visit."]
    assert Event.objects.count() == 2
    assert screen.send(button="merge").status_code == 302
    assert [row.country.alpha3 for row in Event.objects.get().participations.all()] == ["KEN"]


def test_a_public_record_is_kept_and_the_merge_is_proposed(writing, other):
    public = make_event(title="Visit", slug="public")

    turned = writing.get(f"/admin/merge/events/event/{other.pk}/?with={public.pk}")
    assert turned.url == f"/admin/merge/events/event/{public.pk}/?with={other.pk}"
    laid_together(writing, public, other).send(button="merge", note="One visit, two papers.")

    proposal = ProposedChange.objects.get()
    assert (proposal.record, proposal.absorbs, proposal.note) == (public, other.pk, "One visit, two papers.")
    assert Event.objects.count() == 2


def test_a_content_that_cannot_be_kept_is_refused_in_words(writing, kept, other):
    Event.objects.filter(pk=other.pk).update(occurrence="held")
    other.date = "2999"
    other.save()
    screen = laid_together(writing, kept, other)

    screen.send(button="merge", **{"field-date": "other"})

    assert "This has not taken place yet" in screen.words
    assert Event.objects.count() == 2


def test_whoever_may_not_change_a_record_does_not_merge_it(kept, other):
    guest = browser_of(make_user(username="guest", is_staff=True))

    assert guest.get(f"/admin/merge/events/event/{kept.pk}/?with={other.pk}").status_code == 403


@pytest.mark.parametrize("path", ["events/participation/1", "auth/user/1", "events/nothing/1", "events/event/999"])
def test_what_is_no_record_is_not_found(writing, path):
    assert writing.get(f"/admin/merge/{path}/").status_code == 404
