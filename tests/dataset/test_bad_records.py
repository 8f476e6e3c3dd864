"""Records that cannot be kept: each fault with its place, all of them in one run, and no other record's fault."""

import pytest

from tests.dataset.files import FIGURES, MISSIONS, VISITS

pytestmark = pytest.mark.one_database


def test_the_dataset_of_these_tests_is_right(dataset):
    assert dataset.load().startswith("Dataset: 19 created, 0 changed, 0 unchanged, 0 left alone.")


def test_a_record_without_a_citation_that_supports_it(dataset):
    dataset.replace(
        VISITS,
        "    citations:\n      - source: communique\n\nevents",
        "    citations:\n      - source: communique\n        stated: F. T.\n        reason: Short form\n\nevents",
    )

    assert dataset.faults() == [
        "visits.yaml:2: felix-tshisekedi: “Félix Tshisekedi” cannot go before readers "
        "without a citation that supports it."
    ]


def test_a_slug_that_stands_in_two_files(dataset):
    dataset.write(
        "records/more-visits.yaml",
        """\
        events:

          - slug: state-visit
            title_en: Once more
            kind: state_visit
            level: head_of_state
            citations:
              - source: communique
        """,
    )

    assert dataset.fault() == (
        "visits.yaml:8: state-visit slug: “state-visit” is already the key of more-visits.yaml:3: "
        "every record has its own."
    )


def test_a_code_that_stands_twice_in_a_table(dataset):
    dataset.add("reference/countries.csv", "KEN,XX,999,Kenya again,african_state\n")

    assert dataset.fault() == (
        "countries.csv:5: KEN alpha3: “KEN” is already the key of countries.csv:4: every record has its own."
    )


def test_an_hs_code_that_stands_twice(dataset):
    dataset.add("reference/hs2022.csv", "2503,4,25,V,Sulphur again,0\n")

    assert dataset.fault() == ("hs2022.csv:5: code: “2503” is already the code of line 3: every row has its own.")


def test_an_area_that_stands_twice(dataset):
    dataset.add("reference/areas.csv", "180,Zaire,state,,,1997,true\n")

    assert dataset.fault() == "areas.csv:5: code: “180” is already the code of line 3: every row has its own."


@pytest.mark.parametrize(
    ("life", "said"),
    [
        ("died: 2024", "Félix Tshisekedi died (2024) before this took place ({})."),
        ("born: 2026", "Félix Tshisekedi was born (2026) after this took place ({})."),
    ],
)
def test_a_person_who_took_part_or_was_appointed_outside_their_life(dataset, life, said):
    dataset.replace(VISITS, "name_en: Félix Tshisekedi", f"name_en: Félix Tshisekedi\n    {life}")

    visit, appointment = said.format("9–10 September 2025"), said.format("April 2025")
    assert dataset.faults() == [
        f"visits.yaml:17: state-visit participations[1].person: {visit}",
        f"missions.yaml:14: embassy-of-kazakhstan-in-kenya heads[1].accreditations[1]: {appointment}",
    ]


def test_a_person_may_take_part_in_the_year_of_death(dataset):
    dataset.replace(VISITS, "name_en: Félix Tshisekedi", "name_en: Félix Tshisekedi\n    died: 2025")

    dataset.load()


@pytest.mark.parametrize("order", ["opened closed", "closed opened"])
def test_a_mission_that_closes_before_it_opens(dataset, order):
    dates = {"opened": "2025-05", "closed": "2025-04"}
    first, second = order.split()
    dataset.replace(
        MISSIONS,
        "      - kind: decree\n        date: 2025-04\n      - kind: opened\n        date: 2025-05\n",
        f"      - kind: {first}\n        date: {dates[first]}\n      - kind: {second}\n        date: {dates[second]}\n",
    )

    line = 8 if first == "closed" else 10
    place = 1 if first == "closed" else 2
    assert dataset.fault() == (
        f"missions.yaml:{line}: embassy-of-kazakhstan-in-kenya milestones[{place}].date: "
        "“Closed” (April 2025) cannot come before “Opened” (May 2025)."
    )


@pytest.mark.parametrize(
    "closed",
    [
        pytest.param("2025", id="overlap"),
        pytest.param("2025-05", id="the same month"),
    ],
)
def test_a_mission_may_close_when_it_may_have_opened(dataset, closed):
    dataset.replace(MISSIONS, "kind: decree\n        date: 2025-04", f"kind: closed\n        date: {closed}")

    dataset.load()


def test_a_mission_may_open_again_after_it_closed(dataset):
    dataset.replace(
        MISSIONS,
        "      - kind: decree\n        date: 2025-04\n",
        "      - kind: opened\n        date: 1993\n      - kind: closed\n        date: 1998\n",
    )

    dataset.load()


