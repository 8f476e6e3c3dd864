"""What the tests of trade rows share: files in the layouts of UN Comtrade and CEPII, loaded by the real command.

Numbers in ``files`` are made up. Where many rows are needed or one cell matters, ``site_row`` and its neighbours write
them: every cell that a test does not name holds what a file most often has.
"""

import csv
import io
import json
from pathlib import Path

from django.core.management import CommandError, call_command

from kzafrica.editorial import workflow
from kzafrica.reference.models import Area
from trade import catalogue
from trade.models import Release
from trade.rows import decimal_text
from trade.totals import totals

FILES = Path(__file__).parent / "files"
SITE_COLUMNS = [
    "typeCode", "freqCode", "refPeriodId", "refYear", "refMonth", "period", "reporterCode", "reporterISO",
    "reporterDesc", "flowCode", "flowDesc", "partnerCode", "partnerISO", "partnerDesc", "partner2Code", "partner2ISO",
    "partner2Desc", "classificationCode", "classificationSearchCode", "isOriginalClassification", "cmdCode", "cmdDesc",
    "aggrLevel", "isLeaf", "customsCode", "customsDesc", "mosCode", "motCode", "motDesc", "qtyUnitCode", "qtyUnitAbbr",
    "qty", "isQtyEstimated", "altQtyUnitCode", "altQtyUnitAbbr", "altQty", "isAltQtyEstimated", "netWgt",
    "isNetWgtEstimated", "grossWgt", "isGrossWgtEstimated", "cifvalue", "fobvalue", "primaryValue",
    "legacyEstimationFlag", "isReported", "isAggregate",
]  # fmt: skip
BULK_COLUMNS = [
    "datasetCode", "typeCode", "freqCode", "refPeriodId", "refYear", "refMonth", "period", "reporterCode", "flowCode",
    "partnerCode", "partner2Code", "classificationSearchCode", "classificationCode", "isOriginalClassification",
    "cmdCode", "customsCode", "mosCode", "motCode", "qtyUnitCode", "qty", "isQtyEstimated", "altQtyUnitCode", "altQty",
    "isAltQtyEstimated", "netWgt", "isNetWgtEstimated", "grossWgt", "isGrossWgtEstimated", "cifvalue", "fobvalue",
    "primaryValue", "legacyEstimationFlag", "isReported", "isAggregate",
]  # fmt: skip
LEGACY_COLUMNS = [
    "Classification", "Year", "Period", "Period Desc.", "Aggregate Level", "Is Leaf Code", "Trade Flow Code",
    "Trade Flow", "Reporter Code", "Reporter", "Reporter ISO", "Partner Code", "Partner", "Partner ISO",
    "Commodity Code", "Commodity", "Qty Unit Code", "Qty Unit", "Qty", "Netweight (kg)", "Trade Value (US$)", "Flag",
]  # fmt: skip
LEGACY_API_COLUMNS = [
    *LEGACY_COLUMNS[:14], "2nd Partner Code", "2nd Partner", "2nd Partner ISO", "Customs Proc. Code", "Customs",
    "Mode of Transport Code", "Mode of Transport", *LEGACY_COLUMNS[14:19], "Alt Qty Unit Code", "Alt Qty Unit",
    "Alt Qty", "Netweight (kg)", "Gross weight (kg)", "Trade Value (US$)", "CIF Trade Value (US$)",
    "FOB Trade Value (US$)", "Flag",
]  # fmt: skip
BACI_COLUMNS = ["t", "i", "j", "k", "v", "q"]

# Areas that tests trade with: the code of UN Comtrade, its name, its kind.
AREAS = {
    "0": ("World", "world"),
    "12": ("Algeria", "state"),
    "251": ("France", "state"),
    "404": ("Kenya", "state"),
    "490": ("Other Asia", "special"),
    "516": ("Namibia", "state"),
    "579": ("Norway", "state"),
    "699": ("India", "state"),
    "710": ("South Africa", "state"),
    "711": ("Southern African Customs Union", "group"),
    "757": ("Switzerland", "state"),
    "842": ("United States", "state"),
    "899": ("Areas not specified", "special"),
}


# --- Rows


