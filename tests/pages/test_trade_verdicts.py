"""On the pages of trade: verdicts, sums of shares, claims, kinds of investment, amounts, and talks behind routes."""

import pytest

from kzafrica.editorial.choices import Status
from tests.factories import (
    make_agreement,
    make_bloc,
    make_claim,
    make_commodity,
    make_country,
    make_derived_figure,
    make_event,
    make_figure,
    make_initiative,
    make_place,
    make_project,
    make_route,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kazakhstan():
    return make_country("KAZ")


def make_share(code: str, value: str, **fields):
    scope = {"measure": "share", "base_measure": "exports", "direction": "export", "unit": "percent"}
    return make_figure(counterpart=make_bloc(), commodity=make_commodity(code), value=value, **scope, **fields)


def make_turnover_by_parts(exports: str, imports: str):
    parts = [make_figure(measure="exports", value=exports), make_figure(measure="imports", value=imports)]
    return make_derived_figure(
        [(part, "part") for part in parts], formula="sum", measure="turnover", period="2024", is_headline=False
    )


class TestVerdicts:
    def test_number_that_its_parts_bear_out_agrees(self, text_of):
        make_turnover_by_parts("500000000", "283000000")
        make_figure(printed="$783 million", is_headline=True)

        assert "783 million USD agrees" in text_of("/trade/")

    def test_number_that_its_parts_do_not_bear_out_differs_by_an_amount(self, text_of):
        make_turnover_by_parts("500000000", "183000000")
        make_figure(printed="$783 million", is_headline=True)

        assert "783 million USD differs by 100 million USD" in text_of("/trade/").replace("sources disagree ", "")

    def test_number_that_nothing_can_check_says_why_and_leads_to_its_page(self, client, text_of):
        figure = make_figure(printed="$783 million")

        assert "Cannot be checked . No rows of trade statistics are loaded for 2024" in text_of("/trade/")
        assert f'href="{figure.get_absolute_url()}#computed"' in client.get("/trade/").content.decode()

    @pytest.mark.parametrize("address", ["/trade/figures/", "/countries/ken/", "/countries/africa/", "/"])
    def test_other_pages_that_show_it_say_so_too(self, text_of, address):
        state = make_country("KEN")
        make_figure(counterpart=state)
        make_figure(counterpart=make_bloc())

        assert "Cannot be checked . No rows of trade statistics" in text_of(address)

    def test_queries_stay_flat(self, queries_of):
        def fill(year: int) -> None:
            parts = make_figure(period=str(year), measure="exports", value="5")
            make_derived_figure([(parts, "part")], formula="sum", measure="turnover", period=str(year))
            figure = make_figure(period=str(year), value="7", printed="7")
            make_figure(period=str(year), counterpart=make_country(), value="7", printed="7")
            make_claim(checked_against=[figure])
            make_project(stages=[{"kind": "agreed", "date": "2025"}])
            make_figure(subject=make_project(), counterpart="", measure="investment_planned")

        for year in (1990, 1991):
            fill(year)
        few = queries_of("/trade/")

        for year in range(1992, 2004):
            fill(year)

        assert queries_of("/trade/") == few <= 30


class TestSumOfShares:
    def test_says_what_the_shares_add_up_to_and_what_the_source_leaves_unnamed(self, text_of):
        shares = [
            make_share("2503", "64", printed="64%"),
            make_share("2709", "28.5", printed="28,5%"),
            make_share("2701", "2.9", printed="2,9%"),
            make_share("2707", "0.89", printed="0,89%"),
        ]
        rows = [(share, "part") for share in shares]
        scope = {"base_measure": "exports", "direction": "export", "period": "2024"}
        make_derived_figure(rows, formula="sum", universe="Named", **scope)
        make_derived_figure(rows, formula="remainder", universe="Others", **scope)

        page = text_of("/trade/")

        assert "The 4 shares named add up to 96.29 %, with rounding 95.68 to 96.9 %." in page
        assert "The source does not name the other 3.71 %." in page

    def test_says_nothing_of_a_sum_that_nobody_recorded(self, text_of):
        make_share("2503", "64")

        assert "add up to" not in text_of("/trade/")

    def test_says_once_why_no_share_can_be_checked(self, text_of):
        make_share("2503", "64")
        make_share("2709", "28.5")

        page = text_of("/trade/")

        assert page.count("No rows of trade statistics are loaded for 2024.") == 1


class TestClaims:
    def test_claim_stands_beside_the_growth_it_was_checked_against(self, text_of):
        growth = make_figure(measure="growth", base_measure="turnover", unit="percent", value="15.1", title="Growth")
        fall = make_figure(measure="growth", base_measure="turnover", unit="percent", value="-32", title="The fall")
        make_claim(text="It grows steadily.", result="in_part", reason="It fell first.", checked_against=[growth, fall])

        page = text_of("/trade/")
        claim = page[page.index("It grows steadily.") :]

        for words in ("Holds in part", "It fell first.", "15.1 % Growth", "-32 % The fall"):
            assert words in claim

    def test_claim_about_something_else_is_left_out(self, text_of):
        make_claim(text="Embassies doubled.", checked_against=[make_figure(measure="mission_count", unit="count")])

        assert "Embassies doubled." not in text_of("/trade/")

    def test_draft_claim_does_not_show(self, text_of):
        make_claim(text="A secret claim.", checked_against=[make_figure()], status=Status.DRAFT)

        assert "secret" not in text_of("/trade/")


class TestInvestment:
    def test_cumulative_yearly_and_planned_stand_apart(self, text_of):
        make_figure(title="Since 2005", measure="investment_stock", period="2005/..")
        make_figure(title="Angola", measure="investment_flow")
        make_figure(title="A plant", measure="investment_planned", reliability="planned")

        for address in ("/trade/investment/", "/trade/"):
            page = text_of(address)
            page = page[page.rindex("Cumulative") :]

            order = ["Cumulative", "Since 2005", "In one period", "Angola", "Planned", "A plant"]
            assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)

    def test_sum_of_yearly_investment_is_held_against_the_cumulative_one(self, text_of):
        years = [
            make_figure(measure="investment_flow", period=year, value="5", printed="5") for year in ("2023", "2024")
        ]
        make_derived_figure(
            [(year, "part") for year in years], formula="sum", measure="investment_stock", period="2023/2024"
        )
        stated = make_figure(measure="investment_stock", period="2023/2024", value="12", printed="12")

        assert "The difference, stated minus computed, is 2 USD." in text_of(stated.get_absolute_url())


