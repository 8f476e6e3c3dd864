"""The editors' day in a real browser, by keyboard alone: review, publish, propose, apply, meet, go back."""

import pytest
from django.urls import reverse
from reversion.models import Version

from events.models import Event
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import ProposedChange
from tests.browser.keyboard import Keyboard
from tests.factories import make_country, make_event, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long enough password"


@pytest.fixture
def people():
    return {role: make_user(role, role, password=PASSWORD) for role in ("contributor", "editor", "administrator")}


@pytest.fixture
def at_the_desk(people, new_page, artefacts):
    """Somebody signed in, at a browser of their own."""

    def sit_down(name: str) -> Keyboard:
        keyboard = Keyboard(new_page(), artefacts)
        keyboard.sign_in(name, PASSWORD)
        return keyboard

    return sit_down


def address_of(record, page: str = "change", *more) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk, *more])


def written(event, by, note="Written"):
    """The event as that person left it."""
    with workflow.one_revision(by=by, note=note, of=event):
        event.save()
    return event


@pytest.fixture
def submitted(people):
    event = make_event(
        title="Visit", slug="visit", status=Status.DRAFT, participations=[{"country": make_country("COD")}]
    )
    written(event, people["contributor"])
    workflow.submit(event, by=people["contributor"])
    return event


@pytest.fixture
def public(submitted, people):
    workflow.publish(submitted, by=people["editor"])
    return submitted


def propose(keyboard: Keyboard, event, venue: str) -> None:
    keyboard.open(address_of(event))
    keyboard.reach("#id__note")
    keyboard.fill("As the communiqué says")
    keyboard.reach("#id_venue")
    keyboard.fill(venue)
    keyboard.follow("input[name=_save]")


def test_an_editor_reviews_and_publishes(at_the_desk, submitted):
    keyboard = at_the_desk("editor")
    keyboard.open(address_of(submitted))
    keyboard.shot("review-form")
    keyboard.follow("a[href$='/step/publish/']")
    keyboard.reach("#id_note")
    keyboard.fill("Checked against the decree")
    keyboard.shot("review-publish")

    keyboard.follow("main button[type=submit], #content-main form button[type=submit]")

    assert Event.objects.get().status == Status.PUBLISHED
    assert keyboard.page.goto(submitted.get_absolute_url()).status == 200
    keyboard.shot("published")


def test_an_editor_returns_it_and_the_author_reads_why(at_the_desk, submitted):
    editor, author = at_the_desk("editor"), at_the_desk("contributor")
    editor.open(address_of(submitted))
    editor.follow("a[href$='/step/return/']")
    editor.reach("#id_note")
    editor.fill("Which day?")
    editor.follow("#content-main form button[type=submit]")

    author.open(address_of(submitted))

    author.shot("returned")
    assert author.page.get_by_text("Which day?").is_visible()


def test_a_proposed_change_is_applied(at_the_desk, public):
    author, editor = at_the_desk("contributor"), at_the_desk("editor")
    propose(author, public, "Akorda")
    proposal = ProposedChange.objects.get()
    editor.open(address_of(proposal))
    editor.shot("proposal")
    editor.reach("#id_reason")
    editor.fill("The venue was missing.")

    editor.follow("button[name=apply]")

    assert Event.objects.get().venue == "Akorda"
    editor.open("/corrections/")
    assert editor.page.get_by_text("The venue was missing.").first.is_visible()
    editor.shot("corrections")


def test_two_people_meet_at_one_record_and_nothing_is_lost(at_the_desk, submitted):
    author, editor = at_the_desk("contributor"), at_the_desk("editor")
    for keyboard in (author, editor):
        keyboard.open(address_of(submitted))
    author.reach("#id_venue")
    author.fill("Akorda")
    author.follow("input[name=_save]")
    editor.reach("#id_venue")
    editor.fill("Senate")

    editor.follow("input[name=_save]")

    editor.shot("met")
    assert editor.page.get_by_role("heading", name="What changed meanwhile").is_visible()
    assert editor.page.locator("#id_venue").input_value() == "Senate"
    assert Event.objects.get().venue == "Akorda"
    editor.follow("input[name=_save]")
    assert Event.objects.get().venue == "Senate"


def test_a_version_is_gone_back_to(at_the_desk, people, submitted):
    submitted.venue = "Senate"
    written(submitted, people["contributor"], "Wrong on purpose")
    first = Version.objects.get_for_object(submitted).last().revision_id
    keyboard = at_the_desk("editor")
    keyboard.open(address_of(submitted, "history"))
    keyboard.shot("history")
    keyboard.follow(f"a[href$='/versions/{first}/']")
    keyboard.reach("#id_note")
    keyboard.fill("The venue was another")
    keyboard.shot("version")

    keyboard.follow("#content-main form button[type=submit]")

    assert Event.objects.get().venue == ""
    keyboard.shot("history-afterwards")
    assert keyboard.page.get_by_text("The venue was another").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_of_the_workshop_fit_the_screen(at_the_desk, public, width):
    keyboard = at_the_desk("editor")
    keyboard.page.set_viewport_size({"width": width, "height": 900})
    too_wide = []

    for page in ("change", "history"):
        keyboard.open(address_of(public, page))
        keyboard.shot(f"{page}-{width}")
        if keyboard.page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.append(page)

    assert too_wide == []
