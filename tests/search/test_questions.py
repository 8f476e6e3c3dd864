"""What is found: the same on every database, since each is given the same terms."""

import pytest
from django.db import transaction

from kzafrica.search.finding import Question, find
from tests.factories import make_article, make_event, make_source
from tests.search.indexes import found
from tests.search.worlds import make_searched_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="class")
def world(django_db_setup, django_db_blocker):
    """The world of all tests of a class, which only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_searched_world()
        yield
        transaction.set_rollback(True)


class TestWorld:
    @pytest.mark.parametrize(
        ("words", "asked", "expected"),
        [
            ("embassies kenya", {}, {"mission/embassy"}),
            ("посольства Кения", {}, {"mission/embassy"}),
            ("елшілігінің", {}, {"mission/embassy"}),
            ("тоқаев", {}, {"person/tokayev", "event/state-visit"}),
            ("توكاييف", {}, {"person/tokayev", "event/state-visit"}),
            ("nguesso", {}, {"person/nguesso"}),
            ("нгессо", {}, {"person/nguesso"}),
            ("drc", {}, {"country/COD"}),
            ("brazzaville", {}, {"country/COG"}),
            ("congo republic", {}, {"country/COD", "country/COG", "agreement/accord", "event/state-visit"}),
            ("akmola", {}, {"place/astana"}),
            ("l'accord économique", {}, {"event/state-visit"}),
            ("“state visit”", {}, {"event/state-visit"}),
            ("state visit", {}, {"event/state-visit", "event/talks"}),
            ("0902", {}, {"commodity/0902", "commodity/090210"}),
            ("tea green", {}, {"commodity/090210"}),
            ("kenya", {"type": "mission"}, {"mission/embassy"}),
            ("congo", {"country": "COG"}, {"country/COG", "agreement/accord"}),
            ("embassy kazakhstan", {"year": 2024}, {"mission/embassy"}),
            ("embassy kazakhstan", {"year": 2023}, set()),
            ("visit", {"language": "kk"}, set()),
            ("сапары", {"language": "kk"}, {"event/state-visit"}),
        ],
    )
    def test_finds(self, world, words, asked, expected):
        assert {name for name in found(words, **asked) if not name.startswith("page/")} == expected

    @pytest.mark.parametrize(
        ("words", "first"),
        [
            ("kenya", "country/KEN"),
            ("кения", "country/KEN"),
            ("cod", "country/COD"),
            ("tokayev", "person/tokayev"),
            ("state visit", "event/state-visit"),
        ],
    )
    def test_name_that_is_asked_for_comes_first(self, world, words, first):
        assert found(words)[0] == first

    def test_counts_are_by_type_whatever_type_is_asked(self, world):
        everything = find(Question("kenya"))
        missions = find(Question("kenya", type="mission"))

        assert missions.counts == everything.counts
        assert missions.total == missions.counts["mission"] == 1
        assert sum(everything.counts.values()) == everything.total

    def test_pages_part_the_whole_without_overlap(self, world):
        whole = found("congo")

        parts = [find(Question("congo"), offset=at, limit=1).results for at in range(len(whole))]

        assert [f"{part[0].document.type}/{part[0].document.key}" for part in parts] == whole

    def test_misspelt_word_is_read_as_its_nearest(self, world):
        answer = find(Question("Tokaev visit"))

        assert (answer.asked.text, answer.query.text) == ("Tokaev visit", "tokayev visit")
        assert [result.document.key for result in answer.results] == ["state-visit"]

    def test_misspelt_word_is_left_as_it_is_when_that_is_asked(self, world):
        answer = find(Question("Tokaev beryllium", is_exact=True))

        assert (answer.is_corrected, answer.total) == (False, 0)
        assert answer.alone == [("beryllium", 1)]

    def test_word_that_is_there_is_never_respelt(self, world):
        answer = find(Question("beryllium", country="COG"))

        assert not answer.is_corrected
        assert (answer.total, answer.unfiltered) == (0, 1)

    @pytest.mark.parametrize(
        ("language", "shown", "title"),
        [("ru", "ru", "Посольство Казахстана в Кении"), ("fr", "en", "Embassy of Kazakhstan in Kenya")],
    )
    def test_title_is_in_the_language_of_the_reader_or_falls_back(self, world, language, shown, title):
        (result,) = find(Question("embassy kenya"), reader_language=language).results

        assert (result.language, result.title.text) == (shown, title)


def test_commodities_come_after_records():
    make_searched_world()
    make_event(slug="tea", title="Talks about much else", summary="And at last about tea, as a good that is sold.")

    assert found("tea")[0] == "event/tea"


def test_long_text_is_searched_to_its_end():
    body = "\n\n".join(["A sentence of many words that fills the page."] * 400) + "\n\nAt last **beryllium**."
    make_article(slug="long", title="Long", body=body)

    answer = find(Question("beryllium"))

    assert [result.document.key for result in answer.results] == ["long"]
    assert "beryllium" in answer.results[0].snippet.text


def test_authors_and_publishers_of_sources_are_found():
    make_source(slug="story", title="Story", publisher="Qazinform", authors=[{"name": "A. Serikov"}])

    assert found("serikov qazinform") == ["source/story"]
