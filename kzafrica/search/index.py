"""The index follows the change log: what was changed since it last looked is read anew, before a question is answered.

The settings name where documents come from (``SEARCHABLE``) and what has changed (``SEARCH_CHANGES``); search itself
knows neither records nor their log.
"""

from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from kzafrica.locking import is_locked
from kzafrica.search.documents import Document, Named, Searchable, surface_words, terms_of
from kzafrica.search.engines import Engine, EngineFailure, Entry
from kzafrica.search.engines.opensearch import OpenSearchEngine
from kzafrica.search.engines.postgres import PostgresEngine
from kzafrica.search.engines.sqlite import SqliteEngine
from kzafrica.search.models import Drawing, IndexedDocument, IndexedPassage, Progress, Span
from kzafrica.search.words import RULE, plain_text

BATCH = 500
# After more changes than this, to read everything is no slower.
MOST_CHANGES = 3000


class Changed(NamedTuple):
    """A row that has changed: its table, its key, and its number if it is still there."""

    record_type: str
    key: str
    record_id: int | None


def engine() -> Engine:
    """The back end that the settings choose."""
    if settings.SEARCH_URL:
        return OpenSearchEngine(settings.SEARCH_URL)
    return PostgresEngine() if connection.vendor == "postgresql" else SqliteEngine()


@cache
def searchables() -> dict[str, Searchable]:
    """Every kind of document by its type, in the order in which readers see them."""
    return {kind.type: kind for kind in import_string(settings.SEARCHABLE)}


def catch_up() -> Progress:
    """Bring the index to where the record is. One query where nothing has changed.

    Safe with several processes at once: one of them takes the changes in, the others wait for it. Raises EngineFailure
    where the database lets nobody write for longer than the settings wait: what was withdrawn must not be shown.
    """
    used = engine()
    progress = Progress.objects.filter(engine=used.name).first()
    if progress is not None and _is_up_to_date(progress):
        return progress
    try:
        return _catch_up(used)
    except OperationalError as error:
        if is_locked(error):
            raise EngineFailure("Somebody else writes to the database.") from error
        raise


def _catch_up(used: Engine) -> Progress:
    with transaction.atomic():
        Progress.objects.get_or_create(engine=used.name)
        progress = Progress.objects.select_for_update().get(engine=used.name)
        if not _is_up_to_date(progress):
            _take_in(progress, used)
    return progress


def rebuild() -> Progress:
    """Make the index from nothing."""
    used = engine()
    with transaction.atomic():
        Progress.objects.get_or_create(engine=used.name)
        progress = Progress.objects.select_for_update().get(engine=used.name)
        _make_anew(progress, used)
    return progress


def _is_up_to_date(progress: Progress) -> bool:
    # A request reads the content as it was at its beginning; another may have taken in more meanwhile.
    number = import_string(settings.CONTENT_REVISION)()
    return progress.rule == RULE and progress.number >= number and progress.states == _states() and bool(progress.mark)


def _states() -> dict[str, str]:
    return {kind.type: state for kind in searchables().values() if (state := kind.state())}


def _take_in(progress: Progress, used: Engine) -> None:
    number, changed = import_string(settings.SEARCH_CHANGES)(progress.number)
    if progress.rule != RULE or not progress.mark or len(changed) > MOST_CHANGES:
        _make_anew(progress, used)
        return
    for kind, keys, record_ids in _touched(changed):
        old = IndexedDocument.objects.filter(type=kind.type).filter(Q(key__in=keys) | Q(record_id__in=record_ids))
        _replace(kind, old, kind.documents(record_ids), used)
    for kind in searchables().values():
        if kind.state() != progress.states.get(kind.type, ""):
            _replace(kind, IndexedDocument.objects.filter(type=kind.type), kind.documents(), used)
    _note(progress, number)


