import django_filters
from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from kzafrica.dossier.axis import Points
from kzafrica.dossier.choices import AxisStrand, MapStrand
from kzafrica.filtering import KeyFilter, StrictChoiceFilter
from kzafrica.reference.models import Country


class PointFilterSet(django_filters.FilterSet):
    """The dated things of one pair, by strand."""

    strand = StrictChoiceFilter(choices=AxisStrand, label=_("Strand"))

    def filter_queryset(self, points: Points) -> Points:
        strand = self.form.cleaned_data["strand"]
        return points.of(strand) if strand else points


class PairsFilterSet(django_filters.FilterSet):
    """The two African states whose pairs are compared, in the order they are named; nothing until both are."""

    first = KeyFilter(queryset=Country.objects.african(), key="alpha3", label=_("One state"))
    second = KeyFilter(queryset=Country.objects.african(), key="alpha3", label=_("Another state"))

    @property
    def qs(self) -> QuerySet:
        return super().qs if self.is_bound else self.queryset.none()

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        first, second = self.form.cleaned_data["first"], self.form.cleaned_data["second"]
        if first is None or second is None:
            return queryset.none()
        place = Case(When(pk=first.pk, then=Value(0)), default=Value(1))
        return queryset.filter(pk__in=(first.pk, second.pk)).order_by(place)


class MapFilterSet(django_filters.FilterSet):
    """By what the map is coloured."""

    strand = StrictChoiceFilter(choices=MapStrand, label=_("Strand"))
