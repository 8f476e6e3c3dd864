from django.db.models import F, Max, Min, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from diplomacy.choices import SETTLED_STATES, UNSIGNED_STATES
from kzafrica.editorial.querysets import NaturalKeyQuerySet, PublishableQuerySet


class RelationQuerySet(PublishableQuerySet):
    def involving(self, country):
        return self.filter(Q(first=country) | Q(second=country))

    def for_list(self):
        return self.select_related("first", "second").with_citations()

    def for_feed(self):
        return self.for_list()


class MissionQuerySet(PublishableQuerySet):
    def of(self, sending):
        return self.filter(sending=sending)

    def in_africa(self):
        country = self.model._meta.get_field("receiving").related_model
        return self.filter(receiving__in=country.objects.african())

    def not_checked_since(self, day):
        """Missions that no editor has looked at on the day or after it, or ever."""
        return self.filter(Q(last_checked_on__isnull=True) | Q(last_checked_on__lt=day))

    def between(self, one, other):
        return self.filter(Q(sending=one, receiving=other) | Q(sending=other, receiving=one))

    def touching(self, country):
        """Missions of a state, in it, or from elsewhere with a head who is accredited to it."""
        accredited = Q(heads__accreditations__country=country)
        return self.filter(Q(sending=country) | Q(receiving=country) | accredited).distinct()

    def with_life(self):
        """Everything the network rule and the timeline of a mission read, in a query for each kind of part."""
        milestones = self.model._meta.get_field("milestones").related_model.objects.select_related("place")
        head_model = self.model._meta.get_field("heads").related_model
        accreditations = head_model._meta.get_field("accreditations").related_model.objects
        return self.select_related("sending", "receiving", "receiving_organization", "place__country").prefetch_related(
            Prefetch("milestones", milestones),
            Prefetch("heads", head_model.objects.select_related("person")),
            Prefetch("heads__accreditations", accreditations.select_related("country", "organization")),
        )

    def for_list(self):
        """Missions with their milestones, heads and sources, a query for each kind."""
        return self.with_life().with_citations()


class AccreditationQuerySet(PublishableQuerySet):
    def to(self, *countries):
        return self.filter(country__in=countries)


class StagedQuerySet(PublishableQuerySet):
    """Records that pass through dated stages, in the order of their first one."""

    def in_time(self):
        return self.annotate(begun_order=_first_order()).order_by("begun_order", "slug")

    def newest_first(self):
        # reverse() would turn every order around that a reader asks for afterwards.
        return self.in_time().order_by("-begun_order", "-slug")

    def with_since(self):
        """With ``since_order``, by which the date sorts since when an open one is so; 0 where it is not known."""
        return self.annotate(since_order=_first_order())


def _first_order(after=0) -> Coalesce:
    """By which the first dated stage sorts, of those that come after another; 0 where there is none."""
    return Coalesce(Min("stages__date_order", filter=Q(stages__date_order__gt=after)), Value(0))


class AgreementQuerySet(StagedQuerySet):
    def involving(self, *countries):
        return self.filter(parties__country__in=countries).distinct()

    def open(self):
        """Agreements that are a promise still: announced or drafted, and not known to have come further."""
        stages = self.model._meta.get_field("stages").related_model.objects
        further = stages.exclude(kind__in=UNSIGNED_STATES).values("agreement")
        return self.filter(pk__in=stages.values("agreement")).exclude(pk__in=further)

    def with_parts(self):
        """Parties, signatories and stages, in a query for each."""
        parties = self.model._meta.get_field("parties").related_model.objects.select_related("country", "organization")
        signatories = self.model._meta.get_field("signatories").related_model.objects
        return self.select_related("signed_at", "place__country").prefetch_related(
            Prefetch("parties", parties),
            Prefetch("signatories", signatories.select_related("person", "country")),
            "stages",
        )

    def for_list(self):
        return self.with_parts().select_related("route", "project").prefetch_related("themes").with_citations()


class InitiativeQuerySet(StagedQuerySet):
    def involving(self, *countries):
        return self.filter(countries__in=countries).distinct()

    def open(self):
        """Promises neither delivered nor lapsed, or raised again after that."""
        orders = {
            "settled_order": Max("stages__date_order", filter=Q(stages__kind__in=SETTLED_STATES)),
            "latest_order": Max("stages__date_order"),
        }
        again = Q(settled_order__gt=0, latest_order__gt=F("settled_order"))
        found = self.model.objects.annotate(**orders).filter(Q(settled_order__isnull=True) | again)
        return self.filter(pk__in=found.values("pk"))

    def with_since(self):
        stages = self.model._meta.get_field("stages").related_model.objects
        settled = stages.filter(initiative=OuterRef("pk"), kind__in=SETTLED_STATES).order_by("-date_order")
        after = Coalesce(Subquery(settled.values("date_order")[:1]), Value(0))
        return self.annotate(since_order=_first_order(after))

    def for_list(self):
        return (
            self.select_related("raised_at", "route", "project")
            .prefetch_related("countries", "organizations", "stages", "themes", "commodities")
            .with_citations()
        )


class ProgrammeQuerySet(StagedQuerySet):
    def for_list(self):
        return (
            self.select_related("country", "organization")
            .prefetch_related("beneficiaries", "stages", "themes")
            .with_citations()
        )


class CheckQuerySet(NaturalKeyQuerySet):
    def get_by_natural_key(self, alpha3: str, strand: str):
        return self.get(country__alpha3=alpha3, strand=strand)


class AwardQuerySet(PublishableQuerySet):
    def involving(self, country):
        return self.filter(Q(country=country) | Q(recipient_country=country))

    def for_list(self):
        return self.select_related(
            "country", "conferred_by", "recipient", "recipient_country", "event", "place"
        ).with_citations()

    def for_feed(self):
        return self.for_list().select_related("place__country")
