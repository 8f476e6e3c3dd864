import pytest

from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Redirect
from kzafrica.reference.models import NameForm
from tests.pages import factories

pytestmark = pytest.mark.django_db

PAGES_OF_RECORDS = {
    "events.event": factories.make_event,
    "editorial.source": factories.make_source,
    "reference.person": factories.make_person,
    "reference.organization": factories.make_organization,
}


@pytest.fixture(params=PAGES_OF_RECORDS)
def record_type(request):
    return request.param


@pytest.fixture
def make(record_type):
    return PAGES_OF_RECORDS[record_type]


class TestEveryPageOfARecord:
    def test_opens_and_gives_its_permanent_address(self, client, make):
        record = make()

        page = client.get(record.get_absolute_url())

        assert page.status_code == 200
        assert f"http://testserver{record.get_absolute_url()}" in page.content.decode()

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
    def test_is_not_there_before_it_is_published(self, client, make, status):
        assert client.get(make(status=status).get_absolute_url()).status_code == 404

    def test_says_that_it_was_withdrawn_and_nothing_else(self, text_of, make, record_type):
        name = "name" if record_type.startswith("reference") else "title"
        record = make(status=Status.WITHDRAWN, **{name: "What was wrong"})

        page = text_of(record.get_absolute_url(), status=410)

        assert "This record was withdrawn on" in page
        assert "What was wrong" not in page

    def test_leads_on_from_an_address_it_once_had(self, client, make, record_type):
        record = make(slug="new")
        Redirect.objects.create(record_type=record_type, old_key="old", target_key="new")

        answer = client.get(record.get_absolute_url().replace("/new/", "/old/"))

        assert answer.status_code == 301
        assert answer.url == record.get_absolute_url()

    def test_keeps_the_language_when_it_leads_on(self, client, make, record_type):
        record = make(slug="new")
        Redirect.objects.create(record_type=record_type, old_key="old", target_key="new")
        address = record.get_absolute_url()

        answer = client.get("/fr" + address.replace("/new/", "/old/"))

        assert answer.url == "/fr" + address

    def test_links_to_its_document(self, client, make, record_type):
        record = make()

        page = client.get(record.get_absolute_url()).content.decode()

        assert "/api/v1/" in page
        assert f"/{record.key}/" in page


class TestEventPage:
    def test_shows_who_took_part_and_in_what_capacity(self, text_of):
        event = factories.make_event()
        person = factories.make_person(name="Félix Tshisekedi")
        factories.take_part(event, person=person, office=factories.make_office(title="President"), role="guest")
        factories.take_part(event, office=factories.make_office(title="Minister of Mines"), attendance="planned")

        page = text_of(event.get_absolute_url())

        assert "Félix Tshisekedi , President guest" in page
        assert "Minister of Mines" in page
        assert "not named" in page
        assert "Planned to take part" in page

    def test_names_a_person_who_is_not_public_without_a_link(self, client):
        event = factories.make_event()
        person = factories.make_person(name="Known by name", status=Status.DRAFT)
        factories.take_part(event, person=person)

        page = client.get(event.get_absolute_url()).content.decode()

        assert "Known by name" in page
        assert person.get_absolute_url() not in page

    def test_shows_what_came_of_it_but_no_draft(self, text_of):
        event = factories.make_event()
        factories.make_agreement(title="Signed there", signed_at=event)
        factories.make_agreement(title="Not yet reviewed", signed_at=event, status=Status.DRAFT)
        factories.make_event(title="Draft session", parent=event, status=Status.DRAFT)

        page = text_of(event.get_absolute_url())

        assert "Signed there" in page
        assert "Not yet reviewed" not in page
        assert "Draft session" not in page

    def test_shows_what_a_source_states_instead_and_why_it_is_not_followed(self, text_of):
        event = factories.make_event(date="2024-12")
        source = factories.make_source(publisher="The Astana Times")
        factories.cite(
            event, source, field="date", stated="2023-10~/2023-12~", as_printed="late 2023", reason="A slip."
        )

        page = text_of(event.get_absolute_url())

        assert "Sources differ" in page
        assert "The Astana Times" in page
        assert "late 2023" in page
        assert "2023-10~/2023-12~" in page
        assert "A slip." in page

    def test_shows_a_statement_of_a_vocabulary_by_its_label(self, text_of):
        event = factories.make_event(kind="working_visit")
        factories.cite(event, field="kind", stated="official_visit")

        page = text_of(event.get_absolute_url())

        assert "Working visit" in page
        assert "Official visit" in page

    def test_marks_what_a_source_says_only_between_the_lines(self, text_of):
        event = factories.make_event()
        factories.cite(event, basis="inferred", locator="paragraph 6")

        page = text_of(event.get_absolute_url())

        assert "paragraph 6" in page
        assert "inferred" in page

    def test_queries_stay_flat(self, queries_of):
        event = self.crowded(2)
        few = queries_of(event.get_absolute_url())

        many = queries_of(self.crowded(30).get_absolute_url())

        assert many == few <= 17

    @staticmethod
    def crowded(number):
        event = factories.make_event()
        for _number in range(number):
            part = factories.take_part(event, person=factories.make_person(), office=factories.make_office())
            factories.cite(part)
            factories.cite(event, locator=f"page {_number}")
            outcome = event.outcomes.create(kind="topic", text_en="Trade", theme=factories.make_theme())
            factories.cite(outcome)
            event.themes.add(factories.make_theme())
            factories.make_agreement(signed_at=event).stages.create(kind="signed", date="2025")
            factories.make_event(parent=event)
        return event


