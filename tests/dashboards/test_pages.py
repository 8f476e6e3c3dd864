"""Dashboards of trade: what a reader sees of rows, beside what is stated and apart from it."""

import csv
import io
import xml.etree.ElementTree as ElementTree

import pytest

from kzafrica.editorial.choices import Status
from tests.dashboards.rows import area, forget, report, resum
from tests.factories import (
    make_area,
    make_bloc,
    make_commodity,
    make_country,
    make_derived_figure,
    make_figure,
    make_trade_flow,
)

pytestmark = pytest.mark.django_db
SHARE = {"base_measure": "exports", "direction": "export", "period": "2024"}


def make_share(code: str, share: str):
    scope = {"subject": "country/KAZ", "counterpart": "bloc/002", "measure": "share", "unit": "percent"}
    return make_figure(commodity=make_commodity(code), value=share, printed=f"{share}%", **scope, **SHARE)


@pytest.fixture
def africa():
    make_country("KAZ")
    return make_bloc()


@pytest.fixture
def rows(africa):
    """Two reports of 2022 and 2023, and a reconciled one of 2020."""
    make_commodity("25", description="Salt; sulphur")
    make_commodity("27", description="Mineral fuels")
    for year, exports in ((2022, "90000"), (2023, "100000")):
        report(
            "KAZ",
            year,
            [
                ("ZAF", "X", "", exports),
                ("ZAF", "X", "25", exports),
                ("ZAF", "M", "", "40000"),
                ("ZAF", "M", "27", "40000"),
                ("KEN", "X", "", "5000"),
            ],
        )
    report("ZAF", 2023, [("KAZ", "M", "", "110000")])
    report("ZAF", 2020, [("KAZ", "X", "250300", "18851276")], perspective="reconciled")


class TestContinent:
    def test_says_nothing_of_rows_where_none_are_loaded(self, africa, text_of):
        assert "From rows of trade statistics" not in text_of("/trade/")

    def test_shows_of_each_state_the_latest_year_of_each_report(self, rows, text_of):
        page = text_of("/trade/")

        assert "South Africa as Kazakhstan reports it 2023 100.000 40.000 2" in page
        assert "South Africa as South Africa reports it 2023 110.000 no rows 1" in page
        assert "South Africa reconciled from both reports 2020 no rows 18,851.276 1" in page
        assert "Kenya as Kazakhstan reports it 2023 5.000 no rows 1" in page

    def test_draws_what_is_stated_and_what_rows_give_apart(self, rows, africa, client):
        make_figure(subject="country/KAZ", counterpart=africa, period="2023", printed="$783 million")
        forget()

        boards = {board.key: board for board, _files in client.get("/trade/").context["boards"]}

        stated = [cell for row in boards["stated-turnover"].chart.rows for cell in row.cells]
        assert len(boards["stated-turnover"].chart.rows) == 1
        assert "783" in str(stated)
        assert len(boards["trade"].chart.rows) == 3

    def test_names_partners_and_goods_of_the_latest_year(self, rows, text_of):
        page = text_of("/trade/")

        assert "In 2023 goods for 105,000 USD went from Kazakhstan to Africa and for 40,000 USD the other way" in page
        assert "First: South Africa with 100,000 USD, 95.2 % of all of them" in page
        assert "25 Salt; sulphur" in page

    def test_draft_release_is_not_drawn(self, africa, text_of):
        report("KAZ", 2023, [("ZAF", "X", "", "100000")], status=Status.DRAFT)

        assert "From rows of trade statistics" not in text_of("/trade/")

    @pytest.mark.parametrize(
        "fields",
        [
            {"subject": "bloc/002", "counterpart": "country/KAZ"},
            {"period": "2023~"},
            {"universe": "goods"},
        ],
    )
    def test_two_statements_of_a_year_are_one_column(self, africa, client, fields):
        scope = {"subject": "country/KAZ", "counterpart": "bloc/002", "period": "2023"}
        make_figure(is_headline=True, value="783000000", **scope)
        make_figure(value="700000000", **{**scope, **fields})

        boards = {board.key: board for board, _files in client.get("/trade/").context["boards"]}

        assert len(boards["stated-turnover"].chart.rows) == 1
        assert "783 million" in boards["stated-turnover"].sentence

    def test_shares_of_more_than_everything_leave_nothing_to_draw(self, africa, client):
        shares = [make_share(code, share) for code, share in (("2503", "64"), ("2709", "36.4"))]
        make_derived_figure(
            [(share, "part") for share in shares],
            formula="remainder",
            universe="Others",
            **SHARE,
        )

        assert client.get("/trade/").status_code == 200
        lines = client.get("/trade/charts/africa/stated-exports.csv").content.decode().splitlines()
        assert len(lines) == 3

    def test_part_of_a_year_is_provisional_and_says_of_how_many_months(self, africa, text_of):
        report("KAZ", 2023, [("ZAF", "X", "", "300")], month=1)

        page = text_of("/trade/countries/zaf/")

        assert "provisional" in page
        assert "1 month only" in page

    def test_state_of_several_areas_stands_once(self, africa, client, text_of):
        ethiopia = make_country("ETH")
        area("ETH")
        former = make_area(ethiopia, code="230", name="Ethiopia to 1992")
        part = report("KAZ", 2023, [("ETH", "X", "", "7000"), ("KEN", "X", "", "1000")])
        make_trade_flow(slice=part, partner=former, flow="X", value_usd=3000)
        resum(part.release)

        lines = client.get("/trade/charts/africa/exports-partners.csv").content.decode().splitlines()

        assert [line.split(",")[3] for line in lines[1:]] == ["10000", "1000"]
        assert text_of("/trade/").count("Ethiopia as Kazakhstan reports it") == 1


