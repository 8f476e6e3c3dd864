"""The computed parts of dossiers as the API says them."""

from django.urls import reverse

from diplomacy.computations import RULE
from diplomacy.serializers import counted_step_document
from kzafrica.dossier.assembly import Embassies
from kzafrica.dossier.axis import Points
from kzafrica.dossier.reciprocity import Cell, MissionCell, Reciprocity, VisitCell
from kzafrica.editorial.serializers import CountryField, record_link
from kzafrica.rest import date_document


def reciprocity_document(reciprocity: Reciprocity, request) -> dict:
    """A member for each strand, under its code."""
    return {strand: _cell_document(cell, request) for strand, cell in reciprocity.cells.items()}


def _cell_document(cell: Cell, request) -> dict:
    found = {"count": cell.count, "checked_on": cell.checked_on.isoformat() if cell.checked_on else None}
    match cell:
        case MissionCell():
            missions = [
                record_link("mission", post.mission, request)
                | {
                    "kind": post.mission.kind,
                    "standing": post.presence.value,
                    "is_counted": post.is_counted,
                    "is_suspended": post.is_suspended,
                }
                for post in cell.posts
            ]
            covering = [record_link("mission", mission, request) for mission in cell.covered_from]
            return found | {"missions": missions, "covered_from": covering}
        case VisitCell():
            latest = cell.latest
            return found | {
                "latest": record_link("event", latest, request) | {"date": date_document(latest.date)}
                if latest
                else None,
                "html_url": request.build_absolute_uri(cell.address),
            }


def axis_document(points: Points, request) -> list[dict]:
    return [
        {
            "date": date_document(point.date),
            "strand": point.strand.value,
            "label": point.label,
            "is_done": point.is_done,
            "record": record_link(point.strand.value, point.record, request),
        }
        for point in points
    ]


def embassies_document(embassies: Embassies, request) -> dict:
    """How many there are and how it came to that; every act with its sources is at ``url``."""
    network = embassies.network
    query = f"sending={network.sending.alpha3}&on={network.on.isoformat()}"
    return {
        "on": network.on.isoformat(),
        "sending": CountryField().to_representation(network.sending),
        "count": network.count,
        "undetermined": len(network.undetermined),
        "steps": [counted_step_document(step, request) for step in embassies.steps],
        "rule": str(RULE),
        "url": request.build_absolute_uri(f"{reverse('api:mission-network')}?{query}"),
    }
