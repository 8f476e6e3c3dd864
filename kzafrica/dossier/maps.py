"""The map of Africa by one strand: what each state is coloured by, from the same counts as the lists.

``map_of(strand)`` asks a fixed number of questions of the database, however much is on record.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diplomacy.choices import Strand
from kzafrica.dossier.assembly import pairs
from kzafrica.dossier.choices import MapStrand
from kzafrica.dossier.map_trade import turnovers_of
from kzafrica.dossier.reciprocity import MissionCell, Reciprocity, VisitCell, reciprocity_of, seat_of
from kzafrica.editorial.references import reference_to
from kzafrica.editorial.templatetags.records import day_in_words
from kzafrica.maps.choropleth import (
    BOTH,
    COVERED,
    NONE,
    OTHER,
    OURS,
    STEPS,
    THEIRS,
    UNCOLOURED,
    UNKNOWN,
    Area,
    Choropleth,
    MapClass,
    classed,
)
from kzafrica.reference.choices import CountryRole
from kzafrica.reference.models import Country
from kzafrica.statements.choices import Direction, Measure
from kzafrica.statements.models import Figure
from kzafrica.statements.tables import lines_of
from kzafrica.statements.wording import figure_text
from kzafrica.translation import InLanguage
from trade.models import Project

COUNT_BOUNDS = (1, 2, 3, 5, 10)
USD_BOUNDS = (Decimal(0), Decimal(10) ** 6, Decimal(10) ** 7, Decimal(10) ** 8, Decimal(5) * 10**8)
# So many states a sentence names.
NAMED = 3
INVESTED = (Measure.INVESTMENT_STOCK, Measure.INVESTMENT_FLOW)


def map_of(strand: str) -> Choropleth | None:
    """The map of a strand of MapStrand; None before the reference data are loaded."""
    home = Country.objects.home().first()
    countries = list(Country.objects.african().order_by(InLanguage("name"), "alpha3"))
    if home is None or not countries:
        return None
    makers: dict[str, Callable[[Country, list[Country]], Choropleth]] = {
        MapStrand.MISSIONS: missions_map,
        MapStrand.VISITS: visits_map,
        MapStrand.AGREEMENTS: agreements_map,
        MapStrand.TRADE: trade_map,
        MapStrand.INVESTMENT: investment_map,
    }
    return makers[strand](home, countries)


def uncoloured() -> MapClass:
    return MapClass("uncoloured", _("not coloured, see the note"), UNCOLOURED)


def area_of(country: Country, map_class: MapClass, words: str, *, cells: tuple = (), keys: tuple = ()) -> Area:
    """A country on the map. A territory takes no colour, and its words say so before anything else."""
    if country.role == CountryRole.AFRICAN_TERRITORY:
        map_class, words = uncoloured(), _("not coloured, see the note")
    return Area(
        number=country.m49,
        code=country.alpha3,
        name=country.name,
        address=country.get_absolute_url(),
        map_class=map_class,
        words=words,
        cells=tuple(map(str, cells)),
        keys=tuple(map(str, keys or cells)),
        latitude=country.capital_latitude,
        longitude=country.capital_longitude,
    )


def coloured(areas: Iterable[Area]) -> list[Area]:
    """The states among them."""
    return [area for area in areas if area.paint != UNCOLOURED]


def count_classes(none: str) -> tuple[MapClass, ...]:
    """None, then five steps of a number."""
    labels = ("1", "2", "3–4", "5–9", "10+")
    steps = [
        MapClass(f"n{bound}", label, paint) for bound, label, paint in zip(COUNT_BOUNDS, labels, STEPS, strict=True)
    ]
    return (MapClass("none", none, NONE), *steps)


def highest(counted: Iterable[tuple[Area, int]]) -> str:
    """The states with the largest number: the first few by name, the others of them counted."""
    rows = [(area.name, count) for area, count in counted]
    most = max((count for _name, count in rows), default=0)
    names = [name for name, count in rows if count == most] if most else []
    more = len(names[NAMED:])
    told = [ngettext("%(n)s more", "%(n)s more", more) % {"n": more}] if more else []
    return ", ".join([*names[:NAMED], *told])


# --- Missions


def missions_map(home: Country, countries: list[Country]) -> Choropleth:
    """Missions that exist today by the network rule, both ways; honorary consuls are not counted."""
    cells = reciprocity_of(Country.objects.african(), home)
    classes = {
        "both": MapClass("both", _("missions both ways"), BOTH),
        "ours": MapClass("ours", _("Kazakhstan has a mission there"), OURS),
        "theirs": MapClass("theirs", _("has a mission in Kazakhstan"), THEIRS),
        "covered": MapClass("covered", _("only covered by a mission elsewhere"), COVERED),
        "none": MapClass("none", _("none known"), NONE),
    }
    areas = [_missions_area(country, cells[country.pk], classes) for country in countries]
    states = coloured(areas)
    ours = sum(area.map_class.code in {"ours", "both"} for area in states)
    theirs = sum(area.map_class.code in {"theirs", "both"} for area in states)
    words = {"ours": ours, "theirs": theirs, "n": len(states)}
    sentence = _(
        "Kazakhstan has missions in %(ours)s of %(n)s states of Africa; %(theirs)s states have one in Kazakhstan."
    )
    return Choropleth(
        code=MapStrand.MISSIONS.value,
        title=_("Missions of Kazakhstan and the states of Africa in each other"),
        sentence=sentence % words,
        classes=(*classes.values(), uncoloured()),
        areas=areas,
        heads=(_("Missions there"), _("Missions here"), _("Covered from")),
        key_names=("missions_there", "missions_here", "covered_from"),
    )


def _missions_area(country: Country, found: Reciprocity, classes: dict[str, MapClass]) -> Area:
    there, here = found.cells[Strand.MISSIONS_SENT], found.cells[Strand.MISSIONS_RECEIVED]
    covering = list(dict.fromkeys(seat_of(each) for cell in (there, here) for each in cell.covered_from))
    code = {(True, True): "both", (True, False): "ours", (False, True): "theirs"}.get(
        (bool(there.count), bool(here.count)), "covered" if covering else "none"
    )
    words = {
        "covered": _("covered from: %(places)s") % {"places": ", ".join(covering)},
        "none": none_known(there, here),
    }.get(code, classes[code].label)
    unsure = [post for cell in (there, here) for post in cell.posts if not post.is_counted]
    if unsure and code != "both":
        words = f"{words} ({', '.join(dict.fromkeys(str(post.mark) for post in unsure))})"
    cells = (there.count, here.count, ", ".join(covering))
    return area_of(country, classes[code], words, cells=cells)


def none_known(*cells: MissionCell | VisitCell) -> str:
    """That nothing is on record, and when an editor last looked, if one has looked for all of it."""
    days = [cell.checked_on for cell in cells]
    if all(days):
        return _("none known, checked on %(day)s") % {"day": day_in_words(min(days))}
    return _("none known")


# --- Visits and agreements


def visits_map(home: Country, countries: list[Country]) -> Choropleth:
    """Visits that were held, both ways."""
    cells = reciprocity_of(Country.objects.african(), home)
    classes = count_classes(_("none known"))
    areas, counts = [], []
    for country in countries:
        paid, received = (cells[country.pk].cells[strand] for strand in (Strand.VISITS_PAID, Strand.VISITS_RECEIVED))
        count = paid.count + received.count
        counts.append(count)
        words = none_known(paid, received)
        if count:
            words = ngettext("%(n)s visit", "%(n)s visits", count) % {"n": count}
            words = _("%(visits)s: %(paid)s paid, %(received)s received") % {
                "visits": words,
                "paid": paid.count,
                "received": received.count,
            }
        areas.append(
            area_of(country, classed(count, (0, *COUNT_BOUNDS), classes), words, cells=(paid.count, received.count))
        )
    return Choropleth(
        code=MapStrand.VISITS.value,
        title=_("Visits between Kazakhstan and the states of Africa"),
        sentence=count_sentence(
            areas, counts, _("Visits that were held are on record with %(some)s of %(n)s states; most: %(most)s.")
        ),
        classes=(*classes, uncoloured()),
        areas=areas,
        heads=(_("Visits paid"), _("Visits received")),
        key_names=("visits_paid", "visits_received"),
    )


def agreements_map(home: Country, countries: list[Country]) -> Choropleth:
    """Agreements to which the state is a party, however far they have come."""
    by_country = {pair.pk: pair.agreement_count for pair in pairs(home)}
    classes = count_classes(_("none on record"))
    areas, counts = [], []
    for country in countries:
        count = by_country[country.pk]
        counts.append(count)
        words = ngettext("%(n)s agreement", "%(n)s agreements", count) % {"n": count}
        words = words if count else _("none on record")
        areas.append(area_of(country, classed(count, (0, *COUNT_BOUNDS), classes), words, cells=(count,)))
    return Choropleth(
        code=MapStrand.AGREEMENTS.value,
        title=_("Agreements of Kazakhstan with the states of Africa"),
        sentence=count_sentence(
            areas, counts, _("Agreements are on record with %(some)s of %(n)s states; most: %(most)s.")
        ),
        classes=(*classes, uncoloured()),
        areas=areas,
        heads=(_("Agreements"),),
        key_names=("agreements",),
    )


def count_sentence(areas: list[Area], counts: list[int], sentence: str) -> str:
    """How many states have any, and which has the most; or that none has."""
    counted = [(area, n) for area, n in zip(areas, counts, strict=True) if area.paint != UNCOLOURED]
    some = sum(bool(count) for _area, count in counted)
    if not some:
        return _("None is on record with any state.")
    return sentence % {"some": some, "n": len(counted), "most": highest(counted)}


# --- Trade and investment


def trade_map(home: Country, countries: list[Country]) -> Choropleth:
    """The latest turnover in dollars that is stated or computed for each state; what is not known is hatched."""
    labels = (
        _("under 1 million USD"),
        _("1 to 10 million USD"),
        _("10 to 100 million USD"),
        _("100 to 500 million USD"),
        _("500 million USD and more"),
    )
    steps = [MapClass(f"usd{number}", label, STEPS[number]) for number, label in enumerate(labels)]
    other = MapClass("other_currency", _("stated in another currency"), OTHER)
    missing = MapClass("no_data", _("no data"), UNKNOWN)
    found = turnovers_of(home, countries)
    areas = []
    for country in countries:
        turnover = found.get(country.pk)
        if turnover is None:
            areas.append(area_of(country, missing, _("no data"), cells=("", "", "")))
            continue
        own = classed(turnover.usd, USD_BOUNDS, steps) if turnover.usd is not None else other
        words = f"{turnover.text}, {turnover.period}"
        keys = ("" if turnover.usd is None else format(turnover.usd, "f"), turnover.period_code, turnover.says)
        areas.append(area_of(country, own, words, cells=(turnover.text, turnover.period, turnover.says), keys=keys))
    states = coloured(areas)
    known = sum(area.map_class is not missing for area in states)
    sentence = _(
        "Of %(known)s of %(n)s states a turnover is stated or can be computed. Years differ, so states are not to be "
        "added up."
    )
    return Choropleth(
        code=MapStrand.TRADE.value,
        title=_("Trade turnover of Kazakhstan with each state, latest known year"),
        sentence=sentence % {"known": known, "n": len(states)},
        classes=(*steps, other, missing, uncoloured()),
        areas=areas,
        heads=(_("Turnover"), _("Period"), _("Who says so")),
        key_names=("turnover_usd", "period", "says"),
    )


def investment_map(home: Country, countries: list[Country]) -> Choropleth:
    """Projects and amounts by direction. A project without an amount counts; an amount that is planned does not."""
    classes = {
        (True, True): MapClass("both", _("investment both ways"), BOTH),
        (True, False): MapClass("ours", _("from Kazakhstan"), OURS),
        (False, True): MapClass("theirs", _("into Kazakhstan"), THEIRS),
        (False, False): MapClass("no_data", _("no data"), UNKNOWN),
    }
    projects, lines = _projects(home), _investments(home, countries)
    areas = []
    for country in countries:
        out, into = projects[country.pk, True], projects[country.pk, False]
        amounts = lines[country.pk]
        has = (bool(out) or any(is_out for is_out, _l in amounts), bool(into) or any(not o for o, _l in amounts))
        texts = [_amount_text(line.figure) for _out, line in amounts]
        count = len(out) + len(into)
        told = ngettext("%(n)s project", "%(n)s projects", count) % {"n": count} if count else ""
        words = "; ".join(filter(None, [classes[has].label, *texts, told]))
        areas.append(area_of(country, classes[has], words, cells=("; ".join(texts), count)))
    states = coloured(areas)
    known = sum(area.paint != UNKNOWN for area in states)
    sentence = _(
        "Projects or amounts of investment are on record with %(known)s of %(n)s states. For the others the record "
        "has no data, which does not mean that there is none."
    )
    return Choropleth(
        code=MapStrand.INVESTMENT.value,
        title=_("Investment between Kazakhstan and the states of Africa"),
        sentence=sentence % {"known": known, "n": len(states)},
        classes=(*classes.values(), uncoloured()),
        areas=areas,
        heads=(_("Amounts stated"), _("Projects")),
        key_names=("amounts", "projects"),
    )


def _amount_text(figure: Figure) -> str:
    return f"{figure_text(figure)}, {figure.period.text()}" if figure.period else figure_text(figure)


def _projects(home: Country) -> dict[tuple[int, bool], list[Project]]:
    """Projects by the state, and whether Kazakhstan is the one that invests."""
    found = defaultdict(list)
    involved = Project.objects.published().filter(Q(investor_country=home) | Q(host_country=home))
    for project in involved:
        is_out = project.investor_country_id == home.pk
        found[project.host_country_id if is_out else project.investor_country_id, is_out].append(project)
    return found


def _investments(home: Country, countries: list[Country]) -> dict[int, list]:
    """Amounts stated or computed by the state: whether they came from Kazakhstan, and the line."""
    by_name = {reference_to(country): country.pk for country in countries}
    own, found = reference_to(home), defaultdict(list)
    figures = Figure.objects.published().filter(measure__in=INVESTED).about(home).order_by("-period_order", "slug")
    for line in lines_of(figures.for_rows()):
        figure = line.figure
        other = figure.counterpart if figure.subject == own else figure.subject
        if other in by_name:
            is_inward = figure.direction == Direction.INWARD
            found[by_name[other]].append((is_inward != (figure.subject == own), line))
    return found
