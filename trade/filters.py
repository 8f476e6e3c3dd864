import django_filters
from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field

from kzafrica.editorial.filters import DatedFilterSet, RecordFilterSet
from kzafrica.editorial.models import Source
from kzafrica.editorial.references import reference_to
from kzafrica.filtering import KeyFilter, KeyTextFilter, OrderFilter, StrictChoiceFilter, YearFilter, unknown_value
from kzafrica.reference.filters import HS_EDITIONS, AreaFilter
from kzafrica.reference.models import Bloc, Country, Theme
from kzafrica.translation import InLanguage, translated_names
from trade.catalogue import Catalogue, PartInfo
from trade.choices import Flow, Perspective, ProjectKind, ProjectState, RouteState
from trade.models import Project, Release, Route, Slice, TradeFlow
from trade.rows import Selection
from trade.totals import GROUPS, TotalQuestion


class RouteFilterSet(DatedFilterSet):
    date_lookup = "stages__date"
    search_fields = (*translated_names("title"), *translated_names("purpose"))

    country = KeyFilter(queryset=Country.objects.all(), key="alpha3", method="filter_country", label=_("Country"))
    status = StrictChoiceFilter(choices=RouteState, field_name="stages__kind", label=_("Stage reached"), distinct=True)
    theme = KeyFilter(queryset=Theme.objects.all(), field_name="themes", label=_("Theme"))
    ordering = OrderFilter({"title": (InLanguage("title"), "slug")})

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
    ordering = OrderFilter({"title": (InLanguage("title"), "slug")})

    class Meta(DatedFilterSet.Meta):
        model = Project
        fields: list[str] = []

    def filter_country(self, queryset, name, value):
        return queryset.filter(pk__in=Project.objects.involving(value).values("pk")) if value else queryset


class CodeOrTotal(forms.RegexField):
    """An HS code of two, four or six digits, or TOTAL for all goods."""

    default_error_messages = {"invalid": _("Write an HS code of two, four or six digits, such as 0902, or TOTAL.")}

    def __init__(self, **options) -> None:
        super().__init__(r"^(?:[0-9]{2}|[0-9]{4}|[0-9]{6}|(?i:TOTAL))$", **options)


@extend_schema_field(
    {
        "type": "string",
        "pattern": "^([0-9]{2}|[0-9]{4}|[0-9]{6}|[Tt][Oo][Tt][Aa][Ll])$",
        "description": "A code of two, four or six digits, such as 0902, or TOTAL for all goods.",
    }
)
class CodeOrTotalFilter(django_filters.Filter):
    field_class = CodeOrTotal


class Frequency(models.TextChoices):
    ANNUAL = "annual", _("Years")
    MONTHLY = "monthly", _("Months")


class SliceFilterSet(django_filters.FilterSet):
    """Which slices of trade statistics are meant: whose, of when, in which edition, from where."""

    reporter = AreaFilter(label=_("Reporter"))
    year = YearFilter(label=_("Year"))
    year_from = YearFilter(label=_("From year"))
    year_to = YearFilter(label=_("To year"))
    frequency = StrictChoiceFilter(choices=Frequency, label=_("Years or months"))
    edition = StrictChoiceFilter(choices=[(edition, edition) for edition in HS_EDITIONS], label=_("HS edition"))
    perspective = StrictChoiceFilter(choices=Perspective, label=_("Perspective"))
    source = KeyTextFilter(queryset=Source.objects.published(), label=_("Source"))
    release = KeyTextFilter(queryset=Release.objects.published(), label=_("Release"))

    class Meta:
        model = Slice
        fields: list[str] = []

    def filter_queryset(self, queryset):
        """Nothing: what is meant is told by the words below, and read without a queryset."""
        return queryset.none()

    def slices(self, known: Catalogue) -> tuple[PartInfo, ...]:
        """The slices meant, in their order; replaced ones only where their release is named. Of a valid form."""
        asked = self.form.cleaned_data
        reporters = {area.pk for area in asked["reporter"]}
        first, last = asked["year_from"] or 0, asked["year_to"] or 9999
        tests = (
            ("reporter", lambda part: part.reporter in reporters),
            ("year", lambda part: part.year == asked["year"]),
            ("frequency", lambda part: bool(part.month) == (asked["frequency"] == Frequency.MONTHLY)),
            ("edition", lambda part: part.edition == asked["edition"]),
            ("perspective", lambda part: part.perspective == asked["perspective"]),
            ("source", lambda part: part.source == asked["source"].slug),
            ("release", lambda part: part.release == asked["release"].slug),
        )
        wanted = [test for name, test in tests if asked[name]]
        visible = known.slices.values() if asked["release"] else known.current()
        in_span = (part for part in visible if first <= part.year <= last)
        return tuple(part for part in in_span if all(test(part) for test in wanted))


