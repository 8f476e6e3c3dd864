"""A small and varied world, and what each of its records is, as plain Python: what no filter of ours has computed.

Countries, dates, kinds and steps of the workflow go round at different paces, so that records differ in all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db import models

from diplomacy.models import Agreement, Award, Initiative, Milestone, Mission, Programme, Relation
from events.models import Event
from kzafrica.analysis.models import Article
from kzafrica.editorial.choices import Status
from kzafrica.editorial.models import Source
from kzafrica.reference.models import Organization, Person
from kzafrica.statements.models import Claim, Figure
from tests.factories import (
    make_agreement,
    make_article,
    make_award,
    make_claim,
    make_country,
    make_event,
    make_figure,
    make_initiative,
    make_mission,
    make_office,
    make_organization,
    make_person,
    make_place,
    make_programme,
    make_project,
    make_relation,
    make_release,
    make_route,
    make_source,
    make_theme,
)
from trade.models import Project, Release, Route

# The bounds of each date, written by hand; None is a side that is open.
BOUNDS: dict[str, tuple[date | None, date | None]] = {
    "2024-03-05": (date(2024, 3, 5), date(2024, 3, 5)),
    "2023": (date(2023, 1, 1), date(2023, 12, 31)),
    "2024-02": (date(2024, 2, 1), date(2024, 2, 29)),
    "2023-10-01/2024-01-15": (date(2023, 10, 1), date(2024, 1, 15)),
    "2025-02-28?": (date(2025, 2, 28), date(2025, 2, 28)),
    "2024-12-31/..": (date(2024, 12, 31), None),
    "202X": (date(2020, 1, 1), date(2029, 12, 31)),
}
DATES = ["2024-03-05", "", "2023", "2024-02", "2023-10-01/2024-01-15", "2025-02-28?", "2024-12-31/..", "202X"]
COUNTRIES = ["KEN", "COD", "ETH"]
WORDS = ["copper mines", "Медь", "Copper 100%", "grain_terminal"]
# Of eleven records two are withdrawn or not there yet.
STEPS = [Status.PUBLISHED] * 4 + [Status.DRAFT] + [Status.PUBLISHED] * 4 + [Status.WITHDRAWN, Status.PUBLISHED]
RECORDS = 13


@dataclass(frozen=True)
class Said:
    """What is said of a record: what the filters of its list ask for."""

    slug: str
    is_public: bool
    countries: frozenset[str]
    kind: str
    # One for each dated step, or the one of the record.
    dates: tuple[str, ...]

    def overlaps(self, start: date | None, end: date | None) -> bool:
        """Whether one of its dates may fall into the period; an undated one into none."""
        for bounds in (BOUNDS[text] for text in self.dates if text):
            earliest, latest = bounds
            begins_in_time = end is None or earliest is None or earliest <= end
            if begins_in_time and (start is None or latest is None or latest >= start):
                return True
        return False


@dataclass
class World:
    """What is said of the records of each model; there may be more that others need."""

    said: dict[type[models.Model], list[Said]] = field(default_factory=dict)


def choice(model: type[models.Model], name: str, number: int) -> str:
    values = [value for value, _label in model._meta.get_field(name).flatchoices if value]
    return values[number % len(values)]


def steps(model: type[models.Model], number: int) -> list[dict]:
    """One or two dated steps; every fifth record has none."""
    dates = [DATES[number % 8], DATES[(number * 3 + 1) % 8]][: 0 if number % 5 == 4 else number % 2 + 1]
    return [{"kind": choice(model, "kind", number + 2 * at), "date": text} for at, text in enumerate(dates)]


def dates_of(parts: list[dict]) -> list[str]:
    return [part["date"] for part in parts]


def make_world() -> World:
    world = World()
    for alpha3 in ("KAZ", *COUNTRIES):
        make_country(alpha3)
    themes, source = [make_theme("Mining"), make_theme("Grain")], make_source(slug="the-herald", title="Herald")
    for model, make in MAKERS.items():
        world.said[model] = [one(make, number, themes, source) for number in range(RECORDS)]
    return world


def one(make: Callable, number: int, themes: list, source) -> Said:
    country = make_country(COUNTRIES[number % 3])
    differing = {"source": source, "field": "", "stated": "Otherwise", "reason": "It was there."}
    known = {
        "title": f"{WORDS[number % 4]} {number}",
        "status": STEPS[number % 11],
        "citations": [{}, differing] if number % 4 == 1 else True,
    }
    record, countries, dates = make(number, country, themes[number % 2 : number % 3 + 1], known)
    return Said(
        record.slug,
        is_public=known["status"] == Status.PUBLISHED,
        countries=frozenset(country.alpha3 for country in countries),
        kind=getattr(record, "kind", ""),
        dates=tuple(dates),
    )


# What makes a record of each kind: the record, the countries that it concerns, and its dates.


def an_event(number, country, themes, known):
    text, other = DATES[number % 8], make_country(COUNTRIES[number * 2 % 3])
    event = make_event(
        **known,
        date=text,
        kind=choice(Event, "kind", number // 2),
        level=choice(Event, "level", number),
        occurrence=choice(Event, "occurrence", number // 3),
        host=country,
        participations=[{"country": other}],
        themes=themes,
    )
    return event, {country, other}, [text]


def a_relation(number, country, themes, known):
    del known["title"]
    text, other = DATES[number % 8], make_country()
    return make_relation(**known, first=country, second=other, established=text), {country, other}, [text]


def a_mission(number, country, themes, known):
    home, acts = make_country("KAZ"), steps(Milestone, number)
    kind = choice(Mission, "kind", number // 2)
    other = make_country(COUNTRIES[number * 2 % 3])
    heads = [{"accreditations": [{"country": other, "appointed": "2024-02", "is_resident": other == country}]}]
    mission = make_mission(**known, kind=kind, sending=home, receiving=country, milestones=acts, heads=heads)
    return mission, {home, country, other}, dates_of(acts)


def an_agreement(number, country, themes, known):
    stages = steps(Agreement.stages.rel.related_model, number)
    parties = [{"country": country}, {"country": make_country("KAZ")}]
    kind = choice(Agreement, "kind", number // 2)
    agreement = make_agreement(**known, kind=kind, parties=parties, stages=stages, themes=themes)
    return agreement, {country, make_country("KAZ")}, dates_of(stages)


def an_award(number, country, themes, known):
    text, home = DATES[number % 8], make_country("KAZ")
    person = Person.objects.filter(slug="recipient").first() or make_person(slug="recipient")
    award = make_award(**known, country=home, recipient=person, recipient_country=country, date=text)
    return award, {home, country}, [text]


def an_initiative(number, country, themes, known):
    stages, other = steps(Initiative.stages.rel.related_model, number), make_country(COUNTRIES[number * 2 % 3])
    initiative = make_initiative(**known, countries=[country, other], stages=stages, themes=themes)
    return initiative, {country, other}, dates_of(stages)


def a_programme(number, country, themes, known):
    stages = steps(Programme.stages.rel.related_model, number)
    kind = choice(Programme, "kind", number // 2)
    programme = make_programme(**known, kind=kind, country=country, stages=stages, themes=themes)
    return programme, {country}, dates_of(stages)


def a_figure(number, country, themes, known):
    text, home = DATES[number % 8] or "2023", make_country("KAZ")
    measure = ("turnover", "exports", "imports")[number // 2 % 3]
    figure = make_figure(**known, period=text, measure=measure, subject=home, counterpart=country)
    return figure, {home, country}, [text]


def a_claim(number, country, themes, known):
    text, other = DATES[number % 8], make_country(COUNTRIES[number * 2 % 3])
    known["text"] = known.pop("title")
    details = {"kind": choice(Claim, "kind", number), "result": choice(Claim, "result", number // 2), "date": text}
    return make_claim(**known, **details, subjects=list({country: 1, other: 1})), {country, other}, [text]


def a_route(number, country, themes, known):
    stages = steps(Route.stages.rel.related_model, number)
    place = make_place(country=make_country(COUNTRIES[number * 2 % 3]))
    route = make_route(**known, countries=[country], calls=[{"place": place}], stages=stages, themes=themes)
    return route, {country, place.country}, dates_of(stages)


def a_project(number, country, themes, known):
    stages, home = steps(Project.stages.rel.related_model, number), make_country("KAZ")
    sides = {"investor_country": home, "host_country": country}
    kind = choice(Project, "kind", number // 2)
    return make_project(**known, **sides, kind=kind, stages=stages, themes=themes), {home, country}, dates_of(stages)


def a_release(number, country, themes, known):
    return make_release(**known, perspective=choice(Release, "perspective", number // 2)), (), ()


def an_article(number, country, themes, known):
    text = DATES[number % 8] or "2023"
    known["citations"] = True
    return make_article(**known, date=text, records_discussed=[{"record": country}]), {country}, [text]


def a_person(number, country, themes, known):
    known["name"] = known.pop("title")
    offices = [make_office(country=country), make_office(country=country)]
    return make_person(**known, offices_held=[{"office": office} for office in offices]), {country}, ()


def an_organization(number, country, themes, known):
    known["name"] = known.pop("title")
    kind = choice(Organization, "kind", number // 2)
    return make_organization(**known, kind=kind, country=country), {country}, ()


def a_source(number, country, themes, known):
    del known["citations"]
    details = {"kind": choice(Source, "kind", number // 2), "published": DATES[number % 8]}
    return make_source(**known, **details, language=("en", "ru", "kk")[number % 3]), (), ()


MAKERS = {
    Event: an_event,
    Relation: a_relation,
    Mission: a_mission,
    Agreement: an_agreement,
    Award: an_award,
    Initiative: an_initiative,
    Programme: a_programme,
    Figure: a_figure,
    Claim: a_claim,
    Route: a_route,
    Project: a_project,
    Release: a_release,
    Article: an_article,
    Person: a_person,
    Organization: an_organization,
    Source: a_source,
}
