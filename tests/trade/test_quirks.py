"""What real files have that would make a sum wrong: a small file for each, and what rows and totals say of it."""

import pytest

from kzafrica.reference.models import Commodity
from tests.trade import latest, load, loaded, sums
from trade.models import FlowSummary, TradeFlow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("source")]


def by_good(rows: list[dict]) -> dict:
    return {row["hs"]: row for row in rows}


def dollars(row: dict) -> str | None:
    return row["value"] and row["value"]["value"]


class TestWhatMayNotBeAdded:
    def test_aggregates_are_not_counted_twice(self, flows):
        loaded("aggregates.csv")

        assert len(flows()) == 21
        assert sums() == {"X": "2100"}
        assert sums("partner") == {("X", "0"): "2100", ("X", "710"): "1400", ("X", "404"): "700"}
        assert sums("hs", level=2) == {("X", "09"): "1200", ("X", "25"): "900"}
        assert sums("hs", level=6) == {("X", "090240"): "1200", ("X", "250300"): "900"}

    def test_partner_0_is_the_world_and_not_one_of_its_parts(self, flows):
        loaded("world_is_partner_0.csv")

        assert flows(partner="0")[0]["partner"] == {"code": "0", "iso3": None, "name": "World"}
        assert sums() == {"X": "1000"}
        assert sums(partners=["710", "899"]) == {"X": "750"}

    def test_rows_by_second_partner_are_left_out_with_a_count(self):
        said = load("second_partner.csv", publish=True)

        assert "3 rows read, 1 kept." in said
        assert "  left out: 2 by second partner, a part of the row for all of them" in said
        assert sums() == {"M": "900"}

    def test_rows_by_customs_procedure_and_transport_are_left_out_with_a_count(self):
        said = load("customs_and_transport.csv", publish=True)

        assert "  left out: 5 by customs procedure or mode of transport, a part of the row for all of them" in said
        assert sums() == {"X": "800"}

    def test_flows_within_imports_and_exports_are_left_out_with_a_count(self):
        said = load("flows_within.csv", publish=True)

        assert "  left out: 4 of a flow that imports or exports contain" in said
        assert sums() == {"X": "100", "M": "40"}

    def test_re_exports_are_not_added_to_exports(self):
        loaded("re_exports.csv")

        assert sums() == {"X": "100", "RX": "30", "M": "80", "RM": "5"}
        assert sums(flow="X") == {"X": "100"}

    def test_a_converted_edition_is_kept_and_not_counted_beside_the_original(self, flows):
        release = loaded("converted_edition.csv")

        assert [(part.edition, part.is_converted) for part in release.slices.order_by("edition")] == [
            ("H5", True),
            ("H6", False),
        ]
        assert {row["edition"] for row in flows()} == {"H5", "H6"}
        assert sums() == {"X": "100"}


class TestWhatIsMissing:
    def test_zero_is_told_from_missing(self, flows):
        loaded("zero_and_missing.csv")

        rows = by_good(flows())
        tea, wheat, sulphur, heading = (rows[code] for code in ("090240", "100119", "250300", "2503"))
        assert (dollars(tea), tea["net_weight_kg"], tea["quantity"], tea["quantity_unit"]) == ("0", "0", "0", "kg")
        assert (dollars(wheat), wheat["net_weight_kg"], wheat["quantity"], wheat["quantity_unit"]) == (
            "50",
            None,
            None,
            None,
        )
        assert (dollars(sulphur), sulphur["net_weight_kg"], sulphur["quantity"]) == (None, "12.5", "13")
        assert (dollars(heading), heading["net_weight_kg"]) == ("0", None)

    def test_estimates_are_told_by_the_booleans_not_by_the_older_flag(self, flows):
        loaded("estimated.csv")

        told = {row["hs"]: (row["is_quantity_estimated"], row["is_weight_estimated"]) for row in flows()}
        assert told == {"090240": (True, True), "100119": (True, False), "250300": (False, False)}

    def test_a_free_on_board_value_of_zero_beside_an_import_is_missing(self, flows):
        loaded("cif_and_fob.csv")

        imports = by_good(flows(flow="M"))
        told = {
            code: (row["valuation"], row["fob_value"] and row["fob_value"]["value"]) for code, row in imports.items()
        }
        assert told == {"090240": ("cif", "100"), "100119": ("cif", None), "250300": ("fob", None)}
        assert [(row["valuation"], row["fob_value"]) for row in flows(flow="X")] == [("fob", None)]


