"""Pages of records as Markdown, beside their pages: every kind, in each language, for readers alone."""

import re

import pytest
from django.urls import Resolver404, resolve
from markdown_it import MarkdownIt

from kzafrica.editorial import workflow
from kzafrica.editorial.models import Redirect
from tests.api.resources import BY_NAME, RESOURCES
from tests.factories import (
    make_article,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db

LANGUAGES = {"en": "", "kk": "/kk", "ru": "/ru", "fr": "/fr"}
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# Rows of a life, codes and lines have no page of their own.
WITHOUT_PAGE = {"areas", "places", "blocs", "commodities", "milestones", "heads-of-mission", "corrections", "changes"}
WITH_PAGE = [resource for resource in RESOURCES if resource.name not in WITHOUT_PAGE]
EVERY_PAGE = pytest.mark.parametrize("resource", WITH_PAGE, ids=str)


def markdown_of(record) -> str:
    return f"{record.get_absolute_url().rstrip('/')}.md"


@pytest.fixture
def read(client):
    def text(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, answer.content
        assert answer["Content-Type"].startswith("text/markdown; charset=utf-8")
        return answer.content.decode()

    return text


class TestEveryKind:
    @EVERY_PAGE
    def test_it_has_one_title_and_its_terms_in_each_language(self, resource, read, client):
        make_country("KAZ", role="home")
        record = resource.make()
        # What was asked for last is the language in which addresses are written.
        page, markdown = record.get_absolute_url(), markdown_of(record)
        for prefix in LANGUAGES.values():
            text = read(prefix + markdown)

            tokens = READER.parse(text)
            assert [token.tag for token in tokens if token.type == "heading_open"].count("h1") == 1
            assert not {"html_block", "html_inline", "fence"} & {token.type for token in tokens}
            assert f"<http://testserver{prefix}{page}>" in text
            assert "<https://creativecommons.org/licenses/by/4.0/>" in text

    @EVERY_PAGE
    def test_its_page_leads_there(self, resource, client):
        make_country("KAZ", role="home")
        record = resource.make()
        page = client.get(record.get_absolute_url()).content.decode()

        address = f"http://testserver{markdown_of(record)}"
        assert f'<link rel="alternate" type="text/markdown" href="{address}">' in page
        assert client.get(address).status_code == 200
        for other in re.findall(r'href="([^"]+)" type="application/(?:ld\+)?json"', page):
            assert client.get(other).status_code == 200

    @EVERY_PAGE
    def test_it_answers_no_parameter(self, resource, client):
        make_country("KAZ", role="home")
        answer = client.get(f"{markdown_of(resource.make())}?fields=title")

        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"


class TestEvent:
    def test_says_what_the_record_says_with_its_sources(self, read):
        source = make_source(
            title="A report", publisher="The Paper", url="https://paper.example/1", published="2025-09"
        )
        event = make_event(
            title="State visit",
            kind="state_visit",
            date="2025-09~/2025-09-10",
            summary="They met.",
            citations=[{"source": source, "locator": "page 2", "as_printed": "two days"}],
        )

        text = read(markdown_of(event))

        assert text.startswith("# State visit\n\nThey met.\n")
        assert "- **Kind:** State visit" in text
        assert re.search(r"- \*\*Date:\*\* .+ \(`2025-09~/2025-09-10`\)", text)
        assert "[The Paper: A report](http://testserver/sources/" in text
        assert "<https://paper.example/1>" in text
        assert "page 2; “two days”" in text
        assert "**Permanent link to this version:** <http://testserver/history/event/" in text
        assert "They met." not in text.replace("\n\nThey met.\n", "", 1)

    def test_shows_where_sources_differ(self, read):
        event = BY_NAME["events"].make()

        text = read(markdown_of(event))

        assert "### Sources differ" in text
        assert "(`2023-10~/2023-12~`)" in text

    def test_is_in_the_language_of_its_address(self, read):
        event = make_event(title="Visit", title_kk="Сапар", kind="state_visit", date="2025-09")

        text = read(f"/kk{markdown_of(event)}")

        assert text.startswith("# Сапар\n")
        assert "Visit" not in text
        assert "2025 жылғы қыркүйек (`2025-09`)" in text

    def test_nothing_that_was_typed_makes_up_structure(self, read):
        event = make_event(title="# A <script> [x](https://evil.example)", summary="1. one\n\n## Who says so\n\n- `x`")

        text = read(markdown_of(event))

        assert "](https://evil.example)" not in text
        assert [line for line in text.splitlines() if line.startswith("#")][:2] == [
            "# \\# A \\<script\\> \\[x\\](https\\://evil.example)",
            "## Facts",
        ]


class TestWhoMayRead:
    def test_a_draft_is_not_there(self, client):
        answer = client.get(markdown_of(make_event(status="draft", title="Secret visit")))

        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"

    def test_a_withdrawn_record_is_gone(self, client, editor):
        event = make_event()
        workflow.withdraw(event, by=editor, note="Never took place.")

        answer = client.get(markdown_of(event))

        assert answer.status_code == answer.json()["status"] == 410
        assert answer["Content-Type"] == "application/problem+json"

    def test_a_renamed_record_leads_on(self, client):
        event = make_event(slug="new-name")
        Redirect.objects.create(record_type="events.event", old_key="old-name", target_key="new-name")

        markdown = markdown_of(event)
        for prefix in LANGUAGES.values():
            answer = client.get(f"{prefix}/events/old-name.md")
            assert (answer.status_code, answer["Location"]) == (301, f"{prefix}{markdown}")

    def test_an_unchanged_record_costs_nothing_and_a_changed_one_is_sent(self, client):
        event = make_event()
        first = client.get(markdown_of(event))

        assert client.get(markdown_of(event), headers={"If-None-Match": first["ETag"]}).status_code == 304
        make_theme("New")
        assert f'<http://testserver{event.get_absolute_url()}>; rel="canonical"' in first["Link"]


class TestCosts:
    def test_more_parts_cost_no_more_queries(self, queries_of):
        few, many = BY_NAME["missions"].make(parts=2), BY_NAME["missions"].make(parts=6)

        assert queries_of(markdown_of(many)) <= queries_of(markdown_of(few))

    def test_a_dossier_of_more_records_costs_no_more_queries(self, queries_of):
        make_country("KAZ", role="home")
        country = make_country("COD")

        def fill(times: int) -> None:
            for _time in range(times):
                for name in ("events", "agreements", "awards", "figures", "projects", "initiatives"):
                    BY_NAME[name].make()

        fill(2)
        few = queries_of(markdown_of(country))
        fill(3)

        assert queries_of(markdown_of(country)) <= few


class TestDossier:
    def test_lists_the_records_of_the_pair_with_their_dates(self, read):
        make_country("KAZ", role="home")
        event = BY_NAME["events"].make()

        text = read("/countries/cod.md")

        assert text.startswith("# Kazakhstan – ")
        assert f"[State visit](http://testserver{event.get_absolute_url()}), State visit, " in text
        assert "(`2025-09-09/2025-09-10`)" in text
        assert "Secret" not in text

    def test_leads_from_capitals_to_its_address(self, client):
        make_country("KAZ", role="home")
        make_country("COD")

        assert client.get("/countries/COD.md")["Location"] == "/countries/cod.md"


class TestArticle:
    def test_its_numbers_and_footnotes_are_filled_in(self, read):
        source = make_source(title="Trade in Africa", publisher="The Paper")
        turnover = make_figure(title="Turnover", printed="$783 million", citations=[source])
        sentence = f"It was {{{{figure/{turnover.slug}}}}}, `{{{{x}}}}` <b>bold</b>.[^1]"
        article = make_article(title="What grows", body=f"{sentence}\n\n[^1]: source/{source.slug}, page 4.\n")

        text = read(markdown_of(article))

        assert "It was 783 million USD, `{{x}}` &lt;b>bold&lt;/b>.[^1]" in text
        assert f"[^1]: [Trade in Africa](http://testserver{source.get_absolute_url()}), The Paper" in text
        assert text.count("It was") == 1

    @pytest.mark.parametrize("body", ["x \\<script>alert(1)</script>", "``` ` <b onclick=x> ``", "` <i>"])
    def test_nothing_in_it_becomes_html(self, read, body):
        text = read(markdown_of(make_article(body=body)))

        told = MarkdownIt("commonmark").render(text)
        assert "<script" not in told
        assert "<b onclick" not in told
        assert "<i>" not in told


def test_no_page_of_a_record_is_without_markdown(client):
    """Every address that ends in the name of a record has one beside it."""
    for resource in WITH_PAGE:
        record = resource.make()
        try:
            resolve(markdown_of(record))
        except Resolver404:
            pytest.fail(f"{resource}: no {markdown_of(record)}")


def test_a_mission_tells_its_life(read):
    mission = make_mission(milestones=[{"kind": "opened", "date": "2014-12"}])

    assert "kind: Opened; date: December 2014 (`2014-12`)" in read(markdown_of(mission))
