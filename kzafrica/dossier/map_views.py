"""The map of Africa by one strand: a page, and the same as a picture and as rows."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic import TemplateView, View

from kzafrica.dossier.choices import MapStrand
from kzafrica.dossier.filters import MapFilterSet
from kzafrica.dossier.maps import map_of
from kzafrica.dossier.shown import list_address
from kzafrica.editorial.views import WithoutParameters
from kzafrica.filtering import bad_parameters
from kzafrica.maps.pictures import map_answer
from kzafrica.pictures import downloads_at
from kzafrica.problems import BadParameters
from kzafrica.reference.models import Country


def map_context(strand: str) -> dict:
    """What ``components/map.html`` needs of a strand: the map, links to the others, its files, its address."""
    view_name = "dossier:map"
    return {
        "map": map_of(strand),
        "strands": [
            (each.label, list_address(view_name, strand=each.value), each.value == strand) for each in MapStrand
        ],
        "downloads": downloads_at(reverse("dossier:map_file", args=[strand, "svg"]).removesuffix(".svg")),
        "address": f"{list_address(view_name, strand=strand)}#map-table",
    }


class MapPage(TemplateView):
    """The map by the strand that the address names: missions where it names none."""

    template_name = "dossier/map.html"

    def get_context_data(self, **context) -> dict:
        filterset = MapFilterSet(self.request.GET, Country.objects.none())
        if errors := bad_parameters(self.request.GET, filterset, forgive_tracking=True):
            raise BadParameters(errors)
        strand = filterset.form.cleaned_data["strand"] or MapStrand.MISSIONS.value
        return super().get_context_data(strand=strand, **map_context(strand), **context)


class MapFile(WithoutParameters, View):
    """The map as SVG, PNG or CSV."""

    def get(self, request: HttpRequest, strand: str, form: str) -> HttpResponse:
        found = map_of(strand) if strand in MapStrand.values else None
        if found is None:
            raise Http404
        address = request.build_absolute_uri(list_address("dossier:map", strand=strand))
        return map_answer(found, form, f"kazakhstan-africa-{strand}", address)
