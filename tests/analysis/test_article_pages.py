"""What stands on the pages of articles and around them."""

import feedparser
import pytest

from kzafrica.editorial.choices import Status
from tests.factories import (
    make_article,
    make_author,
    make_bloc,
    make_country,
    make_event,
    make_figure,
    make_source,
    make_theme,
)


@pytest.fixture
def newspaper(db):
    source = make_source(slug="times-2025", title="Africa on the agenda", publisher="The Times", published="2025-09-10")
    make_figure(slug="exports-2024", measure="exports", citations=[source])
    return source


def test_a_footnote_is_the_full_citation_in_the_language_of_the_reader(newspaper, client, text_of):
    make_article(
        slug="trade",
        body="Words.[^1]\n\n[^1]: source/times-2025, paragraph 4.",
        body_ru="Слова.[^1]\n\n[^1]: source/times-2025.",
    )

    assert "Africa on the agenda , The Times, 10 September 2025, paragraph 4." in text_of("/analysis/trade/")
    assert 'href="/sources/times-2025/"' in client.get("/analysis/trade/").content.decode()
    assert "10 сентября 2025" in text_of("/ru/analysis/trade/")


def test_a_text_that_is_not_translated_says_so_and_is_marked_as_english(db, client):
    make_article(slug="trade", title="Trade", body="Words.")

    page = client.get("/ru/analysis/trade/").content.decode()

    assert '<div class="article" lang="en">' in page


def test_the_byline_leads_to_the_author_whose_page_lists_what_is_public(db, text_of, client):
    author = make_author("Aigerim Bek", affiliation="Institute of Trade", bio="Works on ports.")
    make_article(slug="trade", title="Trade today", authors=[author])
    make_article(title="Secret plan", authors=[author], status=Status.DRAFT)

    assert "Works on ports." in text_of("/analysis/trade/")
    page = text_of(author.get_absolute_url())
    assert "Institute of Trade" in page
    assert "Trade today" in page
    assert "Secret plan" not in page


def test_an_author_without_a_public_article_has_no_page(db, client):
    author = make_author("Aigerim Bek")
    make_article(authors=[author], status=Status.DRAFT)

    assert client.get(author.get_absolute_url()).status_code == 404


def test_a_long_text_has_a_table_of_contents_whose_links_lead_somewhere(db, client):
    make_article(slug="trade", body="## One\n\nA.\n\n## Two\n\nB.\n\n## Three\n\nC.")

    page = client.get("/analysis/trade/").content.decode()

    for anchor in ("one", "two", "three"):
        assert f'href="#{anchor}"' in page
        assert f'<h2 id="{anchor}">' in page


@pytest.fixture
def visit(db):
    return make_event(slug="visit", title="State visit")


def test_a_record_tells_of_the_articles_that_list_it_or_name_it(visit, newspaper, text_of):
    make_article(title="On the visit", records_discussed=[{"record": visit}])
    make_article(title="On exports", body="It was {{figure/exports-2024}}.[^1]\n\n[^1]: source/times-2025.")
    make_article(title="Secret plan", records_discussed=[{"record": visit}], status=Status.DRAFT)

    page = text_of("/events/visit/")
    assert "On the visit" in page
    assert "On exports" not in page
    assert "Secret plan" not in page
    assert "On exports" in text_of("/figures/exports-2024/")
    assert "On exports" in text_of("/sources/times-2025/")


def test_the_page_of_a_pair_and_that_of_the_continent_tell_of_articles_too(db, text_of):
    kenya = make_country("KEN")
    africa = make_bloc(members=[make_country("KAZ"), kenya])
    make_article(title="On Kenya", records_discussed=[{"record": kenya}])
    make_article(title="On the continent", records_discussed=[{"record": africa}])

    assert "On Kenya" in text_of("/countries/ken/")
    assert "On the continent" in text_of("/countries/africa/")
    assert "On the continent" not in text_of("/countries/ken/")


def test_a_draft_that_an_article_lists_is_not_told_to_readers(visit, text_of):
    secret = make_event(title="Secret visit", status=Status.DRAFT)
    article = make_article(slug="trade", records_discussed=[{"record": visit}])
    article.records_discussed.create(record=f"event/{secret.slug}")

    page = text_of("/analysis/trade/")
    assert "State visit" in page
    assert "Secret visit" not in page


def test_the_list_is_filtered_by_author_country_and_theme(db, text_of):
    author, ports = make_author("Aigerim Bek"), make_theme(slug="ports")
    make_article(title="On Kenya", authors=[author], records_discussed=[{"record": make_country("KEN")}])
    make_article(title="On ports", records_discussed=[{"record": ports}])

    for query, shown, hidden in [
        ("author=aigerim-bek", "On Kenya", "On ports"),
        ("country=KEN", "On Kenya", "On ports"),
        ("theme=ports", "On ports", "On Kenya"),
    ]:
        page = text_of(f"/analysis/?{query}")
        assert shown in page
        assert hidden not in page
    assert "Did you mean “country”?" in text_of("/analysis/?contry=KEN", status=400)


def test_the_feed_has_what_the_list_has(db, client):
    make_article(title="On Kenya", standfirst="What came of it.", records_discussed=[{"record": make_country("KEN")}])
    make_article(title="On ports")
    make_article(title="Secret plan", status=Status.DRAFT)

    answer = client.get("/analysis/articles.atom?country=KEN")

    feed = feedparser.parse(answer.content)
    assert [entry.title for entry in feed.entries] == ["On Kenya"]
    assert "What came of it." in feed.entries[0].summary
    assert "/analysis/articles.atom?country=KEN" in client.get("/analysis/?country=KEN").content.decode()


def test_the_menu_offers_analysis_once_there_is_any(db, client):
    assert 'href="/analysis/"' not in client.get("/about/").content.decode()

    make_article()

    assert 'href="/analysis/"' in client.get("/about/").content.decode()


def test_programs_read_the_text_with_everything_in_its_place(newspaper, client):
    make_article(
        slug="trade",
        body="It was {{figure/exports-2024}}.[^1]\n\n[^1]: source/times-2025, paragraph 4.",
        authors=[make_author("Aigerim Bek", bio="Works on ports.")],
    )

    document = client.get("/api/v1/articles/trade/").json()

    assert "{{figure/exports-2024}}" in document["body"]
    assert "783 million USD</a>" in document["body_html"]
    assert 'href="http://testserver/figures/exports-2024/"' in document["body_html"]
    (note,) = document["footnotes"]
    assert note["number"] == 1
    assert note["text"] == "source/times-2025, paragraph 4."
    assert [source["id"] for source in note["sources"]] == ["times-2025"]
    assert document["authors"][0]["bio"] == "Works on ports."
