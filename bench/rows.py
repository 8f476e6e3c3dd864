"""Writes trade rows as UN Comtrade's website gives them: made up, seeded, and as uneven as real ones."""

import csv
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

HEADER = [
    "typeCode", "freqCode", "refPeriodId", "refYear", "refMonth", "period", "reporterCode", "reporterISO",
    "reporterDesc", "flowCode", "flowDesc", "partnerCode", "partnerISO", "partnerDesc", "partner2Code",
    "partner2ISO", "partner2Desc", "classificationCode", "classificationSearchCode", "isOriginalClassification",
    "cmdCode", "cmdDesc", "aggrLevel", "isLeaf", "customsCode", "customsDesc", "mosCode", "motCode", "motDesc",
    "qtyUnitCode", "qtyUnitAbbr", "qty", "isQtyEstimated", "altQtyUnitCode", "altQtyUnitAbbr", "altQty",
    "isAltQtyEstimated", "netWgt", "isNetWgtEstimated", "grossWgt", "isGrossWgtEstimated", "cifvalue", "fobvalue",
    "primaryValue", "legacyEstimationFlag", "isReported", "isAggregate",
]  # fmt: skip
LAST_YEAR = 2024
KAZAKHSTAN, WORLD = "398", "0"


class Country:
    """A reporter or partner of the made-up rows: its numeric code, alpha-3 and name."""

    def __init__(self, code: str, alpha3: str, name: str) -> None:
        self.code, self.alpha3, self.name = code, alpha3, name


def rows(countries: list[Country], codes: list[tuple[str, str]], seed: int) -> Iterator[list]:
    """Rows without end, year by year from the latest: Kazakhstan with everybody, everybody with Kazakhstan and some.

    Every pair has its total, chapters, headings and subheadings, which add up; the world is a partner like others.
    """
    chance = random.Random(seed)  # noqa: S311 (made-up trade needs no secrets)
    children: dict[str, list[str]] = {}
    titles = dict(codes)
    for code in titles:
        children.setdefault(code[:-2], []).append(code)
    year = LAST_YEAR
    while True:
        for reporter in countries:
            partners = countries if reporter.code == KAZAKHSTAN else chance.sample(countries, len(countries) // 3)
            for flow in "MX":
                for partner in [Country(WORLD, "W00", "World"), *partners]:
                    if partner.code != reporter.code:
                        yield from pair_rows(chance, year, reporter, flow, partner, children, titles)
        year -= 1


def pair_rows(chance, year, reporter, flow, partner, children, titles) -> Iterator[list]:
    total, below = 0, []
    for chapter in chance.sample(children[""], chance.randint(3, 20)):
        chapter_cents, chapter_rows = 0, []
        for heading in chance.sample(children[chapter], min(len(children[chapter]), chance.randint(1, 3))):
            heading_cents, heading_rows = 0, []
            for code in chance.sample(children[heading], min(len(children[heading]), chance.randint(1, 3))):
                cents = int(chance.lognormvariate(12, 3)) + 1
                heading_cents += cents
                heading_rows.append((code, cents))
            chapter_cents += heading_cents
            chapter_rows += [(heading, heading_cents), *heading_rows]
        total += chapter_cents
        below += [(chapter, chapter_cents), *chapter_rows]
    for code, cents in [("TOTAL", total), *below]:
        yield row(chance, year, reporter, flow, partner, code, titles.get(code, "All Commodities"), cents)


def row(chance, year, reporter, flow, partner, code, title, cents) -> list:
    value = f"{cents // 100}.{cents % 100:02}"
    is_import, is_weighed = flow == "M", len(code) == 6
    weight = f"{cents / chance.uniform(50, 5000):.3f}" if is_weighed else ""
    return [
        "C", "A", f"{year}0101", year, 52, year, reporter.code, reporter.alpha3, reporter.name,
        flow, "Import" if is_import else "Export", partner.code, partner.alpha3, partner.name, "0", "W00", "World",
        "H6", "HS", "True", code, title, 0 if code == "TOTAL" else len(code), is_weighed, "C00", "TOTAL CPC", "0", "0",
        "TOTAL MOT", "8" if is_weighed else "-1", "kg" if is_weighed else "N/A", weight, "False", "-1", "N/A", "",
        "False", weight, chance.random() < 0.1, "", "False", value if is_import else "", "" if is_import else value,
        value, "0", "True", "False",
    ]  # fmt: skip


def write(path: Path, count: int, countries: list[Country], codes: list[tuple[str, str]], *, seed: int = 1) -> None:
    """The first so many rows as a file with a header."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(islice(rows(countries, codes, seed), count))
