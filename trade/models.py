from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kzafrica.editorial.publishable import Part, PublishableModel
from kzafrica.reference.models import CURRENT_HS_EDITION
from kzafrica.stages import Staged, StageFields
from kzafrica.translation import Translated
from trade.choices import Flow, Mode, Perspective, ProjectKind, ProjectRole, ProjectState, RouteState, Valuation
from trade.querysets import ProjectQuerySet, ReleaseQuerySet, RouteQuerySet, TradeFlowQuerySet


class Release(PublishableModel):
    """One loaded file of trade rows; reviewed and brought before readers as a whole."""

    title = models.CharField(max_length=200)
    source = models.ForeignKey("editorial.Source", models.PROTECT, related_name="releases")
    checksum = models.CharField(
        max_length=64, unique=True, help_text=_("SHA-256 of the file, so that none is loaded twice.")
    )
    perspective = models.CharField(max_length=12, choices=Perspective, default=Perspective.AS_REPORTED)
    edition = models.CharField(max_length=2, default=CURRENT_HS_EDITION, help_text=_("HS edition, H0 to H6."))
    released_on = models.DateField(null=True, blank=True, help_text=_("When the statistical office released the file."))
    superseded_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="supersedes")

    objects = ReleaseQuerySet.as_manager()
    reference_kind = "release"

    class Meta(PublishableModel.Meta):
        ordering = ("-released_on", "slug")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.source.get_absolute_url()


class TradeFlow(models.Model):
    """One row of trade statistics: a flow of one commodity between reporter and partner in one period."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="flows")
    reporter = models.ForeignKey("reference.Area", models.PROTECT, related_name="flows_reported")
    partner = models.ForeignKey("reference.Area", models.PROTECT, related_name="flows_as_partner")
    flow = models.CharField(max_length=2, choices=Flow)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("Empty for a whole year."))
    commodity = models.ForeignKey(
        "reference.Commodity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="flows",
        help_text=_("Empty: all goods."),
    )
    value_usd_cents = models.BigIntegerField(
        null=True, help_text=_("US cents, so that sums are exact; empty is missing.")
    )
    valuation = models.CharField(max_length=3, choices=Valuation, blank=True)
    net_weight_grams = models.BigIntegerField(null=True)
    quantity_thousandths = models.BigIntegerField(null=True)
    quantity_unit = models.CharField(max_length=12, blank=True)
    is_estimated = models.BooleanField(default=False)

    objects = TradeFlowQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["reporter", "partner", "year", "flow"], name="flow_pair_year")]
        constraints = [
            models.CheckConstraint(
                name="flow_month_in_year",
                condition=Q(month__isnull=True) | Q(month__range=(1, 12)),
                violation_error_message=_("A month runs from 1 to 12."),
            ),
            models.CheckConstraint(
                name="flow_is_not_negative",
                condition=Q(value_usd_cents__isnull=True) | Q(value_usd_cents__gte=0),
                violation_error_message=_("A trade value is not negative; a missing one is empty, not zero."),
            ),
            models.CheckConstraint(
                name="flow_between_two_areas",
                condition=~Q(reporter=F("partner")) | Q(flow__in=[Flow.RE_IMPORT, Flow.IMPORT]),
                violation_error_message=_("Only imports and re-imports come from the reporter itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reporter} {self.flow} {self.partner} {self.year}"


class Route(Staged, PublishableModel):
    """A corridor by which goods of one side reach the other: its ports and stations, and how far it has come."""

    title = Translated(models.CharField, max_length=200)
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
        ordering = ("title_en", "slug")

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

    title = Translated(models.CharField, max_length=200)
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
        ordering = ("title_en", "slug")

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
