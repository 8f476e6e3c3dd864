"""The page of a record as Markdown, told from its content as its versions are: any kind of record, in any language.

All that people have written is escaped; see ``kzafrica/markdown_words.py``.
"""

from collections.abc import Iterable, Iterator

from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kzafrica.date_fields import ImpreciseDateField
from kzafrica.editorial.change_words import value_in_words
from kzafrica.editorial.content import content_of, with_content
from kzafrica.editorial.evidence import Dispute, Evidence, Statement, evidence_of, statements_of
from kzafrica.editorial.labels import base_name
from kzafrica.editorial.models import Source
from kzafrica.editorial.naming import Names, Shown, shown_content
from kzafrica.editorial.prose import ProseField
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.reuse import Reuse
from kzafrica.linked_data import LICENCE, LICENCE_ADDRESS
from kzafrica.markdown_words import bare_link, code, document, fact, heading, link, paragraph, point, words
from kzafrica.translation import EDITORIAL_LANGUAGES

LANGUAGES = dict(EDITORIAL_LANGUAGES)


def record_in_markdown(request: HttpRequest, record: models.Model, reuse: Reuse, body: str = "") -> str:
    """The record under its title: what it says, who says so, how to cite it. ``body`` is Markdown already."""
    said = reuse.description
    whole = with_content(type(record).objects.filter(pk=record.pk)).get() if is_cited(record) else record
    return document(
        [
            heading(1, said.title),
            paragraph(said.text),
            body,
            *facts_of(whole, said.text),
            *sources_of(request, whole),
            *terms_of(reuse),
        ]
    )


def is_cited(record: models.Model) -> bool:
    """Whether the record is under workflow, and so has content, parts and citations to tell."""
    return isinstance(record, PublishableModel)


def facts_of(record: models.Model, lead: str) -> Iterator[str | list[str]]:
    """Field by field what the record says, its parts below; neither its name nor the lead again."""
    if not is_cited(record):
        return
    model = type(record)
    content = in_one_language(content_of(record))
    above = ("title_en", "name_en", "title", "name", "citations")
    content = {name: value for name, value in content.items() if name not in above and not (value and value == lead)}
    shown = shown_content(model, Names([(model, content)]).in_words(model, content), value_in_markdown)
    yield heading(2, _("Facts"))
    yield [fact(capfirst(label), value) for label, value in shown.fields]
    for label, rows in shown.groups:
        yield heading(3, capfirst(label))
        yield [line for row in rows for line in part_lines(row)]


def part_lines(row: Shown, depth: int = 0) -> Iterator[str]:
    yield point("; ".join(f"{words(label)}: {value}" for label, value in row.fields), depth)
    for label, rows in row.groups:
        yield point(f"{words(label)}:", depth + 1)
        for below in rows:
            yield from part_lines(below, depth + 2)


def in_one_language(content: dict) -> dict:
    """The content with each text once: in the language of the reader where it has one, else in English."""
    language = get_language() or "en"
    kept = {}
    for name, value in content.items():
        base = base_name(name)
        code_of_name = name.removeprefix(f"{base}_")
        if isinstance(value, list) and value and isinstance(value[0], dict):
            kept[name] = [in_one_language({n: v for n, v in row.items() if n != "citations"}) for row in value]
        elif base == name or code_of_name not in LANGUAGES:
            kept[name] = value
        elif code_of_name == language or (code_of_name == "en" and f"{base}_{language}" not in content):
            # Labels name the language of any other column.
            kept[f"{base}_en"] = value
    return kept


def value_in_markdown(model: type[models.Model], name: str, value) -> str | None:
    """A value in words, a date with its EDTF; texts that have a place of their own are left out."""
    column = next((field for field in model._meta.get_fields() if field.name == name), None)
    if isinstance(column, ProseField):
        return None
    said = words(value_in_words(model, name, value))
    return f"{said} ({code(value)})" if isinstance(column, ImpreciseDateField) else said


# --- Who says so


def sources_of(request: HttpRequest, record: models.Model) -> Iterator[str | list[str]]:
    """The sources of a record with links; of a source, the records that it is cited in."""
    if isinstance(record, Source):
        for group in statements_of(record).groups:
            yield heading(2, group.label)
            yield [point(linked(request, stance.record)) for stance in group.stances]
        return
    if is_cited(record):
        yield from evidence_in_markdown(request, evidence_of(record))


def evidence_in_markdown(request: HttpRequest, evidence: Evidence) -> Iterator[str | list[str]]:
    if evidence.supports or evidence.disputes:
        yield heading(2, _("Who says so"))
    if evidence.disputes:
        yield heading(3, _("Sources differ"))
        yield [line for dispute in evidence.disputes for line in dispute_lines(request, dispute)]
    if evidence.supports:
        yield heading(3, _("What the record rests on"))
        yield [
            line
            for support in evidence.supports
            for line in (
                point(source_words(request, support.source)),
                *(point(told, 1) for told in dict.fromkeys(map(statement_words, support.statements)) if told),
            )
        ]


def dispute_lines(request: HttpRequest, dispute: Dispute) -> Iterator[str]:
    where = " – ".join(words(name) for name in (dispute.part, dispute.field) if name)
    yield point(f"**{where}:** {dated(dispute.recorded)}" if where else dated(dispute.recorded))
    for statement in dispute.differing:
        citation = statement.citation
        told = [dated(statement.stated), words(citation.reason), statement_words(statement)]
        yield point(f"{source_words(request, citation.source)}: {'; '.join(filter(None, told))}", 1)


def dated(value) -> str:
    return f"{words(value.text)} ({code(value.code)})" if value.code else words(value.text)


def source_words(request: HttpRequest, source: Source) -> str:
    """Our page of a source, and the document itself."""
    name = linked(request, source) if source.is_public else words(source)
    date = f", {words(source.published.text())} ({code(source.published.edtf)})" if source.published else ""
    return f"{name}{date}" + (f", {bare_link(source.url)}" if source.url else "")


def statement_words(statement: Statement) -> str:
    """For what a source is cited, where in it, and what is printed there."""
    citation = statement.citation
    cited_for = " – ".join(name for name in (statement.part, statement.field) if name)
    printed = f"“{citation.as_printed}”" if citation.as_printed else ""
    return "; ".join(words(told) for told in (cited_for, citation.locator, printed) if told)


def linked(request: HttpRequest, record: models.Model) -> str:
    return link(record, request.build_absolute_uri(record.get_absolute_url()))


# --- On what terms


def terms_of(reuse: Reuse) -> Iterable[str | list[str]]:
    """The permanent address, the citation and the licence."""
    page = reuse.page
    lines = [fact(_("Permanent address"), bare_link(page.address))]
    citation = words(reuse.text)
    for address in filter(None, (page.version_address, page.address)):
        # A sentence ends behind it.
        citation = citation.replace(f"{words(address)}. ", f"{bare_link(address)}. ")
    if page.version_address:
        lines.append(fact(_("Permanent link to this version"), bare_link(page.version_address)))
    if page.document:
        lines.append(fact("JSON", bare_link(page.document)))
    lines.append(fact(_("Cite"), citation))
    lines.append(point(f"{words(_('Licence: %s') % LICENCE)}, {bare_link(LICENCE_ADDRESS)}"))
    return [heading(2, _("Cite and re-use")), lines]
