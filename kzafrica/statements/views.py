from kzafrica.editorial.views import RecordDetail, RecordList
from kzafrica.statements.computations import compare, estimate_of, other_statements
from kzafrica.statements.filters import ClaimFilterSet, FigureFilterSet
from kzafrica.statements.models import Claim, Figure
from kzafrica.statements.tables import beside, is_rounded


class FigureList(RecordList):
    """Figures under a heading for each measure, unless readers ask for another order."""

    queryset = Figure.objects.published().for_rows().by_measure()
    filterset_class = FigureFilterSet

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(in_other_order=bool(self.request.GET.get("ordering")), **context)


class FigureDetail(RecordDetail):
    """One number: who says it, what we compute, from what."""

    queryset = Figure.objects.published().for_list()

    def get_context_data(self, **context) -> dict:
        figure = self.object
        return super().get_context_data(
            estimate=estimate_of(figure),
            is_rounded=is_rounded(figure),
            others=beside(figure, other_statements(figure)),
            comparison=compare([figure]).get(figure.pk),
            used_in=Figure.objects.published().computed_from(figure).for_rows(),
            claims=figure.claims_checked.published(),
            **context,
        )


class ClaimList(RecordList):
    queryset = Claim.objects.published().with_citations().order_by("-date_order", "slug")
    filterset_class = ClaimFilterSet


class ClaimDetail(RecordDetail):
    queryset = Claim.objects.published().for_list()

    def get_context_data(self, **context) -> dict:
        claim = self.object
        subjects = [row.record_record for row in claim.subjects.all()]
        return super().get_context_data(
            subjects=[record for record in subjects if getattr(record, "is_public", record is not None)],
            figures=claim.checked_against.published().for_rows(),
            **context,
        )
