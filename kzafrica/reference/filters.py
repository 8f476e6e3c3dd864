import django_filters
from django.utils.translation import gettext_lazy as _

from kzafrica.editorial.filters import RecordFilterSet
from kzafrica.filtering import KeyFilter, OrderFilter, StrictChoiceFilter
from kzafrica.reference.choices import BlocKind, CountryRole, OfficeKind, OrganizationKind
from kzafrica.reference.models import Bloc, Commodity, Country, Organization, Person, Place, Theme
from kzafrica.translation import translated_names


class KeyedFilterSet(RecordFilterSet):
    """Reference data: words and freshness; it cites no source of its own."""

    source = has_conflict = None


class CountryFilterSet(KeyedFilterSet):
    search_fields = (*translated_names("name"), "alpha3")

    role = StrictChoiceFilter(choices=CountryRole, label=_("Role"))
    bloc = KeyFilter(queryset=Bloc.objects.all(), key="code", method="filter_bloc", label=_("Member of"))
    ordering = OrderFilter({"name": ("name_en",), "id": ("alpha3",)})

    class Meta:
        model = Country
        fields: list[str] = []

    def filter_bloc(self, queryset, name, value):
        return queryset.filter(memberships__bloc=value).distinct() if value else queryset


class BlocFilterSet(KeyedFilterSet):
    search_fields = (*translated_names("name"), "code")

    kind = StrictChoiceFilter(choices=BlocKind, label=_("Kind"))
    country = KeyFilter(queryset=Country.objects.all(), key="alpha3", method="filter_country", label=_("Member"))

    class Meta:
        model = Bloc
        fields: list[str] = []

    def filter_country(self, queryset, name, value):
        return queryset.filter(memberships__country=value).distinct() if value else queryset


class PlaceFilterSet(KeyedFilterSet):
    search_fields = (*translated_names("name"), "other_names")

    country = KeyFilter(queryset=Country.objects.all(), key="alpha3", label=_("Country"))

    class Meta:
        model = Place
        fields: list[str] = []


class ThemeFilterSet(KeyedFilterSet):
    search_fields = tuple(translated_names("name"))

    class Meta:
        model = Theme
        fields: list[str] = []


class CommodityFilterSet(KeyedFilterSet):
    search_fields = ("code", "description")

    hs = django_filters.CharFilter(field_name="code", lookup_expr="startswith", label=_("HS code begins with"))
    level = StrictChoiceFilter(
        choices=[(str(value), label) for value, label in Commodity.Level.choices], label=_("Level")
    )
    edition = django_filters.CharFilter(lookup_expr="iexact", label=_("Edition"))

    class Meta:
        model = Commodity
        fields: list[str] = []


class PersonFilterSet(RecordFilterSet):
    country = KeyFilter(
        queryset=Country.objects.all(),
        key="alpha3",
        field_name="offices_held__office__country",
        label=_("Country"),
        distinct=True,
    )
    office = StrictChoiceFilter(
        choices=OfficeKind, field_name="offices_held__office__kind", label=_("Office"), distinct=True
    )
    ordering = OrderFilter({"name": ("name_en", "slug")})

    class Meta:
        model = Person
        fields: list[str] = []

    def filter_words(self, queryset, name, value):
        return queryset.filter(pk__in=Person.objects.named(value.strip()).values("pk")) if value.strip() else queryset


class OrganizationFilterSet(RecordFilterSet):
    search_fields = (*translated_names("name"), "name_forms__text")

    kind = StrictChoiceFilter(choices=OrganizationKind, label=_("Kind"))
    country = KeyFilter(queryset=Country.objects.all(), key="alpha3", label=_("Country"))
    ordering = OrderFilter({"name": ("name_en", "slug")})

    class Meta:
        model = Organization
        fields: list[str] = []