class TestCodes:
    def test_areas_under_codes_of_their_own_are_known(self):
        loaded("special_codes.csv")

        assert sums("partner") == {
            ("X", code): value
            for code, value in zip(
                ["251", "579", "699", "757", "842", "490", "899", "711"],
                ["1", "2", "4", "8", "16", "32", "64", "128"],
                strict=True,
            )
        }

    def test_a_group_of_states_is_no_part_of_the_world(self):
        loaded("special_codes.csv")

        assert sums() == {"X": "127"}

    def test_codes_keep_their_leading_zeros_and_areas_do_without(self, flows):
        loaded("leading_zeros.csv")

        assert [(row["hs"], row["partner"]["code"]) for row in flows()] == [
            ("09", "12"),
            ("0902", "12"),
            ("090240", "12"),
        ]
        assert flows(hs="0902")[0]["hs"] == "0902"

    def test_namibia_is_no_missing_value(self):
        loaded("namibia.csv")

        assert sums("partner") == {("X", "516"): "77"}

    def test_names_in_latin_1_are_no_obstacle(self):
        loaded("latin_1_names.csv")

        assert sums("partner") == {("X", "710"): "11", ("X", "404"): "12"}

    def test_codes_unknown_to_hs_2022_are_named_and_kept_without_a_title(self, flows):
        said = load("unknown_codes.csv", publish=True)

        assert "  title not known: 3 codes that HS 2022 does not have: 85 (H5), 8548 (H5), 854810 (H5)" in said
        made = Commodity.objects.filter(edition="H5").order_by("code")
        assert [(good.code, good.level, good.is_leaf, good.description) for good in made] == [
            ("85", 2, False, ""),
            ("8548", 4, False, ""),
            ("854810", 6, True, ""),
        ]
        assert made[2].parent == made[1]
        assert made[1].parent == made[0]
        assert {row["hs"] for row in flows(edition="H5")} == {"85", "8548", "854810", "090240"}

    def test_a_code_below_one_that_an_earlier_load_made_stands_below_it(self, write):
        load("unknown_codes.csv")

        load(write({"cmdCode": "854890", "classificationCode": "H5"}))

        assert Commodity.objects.get(code="854890").parent == Commodity.objects.get(code="8548", edition="H5")


class TestNumbers:
    def test_baci_is_in_thousands_of_dollars_and_in_tonnes(self, flows):
        release = loaded("baci.csv")

        assert release.perspective == "reconciled"
        rows = {(row["reporter"]["code"], row["hs"]): row for row in flows()}
        tea, sulphur = rows["710", "090240"], rows["710", "250300"]
        assert (dollars(tea), tea["net_weight_kg"]) == ("1234", "567")
        assert (dollars(sulphur), sulphur["net_weight_kg"]) == ("18851200", None)
        assert rows["699", "100119"]["net_weight_kg"] == "638479"
        assert {(row["flow"], row["valuation"], row["edition"]) for row in flows()} == {("X", "fob", "H5")}

    def test_baci_is_kept_apart_from_what_reporters_report(self):
        loaded("baci.csv")

        assert not TradeFlow.objects.exclude(slice__release__perspective="reconciled").exists()
        assert sums("reporter")["X", "710"] == "18852434"

    def test_the_edition_of_baci_is_taken_from_the_year_unless_it_is_said(self):
        said = load("baci.csv", dry_run=True)

        assert any("BACI does not say its edition: H5, in force in 2020, was taken." in line for line in said)
        said = load("baci.csv", edition="H4", dry_run=True)
        assert any(line.startswith("  South Africa 2020 H4") for line in said)

    def test_numbers_of_many_forms_are_read_exactly_and_what_is_rounded_is_counted(self, flows):
        said = load("numbers_of_many_forms.csv", publish=True)

        assert "  1 numbers rounded to four decimal places" in said
        told = {row["hs"]: dollars(row) for row in flows()}
        assert told == {
            "090240": "100000",
            "100119": "7",
            "250300": "123456789012.3456",
            "09": "12.5",
            "10": "5",
            "25": None,
        }

    def test_decimal_commas_are_read_by_the_locale_that_is_said(self):
        loaded("decimal_commas.csv", locale="fr")

        assert sums("partner") == {("X", "710"): "1234.5", ("X", "404"): "1234567.25"}

    def test_commas_between_thousands_are_read_by_the_locale_that_is_said(self):
        loaded("thousands_commas.csv", locale="en")

        assert sums("partner") == {("X", "710"): "1234.5", ("X", "404"): "1234567.25"}


class TestPeriods:
    def test_months_are_added_up_where_there_is_no_year(self):
        loaded("months.csv")

        assert sums("year") == {("X", 2024): "60"}

    def test_months_do_not_replace_the_year_and_are_not_added_to_it(self, write):
        loaded(write({"value": "1000"}))

        loaded("months.csv")

        assert sums() == {"X": "1000"}
        assert latest().slices.filter(is_current=True).count() == 3


def test_sums_are_kept_of_every_partner_and_flow():
    loaded("leading_zeros.csv")

    kept = {(row.hs, row.value_usd, row.row_count, row.is_given) for row in FlowSummary.objects.all()}
    assert kept == {("", 5, 1, False), ("09", 5, 1, True), ("0902", 5, 1, True)}
