"""The lower bound of reading: the same answers by hand-written SQL, a bare driver and orjson, with no framework at all.

A WSGI application for the same server at the same addresses. It keeps one connection for each thread, finds the slices
that count by the column the site keeps for that, and joins what rows name. It checks no parameter, knows one language
and no ETag, no rate limit and no header of security: what these cost is what the site is measured by.
"""

import base64
import csv
import io
import os
import threading
from collections.abc import Iterator
from urllib.parse import parse_qsl

import orjson

from bench.databases import connect

SCALE = 10_000
ENDINGS = ["", *(f".{rest:04}".rstrip("0") for rest in range(1, SCALE))]
# The rows are found first and then joined with what they name: the joins alone led both databases astray.
ROWS = """
    SELECT f.id, r.slug, ra.code, rc.alpha3, COALESCE(rc.name_en, ra.name_en), f.flow, pa.code, pc.alpha3,
        COALESCE(pc.name_en, pa.name_en), s.year, s.month, s.edition, f.hs, f.value_usd, f.valuation, f.fob_value_usd,
        f.net_weight_kg, f.is_weight_estimated, f.quantity, f.quantity_unit, f.is_quantity_estimated, f.line,
        s.is_current, f.slice_id, f.partner_id
    FROM (SELECT * FROM trade_tradeflow f WHERE {} ORDER BY slice_id, partner_id, flow, hs {}) f
    JOIN trade_slice s ON s.id = f.slice_id
    JOIN trade_release r ON r.id = s.release_id
    JOIN reference_area ra ON ra.id = s.reporter_id LEFT JOIN reference_country rc ON rc.id = ra.country_id
    JOIN reference_area pa ON pa.id = f.partner_id LEFT JOIN reference_country pc ON pc.id = pa.country_id
    ORDER BY f.slice_id, f.partner_id, f.flow, f.hs
"""
SLICES = "SELECT id FROM trade_slice WHERE is_current AND year = ? ORDER BY id"
PARTNER = "SELECT a.id FROM reference_area a JOIN reference_country c ON c.id = a.country_id WHERE c.alpha3 = ?"
LIST = ROWS.format(f"slice_id IN ({{}}) AND partner_id IN ({PARTNER}) AND flow = ?", "LIMIT ?")
IS_CURRENT = "(SELECT is_current FROM trade_slice c WHERE c.id = f.slice_id)"
DEEP = ROWS.format(f"(slice_id, partner_id, flow, hs) > (?, ?, ?, ?) AND {IS_CURRENT}", "LIMIT ?")
EXPORT = ROWS.format("slice_id IN ({}) AND flow = ? AND LENGTH(hs) = ?", "")
TOTALS = """
    SELECT src.slug, r.perspective, f.flow, {group}, SUM(f.value_usd), SUM(f.net_weight_kg), SUM(f.row_count)
    FROM trade_flowsummary f
    JOIN trade_slice s ON s.id = f.slice_id
    JOIN trade_release r ON r.id = s.release_id
    JOIN editorial_source src ON src.id = r.source_id
    JOIN reference_area ra ON ra.id = s.reporter_id JOIN reference_country rc ON rc.id = ra.country_id
    JOIN reference_area pa ON pa.id = f.partner_id JOIN reference_country pc ON pc.id = pa.country_id
    WHERE s.is_current AND rc.alpha3 = ? AND pc.alpha3 = ? AND LENGTH(f.hs) = ?
    GROUP BY src.slug, r.perspective, f.flow, {group} ORDER BY {order} LIMIT ?
"""
BY_YEAR = TOTALS.format(group="s.year", order="s.year")
BY_HEADING = TOTALS.format(group="f.hs", order="SUM(f.value_usd) DESC")
EXPORT_HEADER = (
    "id,release,reporter,reporter_iso3,reporter_name,flow,partner,partner_iso3,partner_name,year,month,edition,hs,"
    "value_usd,valuation,fob_value_usd,net_weight_kg,is_weight_estimated,quantity,quantity_unit,"
    "is_quantity_estimated,line,is_current"
)
FETCHED = 1000

URL = os.environ.get("BENCH_DATABASE_URL", "")
PLACE = "?" if URL.startswith("sqlite") else "%s"
held = threading.local()


def execute(sql: str, *values):
    if not hasattr(held, "connection"):
        held.connection = connect(URL)
    return held.connection.execute(sql.replace("?", PLACE), values)


