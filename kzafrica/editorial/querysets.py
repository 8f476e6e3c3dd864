from django.db import models
from django.db.models import Q

from kzafrica.editorial.choices import Status


class NaturalKeyQuerySet(models.QuerySet):
    """Rows found by the key that stands in their address: a slug or a code."""

    def get_by_natural_key(self, *key: str):
        return self.get(**dict(zip(self.model.natural_key_fields, key, strict=True)))


class PublishableQuerySet(NaturalKeyQuerySet):
    """Records under editorial workflow."""

    def published(self):
        """What readers may see. The only place that says what that is."""
        return self.filter(status=Status.PUBLISHED)

    def waiting_for_review(self):
        return self.filter(status=Status.IN_REVIEW)

    def with_citations(self):
        """The parts that can be cited, and the citations of all with their sources, these in one query."""
        return self.prefetch_related(*self.model.cited_part_paths(), "loaded_citations")

    def citing(self, source):
        """Records that cite a source, for the whole record or for a part of it."""
        condition = Q(citations__source=source)
        for path in self.model.cited_part_paths():
            condition |= Q(**{f"{path}__citations__source": source})
        return self.filter(condition).distinct()

    def disputed(self):
        """Records about which a source states something else, on the record itself or on a part of it."""
        condition = Q(citations__stated__gt="")
        for path in self.model.cited_part_paths():
            condition |= Q(**{f"{path}__citations__stated__gt": ""})
        return self.filter(pk__in=self.model.objects.filter(condition).values("pk"))

    def for_admin_list(self):
        return self.annotate(citation_count=models.Count("citations", distinct=True))


class CitationQuerySet(models.QuerySet):
    def supporting(self):
        """Citations whose source says what the record says."""
        return self.filter(stated="")

    def differing(self):
        """Citations whose source says something else."""
        return self.exclude(stated="")


class RedirectQuerySet(models.QuerySet):
    def of(self, model: type[models.Model], key: str):
        return self.filter(record_type=model._meta.label_lower, old_key=key)


class SourceQuerySet(PublishableQuerySet):
    def for_list(self):
        """Rows of the source list: authors in one query, the number of statements in the first."""
        return self.prefetch_related("authors").annotate(citation_count=models.Count("cited_in", distinct=True))

    def for_detail(self):
        return self.prefetch_related("authors__affiliations")
