from collections.abc import Iterator
from datetime import date

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diplomacy.choices import (
    AccreditationAct,
    AgreementKind,
    AgreementState,
    InitiativeState,
    MilestoneKind,
    MissionKind,
    ProgrammeKind,
    ProgrammeState,
    PromiseKind,
    Rank,
)
from diplomacy.computations import existing_on
from diplomacy.models import Agreement, Award, HeadOfMission, Initiative, Milestone, Mission, Programme, Relation
from diplomacy.promises import open_promises
from diplomacy.timeline import Moment
from kzafrica.editorial.filters import DatedFilterSet
from kzafrica.filtering import (
    DayFilter,
    KeyFilter,
    KeyTextFilter,
    MomentFilter,
    OrderFilter,
    StrictChoiceFilter,
    YesNoFilter,
)
from kzafrica.reference.models import Country, Person, Theme
from kzafrica.translation import InLanguage, translated_names

COUNTRIES = Country.objects.all()


class RelationFilterSet(DatedFilterSet):
    date_lookup = "established"
    search_fields = (
        *(f"first__{name}" for name in translated_names("name")),
        *(f"second__{name}" for name in translated_names("name")),
    )

    country = KeyFilter(queryset=COUNTRIES, key="alpha3", method="filter_country", label=_("Country"))
    ordering = OrderFilter({"established": ("established_order", "slug")})

    class Meta(DatedFilterSet.Meta):
        model = Relation
        fields: list[str] = []

    def filter_country(self, queryset, name, value):
        return queryset.involving(value) if value else queryset


class MissionFilterSet(DatedFilterSet):
    date_lookup = "milestones__date"
    search_fields = (*translated_names("title"), *(f"place__{name}" for name in translated_names("name")))

    kind = StrictChoiceFilter(choices=MissionKind, label=_("Kind"))
    country = KeyFilter(queryset=COUNTRIES, key="alpha3", method="filter_country", label=_("Country"))
    sending = KeyFilter(queryset=COUNTRIES, key="alpha3", label=_("Sending state"))
    receiving = KeyFilter(queryset=COUNTRIES, key="alpha3", label=_("Receiving state"))
    on = DayFilter(method="filter_day", label=_("On the day"))
    ordering = OrderFilter({"title": (InLanguage("title"), "slug")})

    class Meta(DatedFilterSet.Meta):
        model = Mission
        fields: list[str] = []

    def filter_country(self, queryset, name, value):
        return queryset.filter(pk__in=Mission.objects.touching(value).values("pk")) if value else queryset

    # The page of the network turns this off: it says itself which missions exist on the day and which may.
    keeps_to_day = True

    def filter_day(self, queryset, name, value):
        return existing_on(queryset, value) if value and self.keeps_to_day else queryset


class MilestoneFilterSet(DatedFilterSet):
    search_fields = tuple(f"mission__{name}" for name in translated_names("title"))

    kind = StrictChoiceFilter(choices=MilestoneKind, label=_("Kind"))
    country = KeyFilter(queryset=COUNTRIES, key="alpha3", method="filter_country", label=_("Country"))
    sending = KeyFilter(queryset=COUNTRIES, key="alpha3", field_name="mission__sending", label=_("Sending state"))
    receiving = KeyFilter(queryset=COUNTRIES, key="alpha3", field_name="mission__receiving", label=_("Receiving state"))
    mission = KeyTextFilter(queryset=Mission.objects.published(), label=_("Mission"))
    updated_since = MomentFilter(field_name="mission__updated_at", lookup_expr="gte", label=_("Changed since"))
    source = has_conflict = None

    class Meta(DatedFilterSet.Meta):
        model = Milestone
        fields: list[str] = []

    def filter_country(self, queryset, name, value):
        return queryset.filter(Q(mission__sending=value) | Q(mission__receiving=value)) if value else queryset


class ActFilterSet(DatedFilterSet):
    """Every act in the lives of missions, those of their heads too: chooses missions, then says which of their acts."""

    search_fields = tuple(translated_names("title"))
    source = has_conflict = None

    kind = StrictChoiceFilter(choices=[*MilestoneKind.choices, *AccreditationAct.choices], method="leave_to_acts")
    country = KeyFilter(queryset=COUNTRIES, key="alpha3", method="filter_country", label=_("Country"))
    sending = KeyFilter(queryset=COUNTRIES, key="alpha3", label=_("Sending state"))
    receiving = KeyFilter(queryset=COUNTRIES, key="alpha3", label=_("Receiving state"))
    mission = KeyTextFilter(queryset=Mission.objects.published(), method="filter_mission", label=_("Mission"))

    class Meta(DatedFilterSet.Meta):
        model = Mission
        fields: list[str] = []

    def leave_to_acts(self, queryset, name, value):
        return queryset

    def filter_country(self, queryset, name, value):
        return queryset.filter(pk__in=Mission.objects.touching(value).values("pk")) if value else queryset

    def filter_mission(self, queryset, name, value):
        return queryset.filter(pk=value.pk) if value else queryset

    def _overlapping(self, queryset, start, end):
        return queryset

    def asks_for(self, moment: Moment, mission: Mission) -> bool:
        """Whether an act of one of the missions is of the kind, the period and the country that were asked for."""
        chosen = self.form.cleaned_data if self.is_bound else {}
        country, kind = chosen.get("country"), chosen.get("kind")
        is_of_country = not country or country in (mission.sending, mission.receiving, moment.country)
        is_of_kind = not kind or kind == moment.kind
        return is_of_country and is_of_kind and all(moment.falls_into(*period) for period in self.periods_of(chosen))

    def periods_of(self, chosen: dict) -> Iterator[tuple[date | None, date | None]]:
        if year := chosen.get("year"):
            yield date(year, 1, 1), date(year, 12, 31)
        if chosen.get("date_from") or chosen.get("date_to"):
            yield chosen.get("date_from"), chosen.get("date_to")


