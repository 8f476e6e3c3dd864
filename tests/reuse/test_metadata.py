"""What independent readers find in the head of a page: linked data, Open Graph, and the tags of Highwire."""

import json
import re
from html.parser import HTMLParser

import extruct
import pytest
from django.utils import translation

from kzafrica.linked_data import data_block
from tests.factories import make_article, make_author, make_country, make_event, make_figure, make_place, make_source

pytestmark = pytest.mark.django_db

HOME = "http://testserver"
LANGUAGES = {"en": "", "kk": "/kk"}


class Highwire(HTMLParser):
    """The citation_ tags of a page, in their order; a list for each name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: dict[str, list[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("name", "").startswith("citation_"):
            self.tags.setdefault(given["name"].removeprefix("citation_"), []).append(given["content"])


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def page_of(client, language):
    def read(record) -> str:
        answer = client.get(LANGUAGES[language] + record.get_absolute_url())
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def items_of(page: str) -> dict[str, dict]:
    """The linked data by type."""
    (found,) = extruct.extract(page, base_url=HOME, syntaxes=["json-ld"])["json-ld"]
    assert found["@context"] == "https://schema.org"
    return {item["@type"]: item for item in found["@graph"]}


def open_graph(page: str) -> dict[str, str]:
    (found,) = extruct.extract(page, base_url=HOME, syntaxes=["opengraph"], uniform=False)["opengraph"]
    return dict(found["properties"])


def assert_page_is_whole(items: dict[str, dict], record, language: str) -> None:
    with translation.override("en"):
        address = f"{HOME}{LANGUAGES[language]}{record.get_absolute_url()}"
    about = items["WebPage"]
    assert about["url"] == address
    assert about["inLanguage"] == language
    assert about["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert about["mainEntity"]["@id"] in {item["@id"] for item in items.values()}
    assert about["dateModified"] == record.updated_at.isoformat(timespec="seconds")
    steps = items["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert steps[-1]["item"] == address


class TestEvent:
    def test_is_complete(self, page_of, language):
        place = make_place("Astana", country=make_country("KAZ"), latitude="51.1", longitude="71.4")
        event = make_event(
            title="State visit",
            kind="state_visit",
            date="2025-09-09/2025-09-10",
            place=place,
            host=make_country("KAZ"),
            summary="They met.",
            citations=[make_source(title="A report", publisher="The Paper", url="https://paper.example/1")],
        )

        page = page_of(event)
        items = items_of(page)

        assert_page_is_whole(items, event, language)
        found = items["Event"]
        assert (found["startDate"], found["endDate"]) == ("2025-09-09", "2025-09-10")
        assert found["location"]["address"] == {
            "@type": "PostalAddress",
            "addressLocality": "Astana",
            "addressCountry": "KZ",
        }
        assert found["description"] == "They met."
        assert items["WebPage"]["citation"] == [
            {"@type": "CreativeWork", "name": "The Paper: A report", "url": "https://paper.example/1"}
        ]
        tags = Highwire(page).tags
        assert tags["title"] == ["State visit"]
        assert tags["author"] == ["KZ-Africa"]
        assert tags["language"] == [language]
        assert tags["public_url"] == tags["abstract_html_url"] == [items["WebPage"]["url"]]
        assert re.fullmatch(r"\d{4}/\d\d/\d\d", tags["publication_date"][0])
        graph = open_graph(page)
        assert graph["og:title"] == "State visit"
        assert graph["og:description"] == "They met."
        assert graph["og:image"] == f"{items['WebPage']['url']}share.png"
        assert (graph["og:image:width"], graph["og:image:height"]) == ("1200", "630")

    def test_known_to_the_month_has_no_day(self, page_of):
        items = items_of(page_of(make_event(date="2025-05")))

        assert items["Event"]["startDate"] == "2025-05"
        assert items["WebPage"]["temporalCoverage"] == "2025-05-01/2025-05-31"

    def test_known_about_a_day_has_none(self, page_of):
        page = page_of(make_event(date="2024-12-18~"))

        assert "startDate" not in items_of(page)["Event"]


class TestFigure:
    def test_is_complete(self, page_of, language):
        figure = make_figure(
            title="Turnover, 2024", value="783000000", unit="USD", printed="$783 million", period="2024"
        )

        page = page_of(figure)
        items = items_of(page)

        assert_page_is_whole(items, figure, language)
        found = items["Dataset"]
        assert found["variableMeasured"]["value"] == found["mainEntity"]["value"] == "783000000"
        assert found["mainEntity"]["observationDate"] == "2024"
        assert found["temporalCoverage"] == "2024-01-01/2024-12-31"
        assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert found["creator"]["name"] == "KZ-Africa"
        assert found["distribution"]["contentUrl"] == f"{HOME}/api/v1/figures/{figure.slug}/"
        assert Highwire(page).tags["title"] == ["Turnover, 2024"]

    def test_at_least_so_much_is_no_value(self, page_of):
        figure = make_figure(qualifier="at_least", value="700000000", unit="USD", printed="over $700 million")

        measured = items_of(page_of(figure))["Dataset"]["variableMeasured"]

        assert "value" not in measured
        assert "maxValue" not in measured
        assert measured["minValue"] == "700000000"


class TestArticle:
    def test_is_complete(self, page_of, language):
        article = make_article(
            title="On counting", date="2026-11-26", standfirst="Six or more.", authors=[make_author("A. Author")]
        )

        page = page_of(article)
        items = items_of(page)

        assert_page_is_whole(items, article, language)
        found = items["AnalysisNewsArticle"]
        assert found["headline"] == "On counting"
        assert found["author"] == [{"@type": "Person", "name": "A. Author"}]
        assert found["datePublished"] == "2026-11-26"
        assert found["publisher"]["name"] == "KZ-Africa"
        tags = Highwire(page).tags
        assert tags["author"] == ["A. Author"]
        assert tags["publication_date"] == ["2026/11/26"]
        graph = open_graph(page)
        assert graph["og:type"] == "article"
        assert graph["article:published_time"] == "2026-11-26"


def test_a_title_cannot_end_the_block_of_data(client):
    title = "</script><!-- <script>alert(1)</script> & more"
    page = client.get(make_event(title=title).get_absolute_url()).content.decode()

    assert items_of(page)["Event"]["name"] == title
    assert "<script>alert" not in page


def test_a_block_of_data_gives_back_what_it_holds():
    value = {"name": "</script>\u2028<!--&амп;"}

    assert json.loads(data_block(value)) == value
    assert not set("<>&") & set(data_block(value))


@pytest.mark.parametrize(("address", "kind"), [("/", "WebSite"), ("/data/", "Dataset")])
def test_the_site_itself_is_told(client, address, kind):
    found = items_of(client.get(address).content.decode())

    assert found[kind]["name"] == "KZ-Africa"
    assert found[kind]["license"] == "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/events/?utm_source=x", "/events/"),
        ("/events/?year=2025&fbclid=1", "/events/?year=2025"),
        ("/kk/about/", "/kk/about/"),
    ],
)
def test_the_canonical_address_is_without_what_trackers_add(client, asked, canonical):
    page = client.get(asked).content.decode()

    assert re.findall(r'<link rel="canonical" href="([^"]*)">', page) == [f"{HOME}{canonical}"]


def test_a_page_that_says_what_is_wrong_is_nothing_to_share(client):
    assert "og:title" not in client.get("/events/?contry=COD").content.decode()
