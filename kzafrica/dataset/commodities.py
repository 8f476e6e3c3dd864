"""Loads the Harmonized System in one go: seven thousand rows without workflow or history of their own."""

import re
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kzafrica.dataset.reading import Row, Text, in_place_of, read_csv
from kzafrica.dataset.report import Report
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import ChangeAction
from kzafrica.reference.models import CURRENT_HS_EDITION, Commodity

KIND = "commodities"
COLUMNS = ("code", "level", "parent", "section", "description", "is_leaf")
STORED = ("code", "level", "parent__code", "section", "description", "is_leaf")
LEVELS = ("2", "4", "6")
YES_AND_NO = {"1": "true", "0": "false", "": "false"}


def load_commodities(path: Path, report: Report, *, by, note: str) -> list[Row]:
    """Create the commodities that are not there yet, chapters first.

    Gives back the rows that differ from the database, in the form of other records' content.
    """
    rows = _rows_of_their_own(report.read(read_csv, path) or [], path, report)
    known = {row[0]: row for row in Commodity.objects.filter(edition=CURRENT_HS_EDITION).values_list(*STORED)}
    differing = [_content(row) for row in rows if row["code"] in known and _as_stored(row) != known[row["code"]]]
    fresh = [row for row in rows if row["code"] not in known]
    numbers = dict(Commodity.objects.filter(edition=CURRENT_HS_EDITION).values_list("code", "pk"))
    for level in LEVELS:
        made = [_commodity(row, numbers, path, report) for row in fresh if row["level"] == level]
        made = Commodity.objects.bulk_create([commodity for commodity in made if commodity], batch_size=1000)
        numbers |= {commodity.code: commodity.pk for commodity in made}
        report.created[KIND] += len(made)
    if report.created[KIND]:
        workflow.record_change(Commodity.objects.first(), ChangeAction.PUBLISHED, by=by, note=note)
    report.unchanged[KIND] += len(rows) - len(fresh) - len(differing)
    return differing


def _rows_of_their_own(rows: list[Row], path: Path, report: Report) -> list[Row]:
    """The rows whose code and level can be read and stand nowhere else."""
    seen: dict[str, Row] = {}
    for name in sorted({name for row in rows for name in row if name not in COLUMNS}):
        sentence = _("“%(name)s” is not a column of this table: use %(known)s.")
        report.fault(path, name, sentence % {"name": name, "known": ", ".join(COLUMNS)}, 1)
    for row in rows:
        code, level = row.get("code", ""), row.get("level", "")
        if level not in LEVELS:
            report.fault(path, "level", _("“%s” is not a level: use 2, 4 or 6.") % level, row.line)
        elif not re.fullmatch(rf"[0-9]{{{level}}}", code):
            report.fault(path, "code", _("“%s” is not an HS code of its level: digits only.") % code, row.line)
        elif code in seen:
            sentence = _("“%(code)s” is already the code of line %(line)s: every commodity has its own.")
            report.fault(path, "code", sentence % {"code": code, "line": seen[code].line}, row.line)
        else:
            seen[code] = row
    report.failed |= {_name(row.get("code", "")) for row in rows if row.get("code") not in seen}
    return list(seen.values())


def _name(code: str) -> str:
    return f"{Commodity._meta.label_lower}/{code}"


def _commodity(row: Row, numbers: dict[str, int], path: Path, report: Report) -> Commodity | None:
    parent = row.get("parent", "")
    if parent not in numbers and row["level"] != LEVELS[0]:
        if _name(parent) not in report.failed:
            report.fault(path, "parent", _("There is no commodity “%s” above this one.") % parent, row.line)
        report.failed.add(_name(row["code"]))
        return None
    commodity = Commodity(
        code=str(row["code"]),
        level=int(row["level"]),
        parent_id=numbers[parent] if parent else None,
        section=row.get("section", ""),
        description=row.get("description", ""),
        is_leaf=row.get("is_leaf") == "1",
    )
    try:
        commodity.clean_fields(exclude={"parent"})
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            report.fault(path, name, " ".join(messages), row.line)
        report.failed.add(_name(row["code"]))
        return None
    return commodity


def _as_stored(row: Row) -> tuple:
    parent, is_leaf = row.get("parent", ""), row.get("is_leaf") == "1"
    return (row["code"], int(row["level"]), parent or None, row.get("section", ""), row.get("description", ""), is_leaf)


def _content(row: Row) -> Row:
    """The row as content of a record, whose yes and no are words."""
    said = row.get("is_leaf", "")
    return in_place_of(row, Row({**row, "is_leaf": in_place_of(row, Text(YES_AND_NO.get(said, said)))}))
