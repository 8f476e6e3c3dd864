import pytest

from kzafrica.editorial.choices import Status
from tests.factories import (
    make_agreement,
    make_bloc,
    make_commodity,
    make_country,
    make_derived_figure,
    make_figure,
    make_initiative,
    make_organization,
    make_place,
    make_project,
    make_record,
    make_route,
    make_source,
    make_theme,
)
from trade.models import Project, Route

pytestmark = pytest.mark.django_db

LISTS = {"/trade/routes/": Route, "/trade/projects/": Project}


def share(code: str, value: str, **fields):
    return make_figure(
        **{
            "title": f"Goods {code}",
            "measure": "share",
            "base_measure": "exports",
            "direction": "export",
            "unit": "percent",
            "counterpart": make_bloc(),
            "commodity": make_commodity(code),
            "value": value,
            **fields,
        }
    )


@pytest.mark.parametrize(("address", "model"), LISTS.items(), ids=list(LISTS))
class TestEveryList:
    def test_shows_only_what_is_published(self, text_of, address, model):
        make_record(model, title="Seen by all")
        make_record(model, title="Hidden", status=Status.DRAFT)

        page = text_of(address)

        assert "Seen by all" in page
        assert "Hidden" not in page

    def test_refuses_an_unknown_parameter(self, client, address, model):
        assert client.get(address + "?qq=x").status_code == 400

    def test_queries_stay_flat(self, queries_of, address, model):
        def record():
            stages = [{"kind": "agreed", "date": "2025", "citations": [{"source": make_source()}]}]
            parts = (
                {"calls": [{"place": make_place()}], "countries": [make_country()]}
                if model is Route
                else {"parties": [{"organization": make_organization()}], "host_country": make_country()}
            )
            make_record(model, stages=stages, themes=[make_theme()], **parts)

        for _number in range(2):
            record()
        few = queries_of(address)

        for _number in range(10):
            record()

        assert queries_of(address) == few <= 15

    def test_page_of_a_draft_is_closed(self, client, address, model):
        record = make_record(model, status=Status.DRAFT)

        assert client.get(record.get_absolute_url()).status_code == 404

    def test_page_has_its_document_and_its_source(self, client, address, model):
        record = make_record(model, citations=[make_source(title="A report")])

        page = client.get(record.get_absolute_url()).content.decode()

        assert "A report" in page
        assert f"/api/v1/{model._meta.verbose_name_plural}/{record.slug}/" in page


class TestRoutePage:
    def test_names_its_places_in_order_and_how_far_it_has_come(self, text_of):
        iran = make_country("IRN", name="Iran", role="other")
        port = make_place("Bandar Abbas", country=iran, latitude="27.18", longitude="56.27")
        route = make_route(
            title="By Bandar Abbas",
            purpose="A gateway to East Africa",
            calls=[{"place": make_place("Amirabad", country=iran)}, {"place": port, "onward_mode": "sea"}],
            stages=[{"kind": "explored", "date": "2023", "note": "Talks only."}],
        )

        page = text_of(route.get_absolute_url())

        assert page.index("Amirabad") < page.index("Bandar Abbas (Iran)")
        assert "place without coordinates" in page
        for words in ("A gateway to East Africa", "Explored", "2023", "Talks only."):
            assert words in page

    def test_shows_figures_agreements_and_plans_that_name_it(self, text_of):
        route = make_route()
        make_figure(subject=route, counterpart="", measure="transit", unit="t", value="135000000")
        make_agreement(title="A transit agreement", route=route)
        make_initiative(title="A terminal", route=route)
        make_agreement(title="A secret agreement", route=route, status=Status.DRAFT)

        page = text_of(route.get_absolute_url())

        for words in ("135 million tonnes", "A transit agreement", "A terminal"):
            assert words in page
        assert "secret" not in page


