"""Marks, their names, and the lines between them."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kzafrica.maps.labels import MARK_RADIUS, labels_of
from kzafrica.maps.places import PlaceMap, Stop, legs_of, sea_path
from kzafrica.maps.sheets import Spot

WIDTH, HEIGHT = 800, 700
SEA, RAIL = ("sea", "Sea", True), ("rail", "Rail", False)
NAMES = st.lists(
    st.tuples(
        st.sampled_from(["Cairo", "Addis Ababa", "Antananarivo", "Аддис-Абеба", "Ҡ"]),
        st.builds(Spot, st.integers(0, WIDTH), st.integers(0, HEIGHT)),
    ),
    max_size=12,
)


def stop(key: str, latitude=None, longitude=None, **fields) -> Stop:
    return Stop(
        **{"key": key, "name": key.title(), "title": key.title(), **fields}, latitude=latitude, longitude=longitude
    )


CAIRO = stop("cairo", "30.06", "31.25")
NAIROBI = stop("nairobi", "-1.28", "36.82")
NOWHERE = stop("nowhere")


class TestLabels:
    @given(NAMES)
    def test_none_lies_on_another_or_on_a_mark_or_leaves_the_sheet(self, names):
        boxes = [label.box for label in labels_of(names, width=WIDTH, height=HEIGHT) if label]

        assert not any(one.touches(other) for one, other in combinations(boxes, 2))
        assert all(box.is_within(WIDTH, HEIGHT) for box in boxes)
        for _name, spot in names:
            assert not any(
                box.left < spot.x + MARK_RADIUS
                and spot.x - MARK_RADIUS < box.right
                and box.top < spot.y + MARK_RADIUS
                and spot.y - MARK_RADIUS < box.bottom
                for box in boxes
            )

    def test_a_name_with_room_stands_after_its_mark(self):
        (label,) = labels_of([("Cairo", Spot(300, 300))], width=WIDTH, height=HEIGHT)

        assert (label.side, label.x > 300) == ("start", True)

    def test_a_name_at_the_edge_stands_before_its_mark(self):
        (label,) = labels_of([("Antananarivo", Spot(780, 300))], width=WIDTH, height=HEIGHT)

        assert label.side == "end"


class TestPlaceMap:
    def test_what_has_no_coordinates_is_listed_and_not_drawn(self):
        found = PlaceMap("x", "Title", "", [CAIRO, NOWHERE, NOWHERE])

        assert [mark.stops[0].key for mark in found.marks] == ["cairo"]
        assert found.unplaced == [NOWHERE]

    def test_what_lies_off_the_sheet_is_listed(self):
        astana = stop("astana", "51.18", "71.45")

        assert PlaceMap("x", "Title", "", [astana]).unplaced == [astana]
        assert PlaceMap("x", "Title", "", [astana], sheet_name="corridor").unplaced == []

    def test_two_at_one_place_are_one_mark(self):
        second = stop("cairo-2", "30.06", "31.25", name="Cairo", title="Consulate")

        (mark,) = PlaceMap("x", "Title", "", [CAIRO, second]).marks

        assert (mark.label.text, mark.title) == ("Cairo", "Cairo; Consulate")

    def test_of_many_the_first_are_named_and_the_others_counted(self):
        stops = [stop(f"cairo-{number}", "30.06", "31.25", name="Cairo") for number in range(7)]
        stops += [stop(f"nowhere-{number}") for number in range(20)]
        found = PlaceMap("x", "Title", "", stops)

        assert found.marks[0].title.endswith("Cairo-3; 3 more")
        assert (len(found.named_unplaced), found.unnamed_count) == (12, 8)

    def test_western_sahara_is_no_land_of_the_states(self):
        found = PlaceMap("x", "Title", "", [])

        assert found.sheet.states["732"] not in found.land
        assert found.sheet.states["732"] in found.surroundings


class TestLegs:
    def test_a_leg_has_the_mode_by_which_its_start_is_left(self):
        (leg,) = legs_of([CAIRO, NAIROBI], [SEA, RAIL])

        assert (leg.start, leg.end, leg.mode, leg.is_sea) == (CAIRO, NAIROBI, "sea", True)

    def test_across_a_place_that_cannot_be_drawn_a_mode_is_said_only_if_it_is_the_same(self):
        (same,) = legs_of([CAIRO, NOWHERE, NAIROBI], [SEA, SEA, RAIL])
        (mixed,) = legs_of([CAIRO, NOWHERE, NAIROBI], [SEA, RAIL, RAIL])

        assert (same.mode, mixed.mode) == ("sea", "unsaid")

    def test_one_place_alone_has_no_leg(self):
        assert legs_of([NOWHERE, CAIRO], [SEA, SEA]) == []

    def test_a_leg_whose_mode_nobody_said_is_no_sea_leg(self):
        (leg,) = legs_of([CAIRO, NAIROBI], [("", "Not said", False), RAIL])

        assert (leg.mode, leg.is_sea) == ("unsaid", False)

    def test_sea_is_a_smooth_line_and_land_a_straight_one(self):
        legs = [*legs_of([CAIRO, NAIROBI], [SEA, RAIL]), *legs_of([NAIROBI, CAIRO], [RAIL, SEA])]
        found = PlaceMap("x", "Title", "", [CAIRO, NAIROBI], legs)

        assert ["Q" in leg.path for leg in found.drawn_legs] == [True, False]
        assert found.line_note
        assert sea_path(Spot(0, 0), Spot(100, 0)) == "M0 0Q50 18 100 0"
