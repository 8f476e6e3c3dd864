"""Sitemaps: every public page in every offered language, with the day of its last public change where it is known."""

from collections.abc import Callable

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as of_django
from django.core.cache import cache
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from diplomacy.models import Agreement, Award, Initiative, Mission, Programme, Relation
from events.models import Event
from kzafrica.analysis.models import Article
from kzafrica.editorial.models import Source
from kzafrica.editorial.workflow import content_revision
from kzafrica.middleware import code_version
from kzafrica.reference.models import Country, Organization, Person, Theme
from kzafrica.statements.models import Claim, Figure
from kzafrica.views import GROUPS, offered_languages, sections_with_records
from trade.models import Project, Release, Route

KEPT_SECONDS = 24 * 3600


class PagesInLanguages(Sitemap):
    """Pages each of which names its counterparts in the other languages (hreflang)."""

    i18n = True
    alternates = True
    x_default = True
    limit = 10_000

    @property
    def languages(self) -> list[str]:
        return list(offered_languages())

    def get_languages_for_item(self, item) -> list[str]:
        return self.languages


class Records(PagesInLanguages):
    """Public records of one kind. What readers see of a record last changed when it says so itself."""

    def __init__(self, rows: models.QuerySet) -> None:
        self.rows = rows

    def items(self) -> models.QuerySet:
        return self.rows.order_by("pk")

    def lastmod(self, record):
        return record.updated_at


class Dossiers(PagesInLanguages):
    """Pages of pairs. When one last changed is known only from all of its records, and is not guessed here."""

    def items(self) -> models.QuerySet:
        return Country.objects.african().order_by("alpha3")


class Lists(PagesInLanguages):
    """The pages in the menu that have something to show."""

    def items(self) -> list[str]:
        shown = sections_with_records()
        sections = [section for _label, group in GROUPS for section in group]
        names = [section.view_name for section in sections if section.rows is None or section.view_name in shown]
        return ["dossier:home", *names]

    def location(self, name: str) -> str:
        return reverse(name)


RECORDS = {
    "events": Event,
    "missions": Mission,
    "relations": Relation,
    "agreements": Agreement,
    "awards": Award,
    "initiatives": Initiative,
    "programmes": Programme,
    "people": Person,
    "organizations": Organization,
    "figures": Figure,
    "claims": Claim,
    "sources": Source,
    "routes": Route,
    "projects": Project,
    "releases": Release,
    "analysis": Article,
}


def sections() -> dict[str, Sitemap]:
    """The sitemaps that have a page, by what stands in their address."""
    found: dict[str, Sitemap] = {"pages": Lists(), "countries": Dossiers(), "themes": Records(Theme.objects.all())}
    found |= {name: Records(model.objects.published()) for name, model in RECORDS.items()}
    return {name: sitemap for name, sitemap in found.items() if name == "pages" or sitemap.items().exists()}


def sitemap_index(request: HttpRequest) -> HttpResponse:
    return kept(request, lambda: of_django.index(request, sections(), sitemap_url_name="sitemap"))


def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    def answer() -> HttpResponse:
        found = sections()
        if section not in found:
            raise Http404
        return of_django.sitemap(request, found, section=section)

    return kept(request, answer)


def kept(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The document of the present content: written once, and again when anything public changes."""
    parts = (content_revision(), code_version(), request.build_absolute_uri())
    key = "sitemap:" + ":".join(str(part) for part in parts)
    text = cache.get(key)
    if text is None:
        text = answer().render().content
        cache.set(key, text, KEPT_SECONDS)
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
