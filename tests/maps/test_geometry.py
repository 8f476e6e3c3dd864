"""From outlines in degrees to paths on a sheet."""

import json
import re
from math import radians, sin

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from kzafrica.maps.drawing import AFRICA, ISLANDS, SHEETS, WORLD
from kzafrica.maps.outlines import clipped, enclosed, path_of, rounded, simplified
from kzafrica.maps.projection import AzimuthalEqualArea
from kzafrica.maps.sheets import KAZAKHSTAN, sheet
from kzafrica.maps.topology import Topology, plain, stitched

NUMBERS = re.compile(r"-?\d+")
POINTS = st.lists(st.tuples(st.integers(-50, 150), st.integers(-50, 150)), min_size=2, max_size=30)
DEGREES = st.tuples(st.floats(-60, 90), st.floats(-60, 60))


@pytest.fixture(scope="module", params=[AFRICA, WORLD], ids=["africa", "world"])
def topology(request) -> Topology:
    return Topology.read(request.param)


def points_of(path: str) -> list[list[tuple[int, int]]]:
    """The rings of a path of relative lines, as a browser draws them."""
    rings, pen = [], (0, 0)
    for ring in re.findall("[^z]+z", path):
        numbers = list(map(int, NUMBERS.findall(ring)))
        points = []
        for x, y in zip(numbers[::2], numbers[1::2], strict=True):
            before = points[-1] if points else pen
            points.append((before[0] + x, before[1] + y))
        pen = points[0]
        rings.append(points)
    return rings


class TestTopology:
    def test_every_ring_is_closed_and_joins_its_arcs_end_to_end(self, topology):
        for geometry in topology.geometries:
            for ring in geometry.rings:
                ends = [
                    (arc[0], arc[-1]) if index >= 0 else (arc[-1], arc[0])
                    for index in ring
                    for arc in [topology.arcs[plain(index)]]
                ]
                following = [*ends[1:], ends[0]]

                assert [one[1] for one in ends] == [two[0] for two in following], geometry.name
                assert len(stitched(ring, topology.arcs)) >= 4

    def test_states_that_border_on_each_other_share_the_arc_between_them(self, topology):
        arcs = {geometry.number: geometry.arc_indices for geometry in topology.geometries}

        assert arcs["404"] & arcs["800"]
        assert not arcs["404"] & arcs["710"]

    def test_places_lie_on_the_globe(self, topology):
        assert all(-180 <= x <= 180.001 and -90 <= y <= 90 for arc in topology.arcs for x, y in arc)

    def test_steps_add_up_and_are_scaled(self):
        document = {
            "transform": {"scale": [0.5, 2], "translate": [10, -20]},
            "arcs": [[[2, 1], [1, 1], [-1, 0], [0, -1]]],
            "objects": {"countries": {"geometries": [{"type": "Polygon", "arcs": [[0]], "id": "012"}]}},
        }

        found = Topology.of(document)

        assert found.arcs == [[(11.0, -18.0), (11.5, -16.0), (11.0, -16.0), (11.0, -18.0)]]
        assert found.geometries[0].number == "012"

    def test_numbers_are_strings_with_their_zeros_and_three_areas_have_none(self):
        numbers = [row.number for row in Topology.read(WORLD).geometries]

        assert "012" in numbers
        assert numbers.count("") == 3


class TestProjection:
    projection = AzimuthalEqualArea(17, 2)

    @given(DEGREES)
    def test_leads_back_to_where_it_came_from(self, point):
        found = self.projection.back(self.projection.forward(point))

        assert found == pytest.approx(point, abs=1e-6)

    @given(st.floats(-40, 70), st.floats(-50, 50))
    def test_keeps_areas(self, longitude, latitude):
        size = 0.01
        corners = [(longitude, latitude), (longitude + size, latitude), (longitude + size, latitude + size)]
        corners += [(longitude, latitude + size), corners[0]]
        on_sphere = radians(size) * (sin(radians(latitude + size)) - sin(radians(latitude)))

        assert enclosed([self.projection.forward(corner) for corner in corners]) == pytest.approx(on_sphere, rel=1e-3)

    def test_knows_what_it_cannot_show(self):
        assert not self.projection.can_show((-163, -2))


