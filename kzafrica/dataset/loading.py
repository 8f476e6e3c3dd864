"""Loads the initial dataset: all of it is checked before any of it is kept, and no editor's change is overwritten."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from diplomacy.models import Agreement, Award, Initiative, Mission, Programme, Relation
from events.models import Event
from kzafrica.dataset.reading import FileFault, Row, UnreadableFile, read_csv, read_yaml
from kzafrica.editorial import workflow
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.choices import ChangeAction, ProposalState
from kzafrica.editorial.content import ContentError, Fault, completed, content_of, with_content
from kzafrica.editorial.models import ProposedChange, Source
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.reference.models import Area, Bloc, Commodity, Country, Office, Organization, Person, Place, Theme
from kzafrica.statements.models import Claim, Figure
from trade.models import Project, Route

DATA_DIR = Path(__file__).parent / "data"
NOTE = "Initial dataset"

# Kinds of records in YAML files, each after the kinds it may point to.
RECORD_KINDS: dict[str, type[models.Model]] = {
    "sources": Source,
    "organizations": Organization,
    "offices": Office,
    "people": Person,
    "events": Event,
    "routes": Route,
    "projects": Project,
    "relations": Relation,
    "missions": Mission,
    "agreements": Agreement,
    "initiatives": Initiative,
    "programmes": Programme,
    "awards": Award,
    "figures": Figure,
    "claims": Claim,
}
# Tables of reference data, in the order they depend on each other.
REFERENCE_TABLES: dict[str, type[models.Model]] = {
    "countries.csv": Country,
    "blocs.csv": Bloc,
    "places.csv": Place,
    "themes.csv": Theme,
}
# Says which facts of which document a record or citation carries; for the index of facts, not for the database.
FACTS = "facts"


@dataclass
class Entry:
    """One record of a file, waiting to be loaded."""

    kind: str
    model: type[models.Model]
    path: Path
    content: Row

    @property
    def key(self) -> str:
        return "/".join(str(self.content.get(name, "")) for name in self.model.natural_key_fields)


@dataclass
class Report:
    """What a load did: counts by kind, what it left alone and why, and every fault."""

    created: Counter = field(default_factory=Counter)
    changed: Counter = field(default_factory=Counter)
    unchanged: Counter = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)
    faults: list[FileFault] = field(default_factory=list)


class _Rollback(Exception):
    """Leaves a transaction without keeping what was done in it."""


def load_dataset(directory: Path = DATA_DIR, *, dry_run: bool = False, progress=iter) -> Report:
    """Load every file of a dataset directory in one transaction.

    ``progress`` wraps the list of entries, such as ``tqdm``. Any fault leaves the database as it was. A record that an
    editor has changed since is left alone; what the dataset would change becomes a proposal.
    """
    report = Report()
    entries = read_entries(directory, report)
    try:
        with transaction.atomic():
            user = workflow.system_user()
            _load_commodities(directory, report, user)
            known = _known_records(entries)
            for entry in progress(entries):
                _load(entry, known.get((entry.model, entry.key)), report, user)
                if entry.model is Country:
                    _load_area_of(entry, report)
            if report.faults or dry_run:
                raise _Rollback
    except _Rollback:
        pass
    return report


def read_entries(directory: Path, report: Report) -> list[Entry]:
    """Every record of the directory, in the order it can be loaded; faults of form go to the report."""
    entries: list[Entry] = []
    for name, model in REFERENCE_TABLES.items():
        path = directory / "reference" / name
        for row in _read(read_csv, path, report) or []:
            entries.append(Entry(name, model, path, row))
    _add_memberships(directory, entries, report)
    by_kind: dict[str, list[Entry]] = {kind: [] for kind in RECORD_KINDS}
    for path in sorted((directory / "records").glob("*.yaml")):
        for kind, rows in (_read(read_yaml, path, report) or {}).items():
            if kind not in RECORD_KINDS:
                sentence = _("“%(kind)s” is not a kind of record: use one of %(known)s.")
                _fault(report, path, "", sentence % {"kind": kind, "known": ", ".join(RECORD_KINDS)}, rows.line)
                continue
            for row in rows:
                if isinstance(row, Row):
                    by_kind[kind].append(Entry(kind, RECORD_KINDS[kind], path, row))
                else:
                    _fault(report, path, kind, _("A mapping of fields belongs here."), getattr(row, "line", None))
    for kind_entries in by_kind.values():
        _refuse_repeated_keys(kind_entries, report)
        entries += _in_order_of_need(kind_entries)
    return entries


def _read(reader, path: Path, report: Report):
    try:
        return reader(path)
    except UnreadableFile as error:
        report.faults.append(error.fault)
    except FileNotFoundError:
        _fault(report, path, "", _("the file is missing from the dataset."))
    return None


def _fault(report: Report, path: Path, where: str, sentence: str, line: int | None = None) -> None:
    report.faults.append(FileFault(path, Fault(where, sentence, line)))


def _add_memberships(directory: Path, entries: list[Entry], report: Report) -> None:
    """Put the rows of memberships.csv into the bloc they belong to."""
    path = directory / "reference" / "memberships.csv"
    blocs = {entry.key: entry for entry in entries if entry.model is Bloc}
    for row in _read(read_csv, path, report) or []:
        bloc = blocs.get(row.pop("bloc", ""))
        if bloc is None:
            _fault(report, path, "bloc", _("This bloc is not in blocs.csv."), row.line)
        else:
            bloc.content.setdefault("memberships", []).append(row)


def _refuse_repeated_keys(entries: list[Entry], report: Report) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        first = seen.setdefault(entry.key, entry)
        if first is not entry:
            sentence = _("“%(key)s” is already the key of %(file)s:%(line)s: every record has its own.")
            details = {"key": entry.key, "file": first.path.name, "line": first.content.line}
            _fault(report, entry.path, entry.kind, sentence % details, entry.content.line)


def _in_order_of_need(entries: list[Entry]) -> list[Entry]:
    """Records after those of the same kind that they name: sessions after forums, sums after their parts."""
    by_key = {entry.key: entry for entry in entries}
    ordered: list[Entry] = []
    placed: set[str] = set()

    def place(entry: Entry, waiting: frozenset[str]) -> None:
        if entry.key in placed or entry.key in waiting:
            return
        for text in _texts(entry.content):
            if text in by_key and text != entry.key:
                place(by_key[text], waiting | {entry.key})
        placed.add(entry.key)
        ordered.append(entry)

    for entry in entries:
        place(entry, frozenset())
    return ordered


def _texts(content):
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from _texts(value)
    else:
        for value in content:
            yield from _texts(value)


def without_facts(content):
    """The content as the database keeps it."""
    if isinstance(content, dict):
        plain = Row({name: without_facts(value) for name, value in content.items() if name != FACTS})
        plain.line = getattr(content, "line", None)
        return plain
    if isinstance(content, list):
        plain = type(content)(without_facts(value) for value in content)
        if hasattr(content, "line"):
            plain.line = content.line
        return plain
    return content


def _known_records(entries: list[Entry]) -> dict[tuple, models.Model]:
    """The rows that are there already, by model and key, with everything a comparison reads."""
    known = {}
    for model in {entry.model for entry in entries}:
        (key_field, *_rest) = model.natural_key_fields
        keys = [entry.key for entry in entries if entry.model is model]
        for record in with_content(model.objects.filter(**{f"{key_field}__in": keys})):
            known[model, record.key] = record
    return known


def _load(entry: Entry, record: models.Model | None, report: Report, user) -> None:
    content = without_facts(entry.content)
    try:
        with transaction.atomic():
            if record is None:
                workflow.bring_in(entry.model(), content, by=user, note=NOTE)
                report.created[entry.kind] += 1
            elif content_of(record) == completed(entry.model, content):
                report.unchanged[entry.kind] += 1
            else:
                _update(entry, record, content, report, user)
    except ContentError as error:
        report.faults += [FileFault(entry.path, _placed(entry, fault)) for fault in error.faults]
    except (ValidationError, PermissionDenied) as error:
        sentence = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        _fault(report, entry.path, entry.key, sentence, entry.content.line)


def _placed(entry: Entry, fault: Fault) -> Fault:
    """The fault with the record's key before the field, and the record's line if the value has none."""
    return Fault(f"{entry.key} {fault.where}".strip(), fault.sentence, fault.line or entry.content.line)


def _update(entry: Entry, record: models.Model, content: Row, report: Report, user) -> None:
    before = content_of(record)
    record = type(record).objects.get(pk=record.pk)
    is_record = isinstance(record, PublishableModel)
    revision = workflow.latest_revision_of(record)
    if revision is not None and not workflow.is_system_user(revision.user):
        _leave_alone(entry, record, before, content, report, user)
        return
    if is_record and not record.is_public:
        report.kept.append(_("%(kind)s %(key)s: not public here, left alone.") % {"kind": entry.kind, "key": entry.key})
        return
    try:
        with transaction.atomic():
            if is_record:
                workflow.change_published(record, content, by=user, note=NOTE)
            else:
                workflow.bring_in(record, content, by=user, note=NOTE)
            if content_of(type(record).objects.get(pk=record.pk)) == before:
                raise _Rollback
        report.changed[entry.kind] += 1
    except _Rollback:
        report.unchanged[entry.kind] += 1


def _leave_alone(entry: Entry, record, before: dict, content: Row, report: Report, user) -> None:
    """An editor has changed the record: say so, and propose what the dataset says."""
    wanted = _as_kept(record, content, user)
    if wanted == before:
        report.unchanged[entry.kind] += 1
        return
    sentence = _("%(kind)s %(key)s: an editor has changed it since; the dataset's version was not written.")
    report.kept.append(sentence % {"kind": entry.kind, "key": entry.key})
    if not isinstance(record, PublishableModel) or not record.is_public:
        return
    mine = ProposedChange.objects.filter(
        content_type__model=record._meta.model_name, object_id=record.pk, proposed_by=user
    )
    if not any(proposal.content == wanted for proposal in mine.exclude(state=ProposalState.APPLIED)):
        workflow.propose(record, wanted, by=user, note=_("The initial dataset says this."))


def _as_kept(record, content: Row, user) -> dict:
    """The content in the form the database would give it back."""
    wanted: dict = {}
    try:
        with transaction.atomic():
            apply_content(type(record).objects.get(pk=record.pk), content)
            wanted = content_of(type(record).objects.get(pk=record.pk))
            raise _Rollback
    except _Rollback:
        pass
    return wanted


def _load_area_of(entry: Entry, report: Report) -> None:
    """A country's number in trade statistics is its M49 code, save for the few that Comtrade numbers otherwise."""
    country = Country.objects.filter(alpha3=entry.key).first()
    if country is not None and not country.areas.exists():
        code = COMTRADE_CODES.get(country.alpha3, str(int(country.m49)))
        Area.objects.create(code=code, name=country.name_en, country=country)
        report.created["areas"] += 1


