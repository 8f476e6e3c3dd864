from django.utils.translation import gettext_lazy as _

from kzafrica.editorial.filters import DatedFilterSet
from kzafrica.filtering import KeyFilter, KeyTextFilter, OrderFilter, StrictChoiceFilter, YesNoFilter
from kzafrica.reference.models import CURRENT_HS_EDITION, Bloc, Commodity, Country
from kzafrica.statements.choices import ClaimKind, ClaimResult, Direction, Measure, Origin, Unit
from kzafrica.statements.models import Claim, Figure
from kzafrica.translation import translated_names


class FigureFilterSet(DatedFilterSet):
    date_lookup = "period"
    search_fields = (*translated_names("title"), "printed", "universe")

    measure = StrictChoiceFilter(choices=Measure, label=_("Measure"))
    base_measure = StrictChoiceFilter(choices=Measure, label=_("Of"))
    country = KeyFilter(queryset=Country.objects.all(), key="alpha3", method="filter_about", label=_("Country"))
    bloc = KeyFilter(queryset=Bloc.objects.all(), key="code", method="filter_about", label=_("Continent or bloc"))
    direction = StrictChoiceFilter(choices=Direction, label=_("Direction"))
    hs = KeyTextFilter(
        queryset=Commodity.objects.filter(edition=CURRENT_HS_EDITION),
        key="code",
        field_name="commodity",
        label=_("HS code"),
    )
    unit = StrictChoiceFilter(choices=Unit, label=_("Unit"))
    origin = StrictChoiceFilter(choices=Origin, label=_("Stated or derived"))
    headline = YesNoFilter(field_name="is_headline", label=_("Headline figures"))
    ordering = OrderFilter({"period": ("period_order", "slug"), "measure": ("measure", "slug")})

    class Meta(DatedFilterSet.Meta):
        model = Figure
        fields: list[str] = []

    def filter_about(self, queryset, name, value):
        return queryset.filter(pk__in=Figure.objects.about(value).values("pk")) if value else queryset


class ClaimFilterSet(DatedFilterSet):
    search_fields = (*translated_names("text"), *translated_names("reason"))

    kind = StrictChoiceFilter(choices=ClaimKind, label=_("Kind"))
    result = StrictChoiceFilter(choices=ClaimResult, label=_("Result"))
    country = KeyFilter(queryset=Country.objects.all(), key="alpha3", method="filter_about", label=_("Country"))
    bloc = KeyFilter(queryset=Bloc.objects.all(), key="code", method="filter_about", label=_("Continent or bloc"))
    ordering = OrderFilter({"date": ("date_order", "slug")})

    class Meta(DatedFilterSet.Meta):
        model = Claim
        fields: list[str] = []

    def filter_about(self, queryset, name, value):
        return queryset.filter(pk__in=Claim.objects.about(value).values("pk")) if value else queryset
