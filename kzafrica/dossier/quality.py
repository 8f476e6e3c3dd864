"""How good the record is, told to readers as it is: who supports it, when it was last looked at, what is missing.

Every number is a count of public rows, given with the number it is counted over. Nothing is estimated, and an empty
record has no shares.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property

from babel.numbers import format_decimal
from django.db import models
from django.db.models import Count, IntegerField, Max, Min, Q, QuerySet, Value
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from diplomacy.choices import Strand
from diplomacy.models import Agreement, Award, Initiative, Mission, Programme, Relation
from events.models import Event
from kzafrica.ages import a_year_before
from kzafrica.analysis.models import Article
from kzafrica.dossier.choices import CellState
from kzafrica.dossier.reciprocity import Cell, Reciprocity, reciprocity_of
from kzafrica.editorial.choices import OFFICIAL_KINDS, SourceKind
from kzafrica.editorial.counting import Tally, tallies_of
from kzafrica.editorial.labels import records_label
from kzafrica.editorial.link_checks import LinkStates, link_states
from kzafrica.editorial.models import Source
from kzafrica.numbers import active_locale, amount_text
from kzafrica.reference.models import Country, Organization, Person
from kzafrica.statements.choices import Unit
from kzafrica.statements.models import Claim, Figure
from kzafrica.translation import EDITORIAL_LANGUAGES
from trade.models import Project, Release, Route

RULE = _(
    "A record is counted once it is public. A source counts for a record if it is cited for the record or for a part "
    "of it and supports what stands there; two citations of one source are one source. Sources differ if one of them "
    "states something else, about the record or a part of it. A source is official if a state body speaks in it, or "
    "if it is a copy of such a text. Figures that we compute from others rest on these and are not counted. A record "
    "is translated if its title, name or sentence is."
)

# What the record holds, in the order of the menu.
KINDS = (
    Event,
    Mission,
    Relation,
    Agreement,
    Initiative,
    Programme,
    Award,
    Figure,
    Claim,
    Project,
    Route,
    Release,
    Person,
    Organization,
    Article,
)
LANGUAGES = tuple(code for code, _name in EDITORIAL_LANGUAGES if code != "en")
# From so many on, numbers of sources are counted together.
MANY = 4
NOT_QUITE = Decimal("0.1")


def share_of(part: int, whole: int) -> Decimal | None:
    """In percent to a tenth; 0 and 100 only where it is none and all of them, None of nothing."""
    if not whole:
        return None
    share = (Decimal(100 * part) / whole).quantize(NOT_QUITE, ROUND_HALF_EVEN)
    return share if part in (0, whole) else min(max(share, NOT_QUITE), 100 - NOT_QUITE)


@dataclass(frozen=True)
class Portion:
    """A count with what it is counted over."""

    part: int
    whole: int

    @property
    def share(self) -> Decimal | None:
        return share_of(self.part, self.whole)

    @property
    def share_text(self) -> str:
        """In the active language; empty for a share of nothing."""
        return "" if self.share is None else amount_text(self.share, Unit.PERCENT)


@dataclass(frozen=True)
class KindQuality:
    """Records of one kind, or of all: on how many sources they rest, and into which languages they are translated.

    ``translations`` has a count by language, None where records of the kind have no words of their own.
    """

    name: str
    label: str
    total: int
    tallies: list[Tally]
    translations: dict[str, int] | None

    def _count(self, tallies: Iterable[Tally]) -> Portion:
        return Portion(sum(tally.records for tally in tallies), self.total)

    @property
    def with_official(self) -> Portion:
        return self._count(tally for tally in self.tallies if tally.is_official)

    @property
    def with_differing(self) -> Portion:
        return self._count(tally for tally in self.tallies if tally.is_disputed)

    @property
    def on_one_source(self) -> Portion:
        return self.by_sources[1]

    @cached_property
    def by_sources(self) -> list[Portion]:
        """How many have no source, one, two, three, and at last ``MANY`` or more."""
        counts = Counter({0: self.total})
        for tally in self.tallies:
            counts[0] -= tally.records
            counts[min(tally.sources, MANY)] += tally.records
        return [Portion(counts[number], self.total) for number in range(MANY + 1)]

    @property
    def mean_sources(self) -> Decimal | None:
        """To a hundredth, None where there is no record."""
        if not self.total:
            return None
        cited = sum(tally.sources * tally.records for tally in self.tallies)
        return (Decimal(cited) / self.total).quantize(Decimal("0.01"), ROUND_HALF_EVEN)

    @property
    def mean_text(self) -> str:
        return "" if self.mean_sources is None else format_decimal(self.mean_sources, "#,##0.00", active_locale())

    @property
    def translated(self) -> list[Portion | None]:
        """In the order of ``LANGUAGES``."""
        return [Portion(self.translations[code], self.total) if self.translations else None for code in LANGUAGES]


@dataclass(frozen=True)
class MissionChecks:
    """When an editor last made sure that missions are as described."""

    total: int
    within_a_year: int
    never: int
    first_on: date | None
    last_on: date | None

    @property
    def longer_ago(self) -> int:
        return self.total - self.within_a_year - self.never


@dataclass(frozen=True)
class StrandGaps:
    """One thing that editors look for in every pair: in how many it is recorded, known to be none, or open."""

    strand: Strand
    cells: list[Cell]

    @property
    def label(self) -> str:
        return self.strand.label

    @cached_property
    def _counts(self) -> Counter:
        return Counter(state_of(cell) for cell in self.cells)

    @property
    def recorded(self) -> Portion:
        return Portion(self._counts[CellState.RECORDED], len(self.cells))

    @property
    def none_known(self) -> Portion:
        return Portion(self._counts[CellState.NONE_KNOWN], len(self.cells))

    @property
    def not_checked(self) -> Portion:
        return Portion(self._counts[CellState.NOT_CHECKED], len(self.cells))


def state_of(cell: Cell) -> CellState:
    """Whether something is on record, nothing is known to an editor who has looked, or nobody has looked."""
    if not cell.is_empty:
        return CellState.RECORDED
    return CellState.NONE_KNOWN if cell.check else CellState.NOT_CHECKED


@dataclass(frozen=True)
class Quality:
    """All that the page and the document say."""

    on: date
    kinds: list[KindQuality]
    sources_by_kind: dict[SourceKind, int]
    missions: MissionChecks
    links: LinkStates
    pairs: list[Reciprocity]

    @property
    def is_empty(self) -> bool:
        return not self.all_kinds.total

    @cached_property
    def all_kinds(self) -> KindQuality:
        worded = [kind for kind in self.kinds if kind.translations is not None]
        translations = {code: sum(kind.translations[code] for kind in worded) for code in LANGUAGES}
        tallies = [tally for kind in self.kinds for tally in kind.tallies]
        return KindQuality("all", str(_("All records")), sum(kind.total for kind in self.kinds), tallies, translations)

    @property
    def worded_total(self) -> int:
        """How many records have words that can be translated."""
        return sum(kind.total for kind in self.kinds if kind.translations is not None)

    @property
    def official_sources(self) -> Portion:
        official = sum(self.sources_by_kind.get(kind, 0) for kind in OFFICIAL_KINDS)
        return Portion(official, sum(self.sources_by_kind.values()))

    @cached_property
    def gaps(self) -> list[StrandGaps]:
        return [StrandGaps(strand, [pair.cells[strand] for pair in self.pairs]) for strand in Strand]


def quality_on(today: date | None = None) -> Quality:
    """The state of the public record, in a number of queries that does not grow with it."""
    home = Country.objects.home().first()
    african = Country.objects.african()
    cells = reciprocity_of(african, home) if home else {}
    return Quality(
        on=today or localdate(),
        kinds=kinds_of_records(),
        sources_by_kind={SourceKind(kind): count for kind, count in _sources_by_kind()},
        missions=mission_checks(today or localdate()),
        links=link_states(Source.objects.published()),
        pairs=list(cells.values()),
    )


def counted(model: type[models.Model]) -> QuerySet:
    """The public records of a kind that rest on sources."""
    records = model.objects.published().order_by()
    return records.stated() if model is Figure else records


def kinds_of_records() -> list[KindQuality]:
    """Every kind of record, in two queries for all."""
    tallies = tallies_of({model._meta.model_name: counted(model) for model in KINDS})
    totals = _totals()
    return [
        KindQuality(
            model._meta.model_name,
            records_label(model),
            total,
            tallies[model._meta.model_name],
            None if None in translations else dict(zip(LANGUAGES, translations, strict=True)),
        )
        for model, (total, *translations) in ((model, totals[place]) for place, model in enumerate(KINDS))
    ]


def _totals() -> dict[int, list]:
    """By the place in ``KINDS``: how many there are, and how many are translated into each language."""
    first, *others = (
        counted(model)
        .annotate(kind_number=Value(place, IntegerField()))
        .values("kind_number")
        .annotate(kind_total=Count("pk"), **{f"in_{code}": _translated(model, code) for code in LANGUAGES})
        .values_list("kind_number", "kind_total", *(f"in_{code}" for code in LANGUAGES))
        for place, model in enumerate(KINDS)
    )
    return {place: counts for place, *counts in first.union(*others, all=True)}


def _translated(model: type[models.Model], code: str):
    """The count of records with words in a language; null where the kind has no words of its own."""
    columns = {field.name for field in model._meta.fields}
    column = next((f"{name}_{code}" for name in ("title", "name", "text") if f"{name}_{code}" in columns), "")
    return Count("pk", filter=~Q(**{column: ""})) if column else Value(None, IntegerField())


def _sources_by_kind() -> QuerySet:
    kinds = Source.objects.published().order_by().values("kind").annotate(kind_total=Count("pk"))
    return kinds.order_by("-kind_total", "kind").values_list("kind", "kind_total")


def mission_checks(today: date) -> MissionChecks:
    checked = Mission.objects.published().aggregate(
        total=Count("pk"),
        within_a_year=Count("pk", filter=Q(last_checked_on__gte=a_year_before(today))),
        never=Count("pk", filter=Q(last_checked_on__isnull=True)),
        first_on=Min("last_checked_on"),
        last_on=Max("last_checked_on"),
    )
    return MissionChecks(**checked)
