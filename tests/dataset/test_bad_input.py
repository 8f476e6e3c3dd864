"""What a dataset must not say: a sentence with file, line, field and what would be right; status 1; nothing written."""

import subprocess
import sys

import pytest

VISITS = "records/visits.yaml"
MISSIONS = "records/missions.yaml"
FIGURES = "records/figures.yaml"


def test_the_dataset_of_these_tests_is_right(dataset):
    assert dataset.load().startswith("Dataset: 19 created, 0 changed, 0 unchanged, 0 left alone.")


class TestValues:
    """One wrong value in a file that is otherwise right: (file, old, new, what is said)."""

    @pytest.mark.parametrize(
        ("name", "old", "new", "said"),
        [
            pytest.param(
                VISITS,
                "date: 2025-09-09/2025-09-10",
                "date: 10.09.2025",
                'visits.yaml:12: state-visit date: "10.09.2025" is not a date: year, month, day is the order. '
                "Write for example 2025-09-10, 2025-09, 2025, 2025-21 (spring 2025), 2025-40 (first half), "
                "2014~ (about) or 2005/.. (since).",
                id="malformed date",
            ),
            pytest.param(
                VISITS,
                "date: 2025-09-09/2025-09-10",
                "date: 2025-09-10/2025-09-09",
                'visits.yaml:12: state-visit date: "2025-09-10/2025-09-09" is not a date: its end lies before its start. '
                "Write the earlier date first, for example 2013/2014.",
                id="contradictory interval",
            ),
            pytest.param(
                VISITS,
                "date: 2025-09-09/2025-09-10",
                "date: 2025-02-30",
                "visits.yaml:12: state-visit date: ",
                id="day that does not exist",
            ),
            pytest.param(
                VISITS,
                "host: KAZ",
                "host: KZA",
                "visits.yaml:13: state-visit host: There is no country “KZA”. Did you mean “KAZ”?",
                id="unknown country",
            ),
            pytest.param(
                VISITS,
                "country: COD",
                "country: DRC",
                "visits.yaml:17: state-visit participations[1].country: There is no country “DRC”.",
                id="unknown country of a part",
            ),
            pytest.param(
                FIGURES,
                "subject: country/KAZ",
                "subject: country/KZA",
                "figures.yaml:5: exports-of-sulphur-to-the-drc-2024 subject: There is no country “KZA”. "
                "Did you mean “KAZ”?",
                id="unknown country in a reference",
            ),
            pytest.param(
                FIGURES,
                "subject: country/KAZ",
                "subject: KAZ",
                "figures.yaml:5: exports-of-sulphur-to-the-drc-2024 subject: “KAZ” does not name a record: "
                "write kind/key with a kind of country, bloc,",
                id="reference without a kind",
            ),
            pytest.param(
                FIGURES,
                "commodity: 2503",
                "commodity: 2530",
                "figures.yaml:7: exports-of-sulphur-to-the-drc-2024 commodity: There is no commodity “2530”. "
                "Did you mean “2503”?",
                id="unknown HS code",
            ),
            pytest.param(
                FIGURES,
                "unit: USD",
                "unit: t",
                "figures.yaml:10: exports-of-sulphur-to-the-drc-2024 unit: The unit “t” does not fit exports: use USD",
                id="unit of another measure",
            ),
            pytest.param(
                FIGURES,
                "unit: USD",
                "unit: dollars",
                "figures.yaml:10: exports-of-sulphur-to-the-drc-2024 unit: “dollars” is not one of USD, ZAR,",
                id="unknown unit",
            ),
            pytest.param(
                FIGURES,
                "value: 106300000",
                "value: 106,3 million",
                "figures.yaml:9: exports-of-sulphur-to-the-drc-2024 value: “106,3 million” is not a number: "
                "write digits with a decimal point, such as 106300000 or 15.1.",
                id="words for a number",
            ),
            pytest.param(
                VISITS,
                "kind: state_visit",
                "kind: statevisit",
                "visits.yaml:10: state-visit kind: “statevisit” is not one of state_visit, official_visit,",
                id="unknown word of a vocabulary",
            ),
            pytest.param(
                VISITS,
                "- source: communique\n                field: date".replace("                ", "        "),
                "- source: communiqué\n        field: date",
                "visits.yaml:23: state-visit citations[1].source: There is no source “communiqué”. "
                "Did you mean “communique”?",
                id="citation of a source that is missing",
            ),
            pytest.param(
                VISITS,
                "reason: The communiqué gives both days.",
                "note: See p. 2.",
                "visits.yaml:25: state-visit citations[2]: "
                "Where a source differs, say why the record does not follow it.",
                id="difference without a reason",
            ),
            pytest.param(
                VISITS,
                "- source: newspaper\n        field: date",
                "- field: date",
                "visits.yaml:25: state-visit citations[2]: A citation names its source.",
                id="citation without a source",
            ),
            pytest.param(
                VISITS,
                "- source: newspaper\n        field: date",
                "- source: newspaper\n        field: day",
                "visits.yaml:26: state-visit citations[2].field: “day” is not a field of a event: use one of ",
                id="citation of an unknown field",
            ),
            pytest.param(
                VISITS,
                "    host: KAZ",
                "    hosts: KAZ",
                "visits.yaml:13: state-visit hosts: “hosts” is not a field of a event: use one of announced_date,",
                id="unknown field",
            ),
            pytest.param(
                VISITS,
                "text_en: Sulphur",
                "text: Sulphur",
                "visits.yaml:21: state-visit outcomes[1].text: “text” is not a field of a outcome: use one of ",
                id="unknown field of a part",
            ),
            pytest.param(
                VISITS,
                "themes: [mining]",
                "themes: mining",
                "visits.yaml:14: state-visit themes: A list of keys belongs here, such as [COD, KEN].",
                id="one key where a list belongs",
            ),
            pytest.param(
                MISSIONS,
                "sending: KAZ",
                "kind: embassy",
                "missions.yaml:2: embassy-of-kazakhstan-in-kenya sending: This is needed: the key of a country.",
                id="key that is needed",
            ),
            pytest.param(
                MISSIONS,
                "- country: KEN",
                "- country: KAZ",
                "missions.yaml:14: embassy-of-kazakhstan-in-kenya heads[1].accreditations[1].country: "
                "A head of mission is not accredited to the state that sends the mission.",
                id="accreditation to the sending state",
            ),
            pytest.param(
                "reference/countries.csv",
                "KEN,KE,404,Kenya,african_state",
                "KEN,KE,Kenya,404,african_state",
                "countries.csv:4: KEN m49: ",
                id="cells in the wrong columns",
            ),
            pytest.param(
                "reference/places.csv",
                "15.31357",
                "215.31357",
                "places.csv:2: kinshasa: Latitude runs from -90 to 90",
                id="place off the earth",
            ),
            pytest.param(
                "reference/memberships.csv",
                "SADC,COD",
                "SADC,DRC",
                "memberships.csv:3: SADC memberships[1].country: There is no country “DRC”.",
                id="unknown country in another table than its bloc's",
            ),
            pytest.param(
                "reference/memberships.csv",
                "SADC,COD",
                "SACD,COD",
                "memberships.csv:3: bloc: “SACD” is not in blocs.csv. Did you mean “SADC”?",
                id="unknown bloc",
            ),
            pytest.param(
                "reference/hs2022.csv",
                "2503,4,25",
                "2503,4,26",
                "hs2022.csv:3: parent: There is no commodity “26” above this one.",
                id="unknown parent of a heading",
            ),
            pytest.param(
                "reference/hs2022.csv",
                "250300,6,2503",
                "25030,6,2503",
                "hs2022.csv:4: code: “25030” is not an HS code of its level: digits only.",
                id="HS code too short",
            ),
            pytest.param(
                "reference/hs2022.csv",
                "250300,6,2503",
                "250300,5,2503",
                "hs2022.csv:4: level: “5” is not a level: use 2, 4 or 6.",
                id="HS level that does not exist",
            ),
        ],
    )
    def test_is_named_with_its_place_and_what_would_be_right(self, dataset, name, old, new, said):
        dataset.replace(name, old, new)

        faults = dataset.faults()

        assert faults[0].startswith(said)
        assert len([fault for fault in faults if not fault.startswith("hs2022.csv") or fault == faults[0]]) <= 2


