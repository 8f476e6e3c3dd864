"""What an address asks of the rows: filters understood once for all that ask the same, and a place to go on from."""

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _

from kzafrica.filtering import refuse_bad_parameters
from kzafrica.problems import BadParameters
from kzafrica.rest import read_cursor, write_cursor
from trade.catalogue import Catalogue, catalogue
from trade.filters import FlowFilterSet, TotalFilterSet
from trade.models import TradeFlow
from trade.rows import Key, Page, Selection
from trade.totals import TotalQuestion

KEY_COLUMNS = [TradeFlow._meta.get_field(name) for name in ("slice", "partner", "flow", "hs")]
LARGEST_KEY = 2**63 - 1
# Parameters of the form of a list of rows, which are always given whole.
FORM_OF_ROWS = ("format", "limit", "cursor")
# Parameters of the form of a list of totals, which has no pages.
FORM_OF_TOTALS = ("format", "limit")


def understood(query: QueryDict) -> tuple[Selection, Catalogue]:
    """The rows that filters ask for, and what is known of their slices. Raises BadParameters."""
    known = catalogue()
    asked = query.copy()
    for name in FORM_OF_ROWS:
        asked.pop(name, None)
    text = asked.urlencode()
    return known.remember(("rows", text), lambda: _read(FlowFilterSet, text, FORM_OF_ROWS).selection(known)), known


def question_of(query: QueryDict) -> tuple[TotalQuestion, Catalogue]:
    """The totals that an address asks for, and what is known of their slices. Raises BadParameters."""
    known, text = catalogue(), query.urlencode()
    return known.remember(("totals", text), lambda: _read(TotalFilterSet, text, FORM_OF_TOTALS).question(known)), known


def _read(filters: type[FlowFilterSet], query: str, also: Iterable[str]) -> FlowFilterSet:
    asked = QueryDict(query)
    filterset = filters(asked, queryset=TradeFlow.objects.none())
    refuse_bad_parameters(asked, filterset, also=also)
    return filterset


def read_place(text: str | None) -> tuple[Key | None, bool]:
    """From where to go on, and whether backward: a place among all rows, whatever the filters. Raises BadParameters."""
    cursor = read_cursor(text, KEY_COLUMNS)
    if cursor is None:
        return None, False
    part, partner, flow, hs = cursor["values"]
    if not (0 <= part <= LARGEST_KEY and 0 <= partner <= LARGEST_KEY):
        raise BadParameters([("cursor", _("This cursor is not one of ours: start without it."))])
    return (part, partner, flow, hs), cursor["backward"]


def places_beside(page: Page) -> tuple[str | None, str | None]:
    """The cursors of the next page and of the one before; None where there is none."""
    following = write_cursor(list(page.last), backward=False) if page.last and page.has_next else None
    before = write_cursor(list(page.first), backward=True) if page.first and page.has_previous else None
    return following, before
