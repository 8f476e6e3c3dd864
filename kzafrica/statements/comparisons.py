"""What is stated beside what we compute: agrees, differs by so much, or cannot be checked and why.

Sections add what they can compute from their own records through ``settings.FIGURE_COMPUTATIONS``; this module imports
none of them. A computation rests on the scope of a figure and never on its number, and nothing here writes either.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.utils.module_loading import import_string
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kzafrica.editorial.citing import load_citations
from kzafrica.editorial.workflow import content_revision
from kzafrica.statements.choices import Measure, Reliability, Unit
from kzafrica.statements.computations import Computation, Estimate, Uncheckable, agreement, estimate_of, scope_of
from kzafrica.statements.models import Figure

Found = Computation | Uncheckable
# What a section gives: figures in, by primary key one or several of what it found; it leaves out what is not its own.
# It reads the scope alone, and fetches for all of its own figures at once the records that the scope names.
SectionComputation = Callable[[list[Figure]], dict[int, Found | list[Found]]]

DECIDING_RULE = _(
    "Where several computations stand beside one number, the first that is independent of its sources decides whether "
    "it agrees: customs rows and milestones come before figures derived from other figures. Where none is independent, "
    "the first decides and is marked. The others are shown all the same."
)
UNBOUNDED = _("What it would be computed from has no bounds.")
NOT_COMPUTABLE = _("An input of its formula is missing, or it would be divided by zero.")


class Verdict(models.TextChoices):
    AGREES = "agrees", _("Agrees")
    DIFFERS = "differs", _("Differs")
    CANNOT_BE_CHECKED = "cannot_be_checked", _("Cannot be checked")


@dataclass(frozen=True)
class Comparison:
    """A figure beside one computation. ``difference`` is the figure minus the computed; None where they agree."""

    computation: Computation
    verdict: str
    difference: Decimal | None = None

    @property
    def agrees(self) -> bool:
        return self.verdict == Verdict.AGREES

    @property
    def label(self) -> str:
        return self.computation.label

    @property
    def is_independent(self) -> bool:
        return self.computation.is_independent

    @property
    def get_verdict_display(self) -> str:
        return Verdict(self.verdict).label


@dataclass(frozen=True)
class Verification:
    """A figure beside everything we compute of it, and one verdict.

    The first computation that is independent of the figure's sources decides; where none is, the first. ``gaps`` say
    why something else could not be computed.
    """

    comparisons: list[Comparison] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)

    @property
    def deciding(self) -> Comparison | None:
        independent = (each for each in self.comparisons if each.is_independent)
        return next(independent, self.comparisons[0] if self.comparisons else None)

    @property
    def verdict(self) -> str:
        return self.deciding.verdict if self.deciding else Verdict.CANNOT_BE_CHECKED

    @property
    def agrees(self) -> bool | None:
        return self.deciding.agrees if self.deciding else None

    @property
    def computation(self) -> Computation | None:
        return self.deciding.computation if self.deciding else None

    @property
    def difference(self) -> Decimal | None:
        return self.deciding.difference if self.deciding else None

    @property
    def reason(self) -> str:
        """Why it cannot be checked; empty where anything could be computed."""
        return "" if self.comparisons else " ".join(self.gaps)

    @property
    def dissenting(self) -> list[Comparison]:
        """The computations of which the opposite of the verdict is true."""
        return [each for each in self.comparisons if each.verdict != self.verdict]

    @property
    def get_verdict_display(self) -> str:
        return Verdict(self.verdict).label


@lru_cache
def section_computations() -> list[SectionComputation]:
    """What sections compute from their own records, in the order in which their results stand and decide."""
    return list(import_string(settings.FIGURE_COMPUTATIONS))


def compare(figures: Iterable[Figure]) -> dict[int, Verification]:
    """Every figure beside what we compute, by primary key, in a number of queries that does not grow.

    Every stated figure is in the answer. A derived one, which is itself a computation, is held against the records of
    sections alone, and is in the answer only where they give something.
    """
    figures = list(figures)
    if not figures:
        return {}
    found: dict[int, list[Found]] = defaultdict(list)
    for compute in section_computations():
        for pk, results in compute(figures).items():
            found[pk] += results if isinstance(results, list) else [results]
    derived = derived_by_scope() if any(not figure.is_derived for figure in figures) else {}
    verifications = {}
    for figure in figures:
        if not figure.is_derived:
            found[figure.pk] += [each.beside(figure) for each in derived.get(scope_of(figure), ())]
        verification = _verified(figure, found[figure.pk])
        if not figure.is_derived or verification.comparisons:
            verifications[figure.pk] = verification
    return verifications


def with_comparisons(figures: Iterable[Figure]) -> list[Figure]:
    """The figures, each with what ``compare()`` found as its ``verification``."""
    figures = list(figures)
    verifications = compare(figures)
    for figure in figures:
        figure.verification = verifications.get(figure.pk)
    return figures


@dataclass(frozen=True)
class Differing:
    """What a public figure states, and what the computation that decides gives instead."""

    stated: str
    computed: Decimal | None
    unit: str


def differing() -> dict[int, Differing]:
    """Every public figure that differs from what we compute, by primary key.

    Worked out once for each content revision and day, since all figures have to be read for it.
    """

    def work_out() -> dict[int, Differing]:
        found = {}
        for figure in with_comparisons(Figure.objects.published().with_inputs().with_citations()):
            deciding = figure.verification.deciding if figure.verification else None
            if deciding is not None and not deciding.agrees:
                estimate = deciding.computation.estimate
                found[figure.pk] = Differing(figure.printed, estimate.value, estimate.unit)
        return found

    return cache.get_or_set(f"differing-figures-{content_revision()}-{localdate()}", work_out)


def _verified(figure: Figure, found: list[Found]) -> Verification:
    own = estimate_of(figure)
    comparisons, gaps = [], []
    for each in found:
        result = each if isinstance(each, Uncheckable) else _compared(own, each)
        if isinstance(result, Uncheckable):
            gaps.append(str(result.reason))
        else:
            comparisons.append(result)
    if not comparisons and not gaps:
        gaps = [str(why_nothing(figure))]
    return Verification(comparisons, list(dict.fromkeys(gaps)))


def _compared(own: Estimate | None, computation: Computation) -> Comparison | Uncheckable:
    computed = computation.estimate
    if own is None:
        return Uncheckable(NOT_COMPUTABLE)
    if computed.interval.low is None and computed.interval.high is None:
        return Uncheckable(UNBOUNDED)
    agrees = agreement(own, computed)
    if agrees is None:
        sentence = _now("It is stated in %(stated)s and computed in %(computed)s, and no source here gives a rate.")
        return Uncheckable(sentence % {"stated": Unit(own.unit).label, "computed": Unit(computed.unit).label})
    if agrees:
        return Comparison(computation, Verdict.AGREES)
    difference = None if own.value is None or computed.value is None else own.value - computed.value
    return Comparison(computation, Verdict.DIFFERS, difference)


def why_nothing(figure: Figure) -> str:
    """Why nothing stands beside a figure for which no section and no derived figure gave anything."""
    if figure.reliability == Reliability.PLANNED:
        return _("It is a plan: nothing done is on record that could be counted.")
    if figure.measure == Measure.RANK:
        return _("A rank needs the numbers of all that are ranked, and they are not on record.")
    if not figure.period:
        return _("The source names no period for it.")
    if figure.measure == Measure.SHARE:
        return _("Nothing that gives both the part and the whole is on record.")
    if figure.measure == Measure.GROWTH:
        return _("Nothing that gives both periods is on record.")
    return _("Nothing from which to compute it is on record.")


# --- What derived figures give


@dataclass(frozen=True)
class Derivation:
    """What a derived figure says, with the stated figures it comes down to and the sources that support each."""

    found: Found
    rests_on: dict[int, frozenset[int]]

    def beside(self, figure: Figure) -> Found:
        """What it says about a figure: nothing that was computed from the figure's own number can confirm it."""
        if figure.pk in self.rests_on:
            return Uncheckable(_("What is computed for it rests on the number itself."))
        if isinstance(self.found, Uncheckable):
            return self.found
        own = supporting_sources(figure)
        is_independent = all(sources - own for sources in self.rests_on.values())
        return Computation(
            self.found.estimate, self.found.derived_from, self.found.rule, is_independent, self.found.label
        )