class TestRecords:
    def test_a_record_without_a_citation_that_supports_it(self, dataset):
        dataset.replace(
            VISITS,
            "    citations:\n      - source: communique\n\nevents",
            "    citations:\n      - source: communique\n        stated: F. T.\n        reason: Short form\n\nevents",
        )

        assert dataset.faults() == [
            "visits.yaml:2: felix-tshisekedi: “Félix Tshisekedi” cannot go before readers "
            "without a citation that supports it."
        ]

    def test_a_slug_that_stands_in_two_files(self, dataset):
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
            "visits.yaml:8: events: “state-visit” is already the key of more-visits.yaml:3: every record has its own."
        )

    def test_a_code_that_stands_twice_in_a_table(self, dataset):
        dataset.add("reference/countries.csv", "KEN,XX,999,Kenya again,african_state\n")

        assert dataset.fault() == (
            "countries.csv:5: countries.csv: “KEN” is already the key of countries.csv:4: every record has its own."
        )

    def test_an_hs_code_that_stands_twice(self, dataset):
        dataset.add("reference/hs2022.csv", "2503,4,25,V,Sulphur again,0\n")

        assert dataset.fault() == (
            "hs2022.csv:5: code: “2503” is already the code of line 3: every commodity has its own."
        )

    @pytest.mark.parametrize(
        ("life", "said"),
        [
            ("died: 2024", "Félix Tshisekedi had died before this event."),
            ("born: 2026", "Félix Tshisekedi was not born at the time of this event."),
        ],
    )
    def test_a_person_who_took_part_outside_their_life(self, dataset, life, said):
        dataset.replace(VISITS, "name_en: Félix Tshisekedi", f"name_en: Félix Tshisekedi\n    {life}")

        assert dataset.fault() == f"visits.yaml:17: state-visit participations[1].person: {said}"

    def test_a_person_may_take_part_in_the_year_of_death(self, dataset):
        dataset.replace(VISITS, "name_en: Félix Tshisekedi", "name_en: Félix Tshisekedi\n    died: 2025")

        dataset.load()

    @pytest.mark.parametrize("order", ["opened closed", "closed opened"])
    def test_a_mission_that_closes_before_it_opens(self, dataset, order):
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
            "The mission cannot close (April 2025) before it opens (May 2025)."
        )

    @pytest.mark.parametrize(
        "closed",
        [
            pytest.param("2025", id="overlap"),
            pytest.param("2025-05", id="the same month"),
        ],
    )
    def test_a_mission_may_close_when_it_may_have_opened(self, dataset, closed):
        dataset.replace(MISSIONS, "kind: decree\n        date: 2025-04", f"kind: closed\n        date: {closed}")

        dataset.load()

    def test_a_mission_may_open_again_after_it_closed(self, dataset):
        dataset.replace(
            MISSIONS,
            "      - kind: decree\n        date: 2025-04\n",
            "      - kind: opened\n        date: 1993\n      - kind: closed\n        date: 1998\n",
        )

        dataset.load()

    def test_both_days_of_a_mission_may_move_at_once(self, dataset):
        dataset.replace(MISSIONS, "kind: decree\n        date: 2025-04", "kind: closed\n        date: 2026")
        dataset.load()
        dataset.replace(MISSIONS, "date: 2026", "date: 2016")
        dataset.replace(MISSIONS, "date: 2025-05", "date: 2013")
        dataset.replace(MISSIONS, "appointed: 2025-04", "appointed: 2013")

        assert "1 changed" in dataset.load()


