"""Records of a country pair, for tests of the pages that are made of several sections."""

from tests.factories import (
    make_agreement,
    make_award,
    make_claim,
    make_commodity,
    make_country,
    make_derived_figure,
    make_event,
    make_figure,
    make_initiative,
    make_mission,
    make_organization,
    make_person,
    make_place,
    make_programme,
    make_project,
    make_route,
    make_source,
    make_theme,
)


def differing(source=None, **fields) -> dict:
    return {"source": source or make_source(), "reason": "Written later than the others.", **fields}


def fill(home, country, number: int) -> None:
    """One more record of every strand of a pair, with parts and a citation on each."""
    source = make_source()
    person, place, theme = make_person(), make_place(), make_theme()
    cited = [{"source": source}]
    event = make_event(
        date=f"20{number % 90 + 10}-05",
        host=home,
        place=place,
        participations=[{"country": country, "person": person, "citations": cited}],
        outcomes=[{"kind": "topic", "text": "Copper", "theme": theme, "citations": cited}],
    )
    make_mission(
        sending=home,
        receiving=country,
        kind="consulate",
        place=place,
        milestones=[{"kind": "opened", "date": "2014", "place": place, "citations": cited}],
        heads=[{"person": person, "accreditations": [{"country": country, "appointed": "2014", "citations": cited}]}],
    )
    make_mission(
        sending=home,
        receiving=make_country(),
        heads=[{"person": person, "accreditations": [{"country": country, "is_resident": False, "citations": cited}]}],
    )
    agreement = make_agreement(
        signed_at=event,
        parties=[{"country": home}, {"country": country, "organization": make_organization()}],
        signatories=[{"person": person, "country": country, "citations": cited}],
        stages=[{"kind": "signed", "date": "2025-09-10", "citations": cited}],
    )
    stages = {"stages": [{"date": "2025", "kind": "agreed", "citations": cited}]}
    make_initiative(countries=[country], **stages)
    make_programme(country=country, stages=[{"kind": "adopted", "date": "2025", "citations": cited}])
    make_award(country=home, recipient=person, recipient_country=country, conferred_by=person, place=place)
    make_route(countries=[country], calls=[{"place": place}], **stages)
    project = make_project(investor_country=home, host_country=country, parties=[], **stages)
    figure = make_figure(counterpart=country, period=str(1900 + number), commodity=make_commodity())
    growth = make_figure(
        measure="growth", base_measure="turnover", counterpart=country, period=str(1900 + number), value="5",
        unit="percent",
    )  # fmt: skip
    make_derived_figure([(figure, "value"), (growth, "growth")], period=str(1899 + number))
    make_figure(subject=project, counterpart="", measure="jobs", unit="jobs", value="200")
    make_claim(subjects=[country, agreement], checked_against=[figure])
