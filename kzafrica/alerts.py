"""The lists that readers can have e-mails about: read by delivery through settings. One line for each."""

from collections.abc import Iterator

import django_filters
from django.db import models
from django.forms import Form
from django.http import QueryDict
from django.urls import ResolverMatch, reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from diplomacy.filters import (
    AgreementFilterSet,
    AwardFilterSet,
    InitiativeFilterSet,
    MissionFilterSet,
    OpenPromiseFilterSet,
    ProgrammeFilterSet,
    RelationFilterSet,
)
from diplomacy.models import Agreement, Award, Initiative, Mission, Programme, Relation
from diplomacy.promises import records_with_promises
from events.filters import EventFilterSet
from events.models import Event
from kzafrica.analysis.filters import ArticleFilterSet
from kzafrica.analysis.models import Article
from kzafrica.dates import ImpreciseDate
from kzafrica.delivery.lists import AlertList
from kzafrica.editorial.filters import CorrectionFilterSet, SourceFilterSet
from kzafrica.editorial.models import Correction, Source
from kzafrica.editorial.version_pages import version_address
from kzafrica.filtering import KeyFilter
from kzafrica.reference.filters import OrganizationFilterSet, PersonFilterSet
from kzafrica.reference.models import Country, Organization, Person
from kzafrica.statements.filters import ClaimFilterSet, FigureFilterSet
from kzafrica.statements.models import Claim, Figure
from trade.filters import ProjectFilterSet, RouteFilterSet
from trade.models import Project, Route


def undated(record: models.Model) -> None:
    """For records that live through several dates, or through none."""


def latest_step(record: models.Model) -> ImpreciseDate | None:
    return record.state.date if record.state else None


def correction_address(correction: Correction) -> str:
    """The version that it made, or the list of corrections where readers may not see the record any more."""
    if getattr(correction.record, "is_public", False):
        return version_address(correction.record, correction.change_id)
    return reverse("editorial:correction_list")


class PairFilterSet(django_filters.FilterSet):
    """Everything that is recorded of one pair."""

    country = KeyFilter(queryset=Country.objects.all(), key="alpha3", required=True, label=_("Country"))

    class Meta:
        model = Country
        fields: list[str] = []


def records_of_pair(form: Form) -> Iterator[models.QuerySet]:
    """What each of the lists that know states has of one."""
    query = QueryDict(urlencode({"country": form.cleaned_data["country"].alpha3}))
    for each in RECORDS:
        if "country" in each.filterset_class.base_filters and each.model not in (Person, Organization):
            yield each.filterset_class(query, queryset=each.queryset).qs


def promised(form: Form) -> list[models.QuerySet]:
    return records_with_promises(form.cleaned_data["country"], form.cleaned_data["kind"])


def staged(model: type[models.Model]) -> models.QuerySet:
    return model.objects.published().prefetch_related("stages")


RECORDS = [
    AlertList("events", _("Events"), "events:event_list", EventFilterSet, Event.objects.published()),
    AlertList(
        "missions", _("Missions"), "diplomacy:mission_list", MissionFilterSet, Mission.objects.published(), undated
    ),
    AlertList(
        "relations",
        _("Diplomatic relations"),
        "diplomacy:relation_list",
        RelationFilterSet,
        Relation.objects.published().select_related("first", "second"),
        lambda relation: relation.established,
    ),
    AlertList(
        "agreements",
        _("Agreements"),
        "diplomacy:agreement_list",
        AgreementFilterSet,
        staged(Agreement),
        latest_step,
    ),
    AlertList(
        "initiatives",
        _("Initiatives"),
        "diplomacy:initiative_list",
        InitiativeFilterSet,
        staged(Initiative),
        latest_step,
    ),
    AlertList(
        "programmes",
        _("Programmes"),
        "diplomacy:programme_list",
        ProgrammeFilterSet,
        Programme.objects.published(),
        lambda programme: programme.begins,
    ),
    AlertList("awards", _("Awards"), "diplomacy:award_list", AwardFilterSet, Award.objects.published()),
    AlertList(
        "figures",
        _("Figures"),
        "statements:figure_list",
        FigureFilterSet,
        Figure.objects.published(),
        lambda figure: figure.period,
    ),
    AlertList("claims", _("Claims"), "statements:claim_list", ClaimFilterSet, Claim.objects.published()),
    AlertList("routes", _("Routes"), "trade:route_list", RouteFilterSet, staged(Route), latest_step),
    AlertList("projects", _("Projects"), "trade:project_list", ProjectFilterSet, staged(Project), latest_step),
    AlertList("people", _("People"), "reference:person_list", PersonFilterSet, Person.objects.published(), undated),
    AlertList(
        "organizations",
        _("Organizations"),
        "reference:organization_list",
        OrganizationFilterSet,
        Organization.objects.published(),
        undated,
    ),
    AlertList(
        "sources",
        _("Sources"),
        "editorial:source_list",
        SourceFilterSet,
        Source.objects.published(),
        lambda source: source.published,
    ),
    AlertList("articles", _("Analysis"), "analysis:article_list", ArticleFilterSet, Article.objects.published()),
]

LISTS = [
    *RECORDS,
    AlertList(
        "corrections",
        _("Corrections"),
        "editorial:correction_list",
        CorrectionFilterSet,
        Correction.objects.select_related("change").prefetch_related("record"),
        lambda correction: ImpreciseDate.parse(localdate(correction.corrected_at).isoformat()),
        correction_address,
    ),
    AlertList("promises", _("Open promises"), "diplomacy:promise_list", OpenPromiseFilterSet, records=promised),
    AlertList(
        "pair",
        _("One pair of countries"),
        "dossier:country_detail",
        PairFilterSet,
        records=records_of_pair,
        argument=("alpha3", "country"),
    ),
]

# Other pages of which the same can be asked.
PAGES = {each.page: each for each in LISTS} | {"dossier:country_time": LISTS[-1]}


def alert_address(match: ResolverMatch | None, query: QueryDict) -> str:
    """Where readers ask for e-mails about the page they are on; empty where the page is no such list."""
    alert_list = PAGES.get(match.view_name) if match is not None else None
    if alert_list is None:
        return ""
    data = query.copy()
    if alert_list.argument is not None:
        argument, name = alert_list.argument
        data = QueryDict(mutable=True)
        data[name] = match.kwargs[argument].upper()
    filtered = alert_list.filtered_by(data)
    if filtered.errors:
        return ""
    return f"{reverse('delivery:subscribe')}?{urlencode({'list': alert_list.name} | filtered.filters)}"
