"""The dossier of a pair as Markdown: every strand with its records, their dates and their pages."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext as _

from diplomacy.metadata import (
    describe_agreement,
    describe_award,
    describe_initiative,
    describe_mission,
    describe_programme,
    describe_relation,
)
from events.metadata import describe_event
from kzafrica.dossier.assembly import Dossier
from kzafrica.dossier.axis import voices_of
from kzafrica.editorial.labels import records_label
from kzafrica.editorial.record_markdown import source_words, terms_of
from kzafrica.editorial.reuse import Reuse
from kzafrica.linked_data import Description
from kzafrica.markdown_words import code, document, heading, link, paragraph, point, words
from kzafrica.statements.metadata import describe_claim, describe_figure
from trade.metadata import describe_project, describe_route


def dossier_in_markdown(request: HttpRequest, dossier: Dossier, reuse: Reuse) -> str:
    """All records of the pair, strand by strand, and who speaks of the two."""
    said = reuse.description
    head = [heading(1, said.title), paragraph(said.text)]
    if said.counts:
        head.append(paragraph(" · ".join(" ".join(count) for count in said.counts)))
    return document([*head, *strands(request, dossier), *voices(request, dossier), *terms_of(reuse)])


def strands(request: HttpRequest, dossier: Dossier) -> Iterator[str | list[str]]:
    # What descriptions read beside what the page of the pair has loaded.
    prefetch_related_objects(dossier.events, "parent")
    prefetch_related_objects(dossier.initiatives, "countries")
    prefetch_related_objects(dossier.projects, "place__country", "host_country", "parties__organization")
    prefetch_related_objects(dossier.awards, "place")
    for records, describe in (
        (dossier.relations, describe_relation),
        (dossier.missions, describe_mission),
        (dossier.events, describe_event),
        (dossier.agreements, describe_agreement),
        (dossier.initiatives, describe_initiative),
        (dossier.programmes, describe_programme),
        (dossier.awards, describe_award),
        ([line.figure for line in dossier.lines], describe_figure),
        (dossier.projects, describe_project),
        (dossier.routes, describe_route),
        (dossier.claims, describe_claim),
    ):
        yield from strand(request, records, describe)


def strand(request: HttpRequest, records: Iterable, describe: Callable[..., Description]) -> Iterator[str | list[str]]:
    records = list(records)
    if records:
        yield heading(2, records_label(type(records[0])))
        yield [line for record in records for line in lines_of(request, record, describe(record))]


def lines_of(request: HttpRequest, record, said: Description) -> Iterator[str]:
    date = f"{words(said.date_in_words)} ({code(said.date.edtf)})" if said.date else ""
    name = link(said.title, request.build_absolute_uri(record.get_absolute_url()))
    yield point(", ".join(filter(None, (name, words(said.kind), date))))
    if said.text:
        yield point(words(said.text), 1)


def voices(request: HttpRequest, dossier: Dossier) -> Iterator[str | list[str]]:
    found = voices_of(dossier.citations)
    if found:
        yield heading(2, _("Sources that speak of the two"))
        yield [point(source_words(request, voice.source)) for voice in found]