class TestOutlines:
    @given(POINTS, st.floats(0, 500))
    def test_simplifying_keeps_the_ends_and_adds_nothing(self, points, smallest):
        found = simplified(points, smallest)
        rest = iter(points)

        assert (found[0], found[-1]) == (points[0], points[-1])
        assert all(any(point == other for other in rest) for point in found)

    def test_the_smallest_bends_go_first(self):
        points = [(0, 0), (10, 1), (20, 0), (30, 20), (40, 0)]

        assert simplified(points, 15) == [(0, 0), (20, 0), (30, 20), (40, 0)]

    @given(POINTS)
    def test_what_is_cut_lies_on_the_sheet(self, points):
        found = clipped([*points, points[0]], 100, 80, 5)

        assert all(-5.001 <= x <= 105.001 and -5.001 <= y <= 85.001 for x, y in found)
        assert not found or found[0] == found[-1]

    def test_a_ring_within_the_sheet_is_not_cut(self):
        ring = [(10, 10), (90, 10), (50, 70), (10, 10)]

        assert set(clipped(ring, 100, 80, 5)) == set(ring)

    @given(st.lists(POINTS, min_size=1, max_size=4))
    def test_a_path_draws_the_rings_it_was_made_of(self, rings):
        closed = [rounded([*ring, ring[0]]) for ring in rings]

        assert points_of(path_of(closed)) == [ring[:-1] for ring in closed if len(ring) >= 4]


class TestSheets:
    def test_are_drawn_from_the_geometry_beside_them(self):
        call_command("draw_geometry", "--check")

    def test_neighbours_share_their_border(self):
        states = sheet("africa").states
        rwanda, burundi = ({point for ring in points_of(states[n]) for point in ring} for n in ("646", "108"))

        assert len(rwanda & burundi) >= 4

    def test_lesotho_is_a_hole_in_south_africa(self):
        outer, hole, *_islands = points_of(sheet("africa").states["710"])

        assert set(hole) == set(points_of(sheet("africa").states["426"])[0])
        assert enclosed([*outer, outer[0]]) > 10 * enclosed([*hole, hole[0]])

    def test_states_keep_their_size_on_the_sheet(self):
        """Algeria has 2,382 thousand square kilometres, Egypt 1,002, Gabon 268."""

        def area(number):
            return sum(enclosed([*ring, ring[0]]) for ring in points_of(sheet("africa").states[number]))

        assert area("012") / area("818") == pytest.approx(2382 / 1002, rel=0.03)
        assert area("818") / area("266") == pytest.approx(1002 / 268, rel=0.05)

    def test_congos_are_two_and_namibia_is_one(self):
        states = sheet("africa").states

        assert states["178"] != states["180"]
        assert states["516"]

    def test_islands_are_no_shapes(self):
        assert not ISLANDS & sheet("africa").states.keys()

    def test_corridor_has_kazakhstan_and_iran(self):
        assert {KAZAKHSTAN, "364", "404"} <= sheet("corridor").states.keys()

    @pytest.mark.parametrize(
        ("name", "latitude", "longitude", "number"),
        [("africa", "-1.28333", "36.81667", "404"), ("africa", "36.5", "3.2", "012"), ("corridor", "48", "67", "398")],
    )
    def test_a_place_lies_within_its_state(self, name, latitude, longitude, number):
        spot = sheet(name).spot(latitude, longitude)
        ring = max(points_of(sheet(name).states[number]), key=len)
        xs, ys = zip(*ring, strict=True)

        assert min(xs) < spot.x < max(xs)
        assert min(ys) < spot.y < max(ys)

    def test_a_place_off_the_sheet_has_no_spot(self):
        assert sheet("africa").spot("51.18", "71.45") is None
        assert sheet("africa").spot(None, None) is None

    def test_no_name_of_the_source_is_kept(self):
        assert not re.search("Somaliland|Congo", SHEETS.read_text())
        assert json.loads(SHEETS.read_text())["africa"]["unnumbered"]
