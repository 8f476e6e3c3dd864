"""/llms.txt: what a language model, or whoever writes a program with one, should know of the site (llmstxt.org).

In English alone, like the documentation of the API. Every link is made from a route, so that none outlives its page.
"""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views import View

from kzafrica.analysis.models import Article
from kzafrica.editions.caching import tells_of_editions
from kzafrica.editions.models import Edition
from kzafrica.editorial.views import WithoutParameters
from kzafrica.linked_data import LICENCE, LICENCE_ADDRESS
from kzafrica.markdown_words import document, heading, link, paragraph, point, words
from kzafrica.reference.models import Country
from kzafrica.views import GROUPS, Section, sections_with_records

SUMMARY = (
    "The open record of relations between Kazakhstan and the states of Africa: visits, missions, agreements, awards, "
    "trade, investment and routes. Its unit is the pair of Kazakhstan and one African state."
)
NOTES = (
    "Every published fact names its source; where sources disagree, the disagreement is part of the record.",
    "A number is kept as its source prints it. What we compute stands beside it, with its formula and its inputs.",
    "A date is as precise as its source, as EDTF (ISO 8601-2): 2023-10 is some time in October 2023. Keep it so.",
    "What is not on record is not known to us; that does not mean that it did not happen.",
    "Records are written in English; the pages also speak Kazakh (/kk/), Russian (/ru/) and French (/fr/).",
)
ABOUT_SECTIONS = {
    "dossier:country_list": "all pairs by region, with how much is recorded of each",
    "dossier:map": "Africa coloured by missions, visits, agreements or trade, with the same as a table",
    "dossier:africa": "what concerns the continent as a whole: strategy, network of embassies, talks, figures",
    "events:event_list": "visits, meetings, forums and calls: who met whom, when, with what result",
    "diplomacy:mission_list": "embassies and consulates, and since when each exists by the published rule",
    "diplomacy:relation_list": "diplomatic relations by pair, with the acts that began them",
    "diplomacy:agreement_list": "agreements and memoranda, with their stages",
    "diplomacy:initiative_list": "what was raised or announced and is not an agreement",
    "diplomacy:promise_list": "promises in words that are not known to be kept, with their age",
    "diplomacy:programme_list": "strategies, agendas and aid",
    "diplomacy:award_list": "orders and medals, given and received",
    "trade:overview": "trade as sources state it, every number with its verdict, and from rows of statistics",
    "statements:figure_list": "numbers that sources state or that follow from others",
    "trade:flow_list": "rows of trade statistics behind filters",
    "trade:project_list": "plants, joint ventures and supply arrangements",
    "trade:route_list": "transport corridors, with the places they pass",
    "reference:person_list": "people in their public capacity, under every form of their name",
    "reference:organization_list": "ministries, companies and international bodies",
    "reference:theme_list": "subjects of talks, agreements and programmes",
    "editorial:source_list": "documents that records cite, with all that each says",
    "statements:claim_list": "sentences that were checked, and what came of it",
    "analysis:article_list": "signed articles whose numbers come from the record",
    "editorial:correction_list": "what was wrong and is right now, with the reason",
    "about": "what this record is and who keeps it",
    "methodology": "the rules by which the record dates, counts and compares",
    "dossier:quality": "how well the record is supported, and what is missing",
    "data": "API, files, feeds and editions, explained",
    "delivery:subscribe": "e-mails about a filtered list",
    "privacy": "what is kept about readers and about people in the record",
}
API = (
    ("All resources", "api:api-root", "", "the list of them; every filter of a page is one here, no key is needed"),
    ("Documentation", "api_docs", "", "every resource, in which each can be tried"),
    ("OpenAPI document", "schema", "", "for tools"),
    ("Search", "api:search-list", "?q=embassy", "everything public, in words of four languages"),
    (
        "Network of embassies",
        "api:mission-network",
        "?sending=KAZ",
        "of a day (on=2025-09-14) with its acts",
    ),
    ("Figures", "api:figure-list", "?measure=turnover", "stated and computed, with bounds, verdicts and citations"),
    ("Dossiers", "api:dossier-list", "", "one pair as one document each"),
    ("Changes", "api:change-list", "?after=0", "every public change in order, to keep a copy in step"),
    ("Context of JSON-LD", "api:context", "", "add format=jsonld to records and lists of the API"),
)
FILES = (
    ("Panel of states and years", "dossier:panel", "CSV, a row for each state and year, every column with its rule"),
    ("Events as CSV", "events:event_csv", "so beside every list, with the filters of the list; .xlsx too"),
    ("Figures as CSV", "statements:figure_csv", "with bounds, origin and sources"),
    ("Events as feed", "events:event_feed", "Atom; .ics beside it is a calendar"),
)


@tells_of_editions
class LanguageModels(WithoutParameters, View):
    """The whole file, written anew when the content changes."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        root = settings.SITE_ADDRESS.rstrip("/") or request.build_absolute_uri("/").rstrip("/")
        with override(settings.LANGUAGE_CODE):
            text = document(blocks(root))
        return HttpResponse(text, content_type="text/plain; charset=utf-8")


def blocks(root: str) -> Iterator[str | list[str]]:
    def line(label: object, address: str, description: str = "") -> str:
        return point(link(label, f"{root}{address}") + (f": {words(description)}" if description else ""))

    yield heading(1, "KZ-Africa")
    yield f"> {words(SUMMARY)}"
    yield [point(words(note)) for note in NOTES]
    yield heading(2, "Pages")
    yield [line(each.label, reverse(each.view_name), ABOUT_SECTIONS[each.view_name]) for each in sections_shown()]
    yield heading(2, "Pages as Markdown")
    yield paragraph(
        "The page of every record is Markdown too, at its address with .md in place of the last slash: what it says, "
        "who says so, where sources differ, how to cite it. So are the dossiers of pairs and the signed articles:"
    )
    yield [
        line(country.name, f"{country.get_absolute_url().rstrip('/')}.md", "all that is recorded of the pair")
        for country in Country.objects.african()
    ]
    yield [
        line(article.title, f"{article.get_absolute_url().rstrip('/')}.md", article.standfirst)
        for article in Article.objects.published().order_by("-date_order", "-slug")
    ]
    yield heading(2, "API")
    yield [line(label, reverse(name) + query, description) for label, name, query, description in API]
    yield heading(2, "Files")
    yield [line(label, reverse(name), description) for label, name, description in FILES]
    if Edition.objects.latest_offered() is not None:
        description = "one zip: CSV, JSON lines, SQLite, Parquet, codebook, checksums"
        yield [line("The whole record", reverse("editions:latest"), description)]
    yield heading(2, "Licence and citation")
    yield [
        point(words(f"Our data: {LICENCE} ({LICENCE_ADDRESS}). Name KZ-Africa and link to the record.")),
        point("Cite a record by its page, and a version by its permanent link; both stand at the end of its Markdown."),
        point("Behind the address of a record stand its citations: cite.txt, cite.bib, cite.ris and cite.json."),
        point("Cite the sources a record rests on for what they say; the record says what follows from them."),
    ]
    yield heading(2, "Optional")
    yield [line("Sitemap", reverse("sitemap_index"), "every public page in every language, with its last change")]


def sections_shown() -> list[Section]:
    """The pages of the menu that have something to show."""
    shown = sections_with_records()
    every = [section for _label, sections in GROUPS for section in sections]
    return [section for section in every if section.rows is None or section.view_name in shown]