def _touched(changed: Iterable[Changed]) -> Iterable[tuple[Searchable, set[str], set[int]]]:
    """For each kind the keys and numbers of documents that the changes concern, those drawn from others included."""
    changed = list(changed)
    drawn: dict[str, set[int]] = {}
    for record_type in {row.record_type for row in changed}:
        ids = {row.record_id for row in changed if row.record_type == record_type and row.record_id is not None}
        sources = Drawing.objects.filter(record_type=record_type, record_id__in=ids)
        for type_, record_id in sources.values_list("document__type", "document__record_id").distinct():
            drawn.setdefault(type_, set()).add(record_id)
    for kind in searchables().values():
        own = [row for row in changed if row.record_type == kind.record_type]
        ids = {row.record_id for row in own if row.record_id is not None} | drawn.get(kind.type, set())
        if own and kind.is_loaded_in_bulk:
            present = IndexedDocument.objects.filter(type=kind.type).values_list("record_id", flat=True)
            ids |= kind.all_ids() ^ set(present)
        if own or ids:
            yield kind, {row.key for row in own}, ids


def _make_anew(progress: Progress, used: Engine) -> None:
    number, _changed = import_string(settings.SEARCH_CHANGES)(None)
    used.clear()
    # Parts first, so that each table is emptied by one statement.
    for model in (Drawing, Span, IndexedPassage, IndexedDocument):
        model.objects.all().delete()
    # The rows are those of all back ends; another one's terms do not belong to the new ones.
    Progress.objects.exclude(pk=progress.pk).delete()
    for kind in searchables().values():
        _store(kind, kind.documents(), used)
    _note(progress, number)


def _note(progress: Progress, number: int) -> None:
    progress.rule, progress.number, progress.states, progress.mark = RULE, number, _states(), uuid4().hex
    progress.save()


def _replace(kind: Searchable, old, documents: Iterable[Document], used: Engine) -> None:
    passages = list(IndexedPassage.objects.filter(document__in=old).select_related("document"))
    used.remove(passages)
    IndexedDocument.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    _store(kind, documents, used)


def _store(kind: Searchable, documents: Iterable[Document], used: Engine) -> None:
    documents = iter(documents)
    while some := list(islice(documents, BATCH)):
        rows = IndexedDocument.objects.bulk_create(_row(kind, document) for document in some)
        pairs = list(zip(rows, some, strict=True))
        Span.objects.bulk_create(
            Span(document=row, earliest=earliest, latest=latest)
            for row, document in pairs
            for earliest, latest in document.spans
        )
        Drawing.objects.bulk_create(
            Drawing(document=row, record_type=record_type, record_id=record_id)
            for row, document in pairs
            for record_type, record_id in document.drawn_from
        )
        entries = [entry for row, document in pairs for entry in _entries(row, document)]
        IndexedPassage.objects.bulk_create(entry.passage for entry in entries)
        used.add(entries)


def _row(kind: Searchable, document: Document) -> IndexedDocument:
    names = [passage.title for passage in document.passages.values()] + [name.text for name in document.aliases]
    years = [day.year for span in document.spans for day in span if day]
    return IndexedDocument(
        type=kind.type,
        record_id=document.record_id,
        key=document.key,
        address=document.address,
        weight=kind.weight,
        aliases="\n".join(dict.fromkeys(name.text for name in document.aliases)),
        plain_names="\n".join(["", *sorted({plain_text(name) for name in names} - {""}), ""]),
        countries=f" {' '.join(sorted(document.countries))} " if document.countries else "",
        edtf=document.edtf,
        year=max(years, default=0),
    )


def _entries(row: IndexedDocument, document: Document) -> Iterable[Entry]:
    aliases, related = terms_of(document.aliases), terms_of(document.related)
    names = [name.text for name in (*document.aliases, *document.related)]
    for language, (title, body) in sorted(document.passages.items()):
        passage = IndexedPassage(
            document=row, language=language, title=title, body=body, words=surface_words([title, body, *names])
        )
        own = terms_of([Named(title, language)]), terms_of([Named(body, language)])
        yield Entry(passage, (own[0], aliases, own[1], related))
