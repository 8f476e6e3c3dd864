"""The map of Africa with the reference data of the dataset."""

import pytest

from kzafrica.dossier.choices import MapStrand
from kzafrica.dossier.maps import map_of
from kzafrica.maps.sheets import ISLANDS
from kzafrica.reference.choices import CountryRole
from kzafrica.reference.models import Country


@pytest.mark.parametrize("strand", MapStrand.values)
def test_every_african_state_is_on_the_map_as_a_shape_or_a_dot(dataset, strand):
    countries = set(Country.objects.african().values_list("m49", flat=True))
    found = map_of(strand).drawn

    assert {each.area.number for each in found} == countries
    assert {each.area.number for each in found if each.spot} == ISLANDS
    assert len({each.path or each.spot for each in found}) == len(countries)


def test_fifty_four_states_are_coloured(dataset):
    areas = map_of(MapStrand.MISSIONS).areas

    assert Country.objects.filter(role=CountryRole.AFRICAN_STATE).count() == 54
    assert [area.code for area in areas if area.paint == "uncoloured"] == ["ESH"]


def test_embassies_of_the_article_are_on_the_map_of_their_day(client, dataset):
    found = client.get("/missions/?on=2025-09-14").context["map"]

    names = {mark.label.text for mark in found.marks}
    assert {"Cairo", "Rabat", "Algiers", "Addis Ababa"} <= names
    assert len(found.lit["there"]) == 6
