"""What is stated to be invested in projects: figures, in the currency of their source."""

from collections import defaultdict
from collections.abc import Iterable

from kzafrica.editorial.references import reference_to
from kzafrica.statements.choices import Measure
from kzafrica.statements.models import Figure
from kzafrica.statements.tables import lines_of
from trade.models import Project

INVESTMENT_MADE = (Measure.INVESTMENT_STOCK, Measure.INVESTMENT_FLOW)
INVESTMENT = (*INVESTMENT_MADE, Measure.INVESTMENT_PLANNED)


def with_amounts(projects: Iterable[Project], figures: Iterable[Figure] | None = None) -> list[Project]:
    """The projects, each with ``amounts``: lines of what sources state was or is to be invested in it.

    Nothing is added up, and a project of which no amount is stated has none: that is not zero. ``figures`` are those
    the caller has already; else one query asks for them.
    """
    projects = list(projects)
    if figures is None:
        about = Figure.objects.published().filter(subject__in=[reference_to(project) for project in projects])
        figures = about.order_by("-is_headline", "-period_order", "slug").for_rows()
    by_project: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.measure in INVESTMENT:
            by_project[figure.subject].append(figure)
    for project in projects:
        project.amounts = lines_of(by_project[reference_to(project)])
    return projects
