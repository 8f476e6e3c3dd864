from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce
from reversion.models import Version

from kzafrica.editorial.choices import ProposalState, Status, StepName


class NaturalKeyQuerySet(models.QuerySet):
    """Rows found by the key that stands in their address: a slug or a code."""

    def get_by_natural_key(self, *key: str):
        return self.get(**dict(zip(self.model.natural_key_fields, key, strict=True)))


class PublishableQuerySet(NaturalKeyQuerySet):
    """Records under editorial workflow."""

    def published(self):
        """What readers may see. The only place that says what that is."""
        return self.filter(status=Status.PUBLISHED)

    def at_hand(self):
        """Records that readers see or are to see: all but those that were withdrawn."""
        return self.exclude(status=Status.WITHDRAWN)

    def unfinished(self):
        """Records that are being written or reviewed."""
        return self.filter(status__in=[Status.DRAFT, Status.IN_REVIEW])

    def seen_by_readers(self):
        """Records that are public or once were: their addresses answer readers for good."""
        return self.filter(Q(published_at__isnull=False) | Q(status__in=(Status.PUBLISHED, Status.WITHDRAWN)))

    def waiting_for_review(self):
        return self.filter(status=Status.IN_REVIEW)

    def reviewable_by(self, user):
        """Records in review that the user may publish, as an editor.

        Where publishing takes two people, those that someone else has submitted and someone else has touched.
        """
        waiting = self.waiting_for_review()
        if not settings.PUBLISHING_TAKES_TWO:
            return waiting
        touched = self._versions().exclude(revision__user=None).exclude(revision__user=user)
        return waiting.exclude(submitted_by=user).filter(Exists(touched))

    def with_last_step(self):
        """With the name of the last step of each as ``last_step``, and when it was taken or the record was made."""
        of_model = ContentType.objects.get_for_model(self.model)
        steps = self.model._meta.apps.get_model("editorial", "Step").objects
        newest = steps.filter(content_type=of_model, object_id=OuterRef("pk")).order_by("-at", "-pk")
        taken_at = Coalesce(Subquery(newest.values("at")[:1]), F("created_at"))
        return self.alias(last_step=Subquery(newest.values("name")[:1]), last_step_at=taken_at)

    def returned_to(self, user):
        """Drafts of one's own that a reviewer has sent back and that were not submitted since."""
        return self._begun_by(user).filter(last_step=StepName.RETURNED)

    def drafts_of(self, user):
        """Drafts that someone has begun or submitted, and that no reviewer has just sent back."""
        return self._begun_by(user).exclude(Q(last_step__isnull=False) & Q(last_step=StepName.RETURNED))

    def _begun_by(self, user):
        begun_by = Subquery(self._versions().order_by("pk").values("revision__user")[:1])
        return (
            self.filter(status=Status.DRAFT).alias(begun_by=begun_by).filter(Q(begun_by=user.pk) | Q(submitted_by=user))
        )

    def _versions(self):
        """The versions of a row of the query that this stands in."""
        return Version.objects.get_for_model(self.model).filter(object_id=Cast(OuterRef("pk"), models.CharField()))

    def unsupported(self):
        """Drafts that could not be submitted, since no source supports them."""
        supported = self.model.objects.filter(citations__stated="").values("pk")
        return self.filter(status=Status.DRAFT).exclude(pk__in=supported)

    def for_feed(self):
        """Entries of feeds: what their descriptions tell, and who says so. Other kinds of records say less."""
        return self.for_list()

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

    def seen_by_readers(self, model: type[models.Model]):
        """Those that lead to a record of that model which readers may know of."""
        if not hasattr(model.objects, "seen_by_readers"):
            return self
        return self.filter(target_key__in=model.objects.seen_by_readers().values("slug"))


class ProposedChangeQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=ProposalState.OPEN)

    def decidable_by(self, user):
        """Open proposals on which the user may decide, as an editor: those of others, where that takes two people."""
        return self.open().exclude(proposed_by=user) if settings.PUBLISHING_TAKES_TWO else self.open()

    def decided_since(self, moment):
        return self.exclude(state=ProposalState.OPEN).filter(decided_at__gte=moment)


class LinkCheckQuerySet(models.QuerySet):
    def present(self):
        """Checks of addresses that their sources still have and that were not withdrawn."""
        same = Q(field="url", address=F("source__url")) | Q(field="archived_url", address=F("source__archived_url"))
        return self.filter(same).exclude(source__status=Status.WITHDRAWN)

    def dead(self):
        return self.filter(is_alive=False)


class SourceQuerySet(PublishableQuerySet):
    def unsupported(self):
        """None: a source speaks for itself."""
        return self.none()

    def with_dead_link(self):
        """Sources an address of which is gone, as far as it was asked."""
        checks = self.model._meta.get_field("link_checks").related_model.objects
        return self.filter(Exists(checks.present().dead().filter(source=OuterRef("pk"))))

    def for_list(self):
        """Rows of the source list: authors in one query, the number of statements in the first."""
        return self.prefetch_related("authors").annotate(citation_count=models.Count("cited_in", distinct=True))

    def for_detail(self):
        return self.prefetch_related("authors__affiliations")