class TestPersonPage:
    def test_shows_offices_forms_of_the_name_and_events(self, text_of):
        person = factories.make_person()
        office = factories.make_office(title="President of Kazakhstan")
        factories.hold_office(person, office=office, begins="2019-03-20")
        NameForm.objects.create(person=person, text="Қасым-Жомарт Тоқаев", kind="transliteration")
        factories.take_part(factories.make_event(title="The visit"), person=person, office=office)

        page = text_of(person.get_absolute_url())

        assert "President of Kazakhstan" in page
        assert "20 March 2019" in page
        assert "Қасым-Жомарт Тоқаев" in page
        assert "The visit" in page

    def test_leaves_out_events_that_are_not_public(self, text_of):
        person = factories.make_person()
        factories.take_part(factories.make_event(title="Secret visit", status=Status.DRAFT), person=person)

        assert "Secret visit" not in text_of(person.get_absolute_url())

    def test_queries_stay_flat(self, queries_of):
        few = queries_of(self.busy(2).get_absolute_url())

        many = queries_of(self.busy(30).get_absolute_url())

        assert many == few <= 17

    @staticmethod
    def busy(number):
        person = factories.make_person()
        for _number in range(number):
            factories.cite(factories.hold_office(person))
            factories.take_part(factories.make_event(), person=person, office=factories.make_office())
        return person


def test_theme_page_shows_public_events_on_it(text_of):
    theme = factories.make_theme()
    factories.make_event(title="Talks on mines").themes.add(theme)
    factories.make_event(title="Secret talks", status=Status.DRAFT).themes.add(theme)

    page = text_of(theme.get_absolute_url())

    assert "Talks on mines" in page
    assert "Secret talks" not in page


def test_organization_page_shows_its_events(text_of):
    organization = factories.make_organization()
    factories.take_part(factories.make_event(title="The forum"), organization=organization)

    assert "The forum" in text_of(organization.get_absolute_url())


class TestSourcePage:
    def test_says_what_the_document_is(self, text_of):
        source = factories.make_source(disclaimer="The author’s own views.", extent_seen="Full text", note="Two dates.")
        author = source.authors.create(name="O. Shegirbayev")
        author.affiliations.create(text="Senate of Kazakhstan")

        page = text_of(source.get_absolute_url())

        for words in ("The author’s own views.", "Full text", "Two dates.", "O. Shegirbayev", "Senate of Kazakhstan"):
            assert words in page

    def test_says_how_each_statement_stands_against_the_record(self, text_of):
        source = factories.make_source()
        event = factories.make_event(title="The visit", date="2024-12", cited=False)
        factories.cite(event, source, field="kind", as_printed="state visit", locator="paragraph 2")
        factories.cite(event, source, field="date", stated="2023", reason="A slip.")

        page = text_of(source.get_absolute_url())

        assert "1 statement stands as the record has it" in page
        assert "1 differs" in page
        for words in ("The visit", "state visit", "paragraph 2", "A slip.", "December 2024"):
            assert words in page

    def test_leads_from_a_part_to_its_record(self, client):
        source = factories.make_source()
        event = factories.make_event(title="The visit", cited=False)
        factories.cite(factories.take_part(event, person=factories.make_person(name="A. Guest")), source)

        page = client.get(source.get_absolute_url()).content.decode()

        assert f'href="{event.get_absolute_url()}"' in page
        assert "A. Guest" in page

    def test_leaves_out_records_that_are_not_public(self, text_of):
        source = factories.make_source()
        secret = factories.make_event(title="Secret visit", status=Status.DRAFT, cited=False)
        factories.cite(secret, source)
        factories.cite(factories.take_part(secret, person=factories.make_person(name="A. Guest")), source)

        page = text_of(source.get_absolute_url())

        assert "Secret visit" not in page
        assert "A. Guest" not in page
        assert "No public record cites this document yet." in page

    def test_queries_stay_flat(self, queries_of):
        few = queries_of(self.cited(2).get_absolute_url())

        many = queries_of(self.cited(30).get_absolute_url())

        assert many == few <= 30

    @staticmethod
    def cited(number):
        source = factories.make_source()
        for _number in range(number):
            event = factories.make_event(cited=False)
            factories.cite(event, source, field="themes")
            factories.cite(factories.take_part(event, person=factories.make_person()), source)
            factories.cite(factories.hold_office(factories.make_person()), source)
        return source
