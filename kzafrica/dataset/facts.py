"""Where each fact behind the dataset can be read: its records, their pages and their API documents.

Two tables name the facts: those of the article this record began with, by number, and those of the other documents.
The files of records say with ``facts:`` which of them a record, a part or a citation carries. The index joins the two.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kzafrica.dataset.loading import DATA_DIR, FACTS, Entry, Report, read_entries
from kzafrica.dataset.reading import FileFault, Row, UnreadableFile, read_csv
from kzafrica.editorial.content import Fault
from kzafrica.editorial.labels import field_label
from kzafrica.editorial.models import Source

# Titles and addresses of the index are those of the site's own language, whatever language is active.
in_own_language = translation.override(settings.LANGUAGE_CODE)
# The article this record began with.
ARTICLE = "astana-times-2025-09-africa-foreign-policy-agenda"


@dataclass(frozen=True)
class Mark:
    """One mention of a fact in the files: on a record, on a part of it, or on a citation of either."""

    fact: str
    entry: Entry
    part: str
    field: str
    line: int | None

    @property
    def place(self) -> str:
        """The part and the field, as a reader would call them; empty for the whole record."""
        return ": ".join(filter(None, [self.part, self.field]))


@dataclass
class Bearer:
    """A public record that carries a fact, and the places in it."""

    record: models.Model
    places: list[str] = field(default_factory=list)
    mentions: int = 0

    @property
    def page(self) -> str:
        return self.record.get_absolute_url()

    @property
    def api(self) -> str:
        return reverse(f"api:{self.record._meta.model_name}-detail", args=[self.record.key])


@dataclass
class Fact:
    """One fact of a document in our own words, and the records that carry it, the most telling first.

    ``locator`` is a paragraph of the article or the key of another source.
    """

    number: str
    locator: str
    text: str
    line: int | None
    bearers: list[Bearer] = field(default_factory=list)


@dataclass
class FactIndex:
    """The facts of the article, those of the other documents, and everything that is wrong with their marks."""

    article: list[Fact] = field(default_factory=list)
    others: list[Fact] = field(default_factory=list)
    faults: list[FileFault] = field(default_factory=list)


@in_own_language
def fact_index(directory: Path = DATA_DIR) -> FactIndex:
    """Join the tables of facts to the public records that carry them.

    Records, titles and addresses are those of the database: load the dataset first.
    """
    index, report = FactIndex(), Report()
    article, others = directory / "article_facts.csv", directory / "other_facts.csv"
    index.article = _facts(article, "n", "paragraph", index.faults)
    index.others = _facts(others, "id", "source", index.faults)
    known = {fact.number for fact in index.article + index.others}
    marks = _marks_by_fact(read_entries(directory, report), known, index.faults)
    records = _public_records(marks, index.faults)
    _refuse_unknown_sources(others, index)
    for path, facts in ((article, index.article), (others, index.others)):
        for fact in facts:
            fact.bearers = _bearers(marks[fact.number], records)
            if not marks[fact.number]:
                sentence = _("no record carries fact %s: name it in `facts:` where its value, date and source stand.")
                index.faults.append(FileFault(path, Fault("", sentence % fact.number, fact.line)))
    index.faults += report.faults
    return index


def _facts(path: Path, number: str, locator: str, faults: list[FileFault]) -> list[Fact]:
    facts = []
    for row in _rows(path, faults):
        missing = [name for name in (number, locator, "fact") if name not in row]
        if missing:
            faults.append(FileFault(path, Fault(", ".join(missing), _("This is needed."), row.line)))
            continue
        facts.append(Fact(str(row[number]), str(row[locator]), str(row["fact"]), row.line))
    return facts


def _rows(path: Path, faults: list[FileFault]) -> list[Row]:
    try:
        return read_csv(path)
    except UnreadableFile as error:
        faults.append(error.fault)
    except FileNotFoundError:
        faults.append(FileFault(path, Fault("", _("the file is missing from the dataset."))))
    return []


def _refuse_unknown_sources(path: Path, index: FactIndex) -> None:
    known = set(Source.objects.published().values_list("slug", flat=True))
    for fact in index.others:
        if fact.locator not in known:
            sentence = _("There is no public source “%s”: load the dataset, or mend the key.") % fact.locator
            index.faults.append(FileFault(path, Fault("source", sentence, fact.line)))


def _marks_by_fact(entries: list[Entry], known: set[str], faults: list[FileFault]) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = defaultdict(list)
    for entry in entries:
        for mark in _marks(entry, entry.model, entry.content, "", faults):
            if mark.fact in known:
                marks[mark.fact].append(mark)
            else:
                sentence = _("There is no fact “%s” in the tables of facts.") % mark.fact
                faults.append(FileFault(entry.path, Fault(f"{entry.key} {FACTS}", sentence, mark.line)))
    return marks


def _marks(entry: Entry, model: type[models.Model], content: Row, part: str, faults: list[FileFault]) -> Iterator[Mark]:
    cited = [(row, field_label(row.get("field", ""))) for row in content.get("citations", [])]
    for row, name in [(content, ""), *cited]:
        facts = row.get(FACTS, [])
        if not isinstance(facts, list):
            sentence = _("Facts are a list, even of one: [%s].") % facts
            faults.append(FileFault(entry.path, Fault(f"{entry.key} {FACTS}", sentence, facts.line)))
            continue
        yield from (Mark(str(fact), entry, part, name, fact.line) for fact in facts)
    for name in getattr(model, "part_names", ()):
        part_model = model._meta.get_field(name).related_model
        for row in content.get(name, []):
            yield from _marks(entry, part_model, row, str(part_model._meta.verbose_name), faults)


def _public_records(marks: dict[str, list[Mark]], faults: list[FileFault]) -> dict[tuple, models.Model]:
    """The published records of the marked entries, by model and key: one query for each kind."""
    entries = {(mark.entry.model, mark.entry.key): mark.entry for found in marks.values() for mark in found}
    records = {}
    for model in {model for model, _key in entries}:
        keys = [key for of_model, key in entries if of_model is model]
        records |= {(model, record.key): record for record in model.objects.published().filter(slug__in=keys)}
    for place, entry in entries.items():
        if place not in records:
            sentence = _("Readers cannot see this record: load the dataset, or publish the record.")
            faults.append(FileFault(entry.path, Fault(entry.key, sentence, entry.content.line)))
    return records


def _bearers(marks: list[Mark], records: dict[tuple, models.Model]) -> list[Bearer]:
    bearers: dict[tuple, Bearer] = {}
    for mark in marks:
        place = (mark.entry.model, mark.entry.key)
        if place in records:
            bearer = bearers.setdefault(place, Bearer(records[place]))
            bearer.mentions += 1
            if mark.place and mark.place not in bearer.places:
                bearer.places.append(mark.place)
    # Sections at the top of the house first: what was signed and who met, then the people and bodies it names.
    sections = {model: position for position, model in enumerate(reversed(list(apps.get_models())))}
    return sorted(bearers.values(), key=lambda found: (sections[type(found.record)], -found.mentions, found.record.key))


@in_own_language
def article_page(index: FactIndex) -> str:
    """The index of the article's facts as Markdown."""
    head = f"""# The article, fact by fact

The {len(index.article)} facts of [the article](/sources/{ARTICLE}/) this record began with, in our own words, and where
each can be read. “Implied”, “computed”, “check” and “left out” mark what the article does not say itself.

"""
    rows = [[fact.number, fact.locator, fact.text, *_links(fact)] for fact in index.article]
    return head + _EXPLANATION + _table(["No.", "Par.", "Fact", "Page", "API"], rows)