def test_project_page_shows_who_takes_part_and_amounts_that_disagree(text_of):
    project = make_project(
        host_country=make_country("KAZ"),
        investor_country=make_country("EGY"),
        parties=[{"organization": make_organization(name="EIPICO"), "role": "investor"}],
    )
    amounts = {"subject": project, "counterpart": "", "measure": "investment_planned", "period": "2024~"}
    make_figure(title="Planned", value="33000000", printed="33 million", is_headline=True, **amounts)
    make_figure(value="30000000", printed="30.0 million", **amounts)

    page = text_of(project.get_absolute_url())

    for words in ("EIPICO", "investor", "33 million USD", "30 million USD", "differs", "sources disagree"):
        assert words in page


class TestOverview:
    def test_opens_before_anything_is_loaded(self, text_of):
        assert "No public figure, route or project yet." in text_of("/trade/")

    def test_shows_what_there_is_of_each_kind(self, text_of):
        make_derived_figure()
        share("2503", "64")
        make_figure(title="Turnover with Morocco", counterpart=make_country("MAR"), value="274000000")
        make_figure(title="Investment from Angola", measure="investment_flow", value="1500000")
        make_route(title="By Lomé")
        make_project(title="A plant")

        page = text_of("/trade/")

        for words in (
            "680.3 million USD computed",
            "Goods 2503",
            "64 %",
            "Turnover with Morocco",
            "Investment from Angola",
            "By Lomé",
            "A plant",
        ):
            assert words in page

    def test_trade_of_states_outside_africa_is_not_shown(self, text_of):
        make_figure(title="Turnover with Türkiye", counterpart=make_country("TUR"), value="274000000")

        assert "Turnover with Türkiye" not in text_of("/trade/")

    def test_queries_stay_flat(self, queries_of):
        def fill():
            make_figure(counterpart=make_country(), value="5000000")
            make_figure(measure="investment_flow", value="5000000", counterpart=make_country())
            make_route(stages=[{"kind": "agreed", "date": "2025"}])
            make_project(stages=[{"kind": "agreed", "date": "2025"}])

        make_derived_figure(counterpart=make_country("MAR"))
        make_derived_figure()
        fill()
        few = queries_of("/trade/")

        for _number in range(10):
            fill()

        assert queries_of("/trade/") == few <= 25


class TestInvestment:
    def test_lists_investment_and_its_shares_only(self, text_of):
        make_figure(title="Stock since 2005", measure="investment_stock", value="106300000")
        make_figure(title="A share of it", measure="share", base_measure="investment_stock", unit="percent", value="1")
        make_figure(title="Turnover")

        page = text_of("/trade/investment/")

        assert "Stock since 2005" in page
        assert "A share of it" in page
        assert "Turnover" not in page.replace("Trade turnover", "")

    def test_refuses_an_unknown_value(self, client):
        assert client.get("/trade/investment/?measure=investmant_stock").status_code == 400


class TestCommodities:
    def test_search_by_word_and_by_code(self, client):
        sulphur = make_commodity("2503", description="Sulphur of all kinds")
        make_commodity("0902", description="Tea")

        assert list(client.get("/trade/commodities/?q=sulphur").context["object_list"]) == [sulphur]
        assert list(client.get("/trade/commodities/?hs=25").context["object_list"]) == [sulphur]

    def test_page_shows_what_is_above_and_below_and_the_figures_about_it(self, text_of):
        chapter = make_commodity("25", description="Salt; sulphur")
        heading = make_commodity("2503", description="Sulphur of all kinds", parent=chapter)
        make_commodity("250300", description="Sulphur, not sublimed", parent=heading)
        share("2503", "64", title="Sulphur in exports")

        page = text_of("/trade/commodities/2503/")

        for words in ("Salt; sulphur", "Sulphur, not sublimed", "Sulphur in exports", "64 %", "HS 2022"):
            assert words in page

    def test_figures_of_a_heading_stand_on_its_chapter_too(self, text_of):
        make_commodity("25")
        share("2503", "64", title="Sulphur in exports")

        assert "Sulphur in exports" in text_of("/trade/commodities/25/")

    def test_draft_figure_does_not_show(self, text_of):
        share("2503", "64", title="Secret share", status=Status.DRAFT)

        assert "Secret" not in text_of("/trade/commodities/2503/")

    def test_unknown_code_is_not_found(self, client):
        assert client.get("/trade/commodities/9999/").status_code == 404