def derived_by_scope() -> dict[tuple, list[Derivation]]:
    """What derived figures say, by scope; worked out once for each content revision."""

    def work_out() -> dict[tuple, list[Derivation]]:
        figures = list(Figure.objects.published().derived().with_inputs().order_by("slug"))
        stated = {figure.pk: list(_stated_behind(figure)) for figure in figures}
        load_citations(each for behind in stated.values() for each in behind)
        by_scope = defaultdict(list)
        for figure in figures:
            by_scope[scope_of(figure)].append(_derivation(figure, stated[figure.pk]))
        return dict(by_scope)

    return cache.get_or_set(f"derivations-{content_revision()}-{get_language()}", work_out)


def _stated_behind(figure: Figure) -> Iterator[Figure]:
    """The stated figures that a derived one comes down to, at any depth."""
    for row in figure.inputs.all():
        if row.figure.is_derived:
            yield from _stated_behind(row.figure)
        else:
            yield row.figure


def _derivation(figure: Figure, stated: list[Figure]) -> Derivation:
    estimate = estimate_of(figure)
    if estimate is None:
        return Derivation(Uncheckable(str(NOT_COMPUTABLE)), {})
    computation = Computation(
        estimate,
        [row.figure for row in figure.inputs.all()],
        rule=str(figure.get_formula_display()),
        label=_now("Other figures of the record"),
    )
    return Derivation(computation, {each.pk: supporting_sources(each) for each in stated})


def supporting_sources(figure: Figure) -> frozenset[int]:
    """The sources that state the number of a figure as we keep it."""
    return frozenset(citation.source_id for citation in figure.all_citations() if not citation.differs)
