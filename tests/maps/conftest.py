import pytest

from tests.factories import make_country


@pytest.fixture
def kazakhstan(db):
    return make_country("KAZ")


@pytest.fixture
def states(kazakhstan):
    """The two Congos, Namibia, an island and a territory."""
    praia = {"name": "Cabo Verde", "capital_latitude": "14.93152", "capital_longitude": "-23.51254"}
    numbers = {"COD": "180", "COG": "178", "NAM": "516", "CPV": "132", "ESH": "732"}
    roles = {"ESH": {"role": "african_territory", "name": "Western Sahara"}, "CPV": praia}
    return {code: make_country(code, m49=number, **roles.get(code, {})) for code, number in numbers.items()}
