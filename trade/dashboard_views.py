"""Pages of trade with one state, and every chart of a dashboard as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from kzafrica.editorial.reuse_views import Embeddable
from kzafrica.editorial.views import WithoutParameters
from kzafrica.pictures import Picture, chart_answer, downloads_at
from kzafrica.problems import BadParameters
from kzafrica.statements.models import Claim
from kzafrica.statements.tables import Trade
from trade.dashboards import STATED, Board
from trade.scopes import AFRICA, Scope, scope_of


def shown(scope: Scope, stated=None) -> dict:
    """What templates show of a scope: its charts with their files, its years, and the releases behind them."""
    boards = scope.boards(stated)
    return {
        "scope": scope,
        "boards": [(board, downloads_at(scope.chart_address(board))) for board in boards],
        "years": list(reversed(scope.years)),
        "releases": scope.releases(),
    }


def stated_boards(home, africa, stated: Trade) -> list[tuple[Board, dict]]:
    """The charts of trade with the continent as sources state it, each with its files; rows are not asked for."""
    scope = Scope(AFRICA, home, africa)
    return [(board, downloads_at(scope.chart_address(board))) for board in scope.stated_boards(stated)]


class PairTrade(WithoutParameters, TemplateView):
    """Trade with one state: figures as stated, and rows as both sides report them."""

    template_name = "trade/pair.html"

    def get_context_data(self, alpha3: str, **context) -> dict:
        scope = scope_of(alpha3)
        if scope.good or not hasattr(scope.other, "alpha3"):
            raise Http404
        stated = scope.stated()
        claims = Claim.objects.published().about(scope.other).with_figures()
        return super().get_context_data(trade=stated, claims=claims, **shown(scope, stated), **context)


def board_at(scope: str, key: str) -> tuple[Scope, Trade | None, Board]:
    """A chart by its address, with its scope and the stated figures that it may rest on. Raises Http404."""
    found = scope_of(scope)
    stated = found.stated() if key.startswith(STATED) and not found.good else None
    board = next((board for board in found.boards(stated) if board.key == key), None)
    if board is None:
        raise Http404
    return found, stated, board


class ChartFile(WithoutParameters, View):
    """A chart of a dashboard as SVG, PNG or CSV."""

    def get(self, request: HttpRequest, scope: str, key: str, form: str) -> HttpResponse:
        found, stated, board = board_at(scope, key)
        address = request.build_absolute_uri(found.address)
        sources = ", ".join(dict.fromkeys(str(release.source.title) for release in found.releases()))
        parts = [sources if stated is None else "", "KZ-Africa, CC BY 4.0", address]
        footer = " · ".join(part for part in parts if part)
        picture = Picture(board.chart, f"{found.title}: {board.title}", f"{board.sentence} ({board.subtitle})", footer)
        return chart_answer(picture, form, f"kazakhstan-{scope}-{key}")


class ChartEmbed(Embeddable, WithoutParameters, View):
    """A chart for the frame of another site. It follows the record: what rows gave on a past day is not kept."""

    # Taken to be answered in words: whoever asks for a day or a version means a chart that stays as it is.
    frozen_by = ("as_of", "version")

    def known_parameters(self) -> tuple[str, ...]:
        return self.frozen_by

    def get(self, request: HttpRequest, scope: str, key: str) -> HttpResponse:
        found, _stated, board = board_at(scope, key)
        sentence = _("A chart in a frame follows the record. One that stays as it is can be had as SVG or PNG.")
        if asked := [name for name in self.frozen_by if name in request.GET]:
            raise BadParameters([(name, sentence) for name in asked])
        files = downloads_at(found.chart_address(board))
        context = {"scope": found, "board": board, "files": files, "language": get_language() or "en"}
        context["page"] = request.build_absolute_uri(found.address)
        return TemplateResponse(request, "embed/chart.html", context)
