from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from kzafrica.dataset.facts import ARTICLE, article_page, fact_index

pytestmark = pytest.mark.one_database


@pytest.fixture
def index(dataset):
    return fact_index()


@pytest.fixture
def own_docs(settings, tmp_path) -> Path:
    """Another root for the generated files, so that a test can write them."""
    settings.BASE_DIR = tmp_path
    return tmp_path / "docs"


def faults_of(tmp_path: Path, *, article="", others="", records="", name="events.yaml") -> list[str]:
    """What the index says about a small dataset of its own; missing tables of reference data left out."""
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / name).write_text(records, encoding="utf-8")
    (tmp_path / "article_facts.csv").write_text(f"n,paragraph,fact\n{article}", encoding="utf-8")
    (tmp_path / "other_facts.csv").write_text(f"id,source,fact\n{others}", encoding="utf-8")
    return [str(fault) for fault in fact_index(tmp_path).faults if "missing from the dataset" not in str(fault)]


def test_every_fact_of_the_article_and_of_other_documents_has_a_record(index):
    assert index.faults == []
    assert [fact.number for fact in index.article] == [str(number) for number in range(1, 94)]
    assert len(index.others) == 159
    assert [fact.number for fact in index.article + index.others if not fact.bearers] == []


def test_every_fact_of_another_document_is_carried_by_a_citation_of_that_document_or_computed(index):
    astray = [fact.number for fact in index.others if not any(cites(bearer, fact.locator) for bearer in fact.bearers)]

    assert astray == []


def cites(bearer, source: str) -> bool:
    is_derived = getattr(bearer.record, "is_derived", False)
    return is_derived or any(citation.source.slug == source for citation in bearer.record.all_citations())


def test_every_fact_of_the_article_is_carried_by_its_citation_unless_it_is_computed(index):
    astray = [fact.number for fact in index.article if not any(is_the_article_or_cites_it(row) for row in fact.bearers)]

    assert astray == []


def is_the_article_or_cites_it(bearer) -> bool:
    return bearer.record.key == ARTICLE or cites(bearer, ARTICLE)


def test_index_files_are_up_to_date(dataset):
    call_command("write_fact_index", check=True)


def test_index_written_anew_passes_its_own_check(dataset, own_docs):
    call_command("write_fact_index", verbosity=0)

    call_command("write_fact_index", check=True)


def test_changed_index_file_fails_the_check(dataset, own_docs):
    call_command("write_fact_index", verbosity=0)
    (own_docs / "article.md").write_text("Something else", encoding="utf-8")

    with pytest.raises(CommandError, match=r"Out of date: docs/article\.md"):
        call_command("write_fact_index", check=True)


def test_index_is_in_the_sites_own_language_whatever_language_is_active(index):
    plain = article_page(index)

    with translation.override("ru"):
        assert article_page(index) == plain


def test_fact_without_a_record_is_a_fault_with_its_line(dataset, tmp_path):
    faults = faults_of(tmp_path, article="94,16,Something that no record says.\n")

    assert faults == [
        "article_facts.csv:2: no record carries fact 94: name it in `facts:` where its value, date and source stand."
    ]


def test_mark_of_an_unknown_fact_is_a_fault_with_its_line(dataset, tmp_path):
    faults = faults_of(tmp_path, records="events:\n- slug: call-tgo-2023-10\n  facts: [H999]\n")

    assert faults == ["events.yaml:3: call-tgo-2023-10 facts: There is no fact “H999” in the tables of facts."]


def test_facts_that_are_no_list_are_a_fault_with_their_line(dataset, tmp_path):
    faults = faults_of(tmp_path, records="events:\n- slug: call-tgo-2023-10\n  facts: 12\n")

    assert faults == ["events.yaml:3: call-tgo-2023-10 facts: Facts are a list, even of one: [12]."]


def test_fact_on_a_record_that_readers_cannot_see_is_a_fault(dataset, tmp_path):
    records = "events:\n- slug: a-visit-nobody-loaded\n  facts: [1]\n"

    faults = faults_of(tmp_path, article="1,1,A visit.\n", records=records)

    assert faults == [
        "events.yaml:2: a-visit-nobody-loaded: Readers cannot see this record: load the dataset, or publish the record."
    ]


def test_fact_of_an_unknown_source_is_a_fault_with_its_line(dataset, tmp_path):
    records = "events:\n- slug: call-tgo-2023-10\n  facts: [H001]\n"

    faults = faults_of(tmp_path, others="H001,a-paper-nobody-reads,A call.\n", records=records)

    assert faults == [
        "other_facts.csv:2: source: There is no public source “a-paper-nobody-reads”: "
        "load the dataset, or mend the key."
    ]