class FlowFilterSet(SliceFilterSet):
    """Which rows: those of a partner, flow and good, within the slices meant."""

    partner = AreaFilter(label=_("Partner"))
    flow = StrictChoiceFilter(choices=Flow, label=_("Flow"))
    hs = CodeOrTotalFilter(label=_("HS code"))
    level = StrictChoiceFilter(
        choices=[("0", _("All goods")), ("2", _("Chapters")), ("4", _("Headings")), ("6", _("Subheadings"))],
        label=_("Level, below the code"),
    )

    class Meta(SliceFilterSet.Meta):
        model = TradeFlow

    def selection(self, known: Catalogue) -> Selection:
        """The rows meant, of a valid form."""
        asked = self.form.cleaned_data
        code = asked["hs"].upper()
        return Selection(
            self.slices(known),
            partners=tuple(area.pk for area in asked["partner"]) if asked["partner"] else None,
            flow=asked["flow"],
            hs=("" if code == "TOTAL" else code) if code else None,
            level=int(asked["level"]) if asked["level"] else None,
        )


class GroupsField(forms.CharField):
    """Names of what totals are parted by, separated by commas."""

    def clean(self, value) -> list[str]:
        names = [name.strip().lower() for name in super().clean(value).split(",") if name.strip()]
        for name in names:
            if name not in GROUPS:
                raise unknown_value(name, list(GROUPS))
        return list(dict.fromkeys(names))


@extend_schema_field({"type": "string", "description": f"Any of {', '.join(GROUPS)}, separated by commas."})
class GroupsFilter(django_filters.Filter):
    field_class = GroupsField


class TotalFilterSet(FlowFilterSet):
    """Which totals: of the rows meant, parted by what is named, in order of their key or of their value."""

    bloc = KeyFilter(queryset=Bloc.objects.all(), key="code", label=_("Partners in continent or bloc"))
    group_by = GroupsFilter(label=_("Parted by"))
    ordering = StrictChoiceFilter(choices=[("value", _("Value ↑")), ("-value", _("Value ↓"))], label=_("Order"))

    def question(self, known: Catalogue) -> TotalQuestion:
        """The totals meant, of a valid form."""
        asked = self.form.cleaned_data
        selection = self.selection(known)
        partners = selection.partners
        if asked["bloc"]:
            members = known.sides[reference_to(asked["bloc"])].areas
            partners = tuple(area for area in members if partners is None or area in partners)
        code = selection.hs or ""
        level = len(code) if selection.level is None else selection.level
        by = tuple(asked["group_by"])
        return TotalQuestion(selection.slices, by, partners, selection.flow, level, code, asked["ordering"])


class ReleaseFilterSet(RecordFilterSet):
    search_fields = ("title",)

    perspective = StrictChoiceFilter(choices=Perspective, label=_("Perspective"))
    ordering = OrderFilter({"title": ("title", "slug")})

    class Meta:
        model = Release
        fields: list[str] = []
