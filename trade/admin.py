from django.contrib import admin

from kzafrica.editorial.workshop import PartAdmin, ReadOnlyAdmin, RecordAdmin
from trade.models import Project, ProjectStage, Release, Route, RouteStage, TradeFlow


@admin.register(Release)
class ReleaseAdmin(RecordAdmin):
    list_extra = ("perspective", "released_on")
    list_filter = ("status", "perspective")
    search_fields = ("title", "slug")


@admin.register(TradeFlow)
class TradeFlowAdmin(ReadOnlyAdmin):
    """Rows are loaded from files with their release, never typed."""

    list_display = ("slice", "flow", "partner", "hs", "value_usd", "net_weight_kg", "line")
    list_select_related = ("slice__reporter", "partner")
    list_filter = ("flow",)
    show_full_result_count = False


@admin.register(Route)
class RouteAdmin(RecordAdmin):
    search_fields = ("title_en", "slug")


@admin.register(RouteStage)
class RouteStageAdmin(PartAdmin):
    search_fields = ("route__title_en",)


@admin.register(Project)
class ProjectAdmin(RecordAdmin):
    list_extra = ("kind", "investor_country", "host_country")
    list_filter = ("status", "kind")
    list_select_related = ("investor_country", "host_country")
    search_fields = ("title_en", "slug")


@admin.register(ProjectStage)
class ProjectStageAdmin(PartAdmin):
    search_fields = ("project__title_en",)
