"""What sources say, arranged for readers: about one record, and by one source."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from kzafrica.date_fields import ImpreciseDateField
from kzafrica.dates import DateError, ImpreciseDate
from kzafrica.editorial.choices import Basis
from kzafrica.editorial.citing import load_citations
from kzafrica.editorial.content import owner_fields, owner_of
from kzafrica.editorial.labels import field_label, record_label, records_label
from kzafrica.editorial.models import Citation, Source
from kzafrica.editorial.publishable import Citable, PublishableModel, cited_part_names


@dataclass(frozen=True)
class Words:
    """A value for readers; ``code`` is the EDTF of a date that is not simply one day."""

    text: str = ""
    code: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class Statement:
    """What one source says: about which part and field, beside what the record says there."""

    citation: Citation
    part: str
    field: str
    recorded: Words
    stated: Words

    @property
    def differs(self) -> bool:
        return self.citation.differs

    @property
    def is_inferred(self) -> bool:
        return self.citation.basis == Basis.INFERRED


@dataclass
class Support:
    """One source and everything it is cited for."""

    source: Source
    statements: list[Statement] = field(default_factory=list)


@dataclass
class Dispute:
    """One field about which sources differ: what the record says and with whom, what others state."""

    part: str
    field: str
    recorded: Words
    supporting: list[Statement] = field(default_factory=list)
    differing: list[Statement] = field(default_factory=list)


@dataclass
class Evidence:
    """Everything sources say about one record and its parts."""

    supports: list[Support]
    disputes: list[Dispute]

    @property
    def disputed_fields(self) -> set[str]:
        """The columns of the record itself about which sources differ."""
        citations = [
            statement.citation for dispute in self.disputes for statement in dispute.differing if not dispute.part
        ]
        return {citation.field for citation in citations}


@dataclass
class Stance:
    """One public record and what a source says about it."""

    record: PublishableModel
    statements: list[Statement] = field(default_factory=list)


@dataclass
class StanceGroup:
    """The records of one kind that a source speaks about."""

    label: str
    stances: list[Stance] = field(default_factory=list)


@dataclass
class SourceStatements:
    """What one source says about public records, by their kind."""

    groups: list[StanceGroup]
    supporting: int = 0
    differing: int = 0
    records: int = 0


def evidence_of(record: PublishableModel) -> Evidence:
    """What sources say about a record and its parts: one query at most, if the parts are fetched."""
    supports: dict[int, Support] = {}
    by_field: dict[tuple, Dispute] = {}
    for target, citation in _citations_below(record):
        statement = _statement(citation, target, is_part=target is not record)
        scope = (type(target), target.pk, citation.field)
        dispute = by_field.setdefault(scope, Dispute(statement.part, statement.field, statement.recorded))
        (dispute.differing if statement.differs else dispute.supporting).append(statement)
        if not statement.differs:
            supports.setdefault(citation.source_id, Support(citation.source)).statements.append(statement)
    return Evidence(list(supports.values()), [dispute for dispute in by_field.values() if dispute.differing])


def statements_of(source: Source) -> SourceStatements:
    """What a source says about public records; the queries grow with the kinds of record, not with their number."""
    by_model: dict[type[models.Model], list[Citation]] = defaultdict(list)
    for citation in source.cited_in.select_related("content_type").order_by("pk"):
        by_model[citation.content_type.model_class()].append(citation)
    stances: dict[tuple, Stance] = {}
    for model, citations in by_model.items():
        targets = _targets(model, citations)
        for citation in citations:
            target = targets.get(citation.object_id)
            record = record_of(target)
            if record is not None and record.is_public:
                stance = stances.setdefault((type(record), record.pk), Stance(record))
                stance.statements.append(_statement(citation, target, is_part=target is not record))
    return _by_kind(list(stances.values()))


def record_of(target: models.Model | None) -> PublishableModel | None:
    """The record that a part belongs to at any depth, or the record itself."""
    while target is not None and not isinstance(target, PublishableModel):
        target = owner_of(target)
    return target


def _by_kind(stances: list[Stance]) -> SourceStatements:
    groups = []
    # Sections at the top of the house first: what happened and was said, then the people and bodies it names.
    for model in reversed(list(apps.get_models())):
        own = [stance for stance in stances if type(stance.record) is model]
        if own:
            groups.append(StanceGroup(records_label(model), own))
    statements = [statement for stance in stances for statement in stance.statements]
    differing = sum(statement.differs for statement in statements)
    return SourceStatements(groups, len(statements) - differing, differing, len(stances))


def _citations_below(record: PublishableModel) -> Iterator[tuple[models.Model, Citation]]:
    if "citations" not in getattr(record, "_prefetched_objects_cache", {}):
        load_citations([record])
    for target in _cited_below(record):
        yield from ((target, citation) for citation in target.citations.all())


def _cited_below(record: models.Model) -> Iterator[models.Model]:
    if isinstance(record, Citable):
        yield record
    for name in cited_part_names(type(record)):
        for part in getattr(record, name).all():
            yield from _cited_below(part)


def _targets(model: type[models.Model], citations: list[Citation]) -> dict[int, models.Model]:
    """The cited rows with their owners and everything their names and cited fields read."""
    many = {name for name in {citation.field for citation in citations} if _is_many(model, name)}
    found = model._base_manager.select_related(*_named_keys(model)).prefetch_related(*sorted(many))
    return found.in_bulk({citation.object_id for citation in citations})


def _named_keys(model: type[models.Model]) -> list[str]:
    """The keys of a row, and of the owners above it; people at work are of no concern to readers."""
    names = [key.name for key in model._meta.fields if isinstance(key, models.ForeignKey) and key.editable]
    for owner in owner_fields(model):
        names += [f"{owner}__{name}" for name in _named_keys(model._meta.get_field(owner).related_model)]
    return names


def _statement(citation: Citation, target: models.Model, *, is_part: bool) -> Statement:
    return Statement(
        citation,
        _part_label(target) if is_part else "",
        field_label(citation.field),
        field_words(target, citation.field),
        stated_words(type(target), citation.field, citation.stated),
    )


def _part_label(part: models.Model) -> str:
    """``Milestone: Opened 2014-11``; without the name of the record, which stands above it."""
    return f"{record_label(type(part))}: {str(part).removeprefix(f'{owner_of(part)}: ')}"


def field_words(record: models.Model, name: str) -> Words:
    """What the record says in a field, as a reader would."""
    if not name:
        return Words()
    if name.endswith("_en") and hasattr(record, name.removesuffix("_en")):
        return Words(str(getattr(record, name.removesuffix("_en"))))
    if _is_many(type(record), name):
        return Words(", ".join(str(related) for related in getattr(record, name).all()))
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name, None)
    return _date_words(value) if isinstance(value, ImpreciseDate) else Words("" if value is None else str(value))


def stated_words(model: type[models.Model], name: str, stated: str) -> Words:
    """What a source states instead: a date in words, a key of a vocabulary by its label, anything else as it stands."""
    try:
        column = model._meta.get_field(name)
    except FieldDoesNotExist:
        return Words(stated)
    if isinstance(column, ImpreciseDateField) and stated:
        try:
            return _date_words(ImpreciseDate.parse(stated))
        except DateError:
            return Words(stated)
    return Words(str(dict(column.flatchoices).get(stated, stated)) if not column.is_relation else stated)


def _date_words(date: ImpreciseDate) -> Words:
    is_plain = date.is_day and not date.is_approximate and not date.is_uncertain
    return Words(date.text(), "" if is_plain else date.edtf)


def _is_many(model: type[models.Model], name: str) -> bool:
    return any(relation.name == name for relation in model._meta.many_to_many)
