"""What the map of Africa is coloured by: published records, by the counts of the lists."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from kzafrica.dossier.choices import MapStrand
from kzafrica.dossier.maps import COUNT_BOUNDS, map_of
from kzafrica.editorial.choices import Status
from kzafrica.maps.choropleth import PAINTS, MapClass, classed
from tests.dashboards.rows import report
from tests.factories import (
    make_agreement,
    make_bloc,
    make_check,
    make_derived_figure,
    make_event,
    make_figure,
    make_mission,
    make_person,
    make_project,
)

pytestmark = pytest.mark.django_db


def areas_of(strand: str) -> dict:
    return {area.code: area for area in map_of(strand).areas}


def classes_of(strand: str) -> dict[str, str]:
    return {code: area.map_class.code for code, area in areas_of(strand).items()}


def opened(**fields):
    return make_mission(milestones=[{"kind": "opened", "date": "2014"}], **fields)


class TestEveryStrand:
    @pytest.mark.parametrize("strand", MapStrand.values)
    def test_every_state_is_drawn_once_and_leads_to_its_page(self, states, strand):
        found = map_of(strand)

        assert sorted(each.area.code for each in found.drawn) == sorted(states)
        assert {each.area.code for each in found.drawn if each.spot} == {"CPV"}
        assert {area.address for area in found.areas} == {f"/countries/{code.lower()}/" for code in states}

    @pytest.mark.parametrize("strand", MapStrand.values)
    def test_a_territory_takes_no_colour(self, states, strand):
        opened(receiving=states["ESH"])

        area = areas_of(strand)["ESH"]

        assert (area.paint, area.is_hatched) == ("uncoloured", True)

    @pytest.mark.parametrize("strand", MapStrand.values)
    def test_legend_counts_every_area_once(self, states, strand):
        found = map_of(strand)

        assert sum(row.count for row in found.legend) == len(states)
        assert {row.map_class.paint for row in found.legend} <= set(PAINTS)
        assert len({each.paint for each in found.classes}) == len(found.classes)

    def test_there_is_none_before_countries_are_loaded(self):
        assert map_of(MapStrand.VISITS) is None

    def test_states_stand_in_the_order_of_the_readers_language(self, states):
        states["COD"].name_ru, states["NAM"].name_ru = "Я", "А"
        states["COD"].save()
        states["NAM"].save()

        with translation.override("ru"):
            codes = [area.code for area in map_of(MapStrand.VISITS).areas]

        assert codes.index("NAM") < codes.index("COD")


class TestMissions:
    def test_both_sides_and_both_are_told_apart(self, states, kazakhstan):
        opened(receiving=states["COD"])
        opened(sending=states["COG"], receiving=kazakhstan)
        opened(receiving=states["NAM"])
        opened(sending=states["NAM"], receiving=kazakhstan)

        found = classes_of(MapStrand.MISSIONS)

        assert (found["COD"], found["COG"], found["NAM"], found["CPV"]) == ("ours", "theirs", "both", "none")

    def test_a_state_that_is_covered_from_elsewhere_is_no_state_with_a_mission(self, states):
        accreditation = {"country": states["COG"], "is_resident": False, "credentials_presented": "2020"}
        opened(receiving=states["COD"], heads=[{"person": make_person(), "accreditations": [accreditation]}])

        area = areas_of(MapStrand.MISSIONS)["COG"]

        assert area.map_class.code == "covered"
        assert "Democratic Republic of the Congo" in area.words

    def test_a_draft_colours_nothing(self, states):
        opened(receiving=states["COD"], status=Status.DRAFT)

        assert classes_of(MapStrand.MISSIONS)["COD"] == "none"

    def test_none_says_when_an_editor_looked(self, states):
        for strand in ("missions_sent", "missions_received"):
            make_check(states["NAM"], strand=strand, checked_on=date(2026, 1, 1))

        found = areas_of(MapStrand.MISSIONS)

        assert found["NAM"].words == "none known, checked on 1 January 2026"
        assert found["COD"].words == "none known"


class TestCounts:
    def visit(self, kazakhstan, country, **fields):
        make_event(
            kind="state_visit",
            occurrence="held",
            host=country,
            participations=[{"country": kazakhstan, "attendance": "took_part"}],
            **fields,
        )

    def test_visits_are_counted_both_ways(self, states, kazakhstan):
        self.visit(kazakhstan, states["COD"])
        self.visit(kazakhstan, states["COD"])
        self.visit(states["COD"], kazakhstan)

        area = areas_of(MapStrand.VISITS)["COD"]

        assert (area.map_class.code, area.cells) == ("n3", ("2", "1"))
        assert area.title == "Democratic Republic of the Congo: 3 visits: 2 paid, 1 received"

    def test_a_draft_event_does_not_colour_the_map(self, states, kazakhstan):
        self.visit(kazakhstan, states["COD"], status=Status.DRAFT)

        assert classes_of(MapStrand.VISITS)["COD"] == "none"

    def test_agreements_of_one_congo_are_not_those_of_the_other(self, states, kazakhstan):
        make_agreement(parties=[{"country": states["COG"]}, {"country": kazakhstan}])

        found = classes_of(MapStrand.AGREEMENTS)

        assert (found["COG"], found["COD"]) == ("n1", "none")

    def test_sentence_names_the_state_with_the_most(self, states, kazakhstan):
        make_agreement(parties=[{"country": states["NAM"]}, {"country": kazakhstan}])

        assert map_of(MapStrand.AGREEMENTS).sentence == "Agreements are on record with 1 of 4 states; most: Namibia."
        assert map_of(MapStrand.VISITS).sentence == "None is on record with any state."

    def test_of_many_states_with_the_most_the_first_are_named(self, states, kazakhstan):
        for country in (states["COD"], states["COG"], states["NAM"], states["CPV"]):
            make_agreement(parties=[{"country": country}, {"country": kazakhstan}])

        assert map_of(MapStrand.AGREEMENTS).sentence.endswith("Democratic Republic of the Congo, Namibia, 1 more.")

    @pytest.mark.parametrize(("count", "reached"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (9, 4), (10, 5), (99, 5)])
    def test_a_count_is_in_the_last_class_it_reaches(self, count, reached):
        classes = [MapClass(str(bound), "", "none") for bound in (0, *COUNT_BOUNDS)]

        assert classed(count, (0, *COUNT_BOUNDS), classes) is classes[reached]


class TestTrade:
    def test_no_data_is_hatched_and_zero_is_not(self, states):
        make_figure(counterpart=states["COD"], value="0")

        found = areas_of(MapStrand.TRADE)

        assert (found["COD"].is_hatched, found["COG"].is_hatched) == (False, True)
        assert found["COG"].words == "no data"

    def test_latest_year_is_shown_in_its_class(self, states):
        make_figure(counterpart=states["COD"], value="5000000", period="2022")
        make_figure(counterpart=states["COD"], value="20000000", period="2024")

        area = areas_of(MapStrand.TRADE)["COD"]

        assert (area.map_class.code, area.words) == ("usd2", "20 million USD, 2024")

    def test_a_derived_turnover_says_that_it_is_computed(self, states):
        own = {"counterpart": states["COD"], "value": "15.1", "unit": "percent"}
        growth = make_figure(measure="growth", base_measure="turnover", **own)
        level = make_figure(counterpart=states["COD"], period="2024", measure="exports")
        make_derived_figure([(level, "value"), (growth, "growth")], measure="turnover", period="2023")

        area = areas_of(MapStrand.TRADE)["COD"]

        assert area.keys[2] == "computed from stated figures"
        assert 680 < Decimal(area.keys[0]) / 10**6 < 681

    def test_another_currency_has_no_step(self, states):
        make_figure(counterpart=states["NAM"], value="44000000", unit="ZAR")

        assert classes_of(MapStrand.TRADE)["NAM"] == "other_currency"

    def test_rows_of_statistics_count_where_both_directions_are_known(self, states, kazakhstan):
        make_bloc(members=[states["COD"], states["COG"]])
        report("KAZ", 2024, [("COD", "X", "", "600000"), ("COD", "M", "", "500000"), ("COG", "X", "", "7")])

        found = areas_of(MapStrand.TRADE)

        assert (found["COD"].map_class.code, Decimal(found["COD"].keys[0]), found["COD"].keys[1]) == (
            "usd1",
            1100000,
            "2024",
        )
        assert found["COG"].map_class.code == "no_data"

    def test_drafts_are_no_data(self, states):
        make_figure(counterpart=states["COD"], status=Status.DRAFT)

        assert classes_of(MapStrand.TRADE)["COD"] == "no_data"


class TestInvestment:
    def test_direction_is_that_of_the_money(self, states, kazakhstan):
        amount = {"measure": "investment_flow", "subject": kazakhstan, "value": "1500000"}
        make_figure(counterpart=states["COD"], direction="inward", **amount)
        make_figure(counterpart=states["COG"], direction="outward", **amount)
        make_project(investor_country=kazakhstan, host_country=states["NAM"])
        make_project(investor_country=states["NAM"], host_country=kazakhstan)

        found = classes_of(MapStrand.INVESTMENT)

        assert found == {"COD": "theirs", "COG": "ours", "NAM": "both", "CPV": "no_data", "ESH": "uncoloured"}

    def test_what_is_only_planned_is_not_counted_as_made(self, states, kazakhstan):
        make_figure(subject=kazakhstan, counterpart=states["COD"], measure="investment_planned", direction="outward")

        assert classes_of(MapStrand.INVESTMENT)["COD"] == "no_data"
