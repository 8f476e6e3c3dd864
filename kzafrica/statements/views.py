from kzafrica.editorial.views import FEED, RecordDetail, RecordList
from kzafrica.statements.comparisons import compare, with_comparisons
from kzafrica.statements.computations import estimate_of, other_statements
from kzafrica.statements.filters import ClaimFilterSet, FigureFilterSet
from kzafrica.statements.metadata import describe_claim, describe_figure
from kzafrica.statements.models import Claim, Figure
from kzafrica.statements.tables import beside, is_rounded


class FigureList(RecordList):
    """Figures under a heading for each measure, unless readers ask for another order."""

    queryset = Figure.objects.published().for_rows().by_measure()
    filterset_class = FigureFilterSet
    feed_name = "statements:figure"
    feed_forms = (FEED,)
    file_name = "statements:figure"

    def get_context_data(self, **context) -> dict:
        context = super().get_context_data(in_other_order=bool(self.request.GET.get("ordering")), **context)
        with_comparisons(context["object_list"])
        return context


class FigureDetail(RecordDetail):
    """One number: who says it, what we compute, from what."""

    describe = staticmethod(describe_figure)
    queryset = Figure.objects.published().for_list()

    def get_context_data(self, **context) -> dict:
        figure = self.object
        return super().get_context_data(
            estimate=estimate_of(figure),
            is_rounded=is_rounded(figure),
            others=beside(figure, other_statements(figure)),
            verification=compare([figure]).get(figure.pk),
            used_in=Figure.objects.published().computed_from(figure).for_rows(),
            claims=figure.claims_checked.published(),
            **context,
        )


class ClaimList(RecordList):
    queryset = Claim.objects.published().with_citations().order_by("-date_order", "slug")
    filterset_class = ClaimFilterSet
    feed_name = "statements:claim"
    feed_forms = (FEED,)
    file_name = "statements:claim"


class ClaimDetail(RecordDetail):
    describe = staticmethod(describe_claim)
    queryset = Claim.objects.published().for_list()

    def get_context_data(self, **context) -> dict:
        claim = self.object
        subjects = [row.record_record for row in claim.subjects.all()]
        return super().get_context_data(
            subjects=[record for record in subjects if getattr(record, "is_public", record is not None)],
            figures=claim.checked_against.published().for_rows(),
            **context,
        )