class TestManyAtOnce:
    def test_every_fault_of_a_run_is_said(self, dataset):
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

    def test_a_faulty_record_is_not_held_against_those_that_name_it(self, dataset):
        dataset.replace(VISITS, "name_en: Félix Tshisekedi", "name_en: Félix Tshisekedi\n    born: long ago")

        assert dataset.fault().startswith('visits.yaml:4: felix-tshisekedi born: "long ago" is not a date')

    def test_a_file_that_cannot_be_read_is_not_held_against_records_of_others(self, dataset):
        dataset.write("records/sources.yaml", "sources:\n  - slug: paper\n    title: Вестник\n".encode("cp1251"))

        assert dataset.fault().startswith("sources.yaml:3: this line is not UTF-8")


def test_the_command_ends_with_status_1_in_a_shell(dataset, tmp_path):
    """The faults are those of reading, so that this needs no tables."""
    (tmp_path / "nothing").mkdir()
    database = {"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}", "SECRET_KEY": "x", "ENV_FILE": "/dev/null"}
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "-v0"], env=database, check=True)

    done = subprocess.run(
        [*manage, "load_dataset", str(tmp_path / "nothing"), "-v0"], env=database, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert "countries.csv: the file is missing from the dataset." in done.stderr
    assert "Traceback" not in done.stderr
