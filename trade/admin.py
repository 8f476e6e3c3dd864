from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from kzafrica.workshop.records import PartAdmin, ReadOnlyAdmin, RecordAdmin
from trade.compact import PROJECT, ROUTE
from trade.duplicates import PROJECTS, ROUTES
from trade.forms import SOURCES_LIST, LoadForm, on_disk
from trade.loading import load_release
from trade.models import Project, ProjectStage, Release, Route, RouteStage, Slice, TradeFlow

# A release of many reporters and years has more than anyone reads on a form.
SLICES_SHOWN = 100


@admin.register(Release)
class ReleaseAdmin(RecordAdmin):
    """Made by loading files alone; then reviewed and published like any record."""

    change_form_template = "admin/trade/release/change_form.html"
    list_extra = ("perspective", "released_on")
    list_filter = ("status", "perspective")
    search_fields = ("title", "slug")
    # Made by loading files, not by importing tables of releases.
    can_import = False
    told_apart_by = ("released_on",)
    # The layout of its files decides it.
    readonly_fields = ("perspective",)

    def get_urls(self):
        return [
            path("load/", self.admin_site.admin_view(self.load_view), name="trade_release_load"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """A release without a file says nothing: adding one is loading one."""
        return redirect("admin:trade_release_load")

    def load_view(self, request):
        """Check files, or load them into a draft; says what was found, and keeps what was typed."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form, report = LoadForm(request.POST or None, request.FILES or None), None
        if request.method == "POST" and form.is_valid():
            with on_disk(form.cleaned_data["files"]) as files:
                report = load_release(files, form.options, by=request.user, dry_run="load" not in request.POST)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Load a file"),
            "form": form,
            "report": report,
            "sources": form.fields["source"].queryset.values_list("slug", "title"),
            "sources_list": SOURCES_LIST,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/trade/release/load.html", context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["files"] = obj.files.all()
        slices = obj.slices.select_related("reporter").order_by("-year", "month", "reporter__name_en", "edition")
        context["slices"] = slices[:SLICES_SHOWN]
        context["more_slices"] = max(0, slices.count() - SLICES_SHOWN)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_deleted_objects(self, objs, request):
        """What goes with a release, told in numbers: it may be a million rows, which nobody deletes one by one."""
        refused = {str(self.opts.verbose_name) for obj in objs if not self.has_delete_permission(request, obj)}
        rows = Slice.objects.filter(release__in=objs).aggregate(n=Sum("row_count", default=0))["n"]
        counts = {self.opts.verbose_name_plural: len(objs), TradeFlow._meta.verbose_name_plural: rows}
        return [str(obj) for obj in objs], counts, refused, []


@admin.register(TradeFlow)
class TradeFlowAdmin(ReadOnlyAdmin):
    """Rows are loaded from files with their release, never typed."""

    list_display = ("slice", "flow", "partner", "hs", "value_usd", "net_weight_kg", "line")
    list_select_related = ("slice__reporter", "partner")
    list_filter = ("flow",)
    show_full_result_count = False


@admin.register(Route)
class RouteAdmin(RecordAdmin):
    compact, twins = ROUTE, ROUTES
    search_fields = ("title_en", "slug")


@admin.register(RouteStage)
class RouteStageAdmin(PartAdmin):
    search_fields = ("route__title_en",)


@admin.register(Project)
class ProjectAdmin(RecordAdmin):
    compact, twins = PROJECT, PROJECTS
    list_extra = ("kind", "investor_country", "host_country")
    list_filter = ("status", "kind")
    list_select_related = ("investor_country", "host_country")
    search_fields = ("title_en", "slug")
    told_apart_by = ("investor_country", "host_country")


@admin.register(ProjectStage)
class ProjectStageAdmin(PartAdmin):
    search_fields = ("project__title_en",)
