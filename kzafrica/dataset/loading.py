"""Loads the initial dataset: all of it is checked before any of it is kept, and no editor's change is overwritten."""

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from diplomacy.models import Agreement, Award, Initiative, Mission, Programme, Relation
from events.models import Event
from kzafrica.analysis.models import Article, Author
from kzafrica.dataset.areas import Areas
from kzafrica.dataset.commodities import Commodities
from kzafrica.dataset.reading import FileFault, Row, Rows, Text, in_place_of, read_csv, read_yaml
from kzafrica.dataset.report import Report
from kzafrica.dataset.tables import LongTable
from kzafrica.editorial import changing, proposals, workflow
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.choices import ProposalState
from kzafrica.editorial.content import ContentError, Fault, completed, content_of, with_content
from kzafrica.editorial.models import ProposedChange, Redirect, Source
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.filtering import nearest
from kzafrica.reference.models import Bloc, Country, Office, Organization, Person, Place, Theme
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
    "authors": Author,
    "articles": Article,
}
# Tables of reference data, in the order they depend on each other.
REFERENCE_TABLES: dict[str, type[models.Model]] = {
    "countries.csv": Country,
    "blocs.csv": Bloc,
    "places.csv": Place,
    "themes.csv": Theme,
}
# What only an editor may say, after having looked: files leave it out, and loading leaves it as it is.
EDITORS_ALONE = {"missions": ("last_checked_on",)}
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
            entries = [*_load_table(Commodities(directory / "reference", report), user), *entries]
            _load_all(entries, report, user, progress)
            # Areas belong to countries, and no record of the files names an area.
            _load_all(_load_table(Areas(directory / "reference", report), user), report, user)
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
        rows = report.read(read_csv, path) or []
        entries += _with_keys_of_their_own([Entry(name, model, path, row) for row in rows], report)
    _add_memberships(directory, entries, report)
    by_kind: dict[str, list[Entry]] = {kind: [] for kind in RECORD_KINDS}
    paths = sorted((directory / "records").glob("*.yaml"))
    if not paths:
        report.fault(directory / "records", "", _("the folder is missing from the dataset, or holds no file *.yaml."))
    for path in paths:
        for kind, rows in (report.read(read_yaml, path) or {}).items():
            _sort_by_kind(kind, rows, path, by_kind, report)
    for kind_entries in by_kind.values():
        entries += _in_order_of_need(_with_keys_of_their_own(kind_entries, report))
    return entries


def _sort_by_kind(kind: str, rows, path: Path, by_kind: dict[str, list[Entry]], report: Report) -> None:
    if kind not in RECORD_KINDS:
        sentence = _("“%(kind)s” is not a kind of record: use one of %(known)s.")
        report.fault(path, "", sentence % {"kind": kind, "known": ", ".join(RECORD_KINDS)}, rows.line)
    elif rows != "" and not isinstance(rows, Rows):
        report.fault(path, kind, _("A list of records belongs here."), rows.line)
    else:
        for row in rows:
            if isinstance(row, Row):
                by_kind[kind].append(Entry(kind, RECORD_KINDS[kind], path, row))
            else:
                report.fault(path, kind, _("A mapping of fields belongs here."), row.line)


def _add_memberships(directory: Path, entries: list[Entry], report: Report) -> None:
    """Put the rows of memberships.csv into the bloc they belong to."""
    path = directory / "reference" / "memberships.csv"
    blocs = {entry.key: entry for entry in entries if entry.model is Bloc}
    for row in report.read(read_csv, path) or []:
        code = row.pop("bloc", "")
        if code in blocs:
            blocs[code].content.setdefault("memberships", Rows()).append(row)
        elif not report.is_incomplete:
            sentence = _("“%s” is not in blocs.csv.") % code
            near = nearest(code, blocs)
            report.fault(path, "bloc", f"{sentence} {_('Did you mean “%s”?') % near}" if near else sentence, row.line)


