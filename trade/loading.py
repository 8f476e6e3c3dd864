"""Loads files of trade rows into a release: checked and stored whole, or refused with every fault and its line."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kzafrica.editorial import workflow
from kzafrica.editorial.models import Citation, Source
from kzafrica.reference.models import CURRENT_HS_EDITION, Area, Commodity
from trade.baci import Baci
from trade.choices import Layout, Perspective
from trade.comtrade import Comtrade
from trade.models import Release, ReleaseFile, Slice
from trade.parsing import FAULTS_TOLD, Reading, Row, SliceKey, Tally
from trade.reading import FileFault, Table, TradeFile, survey, table_of
from trade.staging import NeedsStage, Stage, stages, summarise

# How UN Comtrade names its bulk files: COMTRADE-FINAL-CA3982024H6[2025-03-05].
BULK_NAME = re.compile(
    r"COMTRADE-FINAL-C[AM](?P<reporter>\d{3})(?P<year>\d{4})(?P<month>\d{2})?(?P<edition>H\d)\[(?P<day>\d{4}-\d\d-\d\d)\]"
)
# Comtrade's codes for what no reporter specified stand in no edition.
NOT_SPECIFIED = {"99", "9999", "999999"}


@dataclass
class Options:
    """What a load is told beside its files; empty is not said. Raises nothing: ``faults`` says what is wrong."""

    source: Source
    title: str = ""
    slug: str = ""
    released_on: date | None = None
    edition: str = ""
    locale: str = ""
    note: str = ""


@dataclass(frozen=True)
class SliceReport:
    """A slice of the release, and the rows of the one that it replaces once it is public."""

    slice: Slice
    replaced: Slice | None

    def __str__(self) -> str:
        text = _("%(slice)s: %(n)s rows") % {"slice": self.slice, "n": self.slice.row_count}
        if self.replaced is None:
            return text
        details = {"release": self.replaced.release.slug, "n": self.replaced.row_count}
        return text + _(", in place of %(n)s rows of %(release)s") % details


@dataclass
class LoadReport:
    """What a load found and did. Nothing was written if there is a fault, or where it was only tried."""

    release: Release | None = None
    faults: list[tuple[str, FileFault]] = field(default_factory=list)
    fault_count: int = 0
    row_count: int = 0
    left_out: Counter = field(default_factory=Counter)
    rounded: int = 0
    slices: list[SliceReport] = field(default_factory=list)
    untitled: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def fault(self, name: str, fault: FileFault) -> None:
        self.fault_count += 1
        if len(self.faults) < FAULTS_TOLD:
            self.faults.append((name, fault))

    def add(self, name: str, tally: Tally) -> None:
        """Take over what was met in one file."""
        self.faults += [(name, fault) for fault in tally.faults][: FAULTS_TOLD - len(self.faults)]
        self.fault_count += tally.fault_count
        self.row_count += tally.row_count
        self.left_out += tally.left_out
        self.rounded += tally.rounded
        self.notes += [note for note in tally.notes if note not in self.notes]

    @property
    def stored_count(self) -> int:
        return sum(part.slice.row_count for part in self.slices)

    @property
    def fault_lines(self) -> list[str]:
        """Each fault with its file and line, and how many more there are."""
        lines = [f"{name}: {fault}" for name, fault in self.faults]
        more = self.fault_count - len(self.faults)
        return [*lines, _("and %s more faults.") % more] if more else lines


class _Refused(Exception):
    """Leaves the transaction of a load that is not to be kept."""


def load_release(
    files: Iterable[tuple[Path, str]],
    options: Options,
    *,
    by=None,
    dry_run: bool = False,
    advance: Callable[[int], None] = lambda rows: None,
) -> LoadReport:
    """Load files, each with the name it goes by, into one release in draft, all of them or none.

    ``by`` is who loads; ``advance`` is told of every batch of rows. Loading does not publish: the release is reviewed
    like any record, and once it is public its slices replace older ones of the same source and key.
    """
    report = LoadReport()
    surveyed = list(_surveyed(files, report))
    _refuse_loaded(surveyed, report)
    if report.fault_count:
        return report
    for way in stages():
        with suppress(NeedsStage):
            return _load(surveyed, options, way, by=by, dry_run=dry_run, advance=advance)
    raise AssertionError("A temporary table takes any rows.")


def _load(files: list[TradeFile], options: Options, way, *, by, dry_run: bool, advance) -> LoadReport:
    report = LoadReport()
    with suppress(_Refused), way as stage:
        read = _Read(report, options, stage)
        for file in files:
            read.read(file, advance)
        read.check()
        if report.fault_count:
            raise _Refused
        try:
            with transaction.atomic():
                _store(read, by=by)
                if dry_run:
                    raise _Refused
        except IntegrityError:
            repeats, count = stage.repeats(FAULTS_TOLD)
            if not count:
                raise
            report.faults += [read.repeat(line, earlier) for line, earlier in repeats]
            report.fault_count += count
    if dry_run or report.fault_count:
        report.release = None
    return report


def _surveyed(files: Iterable[tuple[Path, str]], report: LoadReport) -> Iterator[TradeFile]:
    for path, name in files:
        try:
            yield survey(path, name)
        except FileFault as fault:
            report.fault(name, fault)
        except OSError as error:
            report.fault(name, FileFault(_("the file cannot be read: %s") % error.strerror))


def _refuse_loaded(files: list[TradeFile], report: LoadReport) -> None:
    """No file is loaded twice, not even under another name."""
    first: dict[str, str] = {}
    loaded = {
        row.checksum: row.release
        for row in ReleaseFile.objects.select_related("release").filter(checksum__in=[file.checksum for file in files])
    }
    for file in files:
        if file.checksum in loaded:
            release = loaded[file.checksum]
            details = {"release": release.slug, "status": release.get_status_display().lower()}
            report.fault(
                file.name, FileFault(_("this very file was loaded already, as %(release)s (%(status)s).") % details)
            )
        elif file.checksum in first:
            report.fault(file.name, FileFault(_("this is the same file as %s.") % first[file.checksum]))
        first.setdefault(file.checksum, file.name)


class _Read:
    """The files of one load, read into the stage."""

    def __init__(self, report: LoadReport, options: Options, stage: Stage) -> None:
        self.report, self.options, self.stage = report, options, stage
        self.areas = dict(Area.objects.values_list("code", "pk"))
        self.slices: dict[SliceKey, int] = {}
        self.converted: set[SliceKey] = set()
        self.codes: set[tuple[str, str]] = set()
        self.files: list[ReleaseFile] = []
        self.lines = 0
        self.released_on = options.released_on

    def read(self, file: TradeFile, advance: Callable[[int], None]) -> None:
        tally = Tally(slices=self.slices, numbers=self.stage.numbers, converted=self.converted, codes=self.codes)
        try:
            table = table_of(file)
        except FileFault as fault:
            self.report.fault(file.name, fault)
            return
        only = self.declared_by_name(file.name) if table.form.declares_one_reporter else None
        options = self.options
        reading = Reading(self.areas, self.lines, edition=options.edition, locale=options.locale, only=only)
        self.stage.write(rows_of(table, reading, tally), advance)
        if not tally.row_count and not tally.fault_count:
            tally.fault(_("there is no row under the header."), None)
        for note in table.notes:
            tally.note(note)
        self.report.add(file.name, tally)
        self.files.append(
            ReleaseFile(
                name=file.name[:200],
                checksum=file.checksum,
                layout=table.form.layout,
                size_bytes=file.size_bytes,
                row_count=tally.row_count,
                first_line=self.lines,
            )
        )
        self.lines += tally.last_line

    def declared_by_name(self, name: str) -> SliceKey | None:
        declared = BULK_NAME.search(name)
        if declared is None:
            return None
        self.released_on = self.released_on or date.fromisoformat(declared["day"])
        return SliceKey(
            declared["reporter"].lstrip("0") or "0",
            int(declared["year"]),
            int(declared["month"] or 0),
            declared["edition"],
        )

    def check(self) -> None:
        """What can be said only once all files are read."""
        if len({file.layout == Layout.BACI for file in self.files}) > 1:
            sentence = _("BACI is reconciled and UN Comtrade is as reported: load them apart.")
            self.report.fault(_("all files"), FileFault(sentence))
        if not self.slices and not self.report.fault_count:
            sentence = _("no row is left to load: all of them are parts of rows that are not in the file.")
            self.report.fault(_("all files"), FileFault(sentence))

    def place_of(self, line: int) -> tuple[str, int]:
        """The file and the line in it of a line counted through all files."""
        file = max((file for file in self.files if file.first_line < line), key=lambda file: file.first_line)
        return file.name, line - file.first_line

    def repeat(self, line: int, earlier: int) -> tuple[str, FileFault]:
        """The fault of a line that has the key of an earlier one."""
        (name, number), (first_name, first) = self.place_of(line), self.place_of(earlier)
        sentence = _("the same reporter, partner, flow, period and commodity as line %s.") % first
        return name, FileFault(sentence if name == first_name else f"{sentence} ({first_name})", number)

    @property
    def perspective(self) -> str:
        is_baci = any(file.layout == Layout.BACI for file in self.files)
        return Perspective.RECONCILED if is_baci else Perspective.AS_REPORTED


def rows_of(table: Table, reading: Reading, tally: Tally) -> Iterator[Row]:
    """The rows to store; everything else goes into the tally. Reads on after a fault, but gives no row from there."""
    parser = (Baci if table.form.is_baci else Comtrade)(table, reading, tally)
    width, parse, first_line = len(table.header), parser.parse, reading.first_line
    count = line = 0
    try:
        for line, cells in table.rows:
            count += 1
            if len(cells) != width:
                sentence = _("%(n)s cells under %(width)s columns: is the file cut off?")
                tally.fault(sentence % {"n": len(cells), "width": width}, line)
                continue
            cells.append("")
            try:
                row = parse(cells, first_line + line)
            except FileFault:
                for sentence in parser.faults_of(cells):
                    tally.fault(sentence, line)
                continue
            if row is not None and not tally.fault_count:
                yield row
    except FileFault as fault:
        tally.fault(fault.sentence, fault.line)
    finally:
        tally.row_count, tally.last_line = count, line


# --- What is kept


def _store(read: _Read, *, by) -> None:
    """Write the release with its files, slices, rows and sums. Call inside a transaction."""
    report, options = read.report, read.options
    with workflow.one_revision(by=by, note=_("Loaded from %s") % ", ".join(file.name for file in read.files)[:200]):
        release = Release(
            title=options.title or _title(read),
            slug=options.slug or _slug(read),
            source=options.source,
            perspective=read.perspective,
            released_on=read.released_on,
            note=options.note,
        )
        release.full_clean()
        release.save()
        Citation.objects.create(target=release, source=options.source, locator=read.files[0].name[:100])
    for file in read.files:
        file.release = release
    ReleaseFile.objects.bulk_create(read.files)
    stage = read.stage
    made = {
        key: Slice(
            pk=stage.slice_pk(number),
            release=release,
            reporter_id=read.areas[key.reporter],
            year=key.year,
            month=key.month,
            edition=key.edition,
            is_converted=key in read.converted,
            row_count=stage.row_counts[number],
        )
        for key, number in sorted(read.slices.items())
        if number in stage.row_counts
    }
    Slice.objects.bulk_create(made.values())
    stage.move(read.slices, made)
    summarise(release.pk, has_given=stage.has_given_sums)
    report.release = release
    report.untitled = _name_new_codes(read.codes)
    report.slices = list(_slice_reports(release))


def _slice_reports(release: Release) -> Iterator[SliceReport]:
    current = {
        (part.reporter_id, part.year, part.month, part.edition): part
        for part in Slice.objects.beside(release)
        .current()
        .filter(release__source=release.source)
        .select_related("release")
    }
    for part in release.slices.select_related("reporter"):
        yield SliceReport(part, current.get((part.reporter_id, part.year, part.month, part.edition)))


def _title(read: _Read) -> str:
    years = sorted({key.year for key in read.slices})
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return f"{read.options.source.title[:150]}, {span}"


def _slug(read: _Read) -> str:
    """An address that another load of the same source cannot have: the years, and the beginning of a checksum."""
    years = sorted({key.year for key in read.slices})
    parts = [
        read.options.source.slug[:80],
        *dict.fromkeys((str(years[0]), str(years[-1]))),
        read.files[0].checksum[:8],
    ]
    return slugify("-".join(parts))


def _name_new_codes(met: set[tuple[str, str]]) -> list[str]:
    """Add the codes that no edition here has, without a title; give back those that HS 2022 does not have."""
    stored = Commodity.objects.values_list("edition", "code", "pk")
    known = {(edition, code) for edition, code, _pk in stored}
    current = {code: pk for edition, code, pk in stored if edition == CURRENT_HS_EDITION}
    fresh = sorted((edition, code) for edition, code in met - known if code not in current)
    made: dict[tuple[str, str], int] = {}
    for level in (2, 4, 6):
        rows = [
            Commodity(
                code=code, edition=edition, level=level, is_leaf=level == 6,
                parent_id=made.get((edition, code[: level - 2])) or current.get(code[: level - 2]),
            )
            for edition, code in fresh
            if len(code) == level
        ]  # fmt: skip
        made |= {(row.edition, row.code): row.pk for row in Commodity.objects.bulk_create(rows)}
    return sorted(f"{code} ({edition})" for edition, code in met if code not in current)
