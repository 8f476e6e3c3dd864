"""Areas of trade statistics: what a code means in a filter, in which years, and which of them are African."""

import django_filters
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kzafrica.editorial.views import words_asked_for
from kzafrica.reference.filters import AreaFilter
from kzafrica.reference.models import Area
from tests.factories import make_area, make_country, make_trade_flow
from trade.models import TradeFlow

pytestmark = pytest.mark.django_db


class FlowFilterSet(django_filters.FilterSet):
    partner = AreaFilter(field_name="partner", label="Partner")

    class Meta:
        model = TradeFlow
        fields: list[str] = []


@pytest.fixture
def areas() -> dict[str, Area]:
    """South Africa, Algeria, France under two codes, the world."""
    made = [
        make_area(make_country("ZAF")),
        make_area(make_country("DZA")),
        make_area(code="250", alpha3="FRA", name="France"),
        make_area(code="251", alpha3="FRA", name="France, with Monaco"),
        make_area(code="0", kind="world", name="World"),
    ]
    return {area.code: area for area in made}


def asked(code: str) -> FlowFilterSet:
    return FlowFilterSet({"partner": code}, queryset=TradeFlow.objects.all())


class TestFilter:
    @pytest.mark.parametrize(
        ("code", "meant"),
        [
            ("710", {"710"}),
            ("ZAF", {"710"}),
            ("zaf", {"710"}),
            (" Zaf ", {"710"}),
            ("12", {"12"}),
            ("012", {"12"}),
            ("dza", {"12"}),
            ("FRA", {"250", "251"}),
            ("250", {"250"}),
            ("251", {"251"}),
            ("0", {"0"}),
            ("000", {"0"}),
        ],
    )
    def test_finds_the_flows_with_every_area_that_a_code_means(self, areas, code, meant):
        for area in areas.values():
            make_trade_flow(partner=area)

        assert {flow.partner.code for flow in asked(code).qs} == meant

    def test_finds_all_flows_where_nothing_is_asked(self, areas):
        make_trade_flow(partner=areas["710"])

        assert asked("").qs.count() == 1

    @pytest.mark.parametrize(
        ("code", "near"), [("ZAFF", "ZAF"), ("dzz", "DZA"), ("711", "710"), ("2510", "251"), ("0120", "12")]
    )
    def test_refuses_a_code_that_no_area_has_and_names_the_nearest_of_its_sort(self, areas, code, near):
        [refusal] = asked(code).form.errors.as_data()["partner"]

        assert refusal.messages == [f"There is no “{code}” here. Did you mean “{near}”?"]
        assert refusal.params == {"nearest": near}

    @pytest.mark.parametrize("code", ["100%", "\x00", "ZÄF", "7 10", "-710", "٧١٠", "x" * 5000])
    def test_refuses_what_can_be_no_code_in_a_sentence(self, areas, code):
        [refusal] = asked(code).form.errors.as_data()["partner"]

        assert len(refusal.messages[0]) < 500

    def test_costs_one_query_and_a_refusal_two(self, areas):
        for code, cost in (("FRA", 1), ("ZAA", 2), ("ZAFF", 1)):
            with CaptureQueriesContext(connection) as queries:
                asked(code).form.is_valid()

            assert len(queries) == cost

    def test_names_every_area_it_was_asked_for_once(self, areas):
        make_area(code="699", alpha3="IND", name="India")
        make_area(code="356", alpha3="IND", name="India")

        def words(code: str) -> list[str]:
            filterset = asked(code)
            assert filterset.form.is_valid()
            return list(words_asked_for(filterset))

        assert words("FRA") == ["Partner: France; France, with Monaco"]
        assert words("ind") == ["Partner: India"]
        assert words("710") == ["Partner: South Africa"]
        assert words("") == []


class TestApi:
    """Of areas themselves; what every resource keeps is tested with the others."""

    def test_filters_find_areas(self, areas, client):
        def found(**parameters) -> set[str]:
            return {row["id"] for row in client.get("/api/v1/areas/", parameters).json()["results"]}

        assert found(kind="world") == {"0"}
        assert found(country="zaf") == {"710"}
        assert found(is_african="true") == {"12", "710"}
        assert found(is_african="false") == {"250", "251", "0"}
        assert found(q="monaco france") == {"251"}
        assert found(q="fra") == {"250", "251"}
        assert found(q="zaf") == {"710"}

    def test_words_are_found_in_any_language_and_case(self, client):
        make_area(code="276", name="Germany", name_ru="Германия")

        rows = client.get("/api/v1/areas/", {"q": "ГЕРМАНИЯ"}).json()["results"]

        assert [row["id"] for row in rows] == ["276"]

    def test_an_area_is_found_by_its_m49_code_too(self, areas, client):
        assert client.get("/api/v1/areas/012/").json()["code"] == "12"
        assert client.get("/api/v1/areas/0/").json()["kind"] == "world"

    def test_an_area_without_a_country_says_so(self, areas, client):
        assert client.get("/api/v1/areas/0/").json()["country"] is None


def test_an_area_is_valid_in_the_years_it_names_and_always_without_any():
    past, present, open_ = Area(valid_from=1976, valid_until=1992), Area(valid_from=1993), Area()

    assert [year for year in (1975, 1976, 1992, 1993) if past.is_valid_in(year)] == [1976, 1992]
    assert [year for year in (1992, 1993, 2030) if present.is_valid_in(year)] == [1993, 2030]
    assert open_.is_valid_in(1900)


def test_partners_in_africa_are_states_and_residuals_stand_apart(areas):
    group = make_area(code="711", kind="group", is_african=True)

    assert {area.code for area in Area.objects.african()} == {"12", "710"}
    assert list(Area.objects.african_residuals()) == [group]


def test_an_area_says_no_other_state_and_continent_than_its_country():
    area = make_area(make_country("KEN"))
    area.alpha3, area.is_african = "ZAF", False

    with pytest.raises(ValidationError) as refusal:
        area.full_clean()

    assert refusal.value.message_dict == {
        "alpha3": ["An area of Kenya has its code, KEN."],
        "is_african": ["An area is in Africa where its country is, and Kenya says otherwise."],
    }


@pytest.mark.parametrize("code", ["012", "W00", "-1", "1.0", "", "12\n"])
def test_a_code_is_a_number_without_leading_zeros(code):
    with pytest.raises(ValidationError):
        Area(code=code, name="Somewhere").full_clean()


def test_a_name_is_read_in_the_language_of_the_reader_and_falls_back_to_english():
    area = make_area(code="899", kind="special", name="Areas not specified elsewhere", name_fr="Zones non précisées")

    with translation.override("fr"):
        assert str(area) == "Zones non précisées"
    with translation.override("kk"):
        assert str(area) == "Areas not specified elsewhere"
