from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kzafrica.date_fields import ImpreciseDateField
from kzafrica.editorial.choices import (
    OFFICIAL_KINDS,
    Basis,
    ChangeAction,
    ProposalState,
    ReportState,
    SourceKind,
    StepName,
)
from kzafrica.editorial.labels import field_label
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.querysets import (
    CitationQuerySet,
    LinkCheckQuerySet,
    ProposedChangeQuerySet,
    RedirectQuerySet,
    SourceQuerySet,
)

LANGUAGE_OF_SOURCE = (
    ("ar", _("Arabic")),
    ("de", _("German")),
    ("en", _("English")),
    ("fa", _("Persian")),
    ("fr", _("French")),
    ("it", _("Italian")),
    ("kk", _("Kazakh")),
    ("pt", _("Portuguese")),
    ("ru", _("Russian")),
    ("rw", _("Kinyarwanda")),
    ("es", _("Spanish")),
    ("sw", _("Swahili")),
    ("tr", _("Turkish")),
    ("zh", _("Chinese")),
)
web_address = URLValidator(schemes=["http", "https"])


class Source(PublishableModel):
    """A document that states facts: a news story, a decree, a ministry's page, a statistics file."""

    kind = models.CharField(
        max_length=16, choices=SourceKind, help_text=_("Who speaks: a state body, a paper, an author.")
    )
    title = models.CharField(
        max_length=300, help_text=_("As printed, or its translation where the script is not Latin.")
    )
    publisher = models.CharField(max_length=200)
    language = models.CharField(max_length=3, choices=LANGUAGE_OF_SOURCE)
    published = ImpreciseDateField(blank=True, help_text=_("The day, month or year of publication."))
    published_basis = models.CharField(
        max_length=200, blank=True, help_text=_("How the date is known: page heading, address, inferred from the text.")
    )
    url = models.URLField(max_length=500, blank=True, validators=[web_address])
    archived_url = models.URLField(max_length=500, blank=True, validators=[web_address])
    accessed_on = models.DateField(null=True, blank=True)
    disclaimer = models.TextField(blank=True, help_text=_("What the publisher says about whose views these are."))
    extent_seen = models.CharField(
        max_length=200, blank=True, help_text=_("How much of the document the editors have read.")
    )
    rights = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True, help_text=_("For readers: contradictions within the document, known errors."))

    objects = SourceQuerySet.as_manager()
    part_names = ("authors",)

    class Meta(PublishableModel.Meta):
        ordering = ("published_order", "slug")

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("editorial:source_detail", args=[self.slug])

    def has_support(self) -> bool:
        """A source speaks for itself: it needs no other to be listed."""
        return True

    @property
    def is_official(self) -> bool:
        return self.kind in OFFICIAL_KINDS


class SourceAuthor(models.Model):
    """A person who signed a source, named as the source prints the name."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="authors")
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    part_names = ("affiliations",)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """A post, degree or membership that a source prints with an author's name."""

    author = models.ForeignKey(SourceAuthor, models.CASCADE, related_name="affiliations")
    text = models.CharField(max_length=300)
    date = ImpreciseDateField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


class Citation(models.Model):
    """What one source says about one record, or about one field of it."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="cited_in")
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    field = models.CharField(
        max_length=40, blank=True, help_text=_("The field this source is cited for; empty: the whole record.")
    )
    locator = models.CharField(max_length=80, blank=True, help_text=_("Page, paragraph, table, minute."))
    as_printed = models.CharField(
        max_length=200, blank=True, help_text=_("The words of a date, number or name as printed; no sentences.")
    )
    stated = models.CharField(
        max_length=300,
        blank=True,
        help_text=_("Only where the source differs: what it states, a date as EDTF. Empty: it supports the record."),
    )
    reason = models.TextField(
        blank=True, help_text=_("Why the record does not follow this source. Readers see it. Needed where it differs.")
    )
    basis = models.CharField(max_length=8, choices=Basis, default=Basis.LITERAL)
    note = models.TextField(blank=True, help_text=_("For readers: how the source supports the record."))
    position = models.PositiveSmallIntegerField(default=0)

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        indexes = [models.Index(fields=["content_type", "object_id"], name="citation_target")]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "content_type", "object_id", "field", "stated", "locator"],
                name="citation_once",
                violation_error_message=_("This source is already cited for the same field with the same statement."),
            ),
            models.CheckConstraint(
                name="citation_explains_difference",
                condition=models.Q(stated="") | ~models.Q(reason=""),
                violation_error_message=_("Where a source differs, say why the record does not follow it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source.publisher}: {self.field_label or _('the whole record')}"

    @property
    def differs(self) -> bool:
        return bool(self.stated)

    @property
    def field_label(self) -> str:
        """The cited field's name for readers; empty for the whole record."""
        return field_label(self.field)

    def clean(self) -> None:
        super().clean()
        model = self.content_type.model_class() if self.content_type_id else None
        if self.field and model is not None:
            try:
                model._meta.get_field(self.field)
            except FieldDoesNotExist:
                raise ValidationError(
                    {
                        "field": _("“%(field)s” is not a field here (%(record)s): use one of %(fields)s.")
                        % {
                            "field": self.field,
                            "record": model._meta.verbose_name,
                            "fields": ", ".join(citable_fields(model)),
                        }
                    }
                ) from None


