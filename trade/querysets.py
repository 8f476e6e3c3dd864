from datetime import date

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from kzafrica.editorial.querysets import PublishableQuerySet


class RouteQuerySet(PublishableQuerySet):
    def touching(self, country):
        return self.filter(Q(calls__place__country=country) | Q(countries=country)).distinct()

    def for_list(self):
        return self.prefetch_related("calls__place__country", "countries", "stages", "themes").with_citations()


class ProjectQuerySet(PublishableQuerySet):
    def involving(self, country):
        return self.filter(Q(investor_country=country) | Q(host_country=country)).distinct()

    def for_list(self):
        return (
            self.select_related("investor_country", "host_country", "place")
            .prefetch_related("parties__organization", "stages", "themes")
            .with_citations()
        )


class ReleaseQuerySet(PublishableQuerySet):
    def newest_first(self):
        """By the day of release, those without one last."""
        released = Coalesce("released_on", Value(date.min), output_field=models.DateField())
        return self.annotate(released_order=released).order_by("-released_order", "slug")

    def for_list(self):
        return self.select_related("source").with_citations()


class TradeFlowQuerySet(models.QuerySet):
    def current(self):
        """Rows of releases that readers may see and that no newer release replaces."""
        release = self.model._meta.get_field("release").related_model
        return self.filter(release__in=release.objects.published().filter(superseded_by__isnull=True))