class HeadOfMissionFilterSet(DatedFilterSet):
    source = has_conflict = year = date_from = date_to = None

    updated_since = MomentFilter(field_name="mission__updated_at", lookup_expr="gte", label=_("Changed since"))
    mission = KeyTextFilter(queryset=Mission.objects.published(), label=_("Mission"))
    rank = StrictChoiceFilter(choices=Rank, label=_("Rank"))
    country = KeyFilter(
        queryset=COUNTRIES, key="alpha3", field_name="accreditations__country", label=_("Accredited to"), distinct=True
    )
    person = KeyTextFilter(queryset=Person.objects.published(), label=_("Person"))
    resident = YesNoFilter(field_name="accreditations__is_resident", label=_("Resident"), distinct=True)

    class Meta:
        model = HeadOfMission
        fields: list[str] = []

    def filter_words(self, queryset, name, value):
        return queryset.filter(person__in=Person.objects.named(value)) if value.strip() else queryset


class StagedFilterSet(DatedFilterSet):
    """Agreements, initiatives and programmes: found by the dates of their stages."""

    date_lookup = "stages__date"
    search_fields = (*translated_names("title"), *translated_names("summary"))

    theme = KeyFilter(queryset=Theme.objects.all(), field_name="themes", label=_("Theme"))
    ordering = OrderFilter({"date": ("begun_order", "slug"), "title": (InLanguage("title"), "slug")})

    class Meta(DatedFilterSet.Meta):
        pass


class PromiseFilterSet(StagedFilterSet):
    """Agreements and initiatives: whether they are still to be fulfilled."""

    open = YesNoFilter(method="filter_open", label=_("Still open"))

    class Meta(StagedFilterSet.Meta):
        pass

    def filter_open(self, queryset, name, value):
        if value is None:
            return queryset
        found = queryset.model.objects.open().values("pk")
        return queryset.filter(pk__in=found) if value else queryset.exclude(pk__in=found)


class AgreementFilterSet(PromiseFilterSet):
    kind = StrictChoiceFilter(choices=AgreementKind, label=_("Kind"))
    status = StrictChoiceFilter(
        choices=AgreementState, field_name="stages__kind", label=_("Stage reached"), distinct=True
    )
    country = KeyFilter(queryset=COUNTRIES, key="alpha3", method="filter_country", label=_("Party"))

    class Meta(PromiseFilterSet.Meta):
        model = Agreement
        fields: list[str] = []

    def filter_country(self, queryset, name, value):
        return queryset.filter(pk__in=Agreement.objects.involving(value).values("pk")) if value else queryset


class InitiativeFilterSet(PromiseFilterSet):
    status = StrictChoiceFilter(
        choices=InitiativeState, field_name="stages__kind", label=_("Stage reached"), distinct=True
    )
    country = KeyFilter(queryset=COUNTRIES, key="alpha3", field_name="countries", label=_("Country"))

    class Meta(PromiseFilterSet.Meta):
        model = Initiative
        fields: list[str] = []


class ProgrammeFilterSet(StagedFilterSet):
    kind = StrictChoiceFilter(choices=ProgrammeKind, label=_("Kind"))
    status = StrictChoiceFilter(
        choices=ProgrammeState, field_name="stages__kind", label=_("Stage reached"), distinct=True
    )
    country = KeyFilter(queryset=COUNTRIES, key="alpha3", label=_("Country"))

    class Meta(StagedFilterSet.Meta):
        model = Programme
        fields: list[str] = []


class AwardFilterSet(DatedFilterSet):
    search_fields = (*translated_names("title"), *translated_names("order"))

    country = KeyFilter(queryset=COUNTRIES, key="alpha3", method="filter_country", label=_("Country"))
    person = KeyTextFilter(queryset=Person.objects.published(), field_name="recipient", label=_("Conferred on"))
    ordering = OrderFilter({"date": ("date_order", "slug")})

    class Meta(DatedFilterSet.Meta):
        model = Award
        fields: list[str] = []

    def filter_country(self, queryset, name, value):
        return queryset.involving(value) if value else queryset


class NetworkFilterSet(django_filters.FilterSet):
    """The parameters of the network on a day."""

    sending = KeyFilter(queryset=COUNTRIES, key="alpha3", label=_("Sending state"))
    on = DayFilter(label=_("On the day"))

    class Meta:
        model = Mission
        fields: list[str] = []


class OpenPromiseFilterSet(django_filters.FilterSet):
    """The parameters of the list of open promises, which is no list of one model."""

    country = KeyFilter(queryset=COUNTRIES, key="alpha3", label=_("Country"))
    kind = StrictChoiceFilter(choices=PromiseKind, label=_("Kind"))

    class Meta:
        model = Initiative
        fields: list[str] = []

    def filter_queryset(self, queryset):
        return open_promises(**self.form.cleaned_data)
