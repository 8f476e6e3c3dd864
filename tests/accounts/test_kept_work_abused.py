"""What somebody could try with work that is kept over an expired login, and what comes of it: nothing."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from events.models import Event
from kzafrica.editorial.choices import Status
from tests.accounts import (
    HOSTILE,
    FormOnPage,
    expire,
    make_person,
    press_back,
    sign_in,
    sign_in_from,
)
from tests.admin import FilledForm, address_of, browser_of, words_of
from tests.factories import make_event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["https://example.org/", "//example.org/admin/", "/admin/logout/", "/admin/password_change/", "/events/",
     "/admin/events/event/", "/admin/login/", "/admin/../events/", "", "javascript:alert(1)",
     "/admin/events/event/1/delete/"],
)  # fmt: skip
def test_the_button_leads_to_no_address_but_a_form_that_shows_what_was_typed(client, contributor, address):
    answer = sign_in(client, contributor, wanted=address, _kept='{"fields": [["title_en", "x"]], "files": []}')

    assert answer.status_code == 302
    assert not answer.url.startswith(("http", "//"))


@pytest.mark.parametrize(
    "carried", ["", "[]", "{", "{}", "null", "1", '{"fields": 1, "files": []}', '{"fields": [["a"]], "files": []}',
                '{"fields": [["a", "b", "c"]], "files": []}', "[" * 100_000],
)  # fmt: skip
def test_what_is_carried_in_another_form_than_ours_is_left_out(client, contributor, carried):
    answer = sign_in(client, contributor, wanted="/admin/events/event/add/", _kept=carried)

    assert answer.url == "/admin/events/event/add/"


def test_nothing_typed_becomes_markup(writing, new_event, contributor):
    expire()
    new_event.data['"><img src=x onerror=alert(1)>'] = HOSTILE

    pages = [answer := new_event.send(), kept := sign_in_from(writing, answer, contributor), press_back(writing, kept)]

    assert not any(b"<script>alert" in page.content or b"<img src=x" in page.content for page in pages)


def test_what_was_typed_is_only_shown_to_another_account(writing, new_event):
    other = make_person("contributor", "marat")
    expire()

    shown = press_back(writing, sign_in_from(writing, new_event.send(), other))

    assert shown.status_code == 200
    assert not Event.objects.exists()


def test_another_account_that_may_not_open_the_form_is_refused(administrator, client, settings):
    settings.SECOND_FACTOR = False
    browser = browser_of(administrator)
    form = FilledForm(browser, address_of("add", get_user_model()))
    expire()

    kept = sign_in_from(browser, form.send(username="marat"), make_person("contributor"))

    assert press_back(browser, kept).status_code == 403


@pytest.mark.parametrize("page", ["delete", "changelist"])
def test_the_mark_runs_nothing_that_would_do_something(settings, page):
    settings.SECOND_FACTOR = False
    editor, event = make_person("editor"), make_event(title="Visit", status=Status.DRAFT)
    address = address_of(page, event if page == "delete" else Event)

    answer = browser_of(editor).post(
        address, {"_resume": "1", "post": "yes", "action": "delete_selected", "_selected_action": event.pk}
    )

    assert answer.status_code == 302
    assert answer.url == address
    assert Event.objects.exists()


def test_a_password_is_not_changed_by_a_form_with_the_mark(writing, contributor):
    fields = {"old_password": "correct horse battery staple", "new_password1": "quite another", "_resume": "1"}

    writing.post("/admin/password_change/", {**fields, "new_password2": "quite another"})

    contributor.refresh_from_db()
    assert contributor.check_password("correct horse battery staple")


def test_what_cannot_be_shown_again_says_that_nothing_was_done(settings):
    settings.SECOND_FACTOR = False
    event = make_event(title="Visit", status=Status.DRAFT)
    browser = browser_of(make_person("editor"))
    expire()

    answer = browser.post(address_of("delete", event), {"post": "yes"})

    assert answer.status_code == 403
    assert "nothing was done. Sign in and do it again." in words_of(answer)
    assert Event.objects.exists()


# --- The safety mark changes with every sign-in


@pytest.fixture
def strict(contributor):
    """A browser whose forms need their safety mark, signed in anew since its form was opened."""
    client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    client.force_login(contributor)
    return client


def test_a_form_from_before_signing_in_anew_is_kept(strict):
    strict.get("/admin/events/event/add/")

    answer = strict.post("/admin/events/event/add/", {"title_en": "Visit", "csrfmiddlewaretoken": "a" * 64})

    assert answer.status_code == 200
    assert FormOnPage(answer).hidden["title_en"] == ["Visit"]
    assert not Event.objects.exists()


def test_the_button_brings_the_mark_of_the_new_session(strict):
    strict.get("/admin/events/event/add/")
    kept = strict.post("/admin/events/event/add/", {"title_en": "Visit", "csrfmiddlewaretoken": "a" * 64})

    form = FormOnPage(kept)
    shown = strict.post(form.action, form.everything_hidden)

    assert shown.context["adminform"].form["title_en"].value() == "Visit"


def test_a_form_that_another_site_sends_is_not_shown(strict):
    strict.get("/admin/events/event/add/")

    answer = strict.post("/admin/events/event/add/", {"title_en": "Visit"}, headers={"origin": "https://example.org"})

    assert answer.status_code == 403
    assert b"Visit" not in answer.content


def test_the_page_for_signing_in_keeps_it_when_its_own_mark_is_old(strict, new_event):
    carried = {"_kept": '{"fields": [["title_en", "Visit"]], "files": []}', "next": new_event.address}

    answer = strict.post("/admin/login/", {**carried, "username": "aigerim", "csrfmiddlewaretoken": "a" * 64})

    assert FormOnPage(answer).action == new_event.address
    assert FormOnPage(answer).hidden["title_en"] == ["Visit"]


def test_an_old_mark_elsewhere_is_refused_as_ever(strict):
    answer = strict.post("/admin/password_change/", {"old_password": "x", "csrfmiddlewaretoken": "a" * 64})

    assert answer.status_code == 403
    assert "without its safety mark" in words_of(answer)


@pytest.mark.parametrize(
    ("wanted", "carried"),
    [
        ("http://[/admin", '{"fields": [["title_en", "x"]], "files": []}'),
        ("/admin/events/event/add/", '{"fields": [["title_en", "\\ud800"]], "files": ["\\udfff"]}'),
    ],
)
def test_what_is_no_address_and_no_text_is_answered_like_anything_else(client, wanted, carried):
    answer = client.post("/admin/login/", {"username": "nobody", "password": "x", "next": wanted, "_kept": carried})

    assert answer.status_code in (200, 403)
