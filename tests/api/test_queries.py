"""What an answer costs does not grow with its rows, nor with their parts; ``--log-cli-level=INFO`` tells the cost."""

import logging

import pytest

from tests.api.resources import RESOURCES
from tests.factories import (
    make_bloc,
    make_country,
    make_derived_figure,
    make_event,
    make_figure,
    make_mission,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# A list and a page of a record cost this at most; a dossier has all its strands to ask for.
MOST, MOST_OF_DOSSIER = 15, 40
told = logging.getLogger(__name__)


@pytest.mark.parametrize("resource", RESOURCES, ids=str)
def test_a_list_and_a_detail_cost_the_same_with_many_rows_and_parts(resource, queries_of):
    for _row in range(2):
        small = resource.make(parts=2)
    of_list, of_detail = queries_of(resource.address), queries_of(resource.address_of(small))

    for _row in range(9):
        resource.make(parts=1)
    large = resource.make(parts=12)

    told.info("%s: list %s, detail %s", resource, of_list, of_detail)
    assert queries_of(f"{resource.address}?limit=500") == of_list <= MOST
    assert queries_of(resource.address_of(large)) == of_detail <= MOST


def test_figures_beside_what_we_compute_cost_the_same(queries_of):
    """Derived figures, figures a derived one agrees with, and counts of embassies of ever more states."""
    make_derived_figure(inputs=[(make_derived_figure(slug="within"), "part")], formula="sum", slug="d-0", period="2022")

    def add_states(first: int, last: int) -> None:
        for number in range(first, last):
            state = make_country(role="other")
            make_mission(sending=state, receiving=make_country("COD"), milestones=[{"kind": "opened", "date": "2014"}])
            scope = {"subject": state, "measure": "mission_count", "unit": "count"}
            make_figure(slug=f"count-{number}", value="1", **scope)
            make_figure(slug=f"stated-{number}", value="680300000", period="2023")

    add_states(0, 2)
    make_bloc()
    few = queries_of("/api/v1/figures/"), queries_of("/api/v1/figures/count-0/"), queries_of("/api/v1/figures/d-0/")

    add_states(2, 12)
    parts = [(make_figure(slug=f"part-{number}"), "part") for number in range(12)]
    make_derived_figure(inputs=parts, formula="sum", slug="d-1", period="2021")

    many = queries_of("/api/v1/figures/"), queries_of("/api/v1/figures/count-11/"), queries_of("/api/v1/figures/d-1/")
    told.info("figures with computations: list %s, stated %s, derived %s", *many)
    assert many == few
    assert max(many) <= MOST


def test_a_dossier_and_the_list_of_them_cost_the_same(queries_of):
    home, country = make_country("KAZ"), make_country("COD")
    make_bloc()

    def add(count: int) -> None:
        for _record in range(count):
            make_event(host=country, participations=[{"country": country}])
            make_mission(sending=home, receiving=country, milestones=[{"kind": "opened", "date": "2014"}])
            make_figure(counterpart=country)

    add(2)
    few = queries_of("/api/v1/dossiers/"), queries_of("/api/v1/dossiers/COD/")
    add(10)
    for _country in range(10):
        make_country()

    assert (queries_of("/api/v1/dossiers/"), queries_of("/api/v1/dossiers/COD/")) == few
    assert few[1] <= MOST_OF_DOSSIER
    told.info("dossiers: list %s, detail %s", *few)


def test_the_network_costs_the_same_with_many_missions(queries_of):
    make_country("KAZ")

    def add(count: int) -> None:
        for _mission in range(count):
            receiving = make_country()
            head = {"accreditations": [{"country": receiving, "credentials_presented": "2015", "citations": [{}]}]}
            make_mission(
                receiving=receiving, milestones=[{"kind": "opened", "date": "2014", "citations": [{}]}], heads=[head]
            )

    add(2)
    few = queries_of("/api/v1/missions/network/")
    add(10)

    assert queries_of("/api/v1/missions/network/") == few <= MOST
    told.info("network: %s", few)


@pytest.mark.parametrize(
    "address", ["/api/v1/events/", "/api/v1/figures/", "/api/v1/missions/network/", "/api/schema/"]
)
def test_an_answer_that_is_held_already_costs_one_query(address, client, django_assert_num_queries):
    make_country("KAZ")
    make_event()
    etag = client.get(address)["ETag"]

    with django_assert_num_queries(1):
        answer = client.get(address, headers={"If-None-Match": etag})

    assert answer.status_code == 304