# UN Comtrade numbers these otherwise than M49: with territories, or by an older code.
COMTRADE_CODES = {"FRA": "251", "USA": "842", "IND": "699", "CHE": "757"}


def _load_commodities(directory: Path, report: Report, user) -> None:
    """The Harmonized System in one go: seven thousand rows without workflow or history of their own."""
    path = directory / "reference" / "hs2022.csv"
    rows = _read(read_csv, path, report) or []
    known = dict(Commodity.objects.filter(edition="H6").values_list("code", "pk"))
    for level in (2, 4, 6):
        fresh = []
        for row in rows:
            if row.get("level") != str(level) or row.get("code", "") in known:
                continue
            code, parent = row.get("code", ""), row.get("parent", "")
            if not re.fullmatch(rf"\d{{{level}}}", code):
                _fault(report, path, "code", _("“%s” is not an HS code of its level: digits only.") % code, row.line)
                continue
            if level > 2 and parent not in known:
                _fault(report, path, "parent", _("There is no commodity “%s” above this one.") % parent, row.line)
                continue
            fresh.append(
                Commodity(
                    code=str(code),
                    level=level,
                    parent_id=known[parent] if level > 2 else None,
                    section=row.get("section", ""),
                    description=row.get("description", ""),
                    is_leaf=row.get("is_leaf") == "1",
                )
            )
        Commodity.objects.bulk_create(fresh, batch_size=1000)
        known.update(Commodity.objects.filter(edition="H6", level=level).values_list("code", "pk"))
        report.created["commodities"] += len(fresh)
    if report.created["commodities"]:
        workflow.record_change(Commodity.objects.first(), ChangeAction.PUBLISHED, by=user, note=NOTE)
    else:
        report.unchanged["commodities"] += len(rows)