class TestPair:
    def test_reports_stand_beside_each_other_with_the_gap(self, rows, text_of):
        page = text_of("/trade/countries/zaf/")

        assert "2023 Kazakhstan 100.000 1 row 40.000 1 row 60.000" in page
        assert "South Africa 110.000 1 row no rows" in page
        assert "Gap 10.000" in page
        assert "2020 reconciled no rows 18,851.276 1 row" in page

    def test_page_is_there_before_rows_are(self, africa, text_of):
        make_country("KEN")

        assert "No rows of this pair are loaded yet." in text_of("/trade/countries/ken/")

    @pytest.mark.parametrize("key", ["kaz", "ZAF", "xyz", "africa", "2503", "tur"])
    def test_only_states_of_africa_have_one(self, africa, client, key):
        make_country("TUR")
        make_commodity("2503")

        assert client.get(f"/trade/countries/{key}/").status_code == 404

    def test_shows_what_sources_state_of_the_pair(self, rows, text_of):
        make_figure(subject="country/KAZ", counterpart="country/ZAF", period="2023", value="140000", printed="140,000")
        forget()

        page = text_of("/trade/countries/zaf/")

        assert "140,000 USD agrees" in page

    def test_is_reached_from_the_dossier(self, africa, client):
        make_figure(subject="country/KAZ", counterpart=make_country("KEN"))

        assert 'href="/trade/countries/ken/"' in client.get("/countries/ken/").content.decode()

    def test_unknown_parameter_is_refused(self, africa, client):
        make_country("KEN")

        assert client.get("/trade/countries/ken/?yeer=2020").status_code == 400

    def test_queries_stay_flat(self, africa, queries_of):
        def fill(year: int) -> None:
            report("KAZ", year, [("ZAF", "X", "", "100"), ("ZAF", "M", "", "40")])
            report("ZAF", year, [("KAZ", "X", "", "37")])

        fill(2010)
        few = queries_of("/trade/countries/zaf/")
        for year in range(2011, 2020):
            fill(year)

        assert queries_of("/trade/countries/zaf/") == few <= 30


class TestGood:
    def test_shows_trade_of_the_good_alone(self, rows, text_of):
        page = text_of("/trade/commodities/25/")

        assert "2023 Kazakhstan 100.000 1 row" in page
        assert "2020 reconciled no rows 18,851.276 1 row" in page

    def test_code_of_an_older_edition_says_that_its_title_is_not_known(self, africa, text_of):
        make_commodity("271000", edition="H5", description="")

        page = text_of("/trade/commodities/271000/")

        assert "Subheading 271000 of HS 2017" in page
        assert "The title is not known" in page

    def test_code_of_two_editions_is_that_of_the_newest(self, africa, text_of):
        make_commodity("382200", edition="H4", description="")
        make_commodity("382200", edition="H5", description="Reagents")

        assert "Reagents" in text_of("/trade/commodities/382200/")


class TestChartFiles:
    def test_every_chart_of_a_page_can_be_had_as_svg_png_and_csv(self, rows, africa, client):
        make_figure(subject="country/KAZ", counterpart=africa, period="2023", printed="$783 million")
        forget()

        for page in ("/trade/", "/trade/countries/zaf/", "/trade/commodities/25/"):
            boards = client.get(page).context["boards"]
            assert boards
            for _board, files in boards:
                answers = {form: client.get(address) for form, address in files.items()}
                assert {answer.status_code for answer in answers.values()} == {200}
                ElementTree.fromstring(answers["svg"].content)  # noqa: S314 (our own)
                assert answers["png"].content.startswith(b"\x89PNG")
                assert len(list(csv.reader(io.StringIO(answers["csv"].content.decode())))) > 1

    def test_csv_says_what_the_chart_shows(self, rows, client):
        lines = list(csv.DictReader(io.StringIO(client.get("/trade/charts/zaf/trade.csv").content.decode())))

        assert [(line["year"], line["exports_usd"], line["imports_usd"]) for line in lines] == [
            ("2020", "", "18851276"),
            ("2022", "90000", "40000"),
            ("2023", "100000", "40000"),
        ]
        assert [line["balance_usd"] for line in lines] == ["", "50000", "60000"]

    def test_picture_names_its_source_and_address(self, rows, client):
        picture = client.get("/trade/charts/zaf/trade.svg").content.decode()

        assert "CC BY 4.0" in picture
        assert "/trade/countries/zaf/" in picture

    @pytest.mark.parametrize(
        "address",
        [
            "zaf/nothing.svg",
            "25/stated-turnover.svg",
            "ZAF/trade.svg",
            "zaf/trade.gif",
            "xyz/trade.svg",
            "africa/stated-exports.svg",
            "0/trade.svg",
        ],
    )
    def test_what_is_not_drawn_is_not_found(self, rows, client, address):
        assert client.get(f"/trade/charts/{address}").status_code == 404

    def test_has_an_etag_that_saves_drawing_it_again(self, rows, client):
        answer = client.get("/trade/charts/zaf/trade.svg")

        again = client.get("/trade/charts/zaf/trade.svg", headers={"If-None-Match": answer["ETag"]})

        assert again.status_code == 304
