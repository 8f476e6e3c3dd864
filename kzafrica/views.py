"""What the site itself says: the menu, its own pages, and the answers for probes and robots."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, models
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info, gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from diplomacy.computations import RULE
from diplomacy.models import Agreement, Award, Initiative, Mission, Programme, Relation
from diplomacy.promises import open_promises
from events.models import Event
from kzafrica.alerts import alert_address
from kzafrica.analysis.models import Article
from kzafrica.dates import ImpreciseDate
from kzafrica.dossier.metadata import dataset_document
from kzafrica.editions.caching import tells_of_editions
from kzafrica.editions.models import Edition
from kzafrica.editorial.models import ContentRevision, Correction, Source
from kzafrica.editorial.views import WithoutParameters
from kzafrica.editorial.workflow import content_revision
from kzafrica.reference.models import Country, Organization, Person, Theme
from kzafrica.statements.comparisons import DECIDING_RULE
from kzafrica.statements.models import Claim, Figure
from trade.models import Project, Release, Route
from trade.totals import RULE as TOTALS_RULE


@dataclass(frozen=True)
class Section:
    """A list of the site; in the menu only while it has something to show."""

    label: str
    view_name: str
    rows: models.QuerySet | None = None
    is_main: bool = False


@dataclass(frozen=True)
class Entry:
    label: str
    address: str
    is_current: bool
    is_main: bool


@dataclass
class Group:
    label: str
    entries: list[Entry] = field(default_factory=list)


@dataclass
class Menu:
    """Every section in its group, and the few that stand in the masthead."""

    groups: list[Group]

    @property
    def main(self) -> list[Entry]:
        return [entry for group in self.groups for entry in group.entries if entry.is_main]


# The newest editions that the page about data names; all are in the API.
EDITIONS_SHOWN = 12
DATES_TO_EXPLAIN = (
    "2025-09-10",
    "2025-09-09/2025-09-10",
    "2025-09",
    "2025-21",
    "2025-40",
    "2023-10~/2023-12~",
    "2014~",
    "2013?",
    "2005/..",
    "../2024-12",
)

GROUPS: tuple[tuple[str, tuple[Section, ...]], ...] = (
    (
        _("Relations"),
        (
            Section(_("Countries"), "dossier:country_list", Country.objects.african(), is_main=True),
            Section(_("Map of Africa"), "dossier:map", Country.objects.african()),
            Section(_("Africa as a whole"), "dossier:africa", Country.objects.african()),
            Section(_("Events"), "events:event_list", Event.objects.published(), is_main=True),
            Section(_("Missions"), "diplomacy:mission_list", Mission.objects.published(), is_main=True),
            Section(_("Diplomatic relations"), "diplomacy:relation_list", Relation.objects.published()),
        ),
    ),
    (
        _("What came of them"),
        (
            Section(_("Agreements"), "diplomacy:agreement_list", Agreement.objects.published(), is_main=True),
            Section(_("Initiatives"), "diplomacy:initiative_list", Initiative.objects.published()),
            Section(_("Open promises"), "diplomacy:promise_list", open_promises()),
            Section(_("Programmes"), "diplomacy:programme_list", Programme.objects.published()),
            Section(_("Awards"), "diplomacy:award_list", Award.objects.published()),
        ),
    ),
    (
        _("Trade and investment"),
        (
            Section(_("Trade"), "trade:overview", Figure.objects.published(), is_main=True),
            Section(_("Figures"), "statements:figure_list", Figure.objects.published()),
            Section(_("Rows of trade statistics"), "trade:flow_list", Release.objects.published()),
            Section(_("Projects"), "trade:project_list", Project.objects.published()),
            Section(_("Routes"), "trade:route_list", Route.objects.published()),
        ),
    ),
    (
        _("Who and what"),
        (
            Section(_("People"), "reference:person_list", Person.objects.published(), is_main=True),
            Section(_("Organizations"), "reference:organization_list", Organization.objects.published()),
            Section(_("Themes"), "reference:theme_list", Theme.objects.all()),
        ),
    ),
    (
        _("Who says so"),
        (
            Section(_("Sources"), "editorial:source_list", Source.objects.published(), is_main=True),
            Section(_("Claims"), "statements:claim_list", Claim.objects.published()),
            Section(_("Analysis"), "analysis:article_list", Article.objects.published(), is_main=True),
            Section(_("Corrections"), "editorial:correction_list", Correction.objects.all()),
        ),
    ),
    (
        _("About the record"),
        (
            Section(_("About"), "about"),
            Section(_("Methodology"), "methodology"),
            Section(_("Quality"), "dossier:quality"),
            Section(_("Data"), "data"),
            Section(_("E-mail alerts"), "delivery:subscribe"),
            Section(_("Privacy"), "privacy"),
        ),
    ),
)


def sections_with_records() -> set[str]:
    """The lists that have a public record, in one query however many lists there are."""
    names, sql, parameters = question_of_sections()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        # Without the row that is asked nothing has been brought before readers yet.
        answers = cursor.fetchone() or ()
    return {name for name, has_rows in zip(names, answers, strict=False) if has_rows}


@cache
def question_of_sections() -> tuple[list[str], str, tuple]:
    """The lists that have rows, and what asks of each whether it has any.

    Every page asks this, and Django takes ten times longer to write the question than a database to answer it.
    """
    asked = {
        section.view_name.replace(":", "_"): section
        for _label, sections in GROUPS
        for section in sections
        if section.rows is not None
    }
    # Asked of a table with one row.
    found = ContentRevision.objects.filter(pk=1).annotate(
        **{name: Exists(section.rows.all()) for name, section in asked.items()}
    )
    sql, parameters = found.values_list(*asked).query.sql_with_params()
    return [section.view_name for section in asked.values()], sql, parameters


def menu_for(request: HttpRequest) -> Menu:
    shown = sections_with_records()
    groups = []
    for label, sections in GROUPS:
        entries = [
            _entry(section, request) for section in sections if section.rows is None or section.view_name in shown
        ]
        if entries := [entry for entry in entries if entry is not None]:
            groups.append(Group(label, entries))
    return Menu(groups)


def _entry(section: Section, request: HttpRequest) -> Entry | None:
    try:
        address = reverse(section.view_name)
    except NoReverseMatch:
        return None
    return Entry(section.label, address, request.path.startswith(address), section.is_main)


@cache
def offered_languages() -> tuple[str, ...]:
    """The languages whose interface is translated; the others answer at their addresses, but nothing leads there."""
    folders = [Path(folder) for folder in settings.LOCALE_PATHS]
    is_translated = {
        code: any((folder / code / "LC_MESSAGES" / "django.mo").exists() for folder in folders)
        for code, _name in settings.LANGUAGES
    }
    return tuple(code for code in is_translated if code == settings.LANGUAGE_CODE or is_translated[code])


def languages_for(request: HttpRequest) -> list[dict]:
    """The present page in every language that is offered; nothing while there is but one."""
    here = request.get_full_path()
    found = []
    for code in offered_languages() if len(offered_languages()) > 1 else ():
        address = translate_url(here, code)
        found.append(
            {
                "code": code,
                "name": _language_name(code),
                "address": address,
                "absolute": request.build_absolute_uri(address),
                "is_current": code == get_language(),
            }
        )
    return found


def _language_name(code: str) -> str:
    """What a language calls itself, and in that language, that its translation is still to be checked."""
    name = get_language_info(code)["name_local"]
    if code not in settings.LANGUAGES_NOT_CHECKED:
        return name
    with override(code):
        return gettext("%(language)s – no native reader has checked this translation yet") % {"language": name}


def site(request: HttpRequest) -> dict:
    """Context of every page: the menu, the languages, where e-mails about a list are asked for.

    Each is worked out only where a template shows it.
    """
    return {
        "site_menu": SimpleLazyObject(lambda: menu_for(request)),
        "site_languages": SimpleLazyObject(lambda: languages_for(request)),
        "alerts_at": SimpleLazyObject(lambda: alert_address(request.resolver_match, request.GET)),
    }


class Page(WithoutParameters, TemplateView):
    """A page of the site's own words."""


