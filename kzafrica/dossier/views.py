from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from diplomacy.computations import RULE
from kzafrica.dossier import assembly
from kzafrica.dossier.axis import Points, axis_of, tallies_of, voices_of
from kzafrica.dossier.filters import PointFilterSet
from kzafrica.dossier.quality import RULE as QUALITY_RULE
from kzafrica.dossier.quality import quality_on
from kzafrica.dossier.reciprocity import reciprocity_of
from kzafrica.dossier.shown import list_address, newest, shown_of
from kzafrica.editorial.models import Citation
from kzafrica.editorial.views import RecordList, WithoutParameters
from kzafrica.reference.choices import CountryRole
from kzafrica.reference.filters import CountryFilterSet
from kzafrica.reference.models import Country
from kzafrica.statements.comparisons import with_comparisons
from kzafrica.statements.tables import trade_of
from kzafrica.translation import InLanguage

LATEST_EVENTS = 8
LATEST_CHANGES = 8
DISPUTES = 4
NEWEST_POINTS = 30
SOURCES_NAMED = 10


class Home(WithoutParameters, TemplateView):
    """The relationship at a glance."""

    template_name = "dossier/home.html"

    def get_context_data(self, **context) -> dict:
        today = timezone.localdate()
        home, africa = assembly.sides()
        return super().get_context_data(
            today=today,
            embassies=assembly.embassies_on(today, home),
            trade=trade_of(assembly.lines_with_africa(home, africa)),
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


class OfPair:
    """A page of one pair, found by the code of the state in lower case; it has the ``dossier`` of the pair."""

    def get(self, request, *args, alpha3: str, **kwargs) -> HttpResponse:
        if alpha3 != alpha3.lower():
            path = reverse(request.resolver_match.view_name, args=[alpha3.lower()])
            query = request.META.get("QUERY_STRING")
            return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
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
        self.dossier = dossier
        return super().get(request, *args, **kwargs)


class CountryDossier(WithoutParameters, OfPair, TemplateView):
    """One pair: the newest of every strand with its sources, and all strands on one axis of time."""

    template_name = "dossier/country_detail.html"

    def get_context_data(self, **context) -> dict:
        dossier = self.dossier
        country, home = dossier.country, dossier.home
        cells = reciprocity_of(Country.objects.filter(pk=country.pk), home, dossier.missions)
        axis, voices = axis_of(dossier), voices_of(dossier.citations)
        shown = shown_of(dossier)
        with_comparisons(line.figure for line in shown.lines.rows)
        return super().get_context_data(
            object=country,
            dossier=dossier,
            shown=shown,
            reciprocity=cells[country.pk],
            memberships=country.memberships.select_related("bloc"),
            axis=axis,
            chart=axis.chart,
            newest_points=axis.newest_first()[:NEWEST_POINTS],
            tallies=tallies_of(axis),
            voices=voices[:SOURCES_NAMED],
            voice_count=len(voices),
            other_voice_count=len(voices[SOURCES_NAMED:]),
            **context,
        )


class CountryTime(OfPair, RecordList):
    """Everything dated of one pair, newest first, of all strands or of one."""

    filterset_class = PointFilterSet
    template_name = "dossier/country_time.html"
    context_object_name = "points"

    def get_queryset(self) -> Points:
        return axis_of(self.dossier).newest_first()

    def get_context_data(self, **context) -> dict:
        is_chosen, axis = self.filterset.is_bound and not self.errors, self.get_queryset()
        return super().get_context_data(
            dossier=self.dossier,
            chart=self.object_list.chart,
            tallies=tallies_of(axis),
            total=len(axis),
            chosen=self.filterset.form.cleaned_data["strand"] if is_chosen else "",
            **context,
        )


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
