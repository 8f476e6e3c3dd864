from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from kzafrica import problems

handler400 = problems.bad_request
handler403 = problems.permission_denied
handler404 = problems.page_not_found
handler500 = problems.server_error

from importlib.util import find_spec  # noqa


def _present(*pairs):
    return [path(prefix, include(name)) for prefix, name in pairs if find_spec(name)]


urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="api_docs"),
    path("api/v1/", include("kzafrica.api")),
    *i18n_patterns(
        *_present(
            ("", "kzafrica.dossier.urls"),
            ("events/", "events.urls"),
            ("", "diplomacy.urls"),
            ("trade/", "trade.urls"),
            ("", "kzafrica.statements.urls"),
            ("", "kzafrica.reference.urls"),
            ("", "kzafrica.editorial.urls"),
        ),
        prefix_default_language=False,
    ),
]
