"""Filters that every list of records has."""

from datetime import date

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field

from kzafrica.editorial.choices import ChangeAction, SourceKind
from kzafrica.editorial.labels import RECORD_LABELS
from kzafrica.editorial.models import LANGUAGE_OF_SOURCE, Change, Correction, Source
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.references import record_of
from kzafrica.editorial.resources import resource_names, types_of_resource
from kzafrica.editorial.versions import BRINGING, PastDayField, kinds_of_records, last_change_by, public_changes
from kzafrica.editorial.workflow import content_revision
from kzafrica.filtering import (
    DayFilter,
    KeyTextFilter,
    MomentFilter,
    NumberField,
    OrderFilter,
    StrictChoiceFilter,
    YearFilter,
    YesNoFilter,
    nearest,
    unknown_value,
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


class AfterField(NumberField):
    """The number of a change that the asker has seen; one that no change can have had yet is refused."""

    def clean(self, value) -> int | None:
        number = super().clean(value)
        latest = content_revision()
        if number is not None and number > latest:
            sentence = gettext("No change has the number %(number)s yet; the latest is %(latest)s. Begin again with 0.")
            details = {"number": number, "latest": latest}
            raise forms.ValidationError(sentence % details, code="invalid", params={"nearest": str(latest)})
        return number


@extend_schema_field(
    {
        "type": "integer",
        "minimum": 0,
        "description": "The last number you have seen; 0 for all. One beyond the latest is a 400.",
    }
)
class AfterFilter(django_filters.Filter):
    field_class = AfterField


class ResourceField(forms.CharField):
    """The name of a resource of records, in any case; a refusal names the nearest."""

    def clean(self, value) -> str:
        name = super().clean(value).casefold()
        if name and name not in resource_names():
            raise unknown_value(value, resource_names())
        return name


@extend_schema_field({"type": "string", "description": "The name of a resource of records, such as events."})
class ResourceFilter(django_filters.Filter):
    """Changes of the records of one resource of the API."""

    field_class = ResourceField

    def filter(self, queryset, value):
        return queryset.filter(record_type__in=types_of_resource(value)) if value else queryset


class ChangeFilterSet(django_filters.FilterSet):
    after = AfterFilter(field_name="number", lookup_expr="gt", label=_("After number"))
    action = StrictChoiceFilter(choices=ChangeAction, label=_("Action"))
    resource = ResourceFilter(label=_("Resource"))

    class Meta:
        model = Change
        fields: list[str] = []


class PublicRecordField(forms.CharField):
    """A public record as ``event/its-slug``, also by an address it once had; a refusal names the nearest."""

    def __init__(self, **options) -> None:
        super().__init__(widget=forms.TextInput(attrs={"placeholder": "event/…"}), **options)

    def clean(self, value) -> PublishableModel | None:
        text = super().clean(value)
        if not text:
            return None
        kind, _slash, key = text.partition("/")
        kinds = kinds_of_records()
        model = kinds.get(kind.casefold())
        if model is None or not key:
            near = nearest(kind, kinds)
            hint = gettext(" Did you mean “%s”?") % f"{near}/{key or '…'}" if near else ""
            sentence = gettext("“%(text)s” does not name a record: write kind/key, such as event/its-address.")
            raise refused(sentence % {"text": text[:60]} + hint, f"{near}/{key}" if near and key else None)
        try:
            record = record_of(model, key.casefold())
        except ObjectDoesNotExist:
            record = None
        if record is None or not record.is_public:
            slugs = model.objects.published().values_list("slug", flat=True)
            raise unknown_value(text, [f"{kind}/{slug}" for slug in slugs])
        return record


def refused(sentence: str, near: str | None) -> forms.ValidationError:
    # Django fills params into the sentence, in which a reader may have written a per cent sign.
    return forms.ValidationError(sentence.replace("%", "%%"), code="invalid", params={"nearest": near})


@extend_schema_field({"type": "string", "description": "A record as kind/key, such as event/its-slug."})
class PublicRecordFilter(django_filters.Filter):
    field_class = PublicRecordField


@extend_schema_field(
    {"type": "string", "format": "date", "description": "A day as YYYY-MM-DD that has begun in Almaty; with `record`."}
)
class PastDayFilter(django_filters.Filter):
    field_class = PastDayField


RECORD_TYPES = [(model._meta.label_lower, RECORD_LABELS[kind][0]) for kind, model in sorted(kinds_of_records().items())]


class CorrectionFilterSet(django_filters.FilterSet):
    q = django_filters.CharFilter(method="filter_words", label=_("Words"))
    record_type = StrictChoiceFilter(field_name="change__record_type", choices=RECORD_TYPES, label=_("Kind of record"))
    record = PublicRecordFilter(method="filter_record", label=_("Record"))
    since = MomentFilter(field_name="corrected_at", lookup_expr="gte", label=_("Since"))
    is_urgent = YesNoFilter(field_name="is_urgent", label=_("Urgent"))

    class Meta:
        model = Correction
        fields: list[str] = []

    def filter_words(self, queryset, name, value):
        for word in value.split()[:10]:
            queryset = queryset.filter(Q(reason__icontains=word) | Q(change__record_title__icontains=word))
        return queryset

    def filter_record(self, queryset, name, value):
        if value is None:
            return queryset
        return queryset.filter(content_type=ContentType.objects.get_for_model(value), object_id=value.pk)


class VersionFilterSet(django_filters.FilterSet):
    """Versions of one record; a day alone says nothing."""

    record = PublicRecordFilter(method="filter_record", label=_("Record"))
    as_of = PastDayFilter(method="filter_as_of", label=_("As it stood at the end of the day"))

    class Meta:
        model = Change
        fields: list[str] = []

    def filter_record(self, queryset, name, value):
        return queryset if value is None else public_changes(value)

    def filter_as_of(self, queryset, name, value):
        record = self.form.cleaned_data.get("record")
        if value is None or record is None:
            return queryset
        change = last_change_by(record, value)
        is_there = change is not None and change.action in BRINGING
        return queryset.filter(pk=change.pk) if is_there else queryset.none()
