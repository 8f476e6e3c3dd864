"""The search as programs ask it."""

import pytest

from tests.search.worlds import make_searched_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    make_searched_world()


def test_answer_is_as_promised(world, document_at, assert_kept):
    document = document_at("/api/v1/search/", {"q": "embassy kenya"})

    assert_kept("search", document)


def test_question_without_words_finds_nothing(document_at):
    document = document_at("/api/v1/search/")

    assert (document["count"], document["results"], document["counts"]) == (0, [], {})


def test_marks_are_places_in_the_text(world, document_at):
    document = document_at("/api/v1/search/", {"q": "embassies kenya", "type": "mission"})

    title = document["results"][0]["title"]
    assert [title["text"][start:end] for start, end in title["marks"]] == ["Embassy", "Kenya"]


def test_every_address_of_a_result_is_there(world, document_at, client):
    for result in document_at("/api/v1/search/", {"q": "congo"})["results"]:
        assert client.get(result["html_url"]).status_code == 200
        assert result["url"] is None or client.get(result["url"]).status_code == 200


def test_following_next_gives_everything_once(world, document_at):
    address, seen = "/api/v1/search/?q=kenya&limit=2", []
    while address:
        document = document_at(address)
        seen += [(row["type"], row["id"]) for row in document["results"]]
        address = document["next"]

    assert len(seen) == len(set(seen)) == document["count"]
    assert document["previous"]


def test_titles_and_addresses_follow_the_language_of_the_request(world, document_at):
    document = document_at("/api/v1/search/", {"q": "embassy kenya"}, **{"Accept-Language": "ru"})

    (result,) = document["results"]
    assert result["title"]["text"] == "Посольство Казахстана в Кении"
    assert result["html_url"] == "http://testserver/ru/missions/embassy/"


def test_other_spelling_is_said(world, document_at):
    document = document_at("/api/v1/search/", {"q": "beryllum"})

    assert (document["query"], document["searched"], document["is_corrected"]) == ("beryllum", "beryllium", True)
    assert document_at("/api/v1/search/", {"q": "beryllum", "exact": "true"})["count"] == 0


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({"qq": "a"}, "qq"),
        ({"q": "a", "type": "evnt"}, "type"),
        ({"q": "a", "cursor": "nonsense"}, "cursor"),
        ({"q": "a", "limit": "0"}, "limit"),
        ({"q": "a" * 201}, "q"),
        ({"q": "a", "page": "2"}, "page"),
    ],
)
def test_what_cannot_be_read_is_a_problem_document(errors_at, parameters, name):
    assert errors_at("/api/v1/search/", parameters).keys() == {name}


def test_queries_do_not_grow_with_results(world, queries_of):
    assert queries_of("/api/v1/search/?q=kenya&limit=2") == queries_of("/api/v1/search/?q=kenya&limit=6")
