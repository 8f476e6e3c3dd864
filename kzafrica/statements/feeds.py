from kzafrica.editorial.described_feeds import DescribedFeed
from kzafrica.statements.filters import ClaimFilterSet, FigureFilterSet
from kzafrica.statements.metadata import describe_claim, describe_figure
from kzafrica.statements.models import Claim, Figure


class FigureFeed(DescribedFeed):
    queryset = Figure.objects.published()
    filterset_class = FigureFilterSet
    list_name = "statements:figure_list"
    describe = staticmethod(describe_figure)


class ClaimFeed(DescribedFeed):
    queryset = Claim.objects.published()
    filterset_class = ClaimFilterSet
    list_name = "statements:claim_list"
    describe = staticmethod(describe_claim)
