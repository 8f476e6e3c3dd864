"""What of a record is searched, told from its fields: its words, its names, the names of what it points to, its dates.

A section lists its kinds as ``RecordSearch`` in its ``searchable.py``; ``kzafrica/searchable.py`` puts them together.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.apps import apps
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import override

from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.content import content_fields, with_content
from kzafrica.editorial.labels import RECORD_LABELS
from kzafrica.editorial.models import Change, Citation, Source
from kzafrica.editorial.publishable import Citable, PublishableModel, part_paths
from kzafrica.editorial.references import ReferenceField
from kzafrica.editorial.workflow import present_revision
from kzafrica.search.documents import Document, Named, Passage
from kzafrica.search.index import Changed
from kzafrica.translation import EDITORIAL_LANGUAGES

LANGUAGES = [code for code, _name in EDITORIAL_LANGUAGES]
# Addresses, and what readers are not told in words.
NO_WORDS = {
    *("slug", "url", "archived_url", "rights", "code", "alpha2", "alpha3", "m49", "unit", "section", "edition"),
    # Other names, which a section gives itself.
    *("formal_name", "capital", "other_names"),
    "region",
}
TITLES = ("title", "name", "text", "description")


def changes_since(number: int | None) -> tuple[int, list[Changed]]:
    """The present content revision, and the rows that the change log tells of after that number; of None, no rows."""
    present = present_revision()
    if number is None:
        return present, []
    told = (
        Change.objects.filter(number__gt=number, number__lte=present)
        .order_by()
        .values_list("record_type", "record_key")
    )
    by_type: dict[str, set[str]] = {}
    for record_type, key in told:
        by_type.setdefault(record_type, set()).add(key)
    return present, [row for record_type, keys in by_type.items() for row in _changed(record_type, keys)]


def _changed(record_type: str, keys: set[str]) -> Iterator[Changed]:
    try:
        model = apps.get_model(record_type)
    except LookupError:
        return  # A kind of record that there was once.
    first = model.natural_key_fields[0]
    numbers: dict[str, list[int]] = {}
    rows = model._base_manager.filter(**{f"{first}__in": {key.split("/")[0] for key in keys}})
    for value, pk in rows.values_list(first, "pk"):
        numbers.setdefault(value, []).append(pk)
    for key in keys:
        # Where the first part of a key has several rows, all of them are read anew.
        for pk in numbers.get(key.split("/")[0], [None]):
            yield Changed(record_type, key, pk)


class RecordSearch:
    """Records of one model as documents of the search.

    ``title`` names the attribute in which a record is called something, ``dates`` the dates by which it is found, as
    paths such as ``milestones__date``; the first of them that is known is shown. ``names`` gives further names of a
    record, ``rows`` narrows what readers see, ``address`` says where it stands, if not at its own page.
    """

    def __init__(
        self,
        model: type[models.Model],
        *,
        resource: str = "",
        title: str = "title",
        dates: tuple[str, ...] = (),
        labels: tuple = (),
        weight: float = 1.0,
        names: Callable[[models.Model], Iterable[Named]] | None = None,
        rows: Callable[[models.QuerySet], models.QuerySet] | None = None,
        address: Callable[[models.Model], str] | None = None,
        body: Callable[[str], str] = str,
        is_loaded_in_bulk: bool = False,
    ) -> None:
        self.model, self.title, self.dates, self.weight = model, title, dates, weight
        self.type, self.record_type = model._meta.model_name, model._meta.label_lower
        self.label, self.labels = labels or RECORD_LABELS[self.type]
        self.resource = resource or self.type
        self.names, self.rows, self.body = names, rows, body
        self.address = address or (lambda record: record.get_absolute_url())
        self.is_loaded_in_bulk = is_loaded_in_bulk

    def state(self) -> str:
        return ""

    def public(self) -> models.QuerySet:
        manager = self.model.objects
        rows = manager.published() if issubclass(self.model, PublishableModel) else manager.all()
        return self.rows(rows) if self.rows else rows

    def all_ids(self) -> set[int]:
        return set(self.public().values_list("pk", flat=True))

    def documents(self, record_ids: Iterable[int] | None = None) -> Iterator[Document]:
        rows = self.public().order_by("pk")
        if record_ids is not None:
            rows = rows.filter(pk__in=record_ids)
        # Whatever language the question is in that the index is brought up to date for.
        with override("en"):
            for record in with_content(rows).prefetch_related(*self.paths_to_names).iterator(chunk_size=500):
                yield self.document(record)

    @cached_property
    def paths_to_names(self) -> list[str]:
        """Lookups that lead to the forms of the names of whom records and their parts point to."""
        owners = [("", self.model), *((f"{path}__", part) for path, part in part_paths(self.model))]
        return [
            f"{prefix}{field.name}__name_forms"
            for prefix, owner in owners
            for field in content_fields(owner)
            if field.is_relation and "name_forms" in getattr(field.related_model, "part_names", ())
        ]

    def document(self, record: models.Model) -> Document:
        said = _Said()
        said.read(record)
        if self.type == "country":
            said.countries.add(record.alpha3)
        dates = [found for path in self.dates for found in _dates_at(record, path.split("__"))]
        return Document(
            record_id=record.pk,
            key=record.key,
            address=self.address(record),
            passages=self.passages(record, said),
            aliases=[*said.aliases, *(self.names(record) if self.names else ())],
            related=[name for name in dict.fromkeys(said.related) if name.text],
            countries=frozenset(said.countries),
            edtf=dates[0].edtf if dates else "",
            spans=frozenset((found.earliest, found.latest) for found in dates),
            drawn_from=frozenset(said.drawn_from),
        )

    def title_in(self, record: models.Model, code: str) -> str:
        """What the record is called in a language; empty where it has no name of its own in that one."""
        if hasattr(self.model, "named_by"):
            with override(code):
                return str(record)
        if code == "en":
            return getattr(record, f"{self.title}_en", "") or getattr(record, self.title, "") or str(record)
        return getattr(record, f"{self.title}_{code}", "")

    def passages(self, record: models.Model, said: "_Said") -> dict[str, Passage]:
        """The words in each language in which there are any; the title in English where it has none in that one."""
        passages = {}
        for code in LANGUAGES:
            title = self.title_in(record, code)
            others = [*said.words.get(code, ()), *(said.words.get("", ()) if code == "en" else ())]
            others = [text for text in dict.fromkeys(others) if text != title]
            if title or others:
                passages[code] = Passage(title, self.body("\n".join(others)))
        return passages


class _Said:
    """Everything that a record and its parts say, gathered from their fields."""

    def __init__(self) -> None:
        # By language; empty: words that stand in one language only, whichever it is.
        self.words: dict[str, list[str]] = {}
        self.aliases: list[Named] = []
        self.related: list[Named] = []
        self.countries: set[str] = set()
        self.drawn_from: set[tuple[str, int]] = set()

    def read(self, row: models.Model) -> None:
        if row._meta.model_name == "nameform":
            self.aliases.append(Named(row.text))
            return
        for field in content_fields(type(row)):
            if isinstance(field, ReferenceField):
                self.draw(getattr(row, f"{field.name}_record"))
            elif field.is_relation:
                linked = getattr(row, field.name)
                for record in linked.all() if field.many_to_many else [linked]:
                    self.draw(record)
            elif isinstance(field, (models.CharField, models.TextField)):
                self.read_text(row, field)
        if isinstance(row, Citable):
            self.read_citations(row.citations.all())
        for name in getattr(row, "part_names", ()):
            for part in getattr(row, name).all():
                self.read(part)

    def read_citations(self, citations: Iterable[Citation]) -> None:
        """What is said about sources: why the record follows one and not another; and the words that they print."""
        for citation in citations:
            self.words.setdefault("", []).extend(filter(None, (citation.reason, citation.note)))
            self.related.append(Named(citation.as_printed))

    def read_text(self, row: models.Model, field: models.Field) -> None:
        text = getattr(row, field.attname)
        if not text or not isinstance(text, str) or field.name in NO_WORDS:
            return
        if field.choices:
            labels = dict(field.flatchoices)
            self.related += _in_every_language(lambda: str(labels.get(text, "")))
            return
        code = field.name.rpartition("_")[2]
        self.words.setdefault(code if code in LANGUAGES else "", []).append(text)

    def draw(self, record: models.Model | None) -> None:
        """Take the names of a record that this one points to."""
        if record is None or isinstance(record, Source):
            return
        model = record._meta
        self.drawn_from.add((model.label_lower, record.pk))
        if model.model_name == "country":
            self.countries.add(record.alpha3)
            self.related.append(Named(record.alpha3))
        if "name_forms" in getattr(record, "part_names", ()):
            self.related += (Named(form.text) for form in record.name_forms.all())
        for name in TITLES:
            for code in LANGUAGES:
                self.related.append(Named(getattr(record, f"{name}_{code}", ""), code))
            if not hasattr(record, f"{name}_en") and hasattr(record, name):
                self.related.append(Named(getattr(record, name)))


def _in_every_language(words: Callable[[], str]) -> list[Named]:
    found = []
    for code in LANGUAGES:
        with override(code):
            found.append(Named(words(), code))
    return found


def _dates_at(row: models.Model, path: list[str]) -> Iterator[ImpreciseDate]:
    name, *rest = path
    value = getattr(row, name)
    if rest:
        for part in value.all():
            yield from _dates_at(part, rest)
    elif isinstance(value, date):
        yield ImpreciseDate.parse(value.isoformat())
    elif value:
        yield value


SEARCHABLE = (RecordSearch(Source, dates=("published",), weight=0.7),)
