"""Search in OpenSearch, against a server of our own that answers as the documentation says."""

import pytest

from kzafrica.editorial import workflow
from kzafrica.search.engines.opensearch import OpenSearchEngine
from kzafrica.search.index import catch_up, rebuild
from kzafrica.search.models import Progress
from tests.factories import make_country, make_event
from tests.search.indexes import found
from tests.search.opensearch_server import serving
from tests.search.worlds import QUESTIONS, make_searched_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with serving() as server:
        settings.SEARCH_URL = server.url
        yield server


def in_database(settings, ask):
    settings.SEARCH_URL, kept = "", settings.SEARCH_URL
    try:
        return ask()
    finally:
        settings.SEARCH_URL = kept


def test_finds_the_same_as_the_database(server, settings):
    make_searched_world()
    kept = in_database(settings, lambda: [sorted(found(words, **asked)) for words, asked in QUESTIONS])

    answers = [sorted(found(words, **asked)) for words, asked in QUESTIONS]

    assert answers == kept
    assert sum(map(bool, kept)) > len(QUESTIONS) / 2


def test_published_and_withdrawn_with_the_next_question(server, editor):
    make_event(slug="first")
    assert found("beryllium") == []

    event = make_event(slug="talks", title="Talks on beryllium")
    assert found("beryllium") == ["event/talks"]

    workflow.withdraw(event, by=editor, note="Not so")
    assert found("beryllium") == []


def test_language_that_a_record_lost_is_taken_out(server, editor):
    country = make_country("KEN", name_ru="Кения")
    catch_up()
    number = country.pk
    assert f"country.{number}.ru" in server.indexes["records"].documents

    country.name_ru = ""
    workflow.change_reference(country, by=editor)
    catch_up()

    assert f"country.{number}.ru" not in server.indexes["records"].documents


def test_nothing_changed_asks_nothing(server):
    make_event()
    catch_up()
    server.asked.clear()

    catch_up()

    assert server.asked == []


def test_what_the_server_did_not_take_is_taken_in_with_the_next_question(server):
    make_event(slug="first")
    catch_up()
    make_event(slug="talks", title="Talks on beryllium")
    server.fails = True
    with pytest.raises(Exception, match="503"):
        catch_up()

    server.fails = False

    assert found("beryllium") == ["event/talks"]


def test_page_and_api_say_that_the_search_does_not_answer(server, client):
    catch_up()
    server.fails = True

    page, document = client.get("/search/?q=kenya"), client.get("/api/v1/search/?q=kenya")

    assert (page.status_code, document.status_code) == (503, 503)
    assert "does not answer at the moment" in page.content.decode()
    assert "does not answer at the moment" in document.json()["detail"]


def test_server_that_is_not_there_is_no_fault_of_ours(settings, client):
    settings.SEARCH_URL = "http://127.0.0.1:9/records"

    assert client.get("/search/?q=kenya").status_code == 503


def test_changing_the_back_end_makes_the_index_anew(server, settings):
    make_event(slug="talks", title="Talks on beryllium")
    in_database(settings, rebuild)

    assert found("beryllium") == ["event/talks"]
    assert in_database(settings, lambda: found("beryllium")) == ["event/talks"]
    assert Progress.objects.get().engine == "database"


def test_password_in_the_address_is_sent_and_not_kept():
    engine = OpenSearchEngine("https://reader:s%40fe@search.example/records")

    assert engine.client.headers["Authorization"] == "Basic cmVhZGVyOnNAZmU="
    assert engine.name == "opensearch search.example:443/records"