class TestAmountsOfProjects:
    def test_project_without_an_amount_says_so_and_never_zero(self, text_of):
        project = make_project(title="A presence", host_country=make_country("COD"))

        for address in ("/trade/projects/", project.get_absolute_url(), "/trade/", "/countries/cod/"):
            page = text_of(address)
            assert "amount not stated" in page
            assert "0 USD" not in page

    def test_amount_stands_in_the_currency_of_its_source(self, text_of):
        project = make_project(title="A plant", host_country=make_country("COD"))
        make_figure(subject=project, counterpart="", measure="investment_planned", unit="ZAR", value="90000000")

        for address in ("/trade/projects/", project.get_absolute_url(), "/trade/", "/countries/cod/"):
            page = text_of(address)
            assert "90 million ZAR" in page
            assert "amount not stated" not in page

    def test_amounts_of_two_sources_stand_side_by_side_and_are_not_added(self, text_of):
        project = make_project()
        scope = {"subject": project, "counterpart": "", "measure": "investment_planned"}
        make_figure(value="33000000", printed="33 million", is_headline=True, **scope)
        make_figure(value="30000000", printed="30.0 million", **scope)

        page = text_of("/trade/projects/")

        assert "33 million USD sources disagree" in page
        assert "63 million" not in page

    def test_jobs_are_no_amount(self, text_of):
        project = make_project()
        make_figure(subject=project, counterpart="", measure="jobs", unit="jobs", value="200")

        assert "amount not stated" in text_of("/trade/projects/")

    def test_draft_amount_does_not_show(self, text_of):
        project = make_project()
        make_figure(subject=project, counterpart="", measure="investment_flow", status=Status.DRAFT)

        assert "amount not stated" in text_of("/trade/projects/")


class TestTalksBehind:
    def test_route_names_the_events_at_which_it_was_raised_and_signed_in_time(self, text_of):
        route = make_route()
        talks = make_event(title="Talks on the port", date="2023-08", place=make_place("Tehran"))
        summit = make_event(title="The summit", date="2024-05")
        make_agreement(title="A transit agreement", route=route, signed_at=summit)
        make_initiative(
            title="A terminal", route=route, raised_at=talks, stages=[{"kind": "raised", "date": "2023-08"}]
        )

        page = text_of(route.get_absolute_url())

        assert page.index("Talks on the port") < page.index("The summit")
        assert "August 2023 Talks on the port Tehran" in page
        assert "A terminal Raised" in page

    def test_queries_stay_flat(self, queries_of):
        route = make_route()

        def name_it() -> None:
            event = make_event(place=make_place())
            make_initiative(route=route, raised_at=event, stages=[{"kind": "raised", "date": "2023"}])
            make_agreement(route=route, signed_at=event)

        for _number in range(2):
            name_it()
        few = queries_of(route.get_absolute_url())

        for _number in range(10):
            name_it()

        assert queries_of(route.get_absolute_url()) == few <= 20