def citable_fields(model: type[models.Model]) -> list[str]:
    """The fields of a model that a citation may name."""
    return [
        field.name
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.editable and not field.primary_key and field.name not in {"slug", "position"}
    ]


class ContentRevision(models.Model):
    """One row: the number that moves whenever anything readers can see changes."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.number)


class Change(models.Model):
    """One public change: the ordered log that feeds, caches and subscribers follow."""

    number = models.PositiveBigIntegerField(primary_key=True, help_text=_("The content revision this change made."))
    at = models.DateTimeField(default=timezone.now)
    action = models.CharField(max_length=12, choices=ChangeAction)
    # Names rather than keys: the log outlives what it tells of.
    record_type = models.CharField(max_length=80)
    record_key = models.CharField(max_length=140)
    record_title = models.CharField(max_length=400)
    # Of a renamed record the key it had; of a merged one that of the record that was kept.
    other_key = models.CharField(max_length=140, blank=True)
    # Stands for all rows that were loaded in one go, of which it names one.
    is_of_many = models.BooleanField(default=False)
    by_name = models.CharField(max_length=150)
    note = models.TextField(blank=True)
    is_unreviewed = models.BooleanField(
        _("not reviewed"), default=False, help_text=_("Went before readers without a second person.")
    )
    revision = models.ForeignKey("reversion.Revision", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("number",)
        indexes = [models.Index(fields=["record_type", "record_key"], name="change_record")]
        permissions = [
            ("publish_records", _("Can review, publish and withdraw records")),
            ("correct_at_once", _("Can correct public records at once, without a review")),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.record_type} {self.record_key} {self.action}"


class RecordReference(models.Model):
    """A pointer to any record of the site, by type and number."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")

    class Meta:
        abstract = True


class ProposedChange(RecordReference):
    """A change to a published record that waits for a second person."""

    content = models.JSONField(help_text=_("The whole record as it would be."))
    based_on = models.JSONField(help_text=_("The whole record as it was when the change was proposed."))
    absorbs = models.PositiveBigIntegerField(
        null=True, help_text=_("The number of the second record of this kind that is merged into it.")
    )
    note = models.TextField(blank=True, help_text=_("Why, for the reviewer."))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True)

    objects = ProposedChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-proposed_at", "-pk")

    def __str__(self) -> str:
        return f"{self.record}: {self.get_state_display()}"


class Step(RecordReference):
    """A step of a record through the workflow: who took it, when, and with which note for colleagues."""

    name = models.CharField(max_length=10, choices=StepName)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["content_type", "object_id"], name="step_record")]

    def __str__(self) -> str:
        return f"{self.record or self.object_id}: {self.get_name_display()}"


class Correction(RecordReference):
    """A change to a published record that readers are told about, with the reason."""

    change = models.OneToOneField(Change, models.PROTECT, related_name="correction")
    reason = models.TextField(help_text=_("What was wrong, what it is now and why, in a sentence for readers."))
    is_urgent = models.BooleanField(
        _("urgent"), default=False, help_text=_("Made at once by an administrator, without a second person.")
    )
    corrected_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-corrected_at", "-pk")

    def __str__(self) -> str:
        return f"{self.change.record_title}: {self.reason}"


class ErrorReport(models.Model):
    """A reader's word that something is wrong, tied to the page, the record and the version the reader saw."""

    # A page may be about no record, and a record may be deleted before the report is answered.
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    record = GenericForeignKey("content_type", "object_id")
    record_title = models.CharField(max_length=400, blank=True)
    page = models.CharField(max_length=500, default="/", help_text=_("The address of the page within the site."))
    message = models.TextField(help_text=_("What the reader says is wrong."))
    email = models.EmailField(blank=True, help_text=_("To answer; deleted with the report."))
    content_revision = models.PositiveBigIntegerField(help_text=_("The content revision the reader saw."))
    reported_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.NEW)
    answer = models.TextField(blank=True, help_text=_("What came of it, for colleagues."))
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-reported_at", "-pk")

    def __str__(self) -> str:
        return self.message[:80]


class LinkCheck(models.Model):
    """What the address of a source answered when a command last asked it."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="link_checks")
    field = models.CharField(max_length=12, choices=(("url", _("Address")), ("archived_url", _("Archived address"))))
    address = models.URLField(max_length=500, help_text=_("As it was when it was asked."))
    checked_at = models.DateTimeField()
    is_alive = models.BooleanField(
        null=True,
        help_text=_("Yes: a page came. No: the page or the name of its host is gone. Empty: the answer does not tell."),
    )
    answer = models.CharField(max_length=200, help_text=_("The status it answered with, or why it did not."))

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        ordering = ("checked_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "field"],
                name="link_checked_once",
                violation_error_message=_("There is a check of this address already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.answer}"


class Redirect(models.Model):
    """An address that a record once had, and where the record is now."""

    record_type = models.CharField(max_length=80)
    old_key = models.CharField(max_length=140)
    target_key = models.CharField(max_length=140)
    created_at = models.DateTimeField(default=timezone.now)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        ordering = ("record_type", "old_key")
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "old_key"],
                name="redirect_once",
                violation_error_message=_("This address already leads elsewhere."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.old_key} → {self.target_key}"