def slices_of(year: str) -> str:
    return ", ".join(str(number) for (number,) in execute(SLICES, int(year)).fetchall())


def decimal(number: int | None) -> str | None:
    return None if number is None else f"{number // SCALE}{ENDINGS[number % SCALE]}"


def money(number: int | None) -> dict | None:
    return None if number is None else {"value": decimal(number), "unit": "USD"}


def document(row: tuple) -> dict:
    return {
        "id": str(row[0]),
        "release": row[1],
        "reporter": {"code": row[2], "iso3": row[3], "name": row[4]},
        "flow": row[5],
        "partner": {"code": row[6], "iso3": row[7], "name": row[8]},
        "year": row[9],
        "month": row[10] or None,
        "edition": row[11],
        "hs": row[12] or "TOTAL",
        "value": money(row[13]),
        "valuation": row[14] or None,
        "fob_value": money(row[15]),
        "net_weight_kg": decimal(row[16]),
        "is_weight_estimated": bool(row[17]),
        "quantity": decimal(row[18]),
        "quantity_unit": row[19] or None,
        "is_quantity_estimated": bool(row[20]),
        "line": row[21],
        "is_current": bool(row[22]),
    }


def cursor_behind(*key) -> str:
    """The place behind a row, as the site writes it."""
    document = orjson.dumps({"values": list(key), "backward": False})
    return base64.urlsafe_b64encode(document).decode().rstrip("=")


def page(asked: dict[str, str]) -> bytes:
    limit = int(asked["limit"])
    if "cursor" in asked:
        padded = asked["cursor"] + "=" * (-len(asked["cursor"]) % 4)
        rows = execute(DEEP, *orjson.loads(base64.urlsafe_b64decode(padded))["values"], limit + 1).fetchall()
    else:
        sql = LIST.format(slices_of(asked["year"]))
        rows = execute(sql, asked["partner"], asked["flow"], limit + 1).fetchall()
    following = None
    if len(rows) > limit:
        last = rows[limit - 1]
        behind = cursor_behind(last[23], last[24], last[5], last[12])
        following = f"/api/v1/flows/?limit={limit}&cursor={behind}"
    return orjson.dumps({"next": following, "previous": None, "results": [document(row) for row in rows[:limit]]})


def totals(asked: dict[str, str]) -> bytes:
    is_by_year = asked["group_by"] == "year"
    rows = execute(
        BY_YEAR if is_by_year else BY_HEADING,
        asked["reporter"],
        asked["partner"],
        int(asked.get("level", 0)),
        int(asked.get("limit", 500)),
    ).fetchall()
    results = [
        {
            "source": source,
            "perspective": perspective,
            "flow": flow,
            "year": group if is_by_year else None,
            "reporter": None,
            "partner": None,
            "hs": None if is_by_year else group or "TOTAL",
            "release": None,
            "value": money(value and int(value)),
            "net_weight_kg": decimal(weight and int(weight)),
            "row_count": int(count),
            "is_given": count == 1,
        }
        for source, perspective, flow, group, value, weight, count in rows
    ]
    return orjson.dumps({"group_by": [asked["group_by"]], "is_complete": True, "results": results})


def export(asked: dict[str, str]) -> Iterator[bytes]:
    """The rows of a cursor as they come; on PostgreSQL from a cursor of the server, or all would be fetched at once."""
    connection = connect(URL)
    sql = EXPORT.format(slices_of(asked["year"])).replace("?", PLACE)
    cursor = connection.cursor() if PLACE == "?" else connection.cursor("export")
    with connection if PLACE == "?" else connection.transaction():
        cursor.execute(sql, [asked["flow"], int(asked["level"])])
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(EXPORT_HEADER.split(","))
        while rows := cursor.fetchmany(FETCHED):
            writer.writerows(
                (*r[:13], decimal(r[13]), r[14], decimal(r[15]), decimal(r[16]), r[17], decimal(r[18]), *r[19:23])
                for r in rows
            )
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    connection.close()


def application(environ, start_response):
    asked = dict(parse_qsl(environ["QUERY_STRING"]))
    if environ["PATH_INFO"].endswith(".csv"):
        start_response("200 OK", [("Content-Type", "text/csv; charset=utf-8")])
        return export(asked)
    body = (totals if "totals" in environ["PATH_INFO"] else page)(asked)
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
