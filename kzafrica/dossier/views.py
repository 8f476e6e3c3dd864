from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from diplomacy.computations import RULE
from kzafrica.dossier import assembly
from kzafrica.dossier.choices import MapStrand
from kzafrica.dossier.map_views import map_context
from kzafrica.dossier.metadata import site_document
from kzafrica.dossier.quality import RULE as QUALITY_RULE
from kzafrica.dossier.quality import quality_on
from kzafrica.dossier.reciprocity import reciprocity_of
from kzafrica.dossier.shown import list_address, newest
from kzafrica.editorial.models import Citation
from kzafrica.editorial.views import RecordList, WithoutParameters
from kzafrica.reference.filters import CountryFilterSet
from kzafrica.reference.models import Country
from kzafrica.statements.tables import trade_of
from kzafrica.translation import InLanguage
from trade.dashboard_views import stated_boards

LATEST_EVENTS = 6
LATEST_CHANGES = 6
LATEST_ARTICLES = 2
DISPUTES = 3


class Home(WithoutParameters, TemplateView):
    """The relationship at a glance."""

    template_name = "dossier/home.html"

    def get_context_data(self, **context) -> dict:
        today = timezone.localdate()
        home, africa = assembly.sides()
        trade = trade_of(assembly.lines_with_africa(home, africa))
        return super().get_context_data(
            today=today,
            embassies=assembly.embassies_on(today, home),
            trade=trade,
            turnover=trade.turnover[-1] if trade.turnover else None,
            boards=stated_boards(home, africa, trade) if home and africa else [],
            investment=assembly.investment_with_africa(home, africa),
            events=assembly.latest_events(LATEST_EVENTS),
            visits=assembly.visits_of_year(today.year),
            last_year=today.year - 1,
            visits_last_year=assembly.visits_of_year(today.year - 1).count(),
            last_year_address=f"{reverse('events:event_list')}?year={today.year - 1}",
            changes=assembly.latest_changes(LATEST_CHANGES),
            first_change=assembly.first_change(),
            articles=assembly.latest_articles(LATEST_ARTICLES),
            disputed=assembly.disputed_events(DISPUTES),
            linked_data=site_document(self.request),
            differing_count=Citation.objects.differing().count(),
            **map_context(MapStrand.MISSIONS.value),
            **context,
        )


class CountryList(RecordList):
    """Every African pair, by subregion, with how much is recorded of each."""

    filterset_class = CountryFilterSet
    template_name = "dossier/country_list.html"
    paginate_by = 100

    def get_queryset(self):
        return assembly.pairs(assembly.sides()[0]).order_by("subregion", InLanguage("name"), "alpha3")


class ReciprocityList(RecordList):
    """Every pair with what each side has in the other: missions, honorary consuls, visits."""

    filterset_class = CountryFilterSet
    template_name = "dossier/reciprocity.html"
    paginate_by = 100

    def get_queryset(self):
        return Country.objects.african().order_by("subregion", InLanguage("name"), "alpha3")

    def get_context_data(self, **context) -> dict:
        context = super().get_context_data(**context)
        kazakhstan, numbers = assembly.sides()[0], [country.pk for country in context["object_list"]]
        cells = reciprocity_of(Country.objects.filter(pk__in=numbers), kazakhstan) if kazakhstan else {}
        pairs = [cells[number] for number in numbers if number in cells]
        return context | {"pairs": pairs, "kazakhstan": kazakhstan}


class Africa(WithoutParameters, TemplateView):
    """What concerns the continent as a whole: policies, aid, trade, claims, and talks about it with others."""

    template_name = "dossier/africa.html"

    def get_context_data(self, **context) -> dict:
        home, africa = assembly.sides()
        if africa is None:
            raise Http404
        trade = trade_of(assembly.lines_with_africa(home, africa))
        return super().get_context_data(
            africa=africa,
            rule=RULE,
            embassies=assembly.embassies_on(timezone.localdate(), home),
            programmes=newest(assembly.programmes_for_africa(), reverse("diplomacy:programme_list")),
            trade=trade,
            others=newest(trade.others, list_address("statements:figure_list", bloc=africa.code)),
            claims=newest(
                assembly.claims_about(africa).with_citations(),
                list_address("statements:claim_list", bloc=africa.code),
            ),
            talks=newest(assembly.talks_without_africa(), list_address("events:event_list", african_party="false")),
            **context,
        )


class QualityPage(WithoutParameters, TemplateView):
    """How good the record is: who supports it, when it was last looked at, what is missing."""

    template_name = "dossier/quality.html"

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(quality=quality_on(), rule=QUALITY_RULE, **context)
