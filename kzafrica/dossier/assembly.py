"""What the pages of several sections are made of: queries over published records, one small function a strand.

A dossier asks for each strand and its parts once and for the citations of all of them in one query, so that it costs
the same with two records as with two hundred.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop

from diplomacy.computations import (
    STEPS_SHOWN,
    Network,
    Step,
    missions_of,
    network_on,
    network_steps,
    sources_that_count,
)
from diplomacy.models import Accreditation, Agreement, Award, Initiative, Mission, Programme, Relation
from events.choices import SPOKEN
from events.models import Event, Outcome
from kzafrica.analysis.models import Article
from kzafrica.charts import StepChart, step_chart
from kzafrica.editorial.citing import load_citations
from kzafrica.editorial.models import Change
from kzafrica.editorial.workflow import SYSTEM_USER_NAME
from kzafrica.reference.models import Bloc, Country
from kzafrica.statements.comparisons import with_comparisons
from kzafrica.statements.models import Claim, Figure
from kzafrica.statements.tables import Line, lines_of
from trade.amounts import INVESTMENT_MADE, with_amounts
from trade.models import Project, Route

# UN subregions of Africa, named so that they can be translated where a page prints a country's own.
SUBREGIONS = (
    gettext_noop("Eastern Africa"),
    gettext_noop("Middle Africa"),
    gettext_noop("Northern Africa"),
    gettext_noop("Southern Africa"),
    gettext_noop("Western Africa"),
)


def sides() -> tuple[Country | None, Bloc | None]:
    """Kazakhstan and Africa; None before the reference data are loaded, when there is nothing to show of either."""
    return Country.objects.home().first(), Bloc.objects.continents().first()


# --- The strands of a pair


def relations_with(country: Country) -> QuerySet:
    return Relation.objects.published().involving(country).select_related("first", "second")


def missions_between(home: Country, country: Country) -> QuerySet:
    """Missions of one in the other, and missions elsewhere from which the other is covered."""
    covered = Accreditation.objects.filter(
        Q(country=country, head__mission__sending=home) | Q(country=home, head__mission__sending=country)
    )
    between = Q(sending=home, receiving=country) | Q(sending=country, receiving=home)
    return Mission.objects.published().filter(between | Q(heads__accreditations__in=covered)).distinct().with_life()


def events_with(country: Country) -> QuerySet:
    return with_parts(Event.objects.published().involving(country).newest_first())


def with_parts(events: QuerySet) -> QuerySet:
    """Events with who took part and what came of them."""
    outcomes = Prefetch("outcomes", Outcome.objects.select_related("theme"))
    return events.with_participants().prefetch_related("announcements", outcomes)


def agreements_with(country: Country) -> QuerySet:
    return Agreement.objects.published().involving(country).newest_first().with_parts()


def initiatives_with(country: Country) -> QuerySet:
    return Initiative.objects.published().involving(country).newest_first().prefetch_related("stages")


def programmes_of(country: Country) -> QuerySet:
    return (
        Programme.objects.published()
        .filter(country=country)
        .newest_first()
        .select_related("country", "organization")
        .prefetch_related("stages")
    )


def awards_between(country: Country) -> QuerySet:
    return (
        Award.objects.published()
        .involving(country)
        .order_by("-date_order", "slug")
        .select_related("country", "conferred_by", "recipient", "recipient_country", "place")
    )


def routes_touching(country: Country) -> QuerySet:
    return Route.objects.published().touching(country).prefetch_related("stages")


def projects_involving(country: Country) -> QuerySet:
    return (
        Project.objects.published()
        .involving(country)
        .select_related("investor_country", "host_country", "place")
        .prefetch_related("stages")
    )


def figures_about(*records) -> QuerySet:
    return (
        Figure.objects.published()
        .about(*records)
        .order_by("-period_order", "slug")
        .select_related("commodity")
        .with_inputs()
    )


def claims_about(*records) -> QuerySet:
    return Claim.objects.published().about(*records).order_by("-date_order", "slug")


# --- One pair


@dataclass
class Dossier:
    """Everything public about the relations of Kazakhstan with one state; every list is ready to be read."""

    home: Country
    country: Country
    relations: list[Relation]
    missions: list[Mission]
    events: list[Event]
    agreements: list[Agreement]
    initiatives: list[Initiative]
    programmes: list[Programme]
    awards: list[Award]
    routes: list[Route]
    projects: list[Project]
    lines: list[Line]
    claims: list[Claim]
    citations: list = field(default_factory=list, repr=False)

    @property
    def records(self) -> list:
        """Every record of the dossier, strand by strand."""
        figures = [other.figure for line in self.lines for other in line.others]
        return [
            *self.relations,
            *self.missions,
            *self.events,
            *self.agreements,
            *self.initiatives,
            *self.programmes,
            *self.awards,
            *self.routes,
            *self.projects,
            *(line.figure for line in self.lines),
            *figures,
            *self.claims,
        ]

    @property
    def is_empty(self) -> bool:
        return not self.records

    @property
    def key(self) -> str:
        return self.country.key

    @property
    def resource(self) -> str:
        """The API resource that has this page as a document: there are dossiers of African pairs alone."""
        return "dossier" if self.country.is_african else "country"

    @property
    def updated_at(self) -> datetime:
        """When anything in it last changed."""
        return max(record.updated_at for record in [self.country, *self.records])

    def get_absolute_url(self) -> str:
        return self.country.get_absolute_url()

    @cached_property
    def missions_there(self) -> list[Mission]:
        """Missions of Kazakhstan in the country."""
        return [mission for mission in self.missions if mission.receiving_id == self.country.pk]

    @cached_property
    def missions_here(self) -> list[Mission]:
        """Missions of the country in Kazakhstan."""
        return [mission for mission in self.missions if mission.receiving_id == self.home.pk]

    @cached_property
    def concurrent(self) -> list[Accreditation]:
        """Accreditations from one side to the other by missions that work elsewhere, each with its head and mission."""
        found = []
        for mission in self.missions:
            if mission in self.missions_there or mission in self.missions_here:
                continue
            covered = self.country if mission.sending_id == self.home.pk else self.home
            for head in mission.heads.all():
                found += [row for row in head.accreditations.all() if row.country_id == covered.pk]
        return found

    @cached_property
    def spoken_at(self) -> list[Event]:
        """The events at which something was said, or may have been."""
        return [event for event in self.events if event.occurrence in SPOKEN]

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """What was discussed and promised, newest event first."""
        return [outcome for event in self.spoken_at for outcome in event.outcomes.all()]


def dossier_of(country: Country, home: Country) -> Dossier:
    """The whole of one pair, citations included."""
    events = list(events_with(country))
    missions = list(missions_between(home, country))
    agreements = list(agreements_with(country))
    routes, projects = list(routes_touching(country)), list(projects_involving(country))
    figures = list(figures_about(country, *events, *routes, *projects))
    dossier = Dossier(
        home=home,
        country=country,
        relations=list(relations_with(country)),
        missions=missions,
        events=events,
        agreements=agreements,
        initiatives=list(initiatives_with(country)),
        programmes=list(programmes_of(country)),
        awards=list(awards_between(country)),
        routes=routes,
        projects=with_amounts(projects, figures),
        lines=lines_of(figures),
        claims=list(claims_about(country, *missions, *events, *agreements, *routes, *projects, *figures)),
    )
    dossier.citations = load_citations(dossier.records)
    return dossier


# --- All pairs


def pairs(home: Country | None) -> QuerySet:
    """The states and territories of Africa with how much is recorded of each: one query for any number of records."""
    events = Event.objects.published().involving(OuterRef("pk"))
    missions = Mission.objects.published()
    return Country.objects.african().annotate(
        event_count=count_of(events),
        agreement_count=count_of(Agreement.objects.published().filter(parties__country=OuterRef("pk"))),
        missions_there=count_of(missions.filter(sending=home, receiving=OuterRef("pk"))),
        missions_here=count_of(missions.filter(sending=OuterRef("pk"), receiving=home)),
    )


def count_of(rows: QuerySet) -> Coalesce:
    """The number of rows of a query that refers to the outer one; 0 where there are none."""
    counted = rows.order_by().annotate(group=Value(1)).values("group").annotate(number=Count("pk", distinct=True))
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)


# --- The continent and the home page


def lines_with_africa(home: Country | None, africa: Bloc | None) -> list[Line]:
    figures = Figure.objects.published().between(home, africa).order_by("-period_order", "slug")
    return lines_of(with_comparisons(figures.for_rows()))


@dataclass
class Embassies:
    """The network of Kazakhstan's embassies in Africa on a day, and how it grew."""

    network: Network
    steps: list[Step]

    @cached_property
    def past_steps(self) -> list[Step]:
        """What has certainly changed the number by the day of the network."""
        return [step for step in self.steps if step.effective_on <= self.network.on]

    @property
    def newest_steps(self) -> list[Step]:
        """Those that a table has room for."""
        return self.past_steps[-STEPS_SHOWN:]

    @property
    def step_count(self) -> int:
        return len(self.past_steps)

    @property
    def has_more_steps(self) -> bool:
        return self.step_count > STEPS_SHOWN

    @property
    def chart(self) -> StepChart | None:
        """How many were sure to exist, from the first to the day of the network."""
        return step_chart(((step.effective_on, step.count) for step in self.past_steps), until=self.network.on)


