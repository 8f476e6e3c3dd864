"""Loads files of trade rows into a release: checked and stored whole, or refused with every fault and its line."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kzafrica.editorial import workflow
from kzafrica.editorial.models import Citation, Source
from kzafrica.locking import is_locked
from kzafrica.reference.models import CURRENT_HS_EDITION, Area, Commodity
from trade.baci import Baci
from trade.choices import Layout, Perspective
from trade.comtrade import Comtrade
from trade.load_report import LoadReport, SliceReport
from trade.models import Release, ReleaseFile, Slice
from trade.parsing import FAULTS_TOLD, Reading, Row, SliceKey, Tally
from trade.reading import FileFault, Table, TradeFile, survey, table_of
from trade.staging import NeedsStage, Stage, is_overflow, stages, summarise

# How UN Comtrade names its bulk files: COMTRADE-FINAL-CA3982024H6[2025-03-05].
BULK_NAME = re.compile(
    r"COMTRADE-FINAL-C[AM](?P<reporter>\d{3})(?P<year>\d{4})(?P<month>\d{2})?(?P<edition>H\d)\[(?P<day>\d{4}-\d\d-\d\d)\]"
)


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
    fresh = _not_loaded(list(_surveyed(files, report)), report)
    if not fresh:
        return report
    try:
        for way in stages():
            with suppress(NeedsStage), way as stage:
                read = _Read(deepcopy(report), options, stage)
                for file in fresh:
                    read.read(file, advance)
                _keep(read, by=by, dry_run=dry_run)
                stage.is_kept = read.report.release is not None
                return read.report
    except OperationalError as error:
        if not is_locked(error):
            raise
        report.fault(_("all files"), _("someone else is writing into the database: try again in a minute."))
    return report


def _keep(read: "_Read", *, by, dry_run: bool) -> None:
    """Write all of it, or tell as faults why it cannot be kept."""
    report = read.report
    read.check()
    if report.fault_count:
        read.tell_repeats()
        return
    try:
        with transaction.atomic():
            _store(read, by=by)
            transaction.set_rollback(dry_run)
    except ValidationError as refusal:
        report.undo()
        for name, sentences in refusal.message_dict.items():
            report.fault(_("the release"), f"{name}: {' '.join(sentences)}")
    except IntegrityError:
        report.undo()
        read.tell_repeats()
        # Without one, someone else has loaded a file while it was read.
        if not report.fault_count and len(_not_loaded(read.surveyed, report)) == len(read.surveyed):
            raise
    except DatabaseError as error:
        if not is_overflow(error):
            raise
        report.undo()
        report.fault(_("all files"), _("the values of one partner add up to more than trade can be."))
    if dry_run:
        report.release = None


def _surveyed(files: Iterable[tuple[Path, str]], report: LoadReport) -> Iterator[TradeFile]:
    for path, name in files:
        try:
            yield survey(path, name)
        except FileFault as fault:
            report.take([(name, fault)], 1)
        except OSError as error:
            report.fault(name, _("the file cannot be read: %s") % error.strerror)


def _not_loaded(files: list[TradeFile], report: LoadReport) -> list[TradeFile]:
    """The files that can be loaded: none is loaded twice, not even under another name."""
    first: dict[str, str] = {}
    checksums = [file.checksum for file in files]
    rows = ReleaseFile.objects.select_related("release").filter(checksum__in=checksums)
    loaded = {row.checksum: row.release for row in rows}
    fresh = []
    for file in files:
        if file.checksum in loaded:
            release = loaded[file.checksum]
            details = {"release": release.slug, "status": release.get_status_display().lower()}
            report.fault(file.name, _("this very file was loaded already, as %(release)s (%(status)s).") % details)
        elif file.checksum in first:
            report.fault(file.name, _("this is the same file as %s.") % first[file.checksum])
        else:
            fresh.append(file)
        first.setdefault(file.checksum, file.name)
    return fresh


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
        self.surveyed: list[TradeFile] = []
        self.declared_on: date | None = None

    def read(self, file: TradeFile, advance: Callable[[int], None]) -> None:
        tally = Tally(slices=self.slices, numbers=self.stage.numbers, converted=self.converted, codes=self.codes)
        self.surveyed.append(file)
        try:
            table = table_of(file)
            only = self.declared_by_name(file.name) if table.form.declares_one_reporter else None
        except FileFault as fault:
            self.report.take([(file.name, fault)], 1)
            return
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
        """What the name of a bulk file says of its rows; of several files the latest day counts."""
        declared = BULK_NAME.search(name)
        if declared is None:
            return None
        try:
            day = date.fromisoformat(declared["day"])
        except ValueError:
            raise FileFault(_("the name of the file says a day that is none: %s.") % declared["day"]) from None
        self.declared_on = max(self.declared_on or day, day)
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
            self.report.fault(_("all files"), sentence)
        if not self.slices and not self.report.fault_count:
            sentence = _("no row is left to load: all of them are parts of rows that are not in the file.")
            self.report.fault(_("all files"), sentence)

    def place_of(self, line: int) -> tuple[str, int]:
        """The file and the line in it of a line counted through all files."""
        file = max((file for file in self.files if file.first_line < line), key=lambda file: file.first_line)
        return file.name, line - file.first_line

    def repeat(self, line: int, earlier: int) -> tuple[str, FileFault]:
        """The fault of a line that has the key of an earlier one."""
        (name, number), (first_name, first) = self.place_of(line), self.place_of(earlier)
        sentence = _("the same reporter, partner, flow, period and commodity as line %s.") % first
        return name, FileFault(sentence if name == first_name else f"{sentence} ({first_name})", number)

    def tell_repeats(self) -> None:
        """Add a fault for each line that has the key of an earlier one."""
        repeats, count = self.stage.repeats(FAULTS_TOLD)
        self.report.take([self.repeat(line, earlier) for line, earlier in repeats], count)

    @property
    def released_on(self) -> date | None:
        return self.options.released_on or self.declared_on

    @property
    def perspective(self) -> str:
        is_baci = any(file.layout == Layout.BACI for file in self.files)
        return Perspective.RECONCILED if is_baci else Perspective.AS_REPORTED


def rows_of(table: Table, reading: Reading, tally: Tally) -> Iterator[Row]:
    """The rows to store; everything else goes into the tally."""
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
            if row is not None:
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
    same = Slice.objects.beside(release).current().filter(release__source=release.source).select_related("release")
    present = {(part.reporter_id, part.year, part.month, part.edition): part for part in same}
    for part in release.slices.select_related("reporter"):
        other = present.get((part.reporter_id, part.year, part.month, part.edition))
        yield SliceReport(part, other, is_newer=other is None or release.counts_from >= other.release.counts_from)


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
    stored = {(edition, code): pk for edition, code, pk in Commodity.objects.values_list("edition", "code", "pk")}
    foreign = sorted((edition, code) for edition, code in met if (CURRENT_HS_EDITION, code) not in stored)
    fresh = [key for key in foreign if key not in stored]
    for level in (2, 4, 6):
        rows = [
            Commodity(
                code=code,
                edition=edition,
                level=level,
                is_leaf=level == 6,
                parent_id=stored.get((edition, code[: level - 2]))
                or stored.get((CURRENT_HS_EDITION, code[: level - 2])),
            )
            for edition, code in fresh
            if len(code) == level
        ]
        stored |= {(row.edition, row.code): row.pk for row in Commodity.objects.bulk_create(rows)}
    return sorted(f"{code} ({edition})" for edition, code in foreign)
