from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from kzafrica.editorial.publishable import Part, PublishableModel
from kzafrica.stages import Staged, StageFields
from kzafrica.statements.amounts import ExactDecimalField
from kzafrica.translation import InLanguage, Translated
from trade.choices import Flow, Layout, Mode, Perspective, ProjectKind, ProjectRole, ProjectState, RouteState, Valuation
from trade.querysets import ProjectQuerySet, ReleaseQuerySet, RouteQuerySet, SliceQuerySet


class Release(PublishableModel):
    """Rows of trade statistics that came in with one load of one or more files; reviewed and published as a whole."""

    title = models.CharField(max_length=200)
    source = models.ForeignKey("editorial.Source", models.PROTECT, related_name="releases")
    perspective = models.CharField(max_length=12, choices=Perspective, default=Perspective.AS_REPORTED)
    released_on = models.DateField(
        null=True,
        blank=True,
        help_text=_("When the statistical office released the data: of two releases the later replaces the earlier."),
    )
    note = models.TextField(blank=True, help_text=_("What a reader must know to use the rows."))

    objects = ReleaseQuerySet.as_manager()
    reference_kind = "release"
    comes_with_file = True

    class Meta(PublishableModel.Meta):
        ordering = ("-released_on", "slug")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("trade:release_detail", args=[self.slug])

    def visibility_changed(self) -> list["Release"]:
        """Say anew which slices are current: this release may replace others, or give way to them again."""
        turned = Slice.objects.beside(self).settle()
        return list(type(self).objects.published().filter(slices__in=turned).exclude(pk=self.pk).distinct())

    @property
    def counts_from(self) -> date:
        """The day by which releases replace each other: of its release, or of loading where that is not known."""
        return self.released_on or localdate(self.created_at)

    @property
    def checksum(self) -> str:
        """That of its file; empty where it has several."""
        files = self.files.all()
        return files[0].checksum if len(files) == 1 else ""

    @property
    def editions(self) -> list[str]:
        return sorted({part.edition for part in self.slices.all()})

    @property
    def edition(self) -> str:
        """Its HS edition; empty where it has several."""
        return self.editions[0] if len(self.editions) == 1 else ""

    @property
    def row_count(self) -> int:
        return sum(part.row_count for part in self.slices.all())


class ReleaseFile(models.Model):
    """A file that a release was loaded from; none is loaded twice."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    checksum = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the file as it was given."))
    layout = models.CharField(max_length=20, choices=Layout)
    size_bytes = models.BigIntegerField()
    row_count = models.PositiveIntegerField(help_text=_("Rows in the file, those left out included."))
    first_line = models.PositiveIntegerField(
        default=0, help_text=_("From where its lines are counted, through all files of the release.")
    )

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Slice(models.Model):
    """What a release holds of one reporter, period and HS edition: the unit that a newer release replaces."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="slices")
    reporter = models.ForeignKey("reference.Area", models.PROTECT, related_name="slices")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(default=0, help_text=_("0 for a whole year."))
    edition = models.CharField(max_length=2, help_text=_("HS edition, H0 to H6."))
    is_converted = models.BooleanField(
        default=False, help_text=_("Whether the codes were converted from another edition.")
    )
    row_count = models.PositiveIntegerField(default=0)
    is_current = models.BooleanField(
        default=False, editable=False, help_text=_("Whether readers see it and no newer release replaces it.")
    )

    objects = SliceQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["release", "reporter", "year", "month", "edition"], name="slice_once"),
            models.CheckConstraint(
                name="slice_month_in_year",
                condition=Q(month__range=(0, 12)),
                violation_error_message=_("A month runs from 1 to 12; 0 stands for a whole year."),
            ),
        ]
        indexes = [models.Index(fields=["year", "reporter"], name="slice_year_reporter")]

    def __str__(self) -> str:
        period = f"{self.year}-{self.month:02}" if self.month else str(self.year)
        return f"{self.reporter} {period} {self.edition}"

    @property
    def month_or_none(self) -> int | None:
        return self.month or None


# Keys of rows by the million. One index leads to them. The loader alone writes them, to slices that it has just made
# and areas that it has looked up: a constraint would look up each again, which takes PostgreSQL as long as all else.
OF_ROWS = {"db_index": False, "db_constraint": False}


