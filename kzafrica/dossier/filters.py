import django_filters
from django.utils.translation import gettext_lazy as _

from kzafrica.dossier.axis import Points
from kzafrica.dossier.choices import AxisStrand, MapStrand
from kzafrica.filtering import StrictChoiceFilter


class PointFilterSet(django_filters.FilterSet):
    """The dated things of one pair, by strand."""

    strand = StrictChoiceFilter(choices=AxisStrand, label=_("Strand"))

    def filter_queryset(self, points: Points) -> Points:
        strand = self.form.cleaned_data["strand"]
        return points.of(strand) if strand else points


class MapFilterSet(django_filters.FilterSet):
    """By what the map is coloured."""

    strand = StrictChoiceFilter(choices=MapStrand, label=_("Strand"))
