"""Unsaved work survives an expired login: it comes back to its form, is looked through, and then saved."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event
from kzafrica.editorial import proposals
from kzafrica.editorial.choices import ProposalState, Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import ProposedChange
from tests.accounts import (
    HOSTILE,
    Authenticator,
    FormOnPage,
    expire,
    give_device,
    make_person,
    press_back,
    sign_in,
    sign_in_from,
)
from tests.admin import FilledForm, address_of, browser_of, words_of
from tests.factories import make_country, make_event

pytestmark = pytest.mark.django_db


# --- What the answer is


def test_a_form_that_is_sent_after_the_login_has_expired_is_kept_in_the_page_for_signing_in(writing, new_event):
    expire()

    answer = new_event.send()

    assert answer.status_code == 403
    assert "You were signed out meanwhile. Nothing is saved yet. What you typed is kept" in words_of(answer)
    assert FormOnPage(answer).action == "/admin/login/"
    assert FormOnPage(answer).hidden["next"] == [new_event.address]
    assert "Visit to Kinshasa" in FormOnPage(answer).hidden["_kept"][0]
    assert not Event.objects.exists()


def test_nothing_typed_is_written_into_the_database_or_an_address(writing, new_event, contributor):
    expire()

    with CaptureQueriesContext(connection) as queries:
        answer = new_event.send()
        kept = sign_in_from(writing, answer, contributor)

    assert kept.status_code == 200
    assert not any("Kinshasa" in query["sql"] for query in queries)
    assert not any("Kinshasa" in str(session.get_decoded()) for session in Session.objects.all())
    assert "Kinshasa" not in FormOnPage(kept).action


def test_the_sign_in_page_says_nothing_of_keeping_where_nothing_was_sent(client, db):
    assert "What you typed" not in words_of(client.get("/admin/events/event/add/", follow=True))


def test_a_page_that_is_asked_for_is_led_to_signing_in_as_ever(client, db):
    assert client.get("/admin/events/event/add/?title_en=x").url == (
        "/admin/login/?next=%2Fadmin%2Fevents%2Fevent%2Fadd%2F%3Ftitle_en%3Dx"
    )


def test_a_mistyped_password_keeps_it_too(writing, new_event, contributor):
    expire()
    refused = sign_in(
        writing, contributor, password="guessed", **{
            "wanted": new_event.address, "_kept": FormOnPage(new_event.send()).hidden["_kept"][0],
        },
    )  # fmt: skip

    answer = sign_in_from(writing, refused, contributor)

    assert "participations-11-capacity" in FormOnPage(answer).hidden


# --- Back to the form


def test_everything_typed_is_shown_again_and_not_saved(writing, new_event, contributor):
    expire()
    kept = sign_in_from(writing, new_event.send(), contributor)

    shown = press_back(writing, kept)

    assert shown.status_code == 200
    assert "You were signed out meanwhile. Nothing is saved yet: look it through and save." in words_of(shown)
    assert not Event.objects.exists()
    form = shown.context["adminform"].form
    assert form["summary_en"].value() == HOSTILE
    (participations,) = (
        inline.formset for inline in shown.context["inline_admin_formsets"] if "participations" in inline.formset.prefix
    )
    assert [row["capacity"].value() for row in participations.forms] == [f"note {number}" for number in range(12)]


def test_saving_works_then_and_writes_what_was_typed(writing, new_event, contributor):
    expire()
    shown = press_back(writing, sign_in_from(writing, new_event.send(), contributor))

    FilledForm(writing, new_event.address, shown).send()

    event = Event.objects.get()
    assert event.title_en == "Visit to Kinshasa"
    assert event.summary_en == HOSTILE.strip()
    assert event.participations.count() == 12
    assert event.citations.count() == 1


def test_a_change_to_a_draft_is_kept_with_the_rows_to_delete(writing, contributor):
    event = make_event(
        title="Visit",
        status=Status.DRAFT,
        participations=[{"country": make_country("COD")}, {"country": make_country("KEN")}],
    )
    form = FilledForm(writing, address_of("change", event))
    expire()
    answer = form.send(venue="Hall", **{"participations-1-DELETE": "on"})

    shown = press_back(writing, sign_in_from(writing, answer, contributor))
    before = Event.objects.get().participations.count()
    FilledForm(writing, form.address, shown).send()

    assert before == 2
    assert Event.objects.get().venue == "Hall"
    assert Event.objects.get().participations.count() == 1


def test_the_reason_for_a_change_to_a_public_record_is_kept(writing, contributor):
    event = make_event(title="Visit")
    form = FilledForm(writing, address_of("change", event))
    expire()
    answer = form.send(venue="Hall", _note="The communique says so")

    shown = press_back(writing, sign_in_from(writing, answer, contributor))
    proposed = ProposedChange.objects.exists()
    FilledForm(writing, form.address, shown).send(_note="The communique says so")

    assert 'value="The communique says so"' in shown.content.decode()
    assert not proposed
    assert ProposedChange.objects.get().content["venue"] == "Hall"


def test_what_a_colleague_saved_meanwhile_is_shown_and_not_overwritten(writing, contributor):
    event = make_event(title="Visit", status=Status.DRAFT)
    FilledForm(writing, address_of("change", event)).send(venue="Palace")
    form = FilledForm(writing, address_of("change", event))
    expire()
    answer = form.send(summary_en="Mine")
    colleague = browser_of(make_person("contributor", "marat"))
    FilledForm(colleague, address_of("change", event)).send(venue="Square")

    shown = press_back(writing, sign_in_from(writing, answer, contributor))

    assert "marat changed this record after you had opened it" in words_of(shown)
    assert shown.context["adminform"].form["summary_en"].value() == "Mine"
    assert Event.objects.get().venue == "Square"


@pytest.mark.parametrize("step, status", [("submit", Status.DRAFT), ("return", Status.IN_REVIEW)])
def test_the_note_of_a_step_is_kept_and_the_step_not_taken(settings, step, status):
    settings.SECOND_FACTOR = False
    editor = make_person("editor", "bolat")
    reviewing, event = browser_of(editor), make_event(title="Visit", status=status)
    expire()
    answer = reviewing.post(address_of("step", event, step), {"note": "Name the hall"})

    shown = press_back(reviewing, sign_in_from(reviewing, answer, editor))

    assert "Nothing is done yet" in words_of(shown)
    assert "Name the hall</textarea>" in shown.content.decode()
    assert Event.objects.get().status == status


def test_the_note_on_a_proposal_is_kept_and_nothing_decided(settings, contributor):
    settings.SECOND_FACTOR = False
    editor, event = make_person("editor", "bolat"), make_event(title="Visit")
    proposal = proposals.propose(event, {**content_of(event), "venue": "Hall"}, by=contributor)
    reviewing = browser_of(editor)
    expire()
    answer = reviewing.post(address_of("change", proposal), {"note": "Agreed", "reason": "Wrong hall", "apply": "1"})

    shown = press_back(reviewing, sign_in_from(reviewing, answer, editor))

    assert "Agreed</textarea>" in shown.content.decode()
    assert "Wrong hall</textarea>" in shown.content.decode()
    assert ProposedChange.objects.get().state == ProposalState.OPEN


def test_a_new_account_is_kept_without_its_password(settings, administrator):
    settings.SECOND_FACTOR = False
    browser, User = browser_of(administrator), get_user_model()
    form = FilledForm(browser, address_of("add", User))
    expire()
    answer = form.send(username="marat", first_name="Marat", password1="a secret of mine", password2="a secret of mine")

    shown = press_back(browser, sign_in_from(browser, answer, administrator))

    assert "a secret of mine" not in answer.content.decode()
    assert shown.context["adminform"].form["first_name"].value() == "Marat"
    assert not User.objects.filter(username="marat").exists()


def test_a_file_cannot_be_kept_and_is_named(writing, new_event):
    expire()

    answer = new_event.send(photo=SimpleUploadedFile("palace.png", b"PNG"))

    assert "A file cannot be kept: choose it again. (palace.png)" in words_of(answer)


def test_an_address_with_its_question_is_kept(writing, new_event, contributor):
    expire()
    new_event.address += "?_popup=1&title_en=x"

    kept = sign_in_from(writing, new_event.send(), contributor)

    assert FormOnPage(kept).action == new_event.address


# --- With a second factor, and through other doors


def test_it_is_kept_until_the_code_was_given_too(client, editor):
    device = give_device(editor)
    sign_in(client, editor, device.code())
    form = FilledForm(client, address_of("add", Event))
    expire()
    answer = form.send(title_en="Visit to Kinshasa")

    refused = sign_in_from(client, answer, editor, device.other_code())
    editor.totpdevice_set.update(throttling_failure_timestamp=None)
    kept = sign_in_from(client, refused, editor, device.code(later=1))
    shown = press_back(client, kept)

    assert shown.context["adminform"].form["title_en"].value() == "Visit to Kinshasa"


def test_it_is_kept_while_a_second_factor_is_set_up(client, contributor, new_event, writing):
    contributor.groups.set(make_person("editor").groups.all())

    answer = new_event.send()
    carried = {name: values[0] for name, values in FormOnPage(answer).hidden.items()}
    secret = answer.context["secret"]
    shown_once = writing.post(
        "/admin/second-factor/set-up/", {**carried, "code": Authenticator(bytes.fromhex(secret.key)).code()}
    )
    shown = press_back(writing, shown_once)

    assert answer.status_code == 403
    assert shown.context["adminform"].form["title_en"].value() == "Visit to Kinshasa"


def test_it_is_kept_where_a_code_has_to_be_given_first(writing, contributor, new_event):
    device = give_device(contributor)

    answer = new_event.send()
    carried = {name: values[0] for name, values in FormOnPage(answer).hidden.items()}
    kept = writing.post("/admin/second-factor/code/", {**carried, "code": device.code()})

    assert FormOnPage(answer).action == "/admin/second-factor/code/"
    assert press_back(writing, kept).context["adminform"].form["title_en"].value() == "Visit to Kinshasa"


def test_it_is_kept_again_if_the_login_expires_before_the_button_is_pressed(writing, new_event, contributor):
    expire()
    kept = sign_in_from(writing, new_event.send(), contributor)
    expire()

    again = sign_in_from(writing, press_back(writing, kept), contributor)

    assert press_back(writing, again).context["adminform"].form["title_en"].value() == "Visit to Kinshasa"
    assert not Event.objects.exists()
