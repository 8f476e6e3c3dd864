"""How records are cited, read back by programs that are not the ones that write it."""

import json
from datetime import date

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from kzafrica.analysis.models import Author
from kzafrica.bibliography import Form, Work, as_bibtex, as_csl, as_ris, one_line
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Redirect
from kzafrica.linked_data import Nature
from kzafrica.reference.models import Bloc, Commodity
from tests.factories import MAKERS, make_article, make_author, make_country, make_event, make_theme

HOME = "http://testserver"
# All that have a page, but for an author, a bloc and a good: what is cited of these are the records about them.
CITED = [
    make
    for model, make in MAKERS.items()
    if hasattr(model, "get_absolute_url") and model not in (Author, Bloc, Commodity)
]
# Titles as editors write them, with everything that a file of references gives a meaning to.
TITLES = st.text(st.sampled_from("aÉҚәқңөүұһі %&#$_{}\\~^@,=–“”\n\r\t/"), min_size=1).filter(one_line)


def work(title: str, **fields) -> Work:
    given = {
        "key": "kzafrica-event-x",
        "kind": "State visit",
        "nature": Nature.RECORD,
        "issued": (2025, 9, 10),
        "issued_in_words": "10 September 2025",
        "address": "https://kz-africa.example/events/x/",
        "language": "en",
        "accessed": date(2026, 11, 26),
    }
    return Work(title=title, **(given | fields))


def bibtex_entry(text: str) -> dict[str, str]:
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    return {field.key: field.value for field in entry.fields} | {"ID": entry.key}


@settings(max_examples=40, deadline=None)
@given(TITLES)
def test_bibtex_gives_back_every_title(title):
    found = bibtex_entry(as_bibtex(work(title)))

    inner = found["title"].removeprefix("{").removesuffix("}")
    # The reader knows braces only behind a backslash, which BibTeX itself would count.
    readable = inner.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
    assert LatexNodes2Text(keep_comments=True).latex_to_text(readable).replace("ˆ", "^") == one_line(title)


@settings(max_examples=40, deadline=None)
@given(TITLES)
def test_ris_gives_back_every_title(title):
    (entry,) = rispy.loads(as_ris(work(title)))

    assert entry["title"] == one_line(title)
    assert entry["urls"] == ["https://kz-africa.example/events/x/"]


@settings(max_examples=40, deadline=None)
@given(TITLES)
def test_csl_gives_back_every_title(title):
    (item,) = json.loads(as_csl(work(title)))

    assert item["title"] == one_line(title)


def test_a_month_is_not_cited_as_a_day():
    of_month = work("X", issued=(2025, 9))

    assert json.loads(as_csl(of_month))[0]["issued"] == {"date-parts": [[2025, 9]]}
    assert "DA  - 2025/09//\r\n" in as_ris(of_month)


@pytest.mark.django_db
class TestFiles:
    @pytest.mark.parametrize("make", CITED, ids=lambda make: make.__name__)
    def test_every_record_with_a_page_is_cited_at_addresses_beside_it(self, client, make):
        make_country("KAZ")
        page = make().get_absolute_url()

        for form in Form:
            answer = client.get(f"{page}cite.{form}")

            assert answer.status_code == 200
            assert f"{HOME}{page}" in answer.content.decode()

    def test_an_article_is_cited_by_its_authors_and_its_day(self, client):
        article = make_article(
            title="On counting", date="2025-10", authors=[make_author("A. Author"), make_author("B. Co")]
        )

        found = bibtex_entry(client.get(f"{article.get_absolute_url()}cite.bib").content.decode())

        assert found["author"] == "{A. Author} and {B. Co}"
        assert (found["year"], found["month"]) == ("2025", "10")

    def test_a_processor_of_citations_makes_a_reference_of_it(self, client):
        event = make_event(title="State visit", date="2025-09-10")
        items = json.loads(client.get(f"{event.get_absolute_url()}cite.json").content)

        bibliography = CitationStylesBibliography(
            CitationStylesStyle("harvard-cite-them-right", validate=False), CiteProcJSON(items), formatter.plain
        )
        bibliography.register(Citation([CitationItem(items[0]["id"])]))
        (reference,) = ("".join(map(str, entry)) for entry in bibliography.bibliography())

        assert "KZ-Africa" in reference
        assert "State visit" in reference
        assert f"{HOME}{event.get_absolute_url()}" in reference

    def test_a_form_that_does_not_exist_is_not_found(self, client):
        assert client.get(f"{make_event().get_absolute_url()}cite.docx").status_code == 404

    def test_a_parameter_is_refused(self, client):
        assert client.get(f"{make_event().get_absolute_url()}cite.bib?style=apa").status_code == 400

    @pytest.mark.parametrize(
        ("status", "code"), [(Status.DRAFT, 404), (Status.IN_REVIEW, 404), (Status.WITHDRAWN, 410)]
    )
    def test_what_readers_do_not_see_is_neither_cited_nor_shown(self, client, status, code):
        event = make_event(title="Secret visit", status=status)

        answers = [
            client.get(f"{event.get_absolute_url()}{beside}")
            for beside in ("cite.bib", "cite.txt", "share.png", "embed/")
        ]

        assert [answer.status_code for answer in answers] == [code] * 4
        assert not [answer for answer in answers if b"Secret visit" in answer.content]

    def test_a_renamed_record_leads_on(self, client):
        event = make_event(slug="new")
        Redirect.objects.create(record_type="events.event", old_key="old", target_key="new")

        assert client.get("/kk/events/old/cite.ris").url == "/kk/events/new/cite.ris"
        assert event.slug == "new"

    def test_reference_data_is_cited_without_a_version(self, client):
        text = client.get(f"{make_theme(name='Trade').get_absolute_url()}cite.txt").content.decode()

        assert text.startswith("KZ-Africa. “Trade”")
        assert "Version" not in text
