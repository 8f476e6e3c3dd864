"""The layouts of trade files that can be read: what their columns are called, and how one is told by its header.

Column names as UN Comtrade and CEPII publish them. Knows no model.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kzafrica.filtering import nearest
from trade.choices import Layout

# What a row is read for, in the order in which ``Columns`` hands it on.
FIELDS = (
    "type",
    "frequency",
    "year",
    "month",
    "period",
    "reporter",
    "flow",
    "partner",
    "second_partner",
    "edition",
    "is_original",
    "hs",
    "procedure",
    "supply",
    "transport",
    "unit_code",
    "unit",
    "quantity",
    "is_quantity_estimated",
    "net_weight",
    "is_weight_estimated",
    "cif",
    "fob",
    "value",
    "flag",
)
COMTRADE = {
    "type": "typeCode",
    "frequency": "freqCode",
    "period": "period",
    "reporter": "reporterCode",
    "flow": "flowCode",
    "partner": "partnerCode",
    "second_partner": "partner2Code",
    "edition": "classificationCode",
    "is_original": "isOriginalClassification",
    "hs": "cmdCode",
    "procedure": "customsCode",
    "supply": "mosCode",
    "transport": "motCode",
    "unit_code": "qtyUnitCode",
    "quantity": "qty",
    "is_quantity_estimated": "isQtyEstimated",
    "net_weight": "netWgt",
    "is_weight_estimated": "isNetWgtEstimated",
    "cif": "cifvalue",
    "fob": "fobvalue",
    "value": "primaryValue",
}
COMTRADE_SITE = COMTRADE | {"year": "refYear", "month": "refMonth", "unit": "qtyUnitAbbr"}
COMTRADE_BULK = COMTRADE | {"year": "refYear", "month": "refMonth"}
LEGACY = {
    "edition": "Classification",
    "year": "Year",
    "period": "Period",
    "flow": "Trade Flow Code",
    "reporter": "Reporter Code",
    "partner": "Partner Code",
    "hs": "Commodity Code",
    "unit_code": "Qty Unit Code",
    "unit": "Qty Unit",
    "quantity": "Qty",
    "net_weight": "Netweight (kg)",
    "value": "Trade Value (US$)",
    "flag": "Flag",
}
LEGACY_API = LEGACY | {
    "second_partner": "2nd Partner Code",
    "procedure": "Customs Proc. Code",
    "transport": "Mode of Transport Code",
    "cif": "CIF Trade Value (US$)",
    "fob": "FOB Trade Value (US$)",
}
BACI = {"year": "t", "reporter": "i", "partner": "j", "hs": "k", "value": "v", "net_weight": "q"}


@dataclass(frozen=True)
class Form:
    """One layout: the column behind each field, and the columns by which it is known."""

    layout: Layout
    columns: dict[str, str]
    marks: frozenset[str]

    @property
    def declares_one_reporter(self) -> bool:
        """UN Comtrade's bulk file is one data set: one reporter, period and edition."""
        return self.layout == Layout.COMTRADE_BULK

    @property
    def is_baci(self) -> bool:
        return self.layout == Layout.BACI

    @property
    def is_legacy(self) -> bool:
        return self.layout in (Layout.LEGACY_CSV, Layout.LEGACY_API_CSV)


# The first whose marks all stand in a header is the one.
FORMS = (
    Form(Layout.COMTRADE_BULK, COMTRADE_BULK, frozenset({"datasetCode", "primaryValue"})),
    Form(Layout.COMTRADE_CSV, COMTRADE_SITE, frozenset({"reporterISO", "primaryValue"})),
    Form(Layout.LEGACY_API_CSV, LEGACY_API, frozenset({"2nd Partner Code", "Trade Value (US$)"})),
    Form(Layout.LEGACY_CSV, LEGACY, frozenset({"Trade Flow Code", "Trade Value (US$)"})),
    Form(Layout.BACI, BACI, frozenset("tijkv")),
)
JSON_FORM = Form(Layout.COMTRADE_JSON, COMTRADE_SITE, frozenset())
# Where a mark itself is the missing column: a layout of which this many columns stand in the header.
ENOUGH_TO_TELL = 4


class UnknownLayout(Exception):
    """The header belongs to no layout that can be read, or lacks columns of its own; the text says which."""


def form_of(header: Iterable[str]) -> Form:
    """The layout that a header belongs to, with all its columns there. Raises UnknownLayout."""
    names = [name.strip() for name in header]
    form = next((form for form in FORMS if form.marks <= set(names)), None) or _likeliest(names)
    if form is None:
        known = ", ".join(str(form.layout.label) for form in (*FORMS, JSON_FORM))
        sentence = _("the header “%(header)s” belongs to no layout that can be read. Known are: %(known)s.")
        raise UnknownLayout(sentence % {"header": ",".join(names)[:80], "known": known})
    missing = [name for name in form.columns.values() if name not in names]
    if missing:
        raise UnknownLayout(" ".join(_missing(name, names, form) for name in missing))
    repeated = sorted({name for name in form.columns.values() if names.count(name) > 1})
    if repeated:
        raise UnknownLayout(_("the column “%s” stands in the header twice.") % repeated[0])
    return form


def _likeliest(names: list[str]) -> Form | None:
    shares = [(len(set(form.columns.values()) & set(names)), form) for form in FORMS]
    count, form = max(shares, key=lambda share: share[0])
    return form if count >= ENOUGH_TO_TELL else None


def _missing(name: str, names: list[str], form: Form) -> str:
    near = nearest(name, [other for other in names if other not in form.columns.values()])
    hint = _(" Is it “%s”?") % near if near else ""
    return _("the column “%(name)s” is missing (%(layout)s).") % {"name": name, "layout": form.layout.label} + hint
