from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from kzafrica import problems, sitemaps, views
from kzafrica.api import Docs, Schema
from kzafrica.llms import LanguageModels
from kzafrica.styleguide import StyleGuide
from kzafrica.workshop.preview import Preview

handler400 = problems.bad_request
handler403 = problems.permission_denied
handler404 = problems.page_not_found
handler500 = problems.server_error

urlpatterns = [
    path("admin/", include("kzafrica.desk.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("kzafrica.api")),
    path("api/sdmx/2.1/", include("kzafrica.sdmx.urls")),
    path("api/schema/", Schema.as_view(), name="schema"),
    path("api/docs/", Docs.as_view(), name="api_docs"),
    path("data/", include("kzafrica.editions.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, name="sitemap"),
    path("llms.txt", LanguageModels.as_view(), name="llms"),
    path("robots.txt", views.Robots.as_view(), name="robots"),
    path(".well-known/security.txt", views.SecurityContact.as_view(), name="security_contact"),
    *i18n_patterns(
        path("", include("kzafrica.dossier.urls")),
        path("events/", include("events.urls")),
        path("", include("diplomacy.urls")),
        path("trade/", include("trade.urls")),
        path("", include("kzafrica.statements.urls")),
        path("", include("kzafrica.reference.urls")),
        path("", include("kzafrica.editorial.urls")),
        path("analysis/", include("kzafrica.analysis.urls")),
        path("subscribe/", include("kzafrica.delivery.urls")),
        path("preview/<str:token>/", Preview.as_view(), name="preview"),
        path("about/", views.Page.as_view(template_name="pages/about.html"), name="about"),
        path("methodology/", views.Methodology.as_view(), name="methodology"),
        path("privacy/", views.Page.as_view(template_name="pages/privacy.html"), name="privacy"),
        path("styleguide/", StyleGuide.as_view(), name="styleguide"),
        path("data/", views.DataPage.as_view(), name="data"),
        prefix_default_language=False,
    ),
]