def embassies_on(day: date, home: Country | None) -> Embassies:
    missions = list(missions_of(home))
    counting = sources_that_count(home)
    return Embassies(network_on(day, home, missions, counting), network_steps(home, missions, counting))


def investment_with_africa(home: Country | None, africa: Bloc | None) -> list[Line]:
    """What was invested both ways, as stated or derived; what is only planned is not investment made."""
    figures = Figure.objects.published().measuring(*INVESTMENT_MADE).between(home, africa)
    return lines_of(figures.order_by("-period_order", "slug").for_rows())


def events_of_year(year: int) -> QuerySet:
    """Events that may have taken place in a year, newest first."""
    return Event.objects.published().filter(date__overlaps=(date(year, 1, 1), date(year, 12, 31))).newest_first()


def visits_of_year(year: int) -> QuerySet:
    """Visits between the two sides that may have taken place in a year, newest first, as rows of a list."""
    return events_of_year(year).visits().for_list()


def latest_events(limit: int) -> QuerySet:
    """The newest events that are dated, as rows of a list."""
    return Event.objects.published().exclude(date_order=0).newest_first().for_list()[:limit]


def talks_without_africa() -> QuerySet:
    return Event.objects.published().without_africa().newest_first().for_list()


def programmes_for_africa() -> QuerySet:
    return Programme.objects.published().for_list().newest_first()


def disputed_events(limit: int) -> QuerySet:
    """The newest events about which sources differ."""
    return with_parts(Event.objects.published().disputed().newest_first()).with_citations()[:limit]


def latest_changes(limit: int) -> QuerySet:
    """The newest changes that editors made; loading the initial dataset is no news."""
    return Change.objects.exclude(by_name=SYSTEM_USER_NAME).order_by("-number")[:limit]


def latest_articles(limit: int) -> QuerySet:
    """The newest signed articles, as rows of a list."""
    return Article.objects.published().for_list().order_by("-date_order", "-slug")[:limit]


def first_change() -> Change | None:
    """With what the record began."""
    return Change.objects.order_by("number").first()
