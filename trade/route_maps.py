"""Routes on a map: their places in order, and how goods go on from each."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kzafrica.maps.places import Leg, PlaceMap, Stop, legs_of
from kzafrica.maps.sheets import KAZAKHSTAN
from trade.choices import Mode
from trade.models import Route

OVER_WATER = frozenset({Mode.SEA, Mode.INLAND_SEA})


def map_of_route(route: Route) -> PlaceMap:
    """One route; ``route`` comes with ``for_list()``."""
    return _map([route], title=_("Places on the way"), is_one=True)


def map_of_routes(routes: Iterable[Route]) -> PlaceMap:
    """All of them on one sheet, each mark leading to its route."""
    return _map(list(routes), title=_("Routes on the map"), is_one=False)


def _map(routes: list[Route], *, title: str, is_one: bool) -> PlaceMap:
    stops: list[Stop] = []
    legs: list[Leg] = []
    for route in routes:
        own = _stops(route, is_one=is_one)
        modes = [_mode(call.onward_mode) for call in route.calls.all()]
        stops += own
        legs += legs_of(own, modes)
    calls = [call for route in routes for call in route.calls.all()]
    passed = {call.place.country.m49 for call in calls} - {KAZAKHSTAN}
    markets = {country.m49 for route in routes for country in route.countries.all()} - passed - {KAZAKHSTAN}
    places = len({call.place_id for call in calls})
    sentence = ngettext("%(n)s place in order.", "%(n)s places in order.", places) % {"n": places}
    if not is_one:
        sentence = ngettext("%(n)s place on the routes.", "%(n)s places on the routes.", places) % {"n": places}
    return PlaceMap(
        code="routes",
        title=title,
        sentence=sentence,
        stops=stops,
        legs=legs,
        lit={"home": {KAZAKHSTAN}, "there": passed, "market": markets},
        lit_names={"home": _("Kazakhstan"), "there": _("states with a place of the way"), "market": _("to serve")},
        sheet_name="corridor",
    )


def _stops(route: Route, *, is_one: bool) -> list[Stop]:
    return [
        Stop(
            key=call.place.slug,
            name=str(call.place),
            title=f"{call.place} ({call.place.country})" if is_one else f"{call.place}: {route}",
            address="" if is_one else route.get_absolute_url(),
            latitude=call.place.latitude,
            longitude=call.place.longitude,
        )
        for call in route.calls.all()
    ]


def _mode(code: str) -> tuple[str, str, bool]:
    """Its word for a style, its name, and whether it goes over water."""
    return code, str(Mode(code).label), code in OVER_WATER
