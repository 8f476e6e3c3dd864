"""Which figures and claims may be one and the same, written down twice."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from kzafrica.statements.choices import Measure
from kzafrica.statements.models import Figure
from kzafrica.workshop.said import Rule, at_the_same_time, of_parts

SCOPE = tuple(name for name in Figure.SCOPE if name not in ("commodity", "period"))


def figures_alike(said: dict, others: QuerySet) -> Iterable:
    """About the same measure, scope and period; another source may well state its own number for them.

    The turnover of two states is one, whichever of them is called the subject.
    """
    if not said.get("measure") or not said.get("subject"):
        return ()
    commodity = said.get("commodity", "").partition("/")[0]
    same = Q(commodity__code=commodity) if commodity else Q(commodity=None)
    scope = {name: said.get(name, "") for name in SCOPE}
    in_scope = Q(**scope)
    if scope["measure"] == Measure.TURNOVER:
        in_scope |= Q(**scope | {"subject": scope["counterpart"], "counterpart": scope["subject"]})
    return others.filter(same & in_scope & at_the_same_time("period", said.get("period", "")))


def claims_alike(said: dict, others: QuerySet) -> Iterable:
    """In the same words, or of the same kind about one of the same records at the same time."""
    same = Q(text_en__iexact=said.get("text_en", "").strip() or "–")
    subjects = of_parts(said, "subjects", "record")
    if said.get("kind") and said.get("date") and subjects:
        about = Q(subjects__record__in=subjects)
        same |= about & Q(kind=said["kind"]) & at_the_same_time("date", said["date"])
    return others.filter(same).distinct()


FIGURES = Rule((*SCOPE, "commodity", "period"), figures_alike)
CLAIMS = Rule(("text_en", "kind", "date", "subjects.record"), claims_alike)
