"""What every record of the site shares: an address, an editorial status, citations, parts."""

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kzafrica.editorial.choices import Status
from kzafrica.editorial.citing import LoadedCitations
from kzafrica.editorial.querysets import NaturalKeyQuerySet, PublishableQuerySet


class Citable(models.Model):
    """Something a source can be cited for."""

    citations = GenericRelation("editorial.Citation")
    loaded_citations = LoadedCitations()

    class Meta:
        abstract = True


class Whole:
    """Something with parts, which have rules between them that none of them can check alone."""

    # Reverse names of the parts that make one revision with it.
    part_names: tuple[str, ...] = ()

    def faults_between(self, name: str, parts: list) -> Iterable[tuple[models.Model | None, str, str]]:
        """What is wrong between the parts of one kind, saved or not: the part, its field and a sentence.

        Asked with an empty list too, where there are none; None instead of a part is a fault of them all.
        """
        return ()

    def faults_below(self) -> Iterable[tuple[str, str]]:
        """What its own parts, as they are kept, hold against it: the field and a sentence.

        For forms in which those parts do not stand; where whole records are read, each part speaks for itself.
        """
        return ()


class Part(Whole, Citable):
    """A part of a record: reviewed, published, versioned and withdrawn with the record it belongs to."""

    # A part that says something else here is another part, not the same one corrected.
    told_apart_by: tuple[str, ...] = ("kind",)

    position = models.PositiveSmallIntegerField(default=0, help_text=_("Order within the record; lowest first."))

    class Meta:
        abstract = True
        ordering = ("position", "pk")


class Keyed(Whole, models.Model):
    """Reference data: found by the key in its address, changed without workflow, never deleted while in use."""

    natural_key_fields: tuple[str, ...] = ("slug",)

    updated_at = models.DateTimeField(
        default=timezone.now, editable=False, help_text=_("When what readers see of it last changed.")
    )

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str, ...]:
        return tuple(str(getattr(self, name)) for name in self.natural_key_fields)

    @property
    def key(self) -> str:
        """What stands for this record in addresses, filters and files."""
        return "/".join(self.natural_key())


class PublishableModel(Keyed, Citable):
    """A record that two people bring before readers, with at least one source that supports it."""

    # Whether its rows come out of a file that people load, so that nothing but that file writes it.
    comes_with_file = False

    slug = models.SlugField(
        max_length=120,
        unique=True,
        help_text=_("The address of the record: lower-case Latin letters, digits and hyphens. Never used twice."),
    )
    status = models.CharField(
        _("editorial status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False, db_index=True
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = PublishableQuerySet.as_manager()

    class Meta(Keyed.Meta):
        abstract = True

    @property
    def is_public(self) -> bool:
        return self.status == Status.PUBLISHED

    @classmethod
    def cited_part_paths(cls) -> list[str]:
        """Lookups that lead to every part a source can be cited for."""
        return [path for path, model in part_paths(cls) if issubclass(model, Citable)]

    def has_support(self) -> bool:
        """Whether a source supports the record: the rule that publishing checks."""
        return self.citations.supporting().exists()

    def visibility_changed(self) -> "Iterable[PublishableModel]":
        """What else is true from now on, in the transaction in which readers begin or cease to see the record.

        Called too when what they see of it changes. Gives the other public records that say something else of
        themselves since.
        """
        return ()

    def faults_before_readers(self, becoming_public: Iterable[models.Model] = ()) -> list[str]:
        """What keeps the record from readers beside a lack of sources, one sentence each.

        ``becoming_public`` are the sources that go before readers together with it.
        """
        return []

    def name_changed(self, old: str, new: str) -> None:
        """What else has to follow where a text of the record names another, ``kind/key``, by its new key."""

    def all_citations(self) -> list:
        """Every citation of the record and of its parts; reads what ``with_citations()`` prefetched."""
        return citations_of(self)

    def clean(self) -> None:
        super().clean()
        if not self.slug:
            return
        redirect_model = self._meta.apps.get_model("editorial", "Redirect")
        if redirect_model.objects.of(type(self), self.slug).exists():
            raise ValidationError(
                {
                    "slug": _("“%s” was the address of another record and now leads elsewhere: choose a new one.")
                    % self.slug
                }
            )
        if (
            self.published_at
            and not self.is_public
            and not type(self).objects.filter(pk=self.pk, slug=self.slug).exists()
        ):
            raise ValidationError(
                {"slug": _("Readers have seen this record at its address: publish it first, then propose another.")}
            )


def part_paths(model: type[models.Model], prefix: str = "") -> list[tuple[str, type[models.Model]]]:
    """Every part of a model and of its parts: the lookup that leads there, and the part's model."""
    found = []
    for name in getattr(model, "part_names", ()):
        part_model = model._meta.get_field(name).related_model
        found.append((prefix + name, part_model))
        found += part_paths(part_model, f"{prefix}{name}__")
    return found


def citations_of(record: models.Model) -> list:
    """The citations of a record or part and of everything below it."""
    found = list(record.citations.all()) if isinstance(record, Citable) else []
    for name in cited_part_names(type(record)):
        for part in getattr(record, name).all():
            found += citations_of(part)
    return found


@cache
def cited_part_names(model: type[models.Model]) -> list[str]:
    """The reverse names of parts that a source can be cited for, or that have such parts below them."""
    paths = [path for path, part_model in part_paths(model) if issubclass(part_model, Citable)]
    return list(dict.fromkeys(path.split("__")[0] for path in paths))
