"""What relations, missions, instruments and awards are to programs."""

from diplomacy.models import Agreement, Award, Initiative, Mission, Programme, Relation
from kzafrica.editorial.describing import country_item, described, person_item, place_item
from kzafrica.linked_data import Description


def describe_relation(relation: Relation) -> Description:
    sides = (relation.first, relation.second)
    return described(
        relation,
        {"@type": "Thing"},
        summary=relation.summary,
        date=relation.established or relation.recognised,
        sides=sides,
    )


def describe_mission(mission: Mission) -> Description:
    to = mission.receiving or mission.receiving_organization
    item = {
        "@type": "GovernmentOrganization",
        "areaServed": country_item(mission.receiving),
        "location": place_item(mission.place),
        "parentOrganization": {"@type": "GovernmentOrganization", "name": mission.sending.name},
    }
    return described(
        mission,
        item,
        kind=mission.get_kind_display(),
        summary=mission.summary,
        place=str(mission.place or ""),
        sides=(mission.sending, to),
    )


def describe_agreement(agreement: Agreement) -> Description:
    parties = list(agreement.parties.all())
    stage = agreement.state
    item = {
        "@type": "CreativeWork",
        "genre": agreement.get_kind_display(),
        "about": [country_item(party.country) for party in parties if party.country],
        "creativeWorkStatus": stage.get_kind_display() if stage else None,
        "contributor": [person_item(row.person) for row in agreement.signatories.all() if row.person.is_public],
        "locationCreated": place_item(agreement.place, agreement.venue) if agreement.place else None,
    }
    return described(
        agreement,
        item,
        kind=agreement.get_kind_display(),
        summary=agreement.summary,
        date=stage.date if stage else None,
        sides=dict.fromkeys(party.country or party.organization for party in parties),
    )


def describe_initiative(initiative: Initiative) -> Description:
    stage = initiative.state
    return described(
        initiative,
        {"@type": "Thing"},
        summary=initiative.summary,
        date=stage.date if stage else None,
        sides=initiative.countries.all(),
    )


def describe_programme(programme: Programme) -> Description:
    return described(
        programme,
        {"@type": "Thing"},
        kind=programme.get_kind_display(),
        summary=programme.summary,
        date=programme.begins,
        sides=(programme.country, programme.organization),
    )


def describe_award(award: Award) -> Description:
    return described(
        award,
        {"@type": "Thing"},
        summary=" ".join(award.ground_list),
        date=award.date,
        place=str(award.place or award.venue),
        sides=(award.country, award.recipient_country),
    )
