import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field

from kzafrica.editorial.filters import KeyedFilterSet, RecordFilterSet
from kzafrica.filtering import KeyFilter, OrderFilter, StrictChoiceFilter, YesNoFilter, unknown_value
from kzafrica.reference.choices import AreaKind, BlocKind, CountryRole, OfficeKind, OrganizationKind
from kzafrica.reference.models import (
    CURRENT_HS_EDITION,
    Area,
    Bloc,
    Commodity,
    Country,
    Organization,
    Person,
    Place,
    Theme,
)
from kzafrica.translation import InLanguage, translated_names

HS_EDITIONS = tuple(f"H{number}" for number in range(7))


class AreasField(forms.CharField):
    """A number of UN Comtrade or M49, or an ISO alpha-3 code; gives a list of every area meant, empty for no text.

    A state may be several areas: FRA is 250 and 251. Refusal names the nearest code of the same sort.
    """

    def __init__(self, **options) -> None:
        widget = forms.TextInput(attrs={"placeholder": _("such as ZAF or 710")})
        super().__init__(**{"widget": widget, **options})

    def clean(self, value) -> list[Area]:
        code = super().clean(value)
        areas = list(Area.objects.meant_by(code)) if code else []
        if code and not areas:
            sort = "code" if code.isdigit() else "alpha3"
            known = Area.objects.exclude(**{sort: ""}).order_by(sort).values_list(sort, flat=True)
            raise unknown_value(code, list(known))
        return areas


@extend_schema_field(
    {
        "type": "string",
        "description": "An area as UN Comtrade (12) or M49 (012) numbers it, or every area of a state by its "
        "ISO 3166-1 alpha-3 code (DZA), in any case; 0 is the world.",
    }
)
class AreaFilter(django_filters.Filter):
    """A filter by any area that a code means: ``AreaFilter(field_name="partner", label=…)``."""

    field_class = AreasField

    def __init__(self, field_name: str | None = None, lookup_expr: str = "in", **options) -> None:
        super().__init__(field_name, lookup_expr, **options)


class FoundByNameFilterSet(KeyedFilterSet):
    """Looks for words in names alone, by the rule of ``named()``."""

    def filter_words(self, queryset, name, value):
        return queryset.named(value) if value.strip() else queryset


class CountryFilterSet(FoundByNameFilterSet):
    role = StrictChoiceFilter(choices=CountryRole, label=_("Role"))
    bloc = KeyFilter(queryset=Bloc.objects.all(), key="code", method="filter_bloc", label=_("Member of"))
    ordering = OrderFilter({"name": (InLanguage("name"), "alpha3"), "id": ("alpha3",)})

    class Meta:
        model = Country
        fields: list[str] = []

    def filter_bloc(self, queryset, name, value):
        return queryset.filter(memberships__bloc=value).distinct() if value else queryset


class AreaFilterSet(FoundByNameFilterSet):
    kind = StrictChoiceFilter(choices=AreaKind, label=_("Kind"))
    country = KeyFilter(queryset=Country.objects.all(), key="alpha3", label=_("Country"))
    is_african = YesNoFilter(field_name="is_african", label=_("In Africa"))
    ordering = OrderFilter({"name": (InLanguage("name"), "code"), "id": ("code",)})

    class Meta:
        model = Area
        fields: list[str] = []


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


class CodeStart(forms.RegexField):
    """The first digits of an HS code."""

    default_error_messages = {"invalid": _("Write the first digits of an HS code, such as 0902.")}

    def __init__(self, **options) -> None:
        super().__init__(r"^[0-9]{1,6}$", **options)


@extend_schema_field({"type": "string", "pattern": "^[0-9]{1,6}$"})
class CodeStartFilter(django_filters.Filter):
    field_class = CodeStart


class CommodityFilterSet(KeyedFilterSet):
    search_fields = ("code", "description")

    hs = CodeStartFilter(field_name="code", lookup_expr="startswith", label=_("HS code begins with"))
    level = StrictChoiceFilter(
        choices=[(str(value), label) for value, label in Commodity.Level.choices], label=_("Level")
    )
    edition = StrictChoiceFilter(choices=[(edition, edition) for edition in HS_EDITIONS], label=_("Edition"))

    class Meta:
        model = Commodity
        fields: list[str] = []

    def filter_queryset(self, queryset):
        chosen = super().filter_queryset(queryset)
        return chosen if self.form.cleaned_data["edition"] else chosen.filter(edition=CURRENT_HS_EDITION)


class PersonFilterSet(FoundByNameFilterSet, RecordFilterSet):
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
    ordering = OrderFilter({"name": (InLanguage("name"), "slug")})

    class Meta:
        model = Person
        fields: list[str] = []


class OrganizationFilterSet(FoundByNameFilterSet, RecordFilterSet):
    kind = StrictChoiceFilter(choices=OrganizationKind, label=_("Kind"))
    country = KeyFilter(queryset=Country.objects.all(), key="alpha3", label=_("Country"))
    ordering = OrderFilter({"name": (InLanguage("name"), "slug")})

    class Meta:
        model = Organization
        fields: list[str] = []
