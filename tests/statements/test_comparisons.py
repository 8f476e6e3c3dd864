"""A stated number beside everything we compute of it: agrees, differs by so much, or cannot be checked and why."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kzafrica.statements import comparisons
from kzafrica.statements.amounts import Interval
from kzafrica.statements.comparisons import Verdict, compare, with_comparisons
from kzafrica.statements.computations import Computation, Estimate, Uncheckable, estimate_of
from kzafrica.statements.models import Figure
from tests.factories import make_bloc, make_country, make_derived_figure, make_figure, make_mission, make_source

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def section(monkeypatch):
    """Stands in for what a section computes: for every figure it is given, what the test names."""

    def computes(*found) -> None:
        def compute(figures: list[Figure]) -> dict:
            return {figure.pk: list(found) for figure in figures}

        monkeypatch.setattr(comparisons, "section_computations", lambda: [compute])

    return computes


def computed(value: str, *, low: str = "", high: str = "", unit: str = "USD", **fields) -> Computation:
    interval = Interval(D(low or value), D(high or value))
    return Computation(Estimate(D(value), interval, unit), **fields)


def verified(figure: Figure) -> comparisons.Verification:
    return compare([figure])[figure.pk]


def make_sum(parts: list[str], citations: list | None = None, **fields) -> Figure:
    """A turnover derived from exports and imports."""
    rows = [
        make_figure(measure=measure, value=value, printed=value, citations=citations or [make_source()])
        for measure, value in zip(("exports", "imports"), parts, strict=True)
    ]
    return make_derived_figure(
        [(row, "part") for row in rows], formula="sum", measure="turnover", period="2024", **fields
    )


class TestVerdict:
    def test_a_stated_total_agrees_with_the_sum_of_its_parts(self):
        make_sum(["101", "36"])

        result = verified(make_figure(value="137", printed="137"))

        assert (result.verdict, result.difference, result.reason) == (Verdict.AGREES, None, "")

    def test_a_stated_total_differs_from_the_sum_of_its_parts_by_what_is_left(self):
        make_sum(["101", "36"])

        result = verified(make_figure(value="150", printed="150"))

        assert (result.verdict, result.difference) == (Verdict.DIFFERS, D("13"))

    def test_rounding_is_no_difference(self, section):
        section(computed("783412345"))

        assert verified(make_figure(value="783000000", printed="$783 million")).agrees is True
        assert verified(make_figure(value="782000000", printed="$782 million", period="2023")).agrees is False

    def test_a_lower_bound_agrees_with_what_lies_above_it_and_differs_from_what_lies_below(self, section):
        section(computed("783000000"))
        bound = {"qualifier": "at_least"}

        assert verified(make_figure(value="700000000", printed="700 million", **bound)).agrees is True
        assert verified(make_figure(value="800000000", printed="800 million", **bound)).agrees is False

    def test_what_a_section_leaves_out_cannot_be_checked(self):
        result = verified(make_figure())

        assert (result.verdict, result.agrees) == (Verdict.CANNOT_BE_CHECKED, None)


class TestReason:
    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"measure": "aid"}, "Nothing from which to compute it"),
            ({}, "No rows of trade statistics are loaded for 2024"),
            ({"reliability": "planned"}, "It is a plan"),
            ({"period": ""}, "names no period"),
            ({"measure": "rank", "unit": "rank", "value": "6", "base_measure": "turnover"}, "all that are ranked"),
            (
                {"measure": "share", "unit": "percent", "value": "64", "base_measure": "exports"},
                "the part and the whole",
            ),
            (
                {"measure": "growth", "unit": "percent", "value": "15", "base_measure": "investment_flow"},
                "both periods",
            ),
        ],
    )
    def test_fits_the_figure_where_nothing_is_computed(self, fields, words):
        assert words in verified(make_figure(**fields)).reason

    def test_is_the_reason_of_the_section_where_it_gives_one(self, section):
        section(Uncheckable("No rows of Kenya for 2024 are loaded."))

        assert verified(make_figure()).reason == "No rows of Kenya for 2024 are loaded."

    def test_stands_beside_no_computation(self, section):
        section(Uncheckable("No rows of Kenya for 2024 are loaded."), computed("783000000"))

        result = verified(make_figure())

        assert (result.reason, result.gaps) == ("", ["No rows of Kenya for 2024 are loaded."])
        assert result.agrees is True

    def test_is_given_exactly_where_there_is_no_computation(self):
        make_sum(["101", "36"])
        make_derived_figure(period="2021")
        figures = [make_figure(period="2024"), make_figure(period="2021"), make_figure(period="")]

        results = compare([*figures, *Figure.objects.stated()]).values()

        assert {bool(result.comparisons) for result in results} == {True, False}
        assert all(bool(result.reason) != bool(result.comparisons) for result in results)

    def test_rand_are_not_held_against_dollars(self, section):
        section(computed("15000000"))

        result = verified(make_figure(value="137000000", printed="R137 million", unit="ZAR"))

        assert result.verdict == Verdict.CANNOT_BE_CHECKED
        assert "South African rand" in result.reason
        assert "no source here gives a rate" in result.reason

    def test_a_computation_without_bounds_agrees_with_nothing(self, section):
        section(Computation(Estimate(D("5"), Interval(None, None), "USD")))

        result = verified(make_figure())

        assert (result.agrees, result.reason) == (None, "What it would be computed from has no bounds.")

    def test_a_derived_figure_that_divides_by_zero_says_so(self):
        scope = {"measure": "share", "base_measure": "exports", "unit": "percent", "period": "2024"}
        nothing, part = make_figure(value="0", printed="0", measure="exports"), make_figure(measure="exports")
        make_derived_figure([(part, "part"), (nothing, "whole")], formula="share", **scope)
        stated = make_figure(value="64", counterpart=part.counterpart, **scope)

        assert "divided by zero" in verified(stated).reason

    def test_embassies_of_a_state_without_missions_on_record_are_not_counted(self):
        figure = make_figure(measure="mission_count", unit="count", value="5", counterpart=make_bloc(), period="2024")

        assert "No embassies of this state" in verified(figure).reason


class TestSeveral:
    def test_the_first_independent_computation_decides(self, section):
        section(computed("783000000", is_independent=False), computed("900000000"), computed("783000000"))

        result = verified(make_figure())

        assert [each.verdict for each in result.comparisons] == [Verdict.AGREES, Verdict.DIFFERS, Verdict.AGREES]
        assert result.verdict == Verdict.DIFFERS
        assert result.deciding is result.comparisons[1]
        assert len(result.dissenting) == 2

    def test_the_first_decides_where_none_is_independent(self, section):
        section(computed("783000000", is_independent=False), computed("900000000", is_independent=False))

        assert verified(make_figure()).verdict == Verdict.AGREES

    def test_what_sections_compute_stands_before_what_is_derived(self, section):
        make_sum(["101", "36"])
        section(computed("150", label="Customs rows"))

        result = verified(make_figure(value="137", printed="137"))

        assert [each.label for each in result.comparisons] == ["Customs rows", "Other figures of the record"]
        assert result.verdict == Verdict.DIFFERS

    def test_two_derived_figures_of_one_scope_both_stand_there(self):
        make_sum(["101", "36"])
        make_sum(["100", "37"], slug="another-way")

        assert len(verified(make_figure(value="137", printed="137")).comparisons) == 2


class TestIndependence:
    def test_a_sum_of_what_the_same_source_states_cannot_confirm_it(self):
        source = make_source()
        make_sum(["101", "36"], citations=[source])

        assert verified(make_figure(value="137", printed="137", citations=[source])).deciding.is_independent is False

    def test_a_sum_of_what_another_source_states_can(self):
        make_sum(["101", "36"])

        assert verified(make_figure(value="137", printed="137")).deciding.is_independent is True

    def test_a_number_does_not_confirm_itself_through_another(self):
        stated = make_figure(value="137", printed="137")
        make_derived_figure([(stated, "part")], formula="sum", period="2024")

        assert "rests on the number itself" in verified(stated).reason


class TestStatedAndComputedNeverMix:
    def test_comparing_writes_neither(self, section):
        stated, derived = make_figure(), make_sum(["101", "36"])
        section(computed("900000000"))

        with_comparisons([stated, derived])
        stated.save()
        derived.save()

        assert Figure.objects.get(pk=stated.pk).value == D("783000000")
        assert Figure.objects.get(pk=derived.pk).value is None

    def test_a_stated_number_beside_it_does_not_move_a_derived_one(self):
        derived = make_sum(["101", "36"])
        make_figure(value="900", printed="900")

        assert estimate_of(Figure.objects.get(pk=derived.pk)).value == D("137")

    def test_a_derived_number_follows_its_inputs_and_the_verdict_follows_it(self):
        derived = make_sum(["101", "36"])
        stated = make_figure(value="137", printed="137")
        assert verified(stated).agrees is True

        exports = derived.inputs.first().figure
        exports.value, exports.printed = D("110"), "110"
        exports.save()
        comparisons.cache.clear()

        assert estimate_of(Figure.objects.get(pk=derived.pk)).value == D("146")
        assert verified(stated).difference == D("-9")

    def test_a_derived_figure_is_held_against_what_sections_count_and_not_against_itself(self, section):
        derived = make_sum(["101", "36"])
        assert compare([derived]) == {}

        section(computed("150"))

        assert [each.difference for each in compare([derived])[derived.pk].comparisons] == [D("-13")]

    def test_a_computation_does_not_depend_on_the_number_it_is_held_against(self):
        make_mission(milestones=[{"kind": "opened", "date": "1993"}])
        scope = {"measure": "mission_count", "unit": "count", "period": "2024", "counterpart": make_bloc()}
        one, five = make_figure(value="1", printed="one", **scope), make_figure(value="5", printed="five", **scope)

        results = compare([one, five])

        assert results[one.pk].computation.estimate == results[five.pk].computation.estimate
        assert (results[one.pk].agrees, results[five.pk].agrees) == (True, False)


def test_the_number_of_queries_does_not_grow_with_figures_or_computations():
    def fill(first: int, last: int) -> None:
        for year in range(first, last):
            parts = make_figure(period=str(year), measure="exports", counterpart=make_country())
            make_derived_figure([(parts, "part")], formula="sum", measure="turnover", period=str(year))
            make_figure(period=str(year), counterpart=parts.counterpart)

    def cost() -> int:
        compare(Figure.objects.for_rows())
        with CaptureQueriesContext(connection) as queries:
            compare(Figure.objects.for_rows())
        return len(queries)

    fill(1990, 1992)
    few = cost()

    fill(1992, 2010)

    assert cost() == few <= 12
