from django.db import models
from django.db.models import Case, Prefetch, Q, When

from kzafrica.editorial.querysets import PublishableQuerySet
from kzafrica.editorial.references import reference_to
from kzafrica.statements.choices import Measure, Origin


class FigureQuerySet(PublishableQuerySet):
    def stated(self):
        return self.filter(origin=Origin.STATED)

    def derived(self):
        return self.filter(origin=Origin.DERIVED)

    def unsupported(self):
        """Stated figures alone: a derived one rests on its inputs."""
        return super().unsupported().stated()

    def headline(self):
        return self.filter(is_headline=True)

    def about(self, *records: models.Model):
        """Figures whose subject or counterpart is one of the records."""
        names = [reference_to(record) for record in records]
        return self.filter(Q(subject__in=names) | Q(counterpart__in=names))

    def between(self, one: models.Model, other: models.Model):
        """Figures of one of two records with the other."""
        one_name, other_name = reference_to(one), reference_to(other)
        return self.filter(Q(subject=one_name, counterpart=other_name) | Q(subject=other_name, counterpart=one_name))

    def measuring(self, *measures: str):
        """Figures of the measures, and growth, shares and ranks of them."""
        return self.filter(Q(measure__in=measures) | Q(base_measure__in=measures))

    def by_measure(self):
        """In the order in which ``Measure`` lists them, trade first; within a measure by side and newest period."""
        places = [When(measure=measure, then=place) for place, measure in enumerate(Measure.values)]
        return self.order_by(Case(*places, default=len(places)), "subject", "counterpart", "-period_order", "slug")

    def mission_counts(self):
        return self.filter(measure=Measure.MISSION_COUNT)

    def same_scope_as(self, figure):
        """Other statements about the same measure, pair, direction, commodity and period."""
        return self.filter(**{name: getattr(figure, name) for name in self.model.SCOPE}).exclude(pk=figure.pk)

    def with_scope(self):
        return self.select_related("commodity").prefetch_related(
            "subject_record", "counterpart_record", "reported_by_record"
        )

    def with_inputs(self):
        """What derived figures are computed from, two steps deep, in a query a step."""
        inputs = self.model._meta.get_field("inputs").related_model.objects.select_related("figure")
        return self.prefetch_related(Prefetch("inputs", inputs), Prefetch("inputs__figure__inputs", inputs))

    def for_rows(self):
        """Rows of tables: the number, its good, who says it, what it is computed from; the title says about what."""
        return self.select_related("commodity").with_inputs().with_citations()

    def computed_from(self, figure):
        """Derived figures that the figure goes into."""
        return self.filter(inputs__figure=figure).distinct()

    def for_list(self):
        """Figures with what they are about, who says them and what they are computed from, two steps deep."""
        return self.with_scope().with_inputs().with_citations()

    def for_detail(self):
        return self.for_list().prefetch_related("inputs__figure__citations__source")


class ClaimQuerySet(PublishableQuerySet):
    def about(self, *records: models.Model):
        return self.filter(subjects__record__in=[reference_to(record) for record in records]).distinct()

    def about_measures(self, *measures: str):
        """Claims that were checked against public figures of the measures, or against growth or shares of them."""
        figures = self.model._meta.get_field("checked_against").related_model.objects
        return self.filter(checked_against__in=figures.published().measuring(*measures)).distinct()

    def with_figures(self):
        """With the public figures each was checked against, as rows, and who claims it."""
        figures = self.model._meta.get_field("checked_against").related_model.objects.published()
        return self.prefetch_related(Prefetch("checked_against", figures.for_rows())).with_citations()

    def for_list(self):
        return self.prefetch_related("subjects__record_record").with_citations()

    def for_detail(self):
        return self.for_list().prefetch_related("checked_against__citations__source")