@tells_of_editions
class DataPage(Page):
    """What programs can have, which this page itself tells programs too."""

    template_name = "pages/data.html"

    def get_context_data(self, **context) -> dict:
        editions = Edition.objects.newest_first()[:EDITIONS_SHOWN]
        return super().get_context_data(linked_data=dataset_document(self.request), editions=editions, **context)


class Methodology(Page):
    template_name = "pages/methodology.html"

    def get_context_data(self, **context) -> dict:
        dates = [ImpreciseDate.parse(edtf) for edtf in DATES_TO_EXPLAIN]
        rules = {"network_rule": RULE, "deciding_rule": DECIDING_RULE, "totals_rule": TOTALS_RULE}
        return super().get_context_data(**rules, dates=dates, **context)


class TextView(TemplateView):
    content_type = "text/plain; charset=utf-8"


class Robots(TextView):
    template_name = "pages/robots.txt"

    def get_context_data(self, **context) -> dict:
        sitemap = self.request.build_absolute_uri(reverse("sitemap_index"))
        return super().get_context_data(sitemap=sitemap, **context)


class SecurityContact(TextView):
    """RFC 9116; a fresh term on every answer, since whoever runs the site keeps the address."""

    template_name = "pages/security.txt"

    def get_context_data(self, **context) -> dict:
        expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
        return super().get_context_data(
            contact=settings.SERVER_EMAIL,
            expires=expires.isoformat(),
            canonical=self.request.build_absolute_uri(self.request.path),
            languages=", ".join(code for code, _name in settings.LANGUAGES),
            **context,
        )


def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for an icon when a page of the admin names none."""
    return redirect(static("kzafrica/img/icon.svg"))


def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Whether it can answer readers: the database is there and has our tables."""
    try:
        content_revision()
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
