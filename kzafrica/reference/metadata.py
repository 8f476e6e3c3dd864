"""What people, organizations and themes are to programs: their public capacity and no more."""

from kzafrica.editorial.describing import country_item, described, place_item
from kzafrica.linked_data import Description
from kzafrica.reference.choices import NameFormKind, OrganizationKind
from kzafrica.reference.models import Bloc, Commodity, Country, Organization, Person, Place, Theme

ORGANIZATION_TYPES = {
    OrganizationKind.MINISTRY: "GovernmentOrganization",
    OrganizationKind.PARLIAMENT: "GovernmentOrganization",
    OrganizationKind.STATE_COMPANY: "Corporation",
    OrganizationKind.COMPANY: "Corporation",
    OrganizationKind.RESEARCH: "ResearchOrganization",
}


def other_names(record: Person | Organization) -> list[str]:
    """Forms of the name that are right; a misspelling is kept for search alone."""
    return [form.text for form in record.name_forms.all() if form.kind != NameFormKind.MISSPELLING]


def describe_person(person: Person) -> Description:
    held = list(person.offices_held.all())
    offices = list(dict.fromkeys(str(row.office) for row in held))
    item = {"@type": "Person", "alternateName": other_names(person), "jobTitle": offices}
    countries = [row.office.country for row in held if row.office.country]
    return described(
        person, item, summary=person.summary or "; ".join(offices), place="; ".join(offices[:1]), sides=countries[:1]
    )


def describe_organization(organization: Organization) -> Description:
    item = {
        "@type": ORGANIZATION_TYPES.get(organization.kind, "Organization"),
        "alternateName": other_names(organization),
        "location": country_item(organization.country),
    }
    return described(
        organization,
        item,
        kind=organization.get_kind_display(),
        summary=organization.summary,
        sides=(organization.country,),
    )


def describe_theme(theme: Theme) -> Description:
    return described(theme, {"@type": "DefinedTerm", "termCode": theme.slug})


def describe_country(country: Country) -> Description:
    return described(country, country_item(country) or {})


def describe_bloc(bloc: Bloc) -> Description:
    return described(bloc, {"@type": "Place" if bloc.is_continent else "Organization", "identifier": bloc.code})


def describe_place(place: Place) -> Description:
    return described(place, place_item(place) or {}, sides=(place.country,))


def describe_commodity(commodity: Commodity) -> Description:
    item = {"@type": "CategoryCode", "codeValue": commodity.code}
    return described(commodity, item, kind=commodity.edition_name)
