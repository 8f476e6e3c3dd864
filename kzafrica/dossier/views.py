from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.generic import TemplateView

from diplomacy.computations import RULE
from kzafrica.dossier import assembly
from kzafrica.dossier.axis import axis_of, voices_of
from kzafrica.editorial.models import Citation
from kzafrica.editorial.views import RecordList, WithoutParameters
from kzafrica.reference.choices import CountryRole
from kzafrica.reference.filters import CountryFilterSet
from kzafrica.reference.models import Country
from kzafrica.statements.models import Claim
from kzafrica.translation import EDITORIAL_LANGUAGES

LATEST_EVENTS = 8
LATEST_CHANGES = 8
DISPUTES = 4


class Home(WithoutParameters, TemplateView):
    """The relationship at a glance."""

    template_name = "dossier/home.html"

    def get_context_data(self, **context) -> dict:
        today = timezone.localdate()
        home, africa = assembly.sides()
        return super().get_context_data(
            today=today,
            embassies=assembly.embassies_on(today, home),
            trade=assembly.trade_with_africa(assembly.lines_with_africa(home, africa)),
            events=assembly.latest_events(LATEST_EVENTS),
            event_count_this_year=assembly.events_of_year(today.year).count(),
            events_this_year=f"{reverse('events:event_list')}?year={today.year}",
            changes=assembly.latest_changes(LATEST_CHANGES),
            first_change=assembly.first_change(),
            disputed=assembly.disputed_events(DISPUTES),
            differing_count=Citation.objects.differing().count(),
            **context,
        )


class CountryList(RecordList):
    """Every African pair, by subregion, with how much is recorded of each."""

    filterset_class = CountryFilterSet
    template_name = "dossier/country_list.html"
    paginate_by = 100

    def get_queryset(self):
        name = f"name_{language_column()}"
        return assembly.pairs(assembly.sides()[0]).order_by("subregion", name, "name_en")


class CountryDossier(WithoutParameters, TemplateView):
    """One pair: every strand with its sources, and all of them on one axis of time."""

    template_name = "dossier/country_detail.html"

    def get(self, request, *, alpha3: str) -> HttpResponse:
        if alpha3 != alpha3.lower():
            return HttpResponsePermanentRedirect(reverse("dossier:country_detail", args=[alpha3.lower()]))
        sides = Country.objects.filter(alpha3=alpha3.upper()) | Country.objects.home()
        by_code = {country.alpha3: country for country in sides}
        country = by_code.get(alpha3.upper())
        if country is None:
            raise Http404
        if country.role == CountryRole.HOME:
            return redirect("dossier:home")
        home = next((side for side in by_code.values() if side.role == CountryRole.HOME), None)
        dossier = assembly.dossier_of(country, home) if home else None
        if dossier is None or (dossier.is_empty and not country.is_african):
            raise Http404
        return self.render_to_response(self.get_context_data(dossier=dossier, country=country))

    def get_context_data(self, *, dossier: assembly.Dossier, country: Country, **context) -> dict:
        return super().get_context_data(
            object=country,
            dossier=dossier,
            memberships=country.memberships.select_related("bloc"),
            axis=axis_of(dossier),
            voices=voices_of(dossier.citations),
            **context,
        )


class Africa(WithoutParameters, TemplateView):
    """What concerns the continent as a whole: policies, aid, trade, claims, and talks about it with others."""

    template_name = "dossier/africa.html"

    def get_context_data(self, **context) -> dict:
        home, africa = assembly.sides()
        if africa is None:
            raise Http404
        return super().get_context_data(
            africa=africa,
            rule=RULE,
            embassies=assembly.embassies_on(timezone.localdate(), home),
            programmes=assembly.programmes_for_africa(),
            trade=assembly.trade_with_africa(assembly.lines_with_africa(home, africa)),
            claims=Claim.objects.published().about(africa).with_citations(),
            talks=assembly.talks_without_africa(),
            **context,
        )


def language_column() -> str:
    """The column of editorial words for the active language."""
    active = (get_language() or "en").split("-")[0]
    return active if active in dict(EDITORIAL_LANGUAGES) else "en"
