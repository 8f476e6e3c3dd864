"""The country-year panel: what the record says of each pair in each year, every column by its own published rule.

Empty is empty: nothing on record, and nobody who has looked. 0 stands only where the record says so: by the dated life
of a mission, or since an editor has looked on the last day of the year or later and found none (``Check``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from diplomacy.choices import AgreementState, MissionKind, Strand
from diplomacy.computations import Standing, spells_of
from diplomacy.models import Agreement, Check, Mission, Relation
from events.choices import Attendance, EventLevel
from events.models import Event
from kzafrica.dates import ImpreciseDate
from kzafrica.dossier.panel_trade import ORIGINS, QUALIFIERS, Trade, trade_of_pairs
from kzafrica.dossier.reciprocity import missions_of_pairs
from kzafrica.reference.models import Country
from kzafrica.statements.choices import Measure

# Kazakhstan is independent since 16 December 1991.
FIRST_YEAR = 1991
# What is counted: the name of the column, what an editor looks for, and whose it is in words.
VISITS = (
    ("visits_paid", Strand.VISITS_PAID, "by Kazakhstan to the state"),
    ("visits_received", Strand.VISITS_RECEIVED, "by the state to Kazakhstan"),
)
EMBASSIES = (
    ("embassies_of_kazakhstan", Strand.MISSIONS_SENT, "of Kazakhstan there"),
    ("embassies_in_kazakhstan", Strand.MISSIONS_RECEIVED, "of the state in Kazakhstan"),
)
TRADE = {
    Measure.TURNOVER: "Trade turnover of the pair in the whole year",
    Measure.EXPORTS: "Exports of Kazakhstan to the state in the whole year",
    Measure.IMPORTS: "Imports of Kazakhstan from the state in the whole year",
}


@dataclass(frozen=True)
class PanelColumn:
    """A column, its rule in plain English, and what stands in it: string, integer, number (text) or boolean."""

    name: str
    kind: str
    rule: str
    unit: str = ""
    codes: dict[str, str] = field(default_factory=dict)


def _columns() -> Iterator[PanelColumn]:
    yield PanelColumn("iso3", "string", "The African state, by ISO 3166-1 alpha-3.")
    yield PanelColumn("country", "string", "Its name.")
    yield PanelColumn("year", "integer", f"Calendar year, from {FIRST_YEAR}; the last one may not be over.")
    yield PanelColumn(
        "has_relations",
        "boolean",
        "Whether diplomatic relations were certainly established by 31 December; empty where that is not known.",
    )
    for name, _strand, whose in EMBASSIES:
        yield PanelColumn(
            name,
            "integer",
            f"Embassies {whose} that exist on 31 December by the network rule. Empty where none with a date is on "
            "record and nobody has looked since, and while the year is not over.",
            "missions",
        )
        yield PanelColumn(
            f"{name}_undetermined",
            "integer",
            f"Embassies {whose} of which the rule cannot tell on 31 December; not among those counted.",
            "missions",
        )
    for name, _strand, whose in VISITS:
        yield PanelColumn(
            name,
            "integer",
            f"Visits {whose} that were held and lie within the year. Empty where none is on record and nobody has "
            "looked since.",
            "visits",
        )
        for level in EventLevel:
            yield PanelColumn(f"{name}_{level.value}", "integer", f"Of these, at the level {level.value}.", "visits")
        yield PanelColumn(
            f"{name}_undetermined",
            "integer",
            f"Visits {whose} that were held in this year or in another: their date spans both. Empty where none is. "
            "A date without a beginning or an end is in no year.",
            "visits",
        )
    yield PanelColumn(
        "agreements_signed",
        "integer",
        "Agreements to which the state is a party and whose signature lies within the year. Empty where none is on "
        "record.",
        "agreements",
    )
    for measure, what in TRADE.items():
        yield PanelColumn(
            f"{measure.value}_usd",
            "number",
            f"{what}: the public figure in US dollars of all goods, the one we show before others and stated before "
            "derived; without any, the rows of trade statistics that Kazakhstan reports, if they are of the whole "
            "year. Plans are left out.",
            "US dollars",
        )
        yield PanelColumn(
            f"{measure.value}_origin", "string", "Whether a source states it, it is derived, or from rows.", "", ORIGINS
        )
        yield PanelColumn(
            f"{measure.value}_status",
            "string",
            "What the source calls a stated figure, such as final or provisional; empty for others.",
        )
        yield PanelColumn(
            f"{measure.value}_qualifier", "string", "How exact the source calls a stated figure.", "", QUALIFIERS
        )
        yield PanelColumn(
            f"{measure.value}_source", "string", "The key of the figure, or of the releases, parted by semicolons."
        )


COLUMNS = tuple(_columns())
RULE = (
    "One row for each African state or territory and year. Empty is not known; 0 stands only where the dated life of a "
    "mission says so, or where an editor has looked on or after the last day of the year and found none."
)


@dataclass
class _Visits:
    """Held visits of one pair in one direction: by year and level, and by the years between which it is not certain."""

    by_year: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    uncertain: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    has_undated: bool = False


def panel_rows(
    day: date, countries: Iterable[Country] | None = None, first: int | None = None, last: int | None = None
) -> Iterator[dict]:
    """The rows as of a day, by code and year, from the same few queries for one state as for all."""
    home = Country.objects.home().first()
    if home is None:
        return
    chosen = sorted(Country.objects.african() if countries is None else countries, key=lambda country: country.alpha3)
    years = range(max(first or FIRST_YEAR, FIRST_YEAR), min(last or day.year, day.year) + 1)
    reading = _Reading(home, day)
    for country in chosen:
        for year in years:
            yield reading.row(country, year)


class _Reading:
    """Everything on record that a row is made of, by pair; what is counted over time is counted for each row."""

    def __init__(self, home: Country, day: date) -> None:
        self.home, self.day = home, day
        self.relations = self._relations()
        self.lives = self._lives()
        self.visits = self._visits()
        self.agreements = self._agreements()
        self.checks = {(check.country_id, check.strand): check.checked_on for check in Check.objects.all()}
        self.trade = trade_of_pairs(home)

    def row(self, country: Country, year: int) -> dict:
        last_day = date(year, 12, 31)
        row: dict = {"iso3": country.alpha3, "country": country.name, "year": year}
        row["has_relations"] = _has_begun(self.relations.get(country.pk), last_day) if last_day <= self.day else None
        for name, strand, _whose in EMBASSIES:
            row |= self._embassies(name, country, strand, last_day)
        for name, strand, _whose in VISITS:
            row |= self._visits_of(name, country, strand, year)
        row["agreements_signed"] = self.agreements.get((country.pk, year))
        for measure in TRADE:
            trade: Trade | None = self.trade.get((country.alpha3, year, measure))
            row |= {f"{measure.value}_{name}": value for name, value in (trade or Trade()).cells().items()}
        return row

    def _is_none_known(self, country: Country, strand: str, year: int) -> bool:
        """Whether an editor has looked when the year was over."""
        looked = self.checks.get((country.pk, strand))
        return looked is not None and looked >= date(year, 12, 31)

    def _embassies(self, name: str, country: Country, strand: str, last_day: date) -> dict:
        lives = self.lives.get((country.pk, strand), ())
        if last_day > self.day:
            return {name: None, f"{name}_undetermined": None}
        standings = [_standing(spells, last_day) for spells in lives if spells]
        undated = len(lives) - len(standings)
        is_known = standings or (not undated and self._is_none_known(country, strand, last_day.year))
        return {
            name: standings.count(Standing.EXISTS) if is_known else None,
            f"{name}_undetermined": standings.count(Standing.UNDETERMINED) + undated if is_known or undated else None,
        }

    def _visits_of(self, name: str, country: Country, strand: str, year: int) -> dict:
        visits = self.visits.get((country.pk, strand), _Visits())
        levels = visits.by_year.get(year, {})
        may_be_some = visits.has_undated or year in visits.uncertain
        none = 0 if self._is_none_known(country, strand, year) and not may_be_some else None
        cells = {name: sum(levels.values()) or none}
        cells |= {f"{name}_{level.value}": levels.get(level.value) or none for level in EventLevel}
        return cells | {f"{name}_undetermined": visits.uncertain.get(year)}

    def _relations(self) -> dict[int, ImpreciseDate]:
        rows = Relation.objects.published().involving(self.home)
        return {
            (row.second_id if row.first_id == self.home.pk else row.first_id): row.established
            for row in rows
            if row.established
        }

    def _lives(self) -> dict[tuple[int, str], list]:
        """The spells of every embassy of a pair; none of one whose life nobody has dated."""
        found = defaultdict(list)
        for mission in missions_of_pairs(self.home).filter(kind=MissionKind.EMBASSY):
            if place := self._pair_of(mission):
                found[place].append(spells_of(mission))
        return found

    def _pair_of(self, mission: Mission) -> tuple[int, str] | None:
        if mission.sending_id == self.home.pk:
            return (mission.receiving_id, Strand.MISSIONS_SENT) if mission.receiving_id else None
        return (mission.sending_id, Strand.MISSIONS_RECEIVED) if mission.receiving_id == self.home.pk else None

    def _visits(self) -> dict[tuple[int, str], _Visits]:
        found: dict[tuple[int, str], _Visits] = defaultdict(_Visits)
        held = Event.objects.published().held()
        for event in held.paid_by(self.home).select_related("place"):
            host = event.host_id or event.place.country_id
            _put(found[host, Strand.VISITS_PAID], event)
        for event in held.received_by(self.home).prefetch_related("participations"):
            came = {row.country_id for row in event.participations.all() if row.attendance == Attendance.TOOK_PART}
            for guest in came - {None, self.home.pk}:
                _put(found[guest, Strand.VISITS_RECEIVED], event)
        return found

    def _agreements(self) -> dict[tuple[int, int], int]:
        found: dict[tuple[int, int], int] = defaultdict(int)
        for agreement in Agreement.objects.published().prefetch_related("parties", "stages"):
            signed = next((row.date for row in agreement.stages.all() if row.kind == AgreementState.SIGNED), None)
            years = years_of(signed)
            if len(years) == 1:
                for party in {row.country_id for row in agreement.parties.all()} - {None}:
                    found[party, years[0]] += 1
        return found


def years_of(day: ImpreciseDate | None) -> range:
    """The years in which a date may lie; none where it has no bounds."""
    if day is None or day.earliest is None or day.latest is None:
        return range(0)
    return range(day.earliest.year, day.latest.year + 1)


def _put(visits: _Visits, event: Event) -> None:
    years = years_of(event.date)
    visits.has_undated |= not years
    if len(years) == 1:
        visits.by_year[years[0]][event.level] += 1
    for year in years if len(years) > 1 else ():
        visits.uncertain[year] += 1


def _standing(spells: list, day: date) -> Standing:
    standings = {spell.standing_on(day) for spell in spells}
    return next((each for each in (Standing.EXISTS, Standing.UNDETERMINED) if each in standings), Standing.ABSENT)


def _has_begun(day: ImpreciseDate | None, last_day: date) -> bool | None:
    if day is None:
        return None
    if day.latest is not None and day.latest <= last_day:
        return True
    return False if day.earliest is not None and day.earliest > last_day else None
