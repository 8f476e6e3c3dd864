from kzafrica.editorial.api import KeyedViewSet
from kzafrica.statements.comparisons import with_comparisons
from kzafrica.statements.filters import ClaimFilterSet, FigureFilterSet
from kzafrica.statements.metadata import describe_claim, describe_figure
from kzafrica.statements.models import Claim, Figure
from kzafrica.statements.serializers import ClaimSerializer, FigureSerializer


class FigureViewSet(KeyedViewSet):
    """Numbers that sources state or that follow from others; each beside what we compute."""

    queryset = Figure.objects.published().for_list()
    describe = staticmethod(describe_figure)
    serializer_class = FigureSerializer
    filterset_class = FigureFilterSet

    # What a file of figures asks for its rows; see ``kzafrica/editorial/downloads.py``.
    prepare = staticmethod(with_comparisons)

    def paginate_queryset(self, queryset):
        return with_comparisons(super().paginate_queryset(queryset))

    def get_object(self):
        return with_comparisons([super().get_object()])[0]


class ClaimViewSet(KeyedViewSet):
    """Checkable sentences of sources and what checking them found."""

    queryset = Claim.objects.published().for_detail()
    describe = staticmethod(describe_claim)
    serializer_class = ClaimSerializer
    filterset_class = ClaimFilterSet