def site_row(**cells) -> dict:
    """A row as UN Comtrade gives it: exports of Kazakhstan to South Africa in 2024, all goods, 100 dollars."""
    year, month = str(cells.pop("year", "2024")), cells.pop("month", None)
    period = f"{year}{int(month):02}" if month else year
    value = cells.pop("value", "100")
    flow = cells.get("flowCode", "X")
    common = {
        "typeCode": "C", "freqCode": "M" if month else "A", "refYear": year, "refMonth": str(month or 52),
        "period": period, "reporterCode": "398", "flowCode": flow, "partnerCode": "710", "partner2Code": "0",
        "classificationCode": "H6", "classificationSearchCode": "HS", "isOriginalClassification": "True",
        "cmdCode": "TOTAL", "customsCode": "C00", "mosCode": "0", "motCode": "0", "qtyUnitCode": "-1",
        "qtyUnitAbbr": "N/A", "isQtyEstimated": "False", "isNetWgtEstimated": "False",
        "cifvalue": value if flow in ("M", "RM") else "", "fobvalue": "" if flow in ("M", "RM") else value,
        "primaryValue": value, "legacyEstimationFlag": "0", "isReported": "True", "isAggregate": "True",
    }  # fmt: skip
    return common | cells


def bulk_row(**cells) -> dict:
    """The same as a bulk file has it: yes and no are 1 and 0."""
    row = site_row(**cells)
    return {name: {"True": "1", "False": "0"}.get(value, value) for name, value in row.items()}


def baci_row(**cells) -> dict:
    return {"t": "2020", "i": "710", "j": "398", "k": "090240", "v": "1.5", "q": "2.25"} | cells


# --- Files


def table(rows: list[dict], columns: list[str] = SITE_COLUMNS, delimiter: str = ",") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def records(rows: list[dict]) -> list[dict]:
    """Rows as the records of the API: every column there, an empty one null."""
    return [{name: row.get(name) or None for name in SITE_COLUMNS} for row in rows]


def envelope(rows: list[dict], **said) -> str:
    return json.dumps({"elapsedTime": "0.2 secs", "count": len(rows), "data": records(rows), "error": "", **said})


# --- What is loaded, and what is said of it


def load(*files: Path | str, source="comtrade", **said) -> list[str]:
    """What the command prints; raises Refused with the faults where it refuses. A name alone is one of ``files``."""
    out, err = io.StringIO(), io.StringIO()
    paths = [str(FILES / file if isinstance(file, str) else file) for file in files]
    arguments = []
    for name, value in said.items():
        option = f"--{name.replace('_', '-')}"
        arguments += [option] if value is True else [option, str(value)]
    try:
        call_command("load_trade_release", *paths, "--source", source, *arguments, verbosity=0, stdout=out, stderr=err)
    except CommandError as error:
        raise Refused(err.getvalue().splitlines(), str(error)) from error
    return out.getvalue().splitlines()


class Refused(Exception):
    """What the command said before it ended with status 1."""

    def __init__(self, faults: list[str], sentence: str) -> None:
        self.faults, self.sentence = faults, sentence
        super().__init__("\n".join([*faults, sentence]))


def publish(release: Release) -> Release:
    workflow.publish(release, by=workflow.system_user())
    return release


def latest() -> Release:
    return Release.objects.order_by("-pk")[0]


def loaded(*files: Path | str, **said) -> Release:
    """The release of these files, before readers."""
    load(*files, publish=True, **said)
    return latest()


def forget_rows() -> None:
    """What a process keeps belongs to a content revision, and tests count them from the beginning each time."""
    catalogue._read.cache_clear()


def sums(*by: str, **asked) -> dict:
    """Totals of current rows in dollars: by flow, and by what else is named; an area by its code."""
    known = catalogue.catalogue()
    codes = {area.pk: area.code for area in known.areas.values()}
    if "partners" in asked:
        asked["partners"] = [Area.objects.get(code=code).pk for code in asked["partners"]]
    found = {}
    for total in totals(known, known.current(), by=set(by) - {"source"}, **asked):
        parts = [getattr(total.key, name) for name in by]
        parts = [codes[part] if name in ("partner", "reporter") else part for name, part in zip(by, parts, strict=True)]
        key = (total.key.flow, *parts) if parts else total.key.flow
        assert key not in found, f"two totals of {key}"
        found[key] = decimal_text(total.value)
    return found