class TradeFlow(models.Model):
    """One row of trade statistics: a flow of one commodity between the slice's reporter and a partner."""

    slice = models.ForeignKey(Slice, models.CASCADE, related_name="flows", **OF_ROWS)
    partner = models.ForeignKey("reference.Area", models.PROTECT, related_name="flows_as_partner", **OF_ROWS)
    flow = models.CharField(max_length=2, choices=Flow)
    hs = models.CharField(max_length=6, blank=True, help_text=_("Two, four or six digits; empty for all goods."))
    value_usd = ExactDecimalField(null=True, help_text=_("Empty is missing, which is not zero."))
    valuation = models.CharField(max_length=3, choices=Valuation, blank=True)
    fob_value_usd = ExactDecimalField(null=True, help_text=_("Of an import that is given FOB beside CIF."))
    net_weight_kg = ExactDecimalField(null=True)
    is_weight_estimated = models.BooleanField(default=False)
    quantity = ExactDecimalField(null=True)
    quantity_unit = models.CharField(max_length=20, blank=True)
    is_quantity_estimated = models.BooleanField(default=False)
    line = models.PositiveIntegerField(help_text=_("Where the row stands, counted through the files of the release."))

    class Meta:
        ordering = ("pk",)
        constraints = [
            # Its index is the one way into the table; in its order a heading comes right before what is below it.
            models.UniqueConstraint(fields=["slice", "partner", "flow", "hs"], name="flow_once"),
            models.CheckConstraint(
                name="flow_is_not_negative",
                condition=(Q(value_usd__isnull=True) | Q(value_usd__gte=0))
                & (Q(net_weight_kg__isnull=True) | Q(net_weight_kg__gte=0))
                & (Q(quantity__isnull=True) | Q(quantity__gte=0)),
                violation_error_message=_("Values, weights and quantities are not negative; a missing one is empty."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slice} {self.flow} {self.partner} {self.hs}"


class FlowSummary(models.Model):
    """What rows of a slice add up to for one partner and flow: all goods, a chapter or a heading.

    A row that gives the sum itself is taken as it is; else what is below it is added, every good once.
    """

    slice = models.ForeignKey(Slice, models.CASCADE, related_name="summaries", **OF_ROWS)
    partner = models.ForeignKey("reference.Area", models.PROTECT, related_name="+", **OF_ROWS)
    flow = models.CharField(max_length=2, choices=Flow)
    hs = models.CharField(max_length=4, blank=True, help_text=_("Two or four digits; empty for all goods."))
    value_usd = ExactDecimalField(null=True, help_text=_("Empty where no row below it has a value."))
    net_weight_kg = ExactDecimalField(null=True)
    row_count = models.PositiveIntegerField(help_text=_("How many rows it stands for: one where it is given."))
    is_given = models.BooleanField(help_text=_("Whether a row of the file gives it; else it is our sum."))

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["slice", "partner", "flow", "hs"], name="summary_once")]
        verbose_name_plural = _("flow summaries")

    def __str__(self) -> str:
        return f"{self.slice} {self.flow} {self.partner} {self.hs}"


class Route(Staged, PublishableModel):
    """A corridor by which goods of one side reach the other: its ports and stations, and how far it has come."""

    title = Translated(models.CharField, max_length=200, sorts=True)
    purpose = Translated(models.TextField, blank=True)
    countries = models.ManyToManyField(
        "reference.Country", blank=True, related_name="routes", help_text=_("The markets it is to serve.")
    )
    themes = models.ManyToManyField("reference.Theme", blank=True, related_name="routes")
    summary = Translated(models.TextField, blank=True)

    objects = RouteQuerySet.as_manager()
    part_names = ("calls", "stages")
    reference_kind = "route"

    class Meta(PublishableModel.Meta):
        ordering = (InLanguage("title"), "slug")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("trade:route_detail", args=[self.slug])


class RouteCall(models.Model):
    """A place on a route, in the order goods pass it, and how they leave it."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="calls")
    place = models.ForeignKey("reference.Place", models.PROTECT, related_name="route_calls")
    onward_mode = models.CharField(max_length=12, choices=Mode, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return str(self.place)


class RouteStage(StageFields, Part):
    """One dated step of a route."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=20, choices=RouteState)

    class Meta(Part.Meta):
        ordering = ("date_order", "position", "pk")


class Project(Staged, PublishableModel):
    """A plant, joint venture, supply arrangement or presence of one side in the other; amounts are figures."""

    title = Translated(models.CharField, max_length=200, sorts=True)
    kind = models.CharField(max_length=16, choices=ProjectKind)
    investor_country = models.ForeignKey(
        "reference.Country", models.PROTECT, null=True, blank=True, related_name="projects_abroad"
    )
    host_country = models.ForeignKey(
        "reference.Country", models.PROTECT, null=True, blank=True, related_name="projects_hosted"
    )
    place = models.ForeignKey("reference.Place", models.PROTECT, null=True, blank=True, related_name="projects")
    themes = models.ManyToManyField("reference.Theme", blank=True, related_name="projects")
    summary = Translated(models.TextField, blank=True)

    objects = ProjectQuerySet.as_manager()
    part_names = ("parties", "stages")
    reference_kind = "project"

    class Meta(PublishableModel.Meta):
        ordering = (InLanguage("title"), "slug")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("trade:project_detail", args=[self.slug])


class ProjectParty(models.Model):
    """An organization's part in a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="parties")
    organization = models.ForeignKey("reference.Organization", models.PROTECT, related_name="projects")
    role = models.CharField(max_length=10, choices=ProjectRole, default=ProjectRole.PARTNER)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name_plural = _("project parties")

    def __str__(self) -> str:
        return str(self.organization)


class ProjectStage(StageFields, Part):
    """One dated step of a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=20, choices=ProjectState)

    class Meta(Part.Meta):
        ordering = ("date_order", "position", "pk")
