"""The addresses within the admin that belong to no kind of record."""

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path
from django.views.i18n import set_language

from kzafrica.workshop.answers import DateWords, References
from kzafrica.workshop.preview import ProposalPreview


def comfort_addresses(site: AdminSite) -> list[URLPattern]:
    """What makes typing easier, and the choice of the language, which stands on the page for signing in too."""
    return [
        path("date-words/", site.admin_view(DateWords.as_view()), name="date_words"),
        path("references/", site.admin_view(References.as_view(admin_site=site)), name="references"),
        path("proposals/<int:pk>/preview/", site.admin_view(ProposalPreview.as_view()), name="proposal_preview"),
        path("language/", set_language, name="language"),
    ]
