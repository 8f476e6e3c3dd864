import pytest

from kzafrica.editorial.choices import Status
from tests.factories import (
    make_bloc,
    make_claim,
    make_country,
    make_derived_figure,
    make_event,
    make_figure,
    make_mission,
    make_source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kazakhstan():
    return make_country("KAZ")


class TestFigureList:
    def test_shows_only_what_is_published_with_its_number_and_who_says_it(self, text_of):
        make_figure(title="Seen by all", citations=[make_source(publisher="Astana Times")])
        make_figure(title="Hidden", status=Status.DRAFT)

        page = text_of("/trade/figures/")

        assert "Seen by all" in page
        assert "783 million USD" in page
        assert "Said by Astana Times" in page
        assert "Hidden" not in page

    def test_trade_stands_before_what_is_beside_it(self, text_of):
        make_figure(title="Members of a union", measure="member_count", unit="count", value="55")
        make_figure(title="Turnover of the year")

        page = text_of("/trade/figures/")

        assert page.index("Turnover of the year") < page.index("Members of a union")

    def test_derived_figures_show_their_formula(self, text_of):
        make_derived_figure()

        page = text_of("/trade/figures/")

        assert "680.3 million USD computed" in page
        assert "783 million USD ÷ (1 + 15.1 %)" in page

    def test_order_asked_for_is_kept_across_measures(self, text_of):
        make_figure(title="Later turnover", period="2024")
        make_figure(title="Earlier members", measure="member_count", unit="count", value="54", period="2015")

        page = text_of("/trade/figures/?ordering=period")

        assert page.index("Earlier members") < page.index("Later turnover")

    def test_unknown_value_is_refused_and_the_nearest_named(self, text_of):
        assert "Did you mean “turnover”?" in text_of("/trade/figures/?measure=turnovr", status=400)

    def test_queries_stay_flat(self, queries_of):
        make_derived_figure()
        make_derived_figure()
        few = queries_of("/trade/figures/")

        for number in range(10):
            make_derived_figure(period=str(1990 + number))

        assert queries_of("/trade/figures/") == few <= 15


class TestFigurePage:
    def test_stated_number_stands_as_printed_with_what_its_rounding_allows(self, text_of):
        figure = make_figure(printed="$783 million")

        page = text_of(figure.get_absolute_url())

        assert "$783 million" in page
        assert "782.5 to 783.5 million USD" in page
        assert "by the rounding rule" in page

    def test_bare_round_number_is_marked_as_our_reading(self, text_of):
        figure = make_figure(value="1000000000", printed="$1 billion")

        page = text_of(figure.get_absolute_url())

        assert "our reading" in page
        assert "950.0 to 1,050.0 million USD" in page or "1.0 to 1.1 billion USD" in page

    def test_derived_number_shows_formula_inputs_and_interval(self, client, text_of):
        figure = make_derived_figure(title="Turnover of 2023")
        inputs = [row.figure for row in figure.inputs.all()]

        page = text_of(figure.get_absolute_url())
        html = client.get(figure.get_absolute_url()).content.decode()

        assert "computed, not stated" in page
        assert "783 million USD ÷ (1 + 15.1 %) = 680.3 million USD" in page
        assert "679.5 to 681.0 million USD" in page
        assert all(f'href="{row.get_absolute_url()}"' in html for row in inputs)
        assert "No source states this number." in page

    def test_other_statements_agree_or_differ_by_an_amount(self, text_of):
        figure = make_figure(title="Ours", printed="$783 million")
        make_figure(title="A bound", value="700000000", printed="700 million", qualifier="at_least")
        make_figure(title="Another", value="800000000", printed="800.0 million")
        make_figure(title="A secret", value="1", status=Status.DRAFT)

        page = text_of(figure.get_absolute_url())

        assert "over 700 million USD agrees" in page
        assert "800 million USD differs by 17 million USD" in page
        assert "A secret" not in page

    def test_count_is_compared_with_the_network_and_marked_where_it_rests_on_itself(self, text_of):
        article = make_source()
        make_mission(
            title="Embassy in Nairobi", milestones=[{"kind": "opened", "date": "2025-05"}], citations=[article]
        )
        figure = make_figure(
            measure="mission_count", unit="count", value="1", printed="one", period="2025-09", counterpart=make_bloc(),
            citations=[article],
        )  # fmt: skip

        page = text_of(figure.get_absolute_url())

        assert "Agrees" in page
        assert "Embassy in Nairobi" in page
        assert "not independent" in page

    def test_count_that_differs_says_by_how_much(self, text_of):
        make_mission(milestones=[{"kind": "opened", "date": "1993"}])
        figure = make_figure(
            measure="mission_count", unit="count", value="5", printed="five", period="2024", counterpart=make_bloc()
        )

        page = text_of(figure.get_absolute_url())

        assert "Differs" in page
        assert "The difference, stated minus computed, is 4." in page

    def test_number_that_nothing_can_check_says_so(self, text_of):
        page = text_of(make_figure().get_absolute_url())

        assert "Cannot be checked No rows of trade statistics are loaded for 2024" in page

    def test_says_what_is_computed_from_it_and_which_claims_were_checked_against_it(self, text_of):
        figure = make_figure(printed="$783 million")
        growth = make_figure(measure="growth", base_measure="turnover", value="15.1", unit="percent", printed="15,1%")
        make_derived_figure([(figure, "value"), (growth, "growth")], title="Turnover of 2023")
        make_claim(text="Growth has resumed.", result="in_part", checked_against=[figure])
        make_claim(text="A secret claim.", checked_against=[figure], status=Status.DRAFT)

        page = text_of(figure.get_absolute_url())

        assert "Turnover of 2023" in page
        assert "Growth has resumed." in page
        assert "Holds in part" in page
        assert "secret" not in page

    def test_has_its_permanent_address_and_its_document(self, client):
        figure = make_figure()

        page = client.get(figure.get_absolute_url()).content.decode()

        assert f'href="http://testserver/figures/{figure.slug}/"' in page
        assert f"/api/v1/figures/{figure.slug}/" in page

    def test_draft_is_not_found(self, client):
        assert client.get(make_figure(status=Status.DRAFT).get_absolute_url()).status_code == 404

    def test_queries_do_not_grow_with_what_stands_around_it(self, queries_of):
        figure = make_figure(printed="$783 million")
        growth = make_figure(measure="growth", base_measure="turnover", value="15.1", unit="percent", printed="15,1%")

        def surround(number: int):
            make_figure(value=str(700000000 + number), printed="over 700 million", qualifier="at_least")
            make_derived_figure([(figure, "value"), (growth, "growth")], period=str(1990 + number))
            make_claim(checked_against=[figure])

        surround(0)
        surround(1)
        few = queries_of(figure.get_absolute_url())

        for number in range(2, 12):
            surround(number)

        assert queries_of(figure.get_absolute_url()) == few


class TestClaims:
    def test_list_shows_result_and_who_claims_it(self, text_of):
        make_claim(text="Growth has resumed.", result="in_part", citations=[make_source(publisher="Astana Times")])
        make_claim(text="A secret claim.", status=Status.DRAFT)

        page = text_of("/claims/")

        assert "Growth has resumed." in page
        assert "Holds in part" in page
        assert "Said by Astana Times" in page
        assert "secret" not in page

    def test_page_shows_reason_subjects_and_figures(self, text_of):
        event = make_event(title="The visit")
        claim = make_claim(
            text="It came shortly after.",
            result="does_not_hold",
            reason="It came a year before.",
            subjects=[event, make_country("COD")],
            checked_against=[make_figure(title="Turnover of the year")],
        )

        page = text_of(claim.get_absolute_url())

        for words in ("Does not hold", "It came a year before.", "The visit", "Democratic Republic", "783 million USD"):
            assert words in page

    def test_list_queries_stay_flat(self, queries_of):
        for _number in range(2):
            make_claim(subjects=[make_event(), make_country()], checked_against=[make_figure()])
        few = queries_of("/claims/")

        for _number in range(10):
            make_claim(subjects=[make_event(), make_country()], checked_against=[make_figure()])

        assert queries_of("/claims/") == few <= 15
