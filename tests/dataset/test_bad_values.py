"""One wrong value in a dataset that is otherwise right: named with file, line, field and what would be right."""

import pytest

from tests.dataset.files import FIGURES, MISSIONS, VISITS

pytestmark = pytest.mark.one_database


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
            "Did you mean “2503",
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
            "visits.yaml:25: state-visit citations[2]: Where a source differs, say why the record does not follow it.",
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
            "visits.yaml:26: state-visit citations[2].field: “day” is not a field here (event): use one of ",
            id="citation of an unknown field",
        ),
        pytest.param(
            VISITS,
            "    host: KAZ",
            "    hosts: KAZ",
            "visits.yaml:13: state-visit hosts: “hosts” is not a field here (event): use one of announcements,",
            id="unknown field",
        ),
        pytest.param(
            VISITS,
            "text_en: Sulphur",
            "text_en: Sulphur\n        text: Sulphur",
            "visits.yaml:22: state-visit outcomes[1].text: “text” is not a field here (outcome): use one of ",
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
            "missions.yaml:2: embassy-of-kazakhstan-in-kenya sending: This is needed (country): write the key of one.",
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
            "KEN,KE,404",
            "KEN,KE,4O4",
            "countries.csv:4: KEN m49: “4O4” is not such a code: write it like 180.",
            id="letter in a numeric code",
        ),
        pytest.param(
            "reference/hs2022.csv",
            "code,level,parent,section,description,is_leaf",
            "code,level,parent,section,title,is_leaf",
            "hs2022.csv:1: title: “title” is not a column of this table: use code, level,",
            id="unknown column",
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
        *(
            pytest.param("reference/areas.csv", old, new, f"areas.csv:{said}", id=name)
            for old, new, said, name in (
                (
                    "kind,alpha3",
                    "kind,iso3",
                    "1: iso3: “iso3” is not a column of this table: use code,",
                    "unknown column of areas",
                ),
                (
                    "711,Southern",
                    "0711,Southern",
                    "4: 0711 code: Write it without leading zeros: 12 for Algeria.",
                    "area with a leading zero",
                ),
                ("711,Southern", ",Southern", "4: code: This is needed: the key of the record.", "area without code"),
                (
                    ",group,",
                    ",union,",
                    "4: 711 kind: “union” is not one of state, group, special, world.",
                    "kind of area that does not exist",
                ),
                (
                    ",1999,true",
                    ",MCMXCIX,true",
                    "4: 711 valid_until: “MCMXCIX” value must be an integer.",
                    "year of an area that is no number",
                ),
                (
                    ",,1999,",
                    ",2000,1999,",
                    "4: 711: The last year of an area is not before its first.",
                    "area that ends before it begins",
                ),
                (
                    "0,World,world",
                    "0,World,group",
                    "2: 0: The world is area 0, and no other is.",
                    "world that is a group",
                ),
                (
                    "COD,,,true",
                    "COD,,,false",
                    "3: 180 is_african: An area is in Africa where its country is, "
                    "and Democratic Republic of the Congo says otherwise.",
                    "African state outside Africa",
                ),
                (
                    "COD,,,true",
                    "COD,,,yes",
                    "3: 180 is_african: “yes” is neither true nor false.",
                    "neither yes nor no of an area",
                ),
            )
        ),
    ],
)
def test_a_wrong_value_is_the_one_thing_that_is_said(dataset, name, old, new, said):
    dataset.replace(name, old, new)

    assert dataset.fault().startswith(said)
