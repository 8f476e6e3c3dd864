from django.urls import path, re_path

from kzafrica.sdmx import views

app_name = "sdmx"

OFFERED = "|".join((*views.KINDS_BY_RESOURCE, "structure"))
# Resources of the REST API of SDMX 2.1 that there is nothing of here.
NOT_OFFERED = "|".join(
    (
        "allowedconstraint", "attachmentconstraint", "categorisation", "categoryscheme", "customtypescheme",
        "dataconsumerscheme", "dataproviderscheme", "hierarchicalcodelist", "metadata", "metadataflow",
        "metadatastructure", "namepersonalisationscheme", "organisationscheme", "organisationunitscheme", "process",
        "provisionagreement", "reportingtaxonomy", "rulesetscheme", "schema", "structureset", "transformationscheme",
        "userdefinedoperatorscheme", "vtlmappingscheme",
    )
)  # fmt: skip


def parts(*names: str) -> str:
    """The parts of an address that may be left out from the end."""
    return "".join(f"(?:/(?P<{name}>[^/]+)" for name in names) + ")?" * len(names) + "/?$"


urlpatterns = [
    path("", views.Root.as_view(), name="root"),
    re_path(rf"^data/(?P<flow>[^/]+){parts('key', 'provider')}", views.Data.as_view(), name="data"),
    re_path(
        rf"^availableconstraint/(?P<flow>[^/]+){parts('key', 'provider', 'component')}",
        views.Availability.as_view(),
        name="availability",
    ),
    re_path(
        rf"^(?P<resource>{OFFERED}){parts('agency', 'name', 'version', 'item')}",
        views.Structures.as_view(),
        name="structures",
    ),
    re_path(rf"^(?P<resource>{NOT_OFFERED})(?:/.*)?$", views.NotOffered.as_view(), name="not_offered"),
]
