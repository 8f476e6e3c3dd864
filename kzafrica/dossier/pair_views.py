"""Pages of one pair: the dossier, all its dates, a brief for paper; and two pairs beside each other."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.generic import TemplateView

from kzafrica.dossier import assembly
from kzafrica.dossier.axis import Points, axis_of, compared_chart, tallies_of, voices_of
from kzafrica.dossier.filters import PairsFilterSet, PointFilterSet
from kzafrica.dossier.glance import Glance
from kzafrica.dossier.metadata import describe_dossier
from kzafrica.dossier.reciprocity import reciprocity_of
from kzafrica.dossier.shown import shown_of
from kzafrica.editorial.reuse import reuse_of, trail_of
from kzafrica.editorial.views import RecordList, WithoutParameters
from kzafrica.maps.locator import locator_of
from kzafrica.reference.choices import CountryRole
from kzafrica.reference.models import Country
from kzafrica.statements.comparisons import with_comparisons

NEWEST_POINTS = 8
SOURCES_NAMED = 10
VOICES_IN_BRIEF = 6


class OfPair:
    """A page of one pair, found by the code of the state in lower case; it has the ``dossier`` of the pair."""

    def get(self, request, *args, alpha3: str, **kwargs) -> HttpResponse:
        if alpha3 != alpha3.lower():
            path = reverse(request.resolver_match.view_name, args=[alpha3.lower(), *kwargs.values()])
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
            reuse=reuse_of(
                self.request, dossier, describe_dossier(dossier), trail=trail_of(self.request, type(country))
            ),
            dossier=dossier,
            shown=shown,
            reciprocity=cells[country.pk],
            glance=Glance(dossier, cells[country.pk]),
            locator=locator_of(country.m49, country.name, country.capital_latitude, country.capital_longitude),
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


class CountryBrief(WithoutParameters, OfPair, TemplateView):
    """The dossier of a pair on two pages of paper: the newest of each strand, how sources differ, who says so."""

    template_name = "dossier/country_brief.html"

    def get_context_data(self, **context) -> dict:
        dossier = self.dossier
        cells = reciprocity_of(Country.objects.filter(pk=dossier.country.pk), dossier.home, dossier.missions)
        axis, voices = axis_of(dossier), voices_of(dossier.citations)
        return super().get_context_data(
            dossier=dossier,
            glance=Glance(dossier, cells[dossier.country.pk]),
            chart=axis.chart,
            voices=voices[:VOICES_IN_BRIEF],
            other_voice_count=len(voices[VOICES_IN_BRIEF:]),
            today=localdate(),
            **context,
        )


class PairComparison(RecordList):
    """Two pairs beside each other: the same questions asked of both, and all their dates on one axis."""

    filterset_class = PairsFilterSet
    template_name = "dossier/pair_comparison.html"
    paginate_by = None

    def get_queryset(self):
        return Country.objects.african()

    def get_context_data(self, **context) -> dict:
        context = super().get_context_data(**context)
        home, chosen = assembly.sides()[0], list(context["object_list"])
        if home is None or not chosen:
            return context
        dossiers = [assembly.dossier_of(country, home) for country in chosen]
        missions = {mission.pk: mission for dossier in dossiers for mission in dossier.missions}
        states = Country.objects.filter(pk__in=[country.pk for country in chosen])
        cells = reciprocity_of(states, home, missions.values())
        pairs = [Glance(dossier, cells[dossier.country.pk]) for dossier in dossiers]
        with_comparisons(pair.turnover.figure for pair in pairs if pair.turnover)
        chart = compared_chart([(str(dossier.country), axis_of(dossier)) for dossier in dossiers])
        return context | {"pairs": pairs, "chart": chart, "kazakhstan": home}