def _with_keys_of_their_own(entries: list[Entry], report: Report) -> list[Entry]:
    """The entries that have a key no other has; the rest are reported."""
    seen: dict[str, Entry] = {}
    for entry in entries:
        (key_field, *_rest) = entry.model.natural_key_fields
        if not entry.key:
            report.fault(entry.path, key_field, _("This is needed: the key of the record."), entry.content.line)
            continue
        first = seen.setdefault(entry.key, entry)
        if first is not entry:
            sentence = _("“%(key)s” is already the key of %(file)s:%(line)s: every record has its own.")
            details = {"key": entry.key, "file": first.path.name, "line": first.content.line}
            report.fault(entry.path, f"{entry.key} {key_field}", sentence % details, entry.content.line)
    return list(seen.values())


def _in_order_of_need(entries: list[Entry]) -> list[Entry]:
    """Records after those of the same kind that they name: sessions after forums, sums after their parts."""
    by_key = {entry.key: entry for entry in entries}
    ordered: list[Entry] = []
    placed: set[str] = set()

    def place(entry: Entry, waiting: frozenset[str]) -> None:
        if entry.key in placed or entry.key in waiting:
            return
        for text in _texts(entry.content):
            # A reference names its record behind the kind: figure/turnover-2024.
            key = text.rpartition("/")[2]
            if key in by_key and key != entry.key:
                place(by_key[key], waiting | {entry.key})
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
        return in_place_of(content, Row({k: without_facts(value) for k, value in content.items() if k != FACTS}))
    if isinstance(content, list):
        return in_place_of(content, Rows(without_facts(value) for value in content))
    return content


def _known_records(entries: list[Entry]) -> dict[tuple, models.Model]:
    """The rows that are there already, by model and key in the files, with everything a comparison reads."""
    known = {}
    for model in {entry.model for entry in entries}:
        (key_field, *_rest) = model.natural_key_fields
        present = {entry.key: entry.key for entry in entries if entry.model is model}
        # A record that an editor renamed is the one that the files know by its old name.
        for redirect in Redirect.objects.filter(record_type=model._meta.label_lower, old_key__in=present):
            present[redirect.old_key] = redirect.target_key
        rows = with_content(model.objects.filter(**{f"{key_field}__in": present.values()}))
        records = {record.key: record for record in rows}
        known |= {(model, key): records[now] for key, now in present.items() if now in records}
    return known


def _load_table(table: LongTable, user) -> list[Entry]:
    """Bring in what is not there yet; the rows that say something else are still to be loaded, like records."""
    return [Entry(table.file_name, table.model, table.path, row) for row in table.load(by=user, note=NOTE)]


def _load_all(entries: list[Entry], report: Report, user, progress=iter) -> None:
    known = _known_records(entries)
    for entry in progress(entries):
        _load(entry, known.get((entry.model, entry.key)), report, user)


def _load(entry: Entry, record: models.Model | None, report: Report, user) -> None:
    content = without_facts(entry.content)
    if record is not None and record.key != entry.key:
        content["slug"] = in_place_of(content["slug"], Text(record.key))
    if _says_what_editors_say(entry, report):
        return
    if record is not None:
        content |= {name: str(value) for name in EDITORS_ALONE.get(entry.kind, ()) if (value := getattr(record, name))}
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
        report.failed.add(f"{entry.model._meta.label_lower}/{entry.key}")
        report.faults += [_placed(entry, fault) for fault in error.faults if not report.follows_from_another(fault)]
    except (ValidationError, PermissionDenied) as error:
        report.failed.add(f"{entry.model._meta.label_lower}/{entry.key}")
        sentence = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        report.fault(entry.path, entry.key, sentence, entry.content.line)


def _says_what_editors_say(entry: Entry, report: Report) -> bool:
    names = [name for name in EDITORS_ALONE.get(entry.kind, ()) if entry.content.get(name)]
    for name in names:
        sentence = _("Only an editor who has looked says this, in the admin: leave it out of the file.")
        report.fault(entry.path, f"{entry.key} {name}", sentence, entry.content[name].line)
    return bool(names)


def _placed(entry: Entry, fault: Fault) -> FileFault:
    """The fault with the record's key before the field, and the record's line if the value has none."""
    where = f"{entry.key} {fault.where}".strip()
    return FileFault(fault.path or entry.path, Fault(where, fault.sentence, fault.line or entry.content.line))


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
                changing.change_published(record, content, by=user, note=NOTE)
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
        proposals.propose(record, wanted, by=user, note=_("The initial dataset says this."))


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
