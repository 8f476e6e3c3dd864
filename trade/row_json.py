"""Rows of trade statistics as JSON, written as text: what a row says of its slice and areas is encoded only once."""

from functools import lru_cache

import orjson

from trade.catalogue import KEPT, Catalogue
from trade.rows import ENDINGS, SCALE, TOTAL

NO_OR_YES = ("false", "true")


@lru_cache(maxsize=1000)
def encoded(value: object) -> str:
    """A text or number as JSON, empty text as null."""
    return orjson.dumps(value or None).decode()


def decimal(number: int | None) -> str:
    return "null" if number is None else f'"{number // SCALE}{ENDINGS[number % SCALE]}"'


def money(number: int | None) -> str:
    return "null" if number is None else f'{{"value":"{number // SCALE}{ENDINGS[number % SCALE]}","unit":"USD"}}'


class RowWriter:
    """Writes rows as the API gives them, in the form of ``FlowSerializer``."""

    def __init__(self, known: Catalogue) -> None:
        self.known = known
        self.areas: dict[int, str] = {}
        self.slices: dict[int, tuple[str, str, str]] = {}

    def area(self, number: int) -> str:
        if number not in self.areas:
            self.areas[number] = orjson.dumps(self.known.areas[number].document).decode()
        return self.areas[number]

    def around(self, number: int) -> tuple[str, str, str]:
        """What a row says of its slice: before its flow, between its partner and its code, and at its end."""
        if number not in self.slices:
            part = self.known.slices[number]
            self.slices[number] = (
                f'"release":{encoded(part.release)},"reporter":{self.area(part.reporter)}',
                f'"year":{part.year},"month":{encoded(part.month)},"edition":{encoded(part.edition)}',
                f'"is_current":{NO_OR_YES[part.is_current]}',
            )
        return self.slices[number]

    def write(self, row: tuple) -> str:
        (
            number, part, partner, flow, hs, value, valuation, fob, weight, is_weight_estimated, quantity, unit,
            is_quantity_estimated, line,
        ) = row  # fmt: skip
        release, period, standing = self.around(part)
        return (
            f'{{"id":"{number}",{release},"flow":"{flow}","partner":{self.area(partner)},{period},'
            f'"hs":"{hs or TOTAL}","value":{money(value)},"valuation":{encoded(valuation)},"fob_value":{money(fob)},'
            f'"net_weight_kg":{decimal(weight)},"is_weight_estimated":{NO_OR_YES[is_weight_estimated]},'
            f'"quantity":{decimal(quantity)},"quantity_unit":{encoded(unit)},'
            f'"is_quantity_estimated":{NO_OR_YES[is_quantity_estimated]},"line":{line},{standing}}}'
        )


# One for every catalogue that is kept.
writer_of = lru_cache(maxsize=KEPT)(RowWriter)


def rows_json(rows: list[tuple], known: Catalogue) -> orjson.Fragment:
    """Rows as the list that they are in an answer."""
    return orjson.Fragment(f"[{','.join(map(writer_of(known).write, rows))}]")


def row_json(row: tuple, known: Catalogue) -> orjson.Fragment:
    return orjson.Fragment(writer_of(known).write(row))
