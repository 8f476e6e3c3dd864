import pytest

from kzafrica.editorial.choices import ChangeAction, Status
from kzafrica.editorial.models import Change, Correction
from tests.pages import factories

pytestmark = pytest.mark.django_db

LISTS_OF_RECORDS = {
    "/events/": lambda **fields: factories.make_event(**fields),
    "/sources/": lambda **fields: factories.make_source(**fields),
    "/people/": lambda **fields: factories.make_person(**fields),
    "/organizations/": lambda **fields: factories.make_organization(**fields),
}
TITLES = {"/events/": "title", "/sources/": "title", "/people/": "name", "/organizations/": "name"}


@pytest.fixture(params=LISTS_OF_RECORDS)
def address(request):
    return request.param


@pytest.fixture
def make(address):
    return lambda title, **fields: LISTS_OF_RECORDS[address](**{TITLES[address]: title}, **fields)


class TestEveryList:
    def test_shows_only_what_is_published(self, text_of, address, make):
        make("Seen by all")
        for status in (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN):
            make(f"Hidden {status}", status=status)

        page = text_of(address)

        assert "Seen by all" in page
        assert "Hidden" not in page

    def test_refuses_an_unknown_parameter_and_keeps_its_form(self, client, address):
        answer = client.get(address + "?qq=x")

        assert answer.status_code == 400
        assert 'role="alert"' in answer.content.decode()
        assert "There is no parameter “qq”. Did you mean “q”?" in answer.content.decode()
        assert '<form class="filter-form"' in answer.content.decode()

    def test_refuses_an_unreadable_value_and_shows_no_rows(self, text_of, address, make):
        make("Would mislead")

        page = text_of(address + "?updated_since=yesterday", status=400)

        assert "“yesterday” is not a moment" in page
        assert "Would mislead" not in page

    def test_refuses_a_page_that_is_no_number(self, text_of, address):
        assert "“two” is not a page" in text_of(address + "?page=two", status=400)

    def test_has_nothing_behind_its_last_page(self, client, address):
        assert client.get(address + "?page=9").status_code == 404

    def test_forgives_tracking(self, text_of, address, make):
        make("Seen by all")

        assert "Seen by all" in text_of(address + "?utm_source=mail&fbclid=1")

    def test_is_narrowed_by_its_filters(self, text_of, address, make):
        make("Wanted")
        make("Not this one")

        page = text_of(address + "?q=wanted")

        assert "Wanted" in page
        assert "Not this one" not in page
        assert "Clear all filters" in page

    def test_takes_its_own_form_sent_empty(self, client, text_of, address, make):
        make("Seen by all")
        names = [field.name for field in client.get(address).context["filter"].form]

        page = text_of(f"{address}?{'=&'.join(names)}=")

        assert "Seen by all" in page
        assert "Clear all filters" not in page

    def test_says_that_nothing_fits(self, text_of, address):
        assert "Nothing in the record fits" in text_of(address + "?q=nowhere")

    def test_pager_keeps_the_filters(self, client, address, make):
        for number in range(51):
            make(f"Wanted {number}")

        page = client.get(address + "?q=wanted").content.decode()

        assert "q=wanted&amp;page=2" in page

    def test_queries_stay_flat(self, queries_of, address, make):
        for _number in range(2):
            make("Row")
        few = queries_of(address)

        for _number in range(40):
            make("Row")

        assert queries_of(address) == few <= 15


def test_events_come_latest_first(text_of):
    factories.make_event(title="Earlier", date="2024")
    factories.make_event(title="Later", date="2025-03")

    page = text_of("/events/")

    assert page.index("Later") < page.index("Earlier")


def test_events_follow_the_order_asked_for(text_of):
    factories.make_event(title="Earlier", date="2024")
    factories.make_event(title="Later", date="2025-03")

    page = text_of("/events/?ordering=date")

    assert page.index("Earlier") < page.index("Later")


def test_event_list_queries_do_not_grow_with_participants(queries_of):
    event = factories.make_event()
    factories.take_part(event, person=factories.make_person(), country=factories.make_country())
    few = queries_of("/events/")

    for number in range(20):
        factories.cite(factories.take_part(event, person=factories.make_person(), office=factories.make_office()))
        event.themes.add(factories.make_theme(name=f"Theme {number}"))

    assert queries_of("/events/") == few


def test_people_list_queries_do_not_grow_with_offices(queries_of):
    person = factories.make_person()
    factories.hold_office(person)
    few = queries_of("/people/")

    for number in range(20):
        office = factories.make_office(country=factories.make_country(f"X{number:02}"))
        factories.cite(factories.hold_office(person, office=office))

    assert queries_of("/people/") == few


def test_event_list_marks_what_sources_disagree_about(text_of):
    event = factories.make_event()
    factories.cite(event, field="date", stated="2024")

    assert "sources disagree" in text_of("/events/")


def test_event_list_marks_what_is_only_announced(client):
    factories.make_event(occurrence="held")
    without = client.get("/events/").content.decode()

    factories.make_event(occurrence="announced")

    assert "badge-pending" not in without
    assert "badge-pending" in client.get("/events/").content.decode()


def test_theme_list_names_every_theme(text_of):
    factories.make_theme(name="Mining")

    assert "Mining" in text_of("/themes/")


def test_correction_list_says_what_was_wrong_and_why(text_of):
    event = factories.make_event(title="The visit")
    change = Change.objects.create(
        number=1,
        action=ChangeAction.CHANGED,
        record_type="events.event",
        record_key=event.key,
        record_title="The visit",
    )
    Correction.objects.create(record=event, change=change, reason="It was 2024, not 2023.")

    page = text_of("/corrections/")

    assert "The visit" in page
    assert "It was 2024, not 2023." in page


def test_correction_list_refuses_a_filter_it_has_not(client):
    assert client.get("/corrections/?kind=event").status_code == 400
