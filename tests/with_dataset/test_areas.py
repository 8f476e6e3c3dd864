"""The areas of the initial dataset: every state by both its numbers, and all else that statistics count apart."""

import pytest

from kzafrica.editorial.models import Source
from kzafrica.reference.models import Area, Country

# What UN Comtrade numbers beside ISO 3166-1, or for some years alone.
SPECIAL = (
    0, 58, 80, 129, 175, 200, 221, 230, 251, 254, 278, 280, 290, 312, 356, 398, 412, 457, 459, 461, 471, 472, 473,
    488, 490, 527, 530, 532, 536, 568, 577, 579, 582, 588, 590, 592, 636, 637, 638, 647, 658, 697, 698, 699, 711,
    717, 720, 736, 757, 810, 818, 830, 835, 836, 837, 838, 839, 841, 842, 849, 850, 866, 868, 872, 879, 886, 890,
    891, 899,
)  # fmt: skip


def codes(**conditions) -> set[str]:
    return set(Area.objects.filter(**conditions).values_list("code", flat=True))


def test_every_country_is_an_area_by_its_m49_number(dataset):
    for country in Country.objects.all():
        area = Area.objects.get(code=str(int(country.m49)))

        assert (area.country, area.alpha3, area.kind) == (country, country.alpha3, "state")
        assert [area.name_en, area.name_kk, area.name_ru, area.name_fr] == [
            country.name_en, country.name_kk, country.name_ru, country.name_fr,
        ]  # fmt: skip


def test_every_state_and_territory_of_iso_3166_is_an_area(dataset):
    assert Area.objects.exclude(alpha3="").values("alpha3").distinct().order_by().count() == 249


def test_every_special_partner_of_comtrade_is_an_area(dataset):
    assert {str(number) for number in SPECIAL} - codes() == set()
    assert len(SPECIAL) == 69


def test_every_area_could_have_been_saved_by_an_editor(dataset):
    for area in Area.objects.select_related("country"):
        area.full_clean(validate_unique=False, validate_constraints=False)


def test_every_area_of_a_known_state_belongs_to_it(dataset):
    known = Country.objects.values_list("alpha3", flat=True)

    assert codes(alpha3__in=known, country=None) == set()


@pytest.mark.parametrize(
    ("alpha3", "numbers"),
    [
        ("FRA", {"250", "251"}),
        ("USA", {"840", "841", "842"}),
        ("IND", {"356", "699"}),
        ("CHE", {"756", "757"}),
        ("NOR", {"578", "579"}),
        ("ETH", {"230", "231"}),
        ("SDN", {"729", "736"}),
        ("ZAF", {"710"}),
        ("KAZ", {"398"}),
    ],
)
def test_a_state_is_known_by_every_number_it_has(dataset, alpha3, numbers):
    assert {area.code for area in Area.objects.meant_by(alpha3)} == numbers


def test_what_is_counted_in_africa(dataset):
    assert Area.objects.african().count() == 54 + 1 + 2  # Western Sahara; Ethiopia and Sudan of the past
    assert {area.code for area in Area.objects.african_residuals()} == {"290", "472", "577", "711", "717", "835", "836"}


def test_the_world_is_the_one_of_its_kind(dataset):
    assert codes(kind="world") == {"0"}


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [("230", 1976, 1992), ("736", None, 2011), ("398", 1992, None), ("711", None, 1999), ("842", 1981, None)],
)
def test_an_area_has_the_years_of_its_code(dataset, code, first, last):
    area = Area.objects.get(code=code)

    assert (area.valid_from, area.valid_until) == (first, last)


def test_a_number_that_iso_3166_still_uses_is_valid_to_this_day_and_says_so(dataset):
    for code in ("356", "175", "254", "312", "638", "850"):
        area = Area.objects.get(code=code)

        assert area.is_valid_in(2026)
        assert "ISO 3166-1 and UN M49 use it to this day" in area.note


@pytest.mark.parametrize("slug", ["un-comtrade", "cepii-baci"])
def test_databases_of_trade_rows_are_sources_that_readers_see(dataset, slug, client):
    assert Source.objects.published().get(slug=slug).kind == "statistics"
    assert client.get(f"/sources/{slug}/").status_code == 200
