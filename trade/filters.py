from django.utils.translation import gettext_lazy as _

from kzafrica.editorial.filters import DatedFilterSet, RecordFilterSet
from kzafrica.filtering import KeyFilter, OrderFilter, StrictChoiceFilter
from kzafrica.reference.models import Country, Theme
from kzafrica.translation import translated_names
from trade.choices import Perspective, ProjectKind, ProjectState, RouteState
from trade.models import Project, Release, Route


class RouteFilterSet(DatedFilterSet):
    date_lookup = "stages__date"
    search_fields = (*translated_names("title"), *translated_names("purpose"))

    country = KeyFilter(queryset=Country.objects.all(), key="alpha3", method="filter_country", label=_("Country"))
    status = StrictChoiceFilter(choices=RouteState, field_name="stages__kind", label=_("Stage reached"), distinct=True)
    theme = KeyFilter(queryset=Theme.objects.all(), field_name="themes", label=_("Theme"))
    ordering = OrderFilter({"title": ("title_en", "slug")})

    class Meta(DatedFilterSet.Meta):
        model = Route
        fields: list[str] = []

    def filter_country(self, queryset, name, value):
        return queryset.filter(pk__in=Route.objects.touching(value).values("pk")) if value else queryset


class ProjectFilterSet(DatedFilterSet):
    date_lookup = "stages__date"
    search_fields = (*translated_names("title"), *translated_names("summary"))

    country = KeyFilter(queryset=Country.objects.all(), key="alpha3", method="filter_country", label=_("Country"))
    kind = StrictChoiceFilter(choices=ProjectKind, label=_("Kind"))
    status = StrictChoiceFilter(
        choices=ProjectState, field_name="stages__kind", label=_("Stage reached"), distinct=True
    )
    theme = KeyFilter(queryset=Theme.objects.all(), field_name="themes", label=_("Theme"))
    ordering = OrderFilter({"title": ("title_en", "slug")})

    class Meta(DatedFilterSet.Meta):
        model = Project
        fields: list[str] = []

    def filter_country(self, queryset, name, value):
        return queryset.filter(pk__in=Project.objects.involving(value).values("pk")) if value else queryset


class ReleaseFilterSet(RecordFilterSet):
    search_fields = ("title",)

    perspective = StrictChoiceFilter(choices=Perspective, label=_("Perspective"))
    ordering = OrderFilter({"title": ("title", "slug")})

    class Meta:
        model = Release
        fields: list[str] = []