def test_both_days_of_a_mission_may_move_at_once(dataset):
    dataset.replace(MISSIONS, "kind: decree\n        date: 2025-04", "kind: closed\n        date: 2026")
    dataset.load()
    dataset.replace(MISSIONS, "date: 2026", "date: 2016")
    dataset.replace(MISSIONS, "date: 2025-05", "date: 2013")
    dataset.replace(MISSIONS, "appointed: 2025-04", "appointed: 2013")

    assert "1 changed" in dataset.load()


def test_every_fault_of_a_run_is_said(dataset):
    dataset.replace(VISITS, "host: KAZ", "host: KZA")
    dataset.replace(VISITS, "kind: topic", "kind: wish")
    dataset.replace(VISITS, "      - source: newspaper", "      - source: newspapre")
    dataset.replace(FIGURES, "unit: USD", "unit: t")
    dataset.replace("reference/places.csv", "COD", "DRC")

    places = [fault.split(": ")[0] + " " + fault.split(": ")[1] for fault in dataset.faults()]

    assert places == [
        "places.csv:2 kinshasa country",
        "visits.yaml:13 state-visit host",
        "visits.yaml:20 state-visit outcomes[1].kind",
        "visits.yaml:25 state-visit citations[2].source",
        "figures.yaml:10 exports-of-sulphur-to-the-drc-2024 unit",
    ]


def test_a_faulty_record_is_not_held_against_those_that_name_it(dataset):
    dataset.replace(VISITS, "name_en: Félix Tshisekedi", "name_en: Félix Tshisekedi\n    born: long ago")

    assert dataset.fault().startswith('visits.yaml:4: felix-tshisekedi born: "long ago" is not a date')


def test_a_file_that_cannot_be_read_is_not_held_against_records_of_others(dataset):
    dataset.write("records/sources.yaml", "sources:\n  - slug: paper\n    title: Вестник\n".encode("cp1251"))

    assert dataset.fault().startswith("sources.yaml:3: this line is not UTF-8")


AGREEMENT = """\
    agreements:
      - slug: memorandum
        title_en: Memorandum
        kind: memorandum
        stages:
          - kind: signed
            date: 2025-09-10
          - kind: {kind}
            date: {date}
        citations:
          - source: communique
    """


@pytest.mark.parametrize(("kind", "label"), [("ratified", "Ratified"), ("in_force", "In force"), ("ended", "Ended")])
def test_an_agreement_whose_stages_are_in_no_order(dataset, kind, label):
    dataset.write("records/agreements.yaml", AGREEMENT.format(kind=kind, date="2024"))

    assert dataset.fault() == (
        f"agreements.yaml:9: memorandum stages[2].date: “{label}” (2024) cannot come before "
        "“Signed” (10 September 2025)."
    )


@pytest.mark.parametrize("date", ["2025", "2025-09", "2025-09-10"])
def test_an_agreement_whose_stages_may_be_in_order(dataset, date):
    dataset.write("records/agreements.yaml", AGREEMENT.format(kind="ratified", date=date))

    dataset.load()


def test_an_initiative_that_is_delivered_before_it_is_raised(dataset):
    initiative = AGREEMENT.replace("agreements", "initiatives").replace("        kind: memorandum\n", "")
    text = initiative.replace("signed", "raised").format(kind="delivered", date="2024")
    dataset.write("records/initiatives.yaml", text)

    assert dataset.fault().endswith("“Delivered” (2024) cannot come before “Raised” (10 September 2025).")


def test_an_event_that_is_moved_behind_the_death_of_a_participant(dataset):
    dataset.replace(VISITS, "name_en: Félix Tshisekedi", "name_en: Félix Tshisekedi\n    died: 2025-10")
    dataset.load()
    dataset.replace(VISITS, "date: 2025-09-09/2025-09-10", "date: 2025-11")

    assert dataset.fault() == (
        "visits.yaml:17: state-visit participations[1].person: "
        "Félix Tshisekedi died (October 2025) before this took place (November 2025)."
    )


def test_a_death_before_an_event_that_was_loaded_before(dataset):
    dataset.load()
    dataset.replace(VISITS, "name_en: Félix Tshisekedi", "name_en: Félix Tshisekedi\n    died: 2025-08")

    assert dataset.faults() == [
        "visits.yaml:4: felix-tshisekedi died: "
        "Félix Tshisekedi died (August 2025) before this took place (9–10 September 2025)."
    ]


def test_whoever_was_only_planned_to_take_part_may_have_died(dataset):
    dataset.replace(VISITS, "name_en: Félix Tshisekedi", "name_en: Félix Tshisekedi\n    died: 2025-08")
    dataset.replace(VISITS, "role: guest", "role: guest\n        attendance: planned")

    dataset.load()
