"""Published figures as series: every statement is one of its own, since two sources are never joined."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.references import reference_kinds
from kzafrica.sdmx.artefacts import NOT_APPLICABLE, NOT_SAID, Code, Names, Region, as_written, in_languages
from kzafrica.sdmx.periods import days_of, written
from kzafrica.sdmx.questions import Answer, Observation, Question, Series, span_of
from kzafrica.statements.choices import Origin, Reliability
from kzafrica.statements.computations import estimate_of
from kzafrica.statements.models import Figure
from kzafrica.translation import translated_names

# As the list of SDMX for the status of an observation has them.
STATUSES = {
    Reliability.FINAL: "A",
    Reliability.PROVISIONAL: "P",
    Reliability.ESTIMATED: "E",
    Reliability.PLANNED: "F",
    Reliability.DISPUTED: "U",
}
COLUMNS = (
    "pk", "slug", "measure", "base_measure", "subject", "counterpart", "direction", "commodity__code", "period",
    "value", "unit", "reliability", "qualifier", "origin",
)  # fmt: skip


@dataclass(frozen=True)
class FigureRow:
    """A public figure as far as it stands in a series."""

    pk: int
    slug: str
    measure: str
    base_measure: str
    subject: str
    counterpart: str
    direction: str
    commodity: str | None
    period: ImpreciseDate | None
    value: Decimal | None
    unit: str
    reliability: str
    qualifier: str
    origin: str

    def key(self, frequency: str, sides: dict[str, str]) -> dict[str, str]:
        """By dimension; ``sides`` are the codes of references."""
        return {
            "FREQ": frequency,
            "MEASURE": self.measure,
            "BASE_MEASURE": self.base_measure or NOT_APPLICABLE,
            "SUBJECT": sides[self.subject],
            "COUNTERPART": sides[self.counterpart],
            "DIRECTION": self.direction or NOT_APPLICABLE,
            "COMMODITY": self.commodity or NOT_APPLICABLE,
            "FIGURE": self.slug,
        }


def public_figures() -> list[FigureRow]:
    return [FigureRow(*row) for row in Figure.objects.published().order_by("slug").values_list(*COLUMNS)]


def derived_values() -> dict[int, Decimal | None]:
    """The values of derived figures, which are computed whenever they are read, by their number."""
    derived = Figure.objects.published().derived().with_inputs()
    estimates = {figure.pk: estimate_of(figure) for figure in derived}
    return {pk: None if estimate is None else estimate.value for pk, estimate in estimates.items()}


def sides_of(rows: Iterable[FigureRow]) -> dict[str, Code]:
    """What figures are about and with whom, by their references: a query for each kind of record met.

    A state goes by its alpha-3, anything else by its kind and key: KAZ, bloc_002, project_sugar-plant. What readers
    may not see goes without a name.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for text in (row.subject, row.counterpart):
            kind, _slash, key = text.partition("/")
            if kind:
                wanted[kind].add(key)
    found = {"": Code(NOT_APPLICABLE, in_languages(_("Not applicable")))}
    for kind, keys in sorted(wanted.items()):
        for key, names in _public_names(kind, keys).items():
            found[f"{kind}/{key}"] = Code(key if kind == "country" else f"{kind}_{key}", names)
    hidden = Code(NOT_SAID, in_languages(_("Not public")))
    return found | {
        f"{kind}/{key}": hidden for kind, keys in wanted.items() for key in keys if f"{kind}/{key}" not in found
    }


def _public_names(kind: str, keys: set[str]) -> dict[str, Names]:
    model = reference_kinds().get(kind)
    if model is None:
        return {}
    (key_field, *_rest) = model.natural_key_fields
    columns = translated_names("name" if hasattr(model, "name") else "title")
    rows = model.objects.published() if issubclass(model, PublishableModel) else model.objects.all()
    found = rows.filter(**{f"{key_field}__in": keys}).values_list(key_field, *columns)
    return {key: as_written(names) for key, *names in found.order_by(key_field)}


def figure_titles() -> list[Code]:
    rows = Figure.objects.published().order_by("slug").values_list("slug", *translated_names("title"))
    return [Code(slug, as_written(titles)) for slug, *titles in rows]


def side_codes() -> list[Code]:
    codes = {code.id: code for code in sides_of(public_figures()).values()}
    return [codes[key] for key in sorted(codes)]


def figure_series(question: Question) -> Answer:
    """Figures with a single value and a period that SDMX can write; how many others there are is remarked."""
    rows = public_figures()
    sides = {text: code.id for text, code in sides_of(rows).items()}
    values = derived_values() if any(row.origin == Origin.DERIVED for row in rows) else {}
    series, without_value, without_period = [], 0, 0
    for row in rows:
        period = written(row.period)
        key = row.key(period[0] if period else "", sides)
        # What has no period has no frequency either, and is counted whatever frequency is asked for.
        if not all(question.wants(name, code) for name, code in key.items() if code):
            continue
        value = values.get(row.pk, row.value)
        if value is None:
            without_value += 1
        elif period is None:
            without_period += 1
        elif question.wants_days(*days_of(period[1], "")):
            series.append(_series(row, tuple(key.values()), period[1], value))
    return Answer(sorted(series, key=lambda each: each.key), tuple(_remarks(without_value, without_period)))


def _series(row: FigureRow, key: tuple[str, ...], period: str, value: Decimal) -> Series:
    told = {"OBS_STATUS": STATUSES[row.reliability], "QUALIFIER": row.qualifier}
    return Series(key, {"UNIT_MEASURE": row.unit, "ORIGIN": row.origin}, [Observation(period, f"{value:f}", told)])


def _remarks(without_value: int, without_period: int) -> Iterable[str]:
    if without_value:
        yield (
            ngettext(
                "%d figure is left out: it has a range or nothing computed in place of one value.",
                "%d figures are left out: they have a range or nothing computed in place of one value.",
                without_value,
            )
            % without_value
        )
    if without_period:
        yield (
            ngettext(
                "%d figure is left out: its period is no certain year, half-year, quarter, month or day.",
                "%d figures are left out: their periods are no certain years, half-years, quarters, months or days.",
                without_period,
            )
            % without_period
        )


def figure_region(question: Question, names: list[str]) -> Region:
    """What there is of figures within the question."""
    found = figure_series(question)
    values = {name: sorted({each.key[place] for each in found.series}) for place, name in enumerate(names)}
    begins, ends = span_of(observation.period for each in found.series for observation in each.observations)
    counts = (("series_count", str(len(found.series))), ("obs_count", str(found.size)))
    return Region(values, begins, ends, counts)
