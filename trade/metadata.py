"""What routes, projects and releases of trade statistics are to programs."""

from kzafrica.editorial.describing import country_item, described, identity, organization_item, place_item
from kzafrica.linked_data import Description
from trade.models import Project, Release, Route


def describe_route(route: Route) -> Description:
    item = {"@type": "Thing"}
    calls = " – ".join(str(call.place) for call in route.calls.all())
    return described(route, item, summary=route.summary or route.purpose, place=calls, sides=route.countries.all())


def describe_project(project: Project) -> Description:
    item = {
        "@type": "Project",
        "location": place_item(project.place) if project.place else country_item(project.host_country),
        "member": [
            organization_item(party.organization) for party in project.parties.all() if party.organization.is_public
        ],
    }
    return described(
        project,
        item,
        kind=project.get_kind_display(),
        summary=project.summary,
        place=str(project.place or ""),
        sides=(project.investor_country, project.host_country),
    )


def describe_release(release: Release) -> Description:
    item = {
        "@type": "Dataset",
        "isBasedOn": {
            "@type": "CreativeWork",
            "@id": identity(release.source),
            "name": release.source.title,
            "url": release.source.url,
        },
        "dateModified": release.released_on,
    }
    summary = release.note or f"{release}. {release.source.publisher}, {release.get_perspective_display()}."
    return described(release, item, summary=summary)