@in_own_language
def other_documents_page(index: FactIndex) -> str:
    """The index of the other documents' facts as Markdown."""
    sources = {source.slug: source for source in Source.objects.published()}
    head = f"""# Other documents, fact by fact

{len(index.others)} facts from {len({fact.locator for fact in index.others})} documents other than the article, in our
own words, and where each can be read.

"""
    rows = [[fact.number, _source_link(sources[fact.locator]), fact.text, *_links(fact)] for fact in index.others]
    return head + _EXPLANATION + _table(["No.", "Source", "Fact", "Page", "API"], rows)


_EXPLANATION = """Addresses begin after the name of the site, which `make run` prints. Words after a page name the part
or the field that carries the fact. `manage.py write_fact_index` writes this file from the tables of facts in
`kzafrica/dataset/data/` and from `facts:` in the records there.

"""


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _links(fact: Fact) -> list[str]:
    pages = [_link(str(bearer.record), bearer.page) + _in_words(bearer.places) for bearer in fact.bearers]
    documents = [_link(bearer.api, bearer.api) for bearer in fact.bearers]
    return ["<br>".join(pages), "<br>".join(documents)]


def _source_link(source: Source) -> str:
    date = f", {source.published.text()}" if source.published else ""
    return _link(source.publisher, source.get_absolute_url()) + date


def _link(text: str, address: str) -> str:
    for sign in "\\|[]":
        text = text.replace(sign, f"\\{sign}")
    return f"[{text}]({address})"


def _in_words(places: list[str]) -> str:
    return f" ({', '.join(places)})" if places else ""
