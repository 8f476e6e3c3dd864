"""What the home page and the page of a pair are to programs and other sites."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from diplomacy.models import Agreement, Mission
from events.models import Event
from kzafrica.dossier.assembly import Dossier
from kzafrica.editorial.describing import country_item
from kzafrica.editorial.models import Source
from kzafrica.linked_data import LICENCE_ADDRESS, PUBLISHER, Description, document

# The name that linked data give to the word searched for.
WORD = "search_term_string"


def describe_dossier(dossier: Dossier) -> Description:
    home, country = dossier.home, dossier.country
    names = {"home": home, "country": country}
    voices = {citation.source_id for citation in dossier.citations}
    return Description(
        title=_("%(home)s – %(country)s") % names,
        kind=_("The record of two countries"),
        text=_(
            "Relations of %(home)s and %(country)s: visits, missions, agreements, trade and projects, each fact with "
            "its sources."
        )
        % names,
        item={"@type": "Collection", "about": [country_item(home), country_item(country)]},
        counts=counts(len(dossier.events), len(dossier.missions), len(dossier.agreements), len(voices)),
    )


def describe_home() -> Description:
    numbers = (model.objects.published().count() for model in (Event, Mission, Agreement, Source))
    return Description(
        title=_("Kazakhstan and Africa, on the record"),
        kind=_("The open record of relations"),
        text=_("The open record of relations between Kazakhstan and the states of Africa."),
        item={},
        counts=counts(*numbers),
    )


def counts(events: int, missions: int, agreements: int, sources: int) -> tuple[tuple[str, str], ...]:
    """Numbers with their words; what there is none of goes without saying."""
    told = (
        (events, npgettext("under a number", "event", "events", events)),
        (missions, npgettext("under a number", "mission", "missions", missions)),
        (agreements, npgettext("under a number", "agreement", "agreements", agreements)),
        (sources, npgettext("under a number", "source", "sources", sources)),
    )
    return tuple((str(number), words) for number, words in told if number)


def site_document(request: HttpRequest) -> dict:
    """The site itself, who publishes it, and how it is searched."""
    home = request.build_absolute_uri(reverse("dossier:home"))
    publisher = {
        "@type": "Organization",
        "@id": f"{home}#publisher",
        "name": PUBLISHER,
        "url": home,
        "description": _("The open record of relations between Kazakhstan and the states of Africa."),
    }
    site = {
        "@type": "WebSite",
        "@id": f"{home}#site",
        "name": PUBLISHER,
        "url": home,
        "inLanguage": request.LANGUAGE_CODE,
        "license": LICENCE_ADDRESS,
        "publisher": {"@id": publisher["@id"]},
    }
    search = request.build_absolute_uri(reverse("dossier:search"))
    target = {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{{WORD}}}"}
    site["potentialAction"] = {"@type": "SearchAction", "target": target, "query-input": f"required name={WORD}"}
    return document([site, publisher])


def dataset_document(request: HttpRequest) -> dict:
    """The whole record as one dataset."""
    whole = request.build_absolute_uri
    home = whole(reverse("dossier:home"))
    dataset = {
        "@type": "Dataset",
        "@id": f"{whole(request.path)}#dataset",
        "name": "KZ-Africa",
        "description": _(
            "Visits, missions, agreements, awards, trade and investment between Kazakhstan and the states of Africa, "
            "each fact with its sources, as pages, files, feeds and an API."
        ),
        "url": whole(request.path),
        "inLanguage": request.LANGUAGE_CODE,
        "license": LICENCE_ADDRESS,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "@id": f"{home}#publisher", "name": PUBLISHER, "url": home},
        "spatialCoverage": [{"@type": "Place", "name": _("Kazakhstan")}, {"@type": "Place", "name": _("Africa")}],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": whole("/api/v1/")},
            {
                "@type": "DataDownload",
                "encodingFormat": "application/vnd.oai.openapi",
                "contentUrl": whole(reverse("schema")),
            },
        ],
    }
    return document([dataset])
