"""A contributor writes down a short news story by keyboard alone: a new source, and three records of it."""

import pytest

from diplomacy.models import Agreement
from events.models import Event
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Citation, Source
from kzafrica.statements.models import Figure
from tests.browser.keyboard import Keyboard
from tests.factories import make_country, make_event, make_person, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long phrase known to nobody"
MOST_INTERACTIONS = 40


@pytest.fixture
def hands(new_page, artefacts):
    make_country("KAZ")
    make_country("KEN")
    make_user("contributor", "aigerim", password=PASSWORD)
    keyboard = Keyboard(new_page(), artefacts)
    keyboard.sign_in("aigerim", PASSWORD)
    keyboard.open("/admin/from-source/")
    keyboard.interactions = 0
    return keyboard


def type_in_turn(hands: Keyboard, *words: str) -> None:
    """Fill one field after the other; None passes one by."""
    for index, text in enumerate(words):
        if index:
            hands.press("Tab")
        if text:
            hands.fill(text)


def test_a_story_with_three_records_takes_under_forty_interactions(hands):
    type_in_turn(
        hands, "https://www.example-paper.kz/2025/09/talks-in-nairobi?utm_source=mail", "event figure agreement"
    )
    hands.enter()
    hands.shot("from-source-1-asked")
    type_in_turn(hands, "Presidents meet in Nairobi", "2025-09-10", "Example Paper")
    hands.enter()
    type_in_turn(hands, "Official visit to Kenya", "Official", "Heads of state", "2025-09-09", "KAZ KEN", "September 9")
    hands.shot("from-source-2-event")
    hands.enter()
    type_in_turn(hands, "Trade", "$106.3 million", "106300000", "2024")
    hands.shot("from-source-3-figure")
    hands.enter()
    type_in_turn(hands, "Memorandum on visas", "Memorandum", None, None, "on Tuesday")
    hands.shot("from-source-4-agreement")
    hands.enter()
    hands.shot("from-source-5-saved")

    assert hands.interactions < MOST_INTERACTIONS, hands.interactions
    source = Source.objects.get()
    assert (source.title, source.publisher, str(source.published)) == (
        "Presidents meet in Nairobi",
        "Example Paper",
        "2025-09-10",
    )
    event, figure, agreement = Event.objects.get(), Figure.objects.get(), Agreement.objects.get()
    assert (event.kind, event.level, str(event.date)) == ("official_visit", "head_of_state", "2025-09-09")
    assert {row.country.alpha3 for row in event.participations.all()} == {"KAZ", "KEN"}
    assert (figure.measure, str(figure.value), figure.printed) == ("turnover", "106300000", "$106.3 million")
    assert (figure.subject, figure.counterpart) == ("country/KAZ", "country/KEN")
    assert (agreement.kind, agreement.signed_at) == ("memorandum", event)
    assert [str(stage.date) for stage in agreement.stages.all()] == ["2025-09-09"]
    printed = Citation.objects.exclude(as_printed="").values_list("as_printed", flat=True)
    assert sorted(printed) == ["$106.3 million", "September 9", "on Tuesday"]
    for record in (event, figure, agreement):
        assert record.status == Status.DRAFT
        assert {citation.source for citation in record.citations.all()} == {source}


def test_all_of_them_are_submitted_by_one_more_key(hands):
    type_in_turn(hands, "Example Paper: Presidents meet", "event")
    hands.enter()
    hands.enter()
    type_in_turn(hands, "Talks in Nairobi", "Meeting", "Ministers", "2025-09-09", "KAZ KEN")
    hands.enter()
    hands.enter()

    assert Event.objects.get().status == Status.IN_REVIEW


def test_a_record_of_another_kind_is_added_at_once_where_scripts_run(hands):
    type_in_turn(hands, "Example Paper: Presidents meet", "event")
    hands.enter()

    hands.reach("button[value=award]")
    hands.press("Enter")

    assert hands.page.evaluate("document.activeElement.name") == "r1-title_en"
    assert hands.page.locator(".story-record").count() == 2


def test_a_date_says_back_in_words_what_was_understood(hands):
    type_in_turn(hands, "Example Paper: Presidents meet", "event")
    hands.enter()
    hands.reach("button[value=award]")
    hands.press("Enter")

    for date in ("s-published", "r1-date"):
        hands.page.locator(f"[name={date}]").fill("2025-09~")
        said = hands.page.locator(".date-input", has=hands.page.locator(f"[name={date}]")).locator(".saying")
        said.filter(has_text="September 2025").wait_for(timeout=5000)


def test_keys_are_looked_up_by_name_and_taken_by_keyboard(hands):
    make_country("ZAF")
    make_person(name="William Ruto", slug="ruto")
    type_in_turn(hands, "Example Paper: Presidents meet", "event")
    hands.enter()
    page = hands.page
    states = page.locator("[name='r0-participations.country']")

    states.press_sequentially("KAZ south af")
    page.get_by_role("option", name="South Africa").wait_for(timeout=5000)
    hands.press("ArrowDown")
    hands.press("Enter")

    assert states.input_value() == "KAZ ZAF"
    states.press_sequentially(" ken")
    page.get_by_role("option", name="Kenya").wait_for(timeout=5000)
    hands.shot("from-source-7-looked-up")
    offered = page.locator(".reference-options:not([hidden])")
    assert offered.bounding_box()["x"] == states.bounding_box()["x"]
    hands.press("Tab")
    assert states.input_value() == "KAZ ZAF ken"
    page.locator(".story-record .story-more summary").click()
    person = page.locator("[name=r0-participations-0-person]")
    person.press_sequentially("rut")
    page.get_by_role("option", name="William Ruto").click()
    assert person.input_value() == "ruto"


def test_a_name_that_is_typed_on_while_its_list_is_open_is_taken_as_a_whole(hands):
    type_in_turn(hands, "Example Paper: Presidents meet", "event")
    hands.enter()
    page = hands.page
    states = page.locator("[name='r0-participations.country']")
    states.press_sequentially("KAZ ke")
    page.get_by_role("option", name="Kenya").wait_for(timeout=5000)

    # Within the pause after which names are looked up.
    states.evaluate("""input => {
        input.value += "ny";
        input.dispatchEvent(new Event("input"));
        for (const key of ["ArrowDown", "Enter"]) {
            input.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
        }
    }""")

    assert states.input_value() == "KAZ KEN"
    page.wait_for_timeout(600)
    assert page.locator(".reference-options:not([hidden])").count() == 0


def test_enter_saves_where_names_are_offered_and_none_is_marked(hands):
    type_in_turn(hands, "Example Paper: Presidents meet", "event")
    hands.enter()
    hands.enter()
    type_in_turn(hands, "Talks in Nairobi", "Meeting", "Ministers", "2025-09-09", "KAZ KEN")
    hands.page.get_by_role("option", name="Kenya").wait_for(timeout=5000)
    hands.enter()

    assert {row.country.alpha3 for row in Event.objects.get().participations.all()} == {"KAZ", "KEN"}


def test_an_event_that_is_there_already_is_named_while_it_is_typed(hands):
    make_event(title="Visit to Nairobi", kind="state_visit", participations=[{"country": make_country("KEN")}])
    type_in_turn(hands, "Example Paper: Presidents meet", "event")
    hands.enter()
    hands.enter()
    type_in_turn(hands, "Talks", "Working visit", "Ministers", "2025-09", "KAZ KEN")

    hands.page.locator(".may-be-same .twins", has_text="Visit to Nairobi").wait_for(timeout=5000)
    hands.shot("from-source-6-may-be-same")
