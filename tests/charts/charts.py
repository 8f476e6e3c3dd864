"""Values and charts as tests make them."""

from decimal import Decimal

from hypothesis import strategies as st

from kzafrica.columns import Period
from kzafrica.quantities import Quantity, Series, Standing

BOTH = (Series("exports", "Exports"), Series("imports", "Imports"))
TURNOVER = (Series("turnover", "Turnover"),)

AMOUNTS = st.decimals("0", "1e13", places=2)
QUANTITIES = st.builds(Quantity, AMOUNTS, st.sampled_from(Standing))
BALANCES = st.builds(Quantity, st.decimals("-1e13", "1e13", places=2), st.just(Standing.DERIVED))
NOTES = st.sampled_from(["", "", "January to August", "=SUM(A1)"])


def period_of(year: int) -> st.SearchStrategy[Period]:
    values = st.tuples(st.none() | QUANTITIES, st.none() | QUANTITIES)
    return st.builds(Period, st.just(year), values, st.none() | BALANCES, NOTES)


PERIODS = (
    st.lists(st.integers(1991, 2030), min_size=1, max_size=30, unique=True)
    .flatmap(lambda years: st.tuples(*map(period_of, years)))
    .filter(lambda periods: any(value is not None for period in periods for value in period.values))
)


def quantity(amount: str | int | None, standing: Standing = Standing.FINAL) -> Quantity | None:
    return None if amount is None else Quantity(Decimal(amount), standing)


def turnover(**amounts: str | int | None) -> list[Period]:
    """``y2023=680`` is a year with its turnover."""
    return [Period(int(year[1:]), (quantity(amount),)) for year, amount in amounts.items()]
