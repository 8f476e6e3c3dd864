from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from events.choices import EventKind, EventLevel, Occurrence, VisitDirection
from events.models import Event
from kzafrica.editorial.filters import DatedFilterSet
from kzafrica.filtering import KeyFilter, KeyTextFilter, OrderFilter, StrictChoiceFilter, YesNoFilter
from kzafrica.reference.models import Country, Person, Theme
from kzafrica.translation import translated_names


class EventFilterSet(DatedFilterSet):
    search_fields = (*translated_names("title"), *translated_names("summary"))

    country = KeyFilter(queryset=Country.objects.all(), key="alpha3", method="filter_country", label=_("Country"))
    kind = StrictChoiceFilter(choices=EventKind, label=_("Kind"))
    level = StrictChoiceFilter(choices=EventLevel, label=_("Level"))
    status = StrictChoiceFilter(choices=Occurrence, field_name="occurrence", label=_("Status"))
    unresolved = YesNoFilter(method="filter_unresolved", label=_("Date passed, outcome open"))
    visit = StrictChoiceFilter(choices=VisitDirection, method="filter_visit", label=_("Visit"))
    african_party = YesNoFilter(method="filter_african_party", label=_("African party"))
    theme = KeyFilter(queryset=Theme.objects.all(), field_name="themes", label=_("Theme"))
    person = KeyTextFilter(queryset=Person.objects.published(), method="filter_person", label=_("Person"))
    ordering = OrderFilter({"date": ("date_order", "slug"), "updated": ("updated_at", "slug")})

    class Meta(DatedFilterSet.Meta):
        model = Event
        fields: list[str] = []

    def filter_country(self, queryset, name, value):
        return queryset.filter(pk__in=Event.objects.involving(value).values("pk")) if value else queryset

    def filter_unresolved(self, queryset, name, value):
        if value is None:
            return queryset
        unresolved = Event.objects.unresolved(localdate()).values("pk")
        return queryset.filter(pk__in=unresolved) if value else queryset.exclude(pk__in=unresolved)

    def filter_visit(self, queryset, name, value):
        if not value:
            return queryset
        home, country = Country.objects.home().first(), self.form.cleaned_data.get("country")
        if home is None:
            return queryset.none()
        # Of the visits of Kazakhstan itself each is to or from another state.
        other = None if country == home else country
        paid, received = Event.objects.paid_by(home, to=other), Event.objects.received_by(home, guest=other)
        visits = paid if value == VisitDirection.PAID else received
        return queryset.filter(pk__in=visits.values("pk"))

    def filter_african_party(self, queryset, name, value):
        if value is None:
            return queryset
        without = Event.objects.without_africa().values("pk")
        return queryset.exclude(pk__in=without) if value else queryset.filter(pk__in=without)

    def filter_person(self, queryset, name, value):
        return queryset.filter(pk__in=Event.objects.with_person(value).values("pk")) if value else queryset
