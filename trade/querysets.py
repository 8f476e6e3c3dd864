from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce, TruncDate

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
            self.select_related("investor_country", "host_country", "place__country")
            .prefetch_related("parties__organization", "stages", "themes")
            .with_citations()
        )


class ReleaseQuerySet(PublishableQuerySet):
    def newest_first(self):
        """By the day of release, those without one last."""
        released = Coalesce("released_on", Value(date.min), output_field=models.DateField())
        return self.annotate(released_order=released).order_by("-released_order", "slug")

    def for_list(self):
        return self.select_related("source").prefetch_related("files", "slices__reporter__country").with_citations()


class SliceQuerySet(models.QuerySet):
    # What two slices have in common when one of them replaces the other, beside the source of their releases.
    SAME = ("reporter", "year", "month", "edition")

    def visible(self):
        """Slices of releases that readers may see, replaced ones too."""
        return self.filter(release__in=self.model._meta.get_field("release").related_model.objects.published())

    def current(self):
        """Slices that readers see and that no newer release replaces."""
        return self.filter(is_current=True)

    def beside(self, release):
        """The slices of a release and those of the same reporter, period and edition, whatever their source."""
        own = self.model.objects.filter(release=release, **{name: OuterRef(name) for name in self.SAME})
        return self.filter(Exists(own))

    def winning(self):
        """Slices of public releases without a newer one beside them.

        The later day of release wins, or of loading where none is known; of two of one day the later loaded.
        """
        day = Coalesce("release__released_on", TruncDate("release__created_at"))
        public = self.model.objects.visible().annotate(day=day)
        newer = public.filter(
            Q(day__gt=OuterRef("day")) | Q(day=OuterRef("day"), release__gt=OuterRef("release")),
            release__source=OuterRef("release__source"),
            **{name: OuterRef(name) for name in self.SAME},
        )
        return public.filter(pk__in=self.values("pk")).exclude(Exists(newer))

    def settle(self) -> set[int]:
        """Mark of each slice whether it is current; gives the numbers of those whose mark has changed."""
        # Read first: the marks of one are asked for while those of the others are written.
        marks, winners = dict(self.values_list("pk", "is_current")), set(self.winning().values_list("pk", flat=True))
        self.model.objects.filter(pk__in=marks.keys() - winners).update(is_current=False)
        self.model.objects.filter(pk__in=winners).update(is_current=True)
        return {number for number, was_current in marks.items() if was_current != (number in winners)}
