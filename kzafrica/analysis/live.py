"""The numbers that articles name, as they are now and as they were when the article was published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from diplomacy.computations import missions_of, network_on, sources_that_count
from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.models import Source
from kzafrica.editorial.references import reference_to
from kzafrica.numbers import exact_text, unit_pattern
from kzafrica.prose import Live, Prose
from kzafrica.reference.models import Country
from kzafrica.statements.choices import Origin, Qualifier, Reliability, Unit
from kzafrica.statements.comparisons import Verdict, with_comparisons
from kzafrica.statements.computations import estimate_of
from kzafrica.statements.models import Figure
from kzafrica.statements.wording import figure_text

# What may stand behind the name of a number: the number itself, or the period it is for.
NUMBER, PERIOD = "", "period"
FORMS = {"figure": (NUMBER, PERIOD), "network": (NUMBER, PERIOD)}


@dataclass(frozen=True)
class Quantity:
    """A number as figures have it: one value or a range, its unit, and whether it is exact."""

    unit: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    qualifier: str = Qualifier.EXACT

    @property
    def text(self) -> str:
        """In the active language, as the site prints amounts."""
        return figure_text(Figure(origin=Origin.STATED, **vars(self)))

    @property
    def exact_text(self) -> str:
        """With every digit, for two numbers that read alike."""
        if self.value is not None:
            digits = exact_text(self.value)
        else:
            digits = _("%(low)s to %(high)s") % {"low": exact_text(self.low), "high": exact_text(self.high)}
        return unit_pattern(self.unit) % digits

    def as_plain(self) -> dict[str, str | None]:
        """For JSON: decimals as text."""
        return {
            name: f"{value:f}" if isinstance(value, Decimal) else value and str(value)
            for name, value in vars(self).items()
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, str | None]) -> "Quantity":
        numbers = {name: Decimal(plain[name]) for name in ("value", "low", "high") if plain.get(name) is not None}
        return cls(unit=plain["unit"], qualifier=plain["qualifier"], **numbers)


def quantity_of(figure: Figure) -> Quantity | None:
    """What the figure says; None for a derived one that cannot be computed."""
    if not figure.is_derived:
        return Quantity(figure.unit, figure.value, figure.low, figure.high, figure.qualifier)
    estimate = estimate_of(figure)
    return None if estimate is None else Quantity(figure.unit, estimate.value)


@dataclass(frozen=True)
class Published:
    """A number as it was when readers first met it in the article, and that day."""

    quantity: Quantity
    on: date

    def as_plain(self) -> dict[str, str | None]:
        return {"on": self.on.isoformat(), **self.quantity.as_plain()}

    @classmethod
    def from_plain(cls, plain: Mapping[str, str | None]) -> "Published":
        return cls(Quantity.from_plain(plain), date.fromisoformat(plain["on"]))


@dataclass(frozen=True)
class Number:
    """What a reference in a text stands for, now."""

    name: str
    title: str
    address: str
    quantity: Quantity | None
    period: ImpreciseDate | None
    is_derived: bool = False
    is_provisional: bool = False
    is_disputed: bool = False
    is_independent: bool | None = None
    verdict: str = ""
    record: models.Model | None = None

    @property
    def text(self) -> str:
        return _("cannot be computed") if self.quantity is None else self.quantity.text

    def in_form(self, form: str) -> str:
        """The number, or its period, as it stands in a sentence."""
        if form == PERIOD:
            return self.period.text() if self.period else _("a period that is not known")
        return self.text

    @property
    def standing(self) -> str:
        """In a few words what a reader should know of it before relying on it; empty where nothing is to be said."""
        said = []
        if self.is_derived:
            said.append(_("computed by us"))
        if self.is_provisional:
            said.append(self.record.get_reliability_display().lower())
        if self.is_disputed:
            said.append(_("disputed"))
        if self.is_independent is False:
            said.append(_("not independent"))
        return ", ".join(said)

    @property
    def get_verdict_display(self) -> str:
        return str(Verdict(self.verdict).label) if self.verdict else ""


@dataclass(frozen=True)
class LiveNumber:
    """A number of one article: now, and as it was published with it."""

    now: Number
    published: Published | None

    @property
    def has_moved(self) -> bool:
        """Whether a reader of the day of publication read another number than a reader of today."""
        return self.published is not None and self.published.quantity != self.now.quantity

    @property
    def _is_told_exactly(self) -> bool:
        now = self.now.quantity
        return now is not None and now.text == self.published.quantity.text

    @property
    def was(self) -> str:
        quantity = self.published.quantity
        return quantity.exact_text if self._is_told_exactly else quantity.text

    @property
    def is_now(self) -> str:
        return self.now.quantity.exact_text if self._is_told_exactly else self.now.text

    @property
    def movement(self) -> str:
        """``was 680.3 million USD when this was published on 26 November 2026; is 690 million USD now``, or nothing."""
        if not self.has_moved:
            return ""
        day = ImpreciseDate.parse(self.published.on.isoformat()).text()
        return _("was %(was)s when this was published on %(day)s; is %(now)s now") % {
            "was": self.was,
            "day": day,
            "now": self.is_now,
        }


@dataclass
class Named:
    """The public numbers and the sources that texts name, by their names."""

    numbers: dict[str, Number] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)


def load_named(texts: Iterable[Prose]) -> Named:
    """What the texts name, in a number of queries that does not grow with them; what readers may not see is left out.

    Sources are given whatever their status, as citations are: a draft is previewed with those that come with it.
    """
    texts = list(texts)
    live = {each for text in texts for each in text.live}
    named = Named()
    keys = {each.key for each in live if each.kind == "figure"}
    figures = Figure.objects.published().filter(slug__in=keys).for_list() if keys else ()
    for figure in with_comparisons(figures):
        named.numbers[reference_to(figure)] = number_of(figure)
    named.numbers |= _network_numbers({each.name: each for each in live if each.kind == "network"})
    cited = {source.key for text in texts for source in text.sources}
    if cited:
        named.sources = {f"source/{source.slug}": source for source in Source.objects.filter(slug__in=cited)}
    return named


def number_of(figure: Figure) -> Number:
    """A figure with its comparisons, as texts show it."""
    verdict = figure.verification.verdict if figure.verification else ""
    deciding = figure.verification.deciding if figure.verification else None
    is_disputed = (
        figure.reliability == Reliability.DISPUTED
        or verdict == Verdict.DIFFERS
        or any(citation.differs for citation in figure.all_citations())
    )
    return Number(
        name=reference_to(figure),
        title=figure.title,
        address=figure.get_absolute_url(),
        quantity=quantity_of(figure),
        period=figure.period,
        is_derived=figure.is_derived,
        is_provisional=figure.reliability not in (Reliability.FINAL, Reliability.DISPUTED),
        is_disputed=is_disputed,
        is_independent=deciding.is_independent if deciding else None,
        verdict=verdict,
        record=figure,
    )


def _network_numbers(names: Mapping[str, Live]) -> dict[str, Number]:
    """How many embassies states had in Africa on days, by the published rule; nothing for an unknown state or day."""
    codes = {each.key.partition("/")[0] for each in names.values()}
    numbers = {}
    for country in Country.objects.filter(alpha3__in=codes) if codes else ():
        missions, counting = list(missions_of(country)), sources_that_count(country)
        for name, each in names.items():
            code, _slash, text = each.key.partition("/")
            day = day_of(text)
            if code == country.alpha3 and day is not None:
                count = network_on(day, country, missions, counting).count
                numbers[name] = _number_of_network(name, country, day, count)
    return numbers


def _number_of_network(name: str, country: Country, day: date, count: int) -> Number:
    period = ImpreciseDate.parse(day.isoformat())
    return Number(
        name=name,
        title=_("Embassies of %(country)s in Africa on %(day)s, by the published rule")
        % {"country": country.name, "day": period.text()},
        address=f"{reverse('diplomacy:mission_list')}?sending={country.alpha3}&on={day.isoformat()}",
        quantity=Quantity(Unit.COUNT, Decimal(count)),
        period=period,
        is_derived=True,
    )


def day_of(text: str) -> date | None:
    """The day that is past or present; the network of a day to come is not known."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if len(text) == len("2025-09-14") and day <= localdate() else None


def numbers_of(text: Prose, named: Named, published: Mapping[str, dict]) -> list[LiveNumber]:
    """The live numbers of one text, each once, in its order; without those that nobody may see."""
    names = dict.fromkeys(each.name for each in text.live)
    return [
        LiveNumber(named.numbers[name], Published.from_plain(published[name]) if name in published else None)
        for name in names
        if name in named.numbers
    ]


def as_published(texts: Iterable[Prose], before: Mapping[str, dict]) -> dict[str, dict]:
    """What is kept of the numbers when texts go before readers: those they met before stay as they met them."""
    texts = list(texts)
    named = load_named(texts)
    today = localdate()
    return {
        name: before[name] if name in before else Published(number.quantity, today).as_plain()
        for name, number in sorted(named.numbers.items())
        if name in before or number.quantity is not None
    }
