"""Filters that every list of records has."""

from datetime import date

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kzafrica.editorial.choices import ChangeAction, SourceKind
from kzafrica.editorial.models import LANGUAGE_OF_SOURCE, Change, Source
from kzafrica.filtering import (
    DayFilter,
    KeyTextFilter,
    MomentFilter,
    NumberFilter,
    OrderFilter,
    StrictChoiceFilter,
    YearFilter,
    YesNoFilter,
)


class KeyedFilterSet(django_filters.FilterSet):
    """Words and freshness, which all that has a key has. ``search_fields`` says where ``q`` looks."""

    search_fields: tuple[str, ...] = ()

    q = django_filters.CharFilter(method="filter_words", label=_("Words"))
    updated_since = MomentFilter(field_name="updated_at", lookup_expr="gte", label=_("Changed since"))

    def filter_words(self, queryset, name, value):
        for word in value.split()[:10]:
            condition = Q()
            for field in self.search_fields:
                condition |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(condition)
        return queryset.distinct() if any("__" in field for field in self.search_fields) else queryset


class RecordFilterSet(KeyedFilterSet):
    """Source and disagreement besides, for what cites sources. Each list adds its own."""

    source = KeyTextFilter(queryset=Source.objects.published(), method="filter_source", label=_("Source"))
    has_conflict = YesNoFilter(method="filter_conflict", label=_("Sources disagree"))

    def filter_source(self, queryset, name, value):
        return queryset.filter(pk__in=queryset.model.objects.citing(value).values("pk")) if value else queryset

    def filter_conflict(self, queryset, name, value):
        if value is None:
            return queryset
        paths = ["citations", *(f"{path}__citations" for path in queryset.model.cited_part_paths())]
        condition = Q()
        for path in paths:
            condition |= Q(**{f"{path}__stated__gt": ""})
        disputed = queryset.model.objects.filter(condition).values("pk")
        return queryset.filter(pk__in=disputed) if value else queryset.exclude(pk__in=disputed)


class PeriodForm(forms.Form):
    def clean(self) -> dict:
        cleaned = super().clean()
        start, end = cleaned.get("date_from"), cleaned.get("date_to")
        if start and end and end < start:
            self.add_error("date_to", _("The period ends before it starts: give the earlier day as date_from."))
        return cleaned


class DatedFilterSet(RecordFilterSet):
    """Filters by overlap with a period: what may have happened in it, however imprecisely dated."""

    date_lookup = "date"

    class Meta:
        form = PeriodForm

    year = YearFilter(method="filter_year", label=_("Year"))
    date_from = DayFilter(method="filter_period", label=_("From"))
    date_to = DayFilter(method="filter_period", label=_("To"))

    def filter_year(self, queryset, name, value):
        return self._overlapping(queryset, date(value, 1, 1), date(value, 12, 31)) if value else queryset

    def filter_period(self, queryset, name, value):
        # Both ends act at once, when the second of them is reached; alone, either acts by itself.
        start, end = self.form.cleaned_data.get("date_from"), self.form.cleaned_data.get("date_to")
        if value is None or (name == "date_from" and end is not None):
            return queryset
        return self._overlapping(queryset, start, end)

    def _overlapping(self, queryset, start, end):
        model = queryset.model
        found = model.objects.filter(**{f"{self.date_lookup}__overlaps": (start, end)}).values("pk")
        return queryset.filter(pk__in=found)


class SourceFilterSet(RecordFilterSet):
    search_fields = ("title", "publisher", "authors__name")

    kind = StrictChoiceFilter(choices=SourceKind, label=_("Kind"))
    language = StrictChoiceFilter(choices=LANGUAGE_OF_SOURCE, label=_("Language"))
    source = has_conflict = None
    ordering = OrderFilter({"date": ("published_order", "slug"), "publisher": ("publisher", "slug")})

    class Meta:
        model = Source
        fields: list[str] = []


class ChangeFilterSet(django_filters.FilterSet):
    after = NumberFilter(field_name="number", lookup_expr="gt", label=_("After number"))
    action = StrictChoiceFilter(choices=ChangeAction, label=_("Action"))

    class Meta:
        model = Change
        fields: list[str] = []
