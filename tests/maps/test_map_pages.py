"""Maps on pages and as files."""

import csv
import io
import re
import struct

import brotli
import pytest
from django.conf import settings
from django.template.loader import render_to_string

from kzafrica.dossier.choices import MapStrand
from kzafrica.dossier.map_views import map_context
from kzafrica.dossier.templatetags.locators import locator
from kzafrica.editorial.choices import Status
from kzafrica.maps.pictures import EARTH, LEG_STROKES, LIT, PALETTE
from kzafrica.pictures import SHOWN_WIDTH
from kzafrica.styleguide import contrast, palette
from tests.factories import make_country, make_event, make_mission, make_place, make_route

pytestmark = pytest.mark.django_db

JS = settings.BASE_DIR / "kzafrica/static/kzafrica/js/map.js"
CAIRO = {"latitude": "30.06263", "longitude": "31.24967"}
BANDAR_ABBAS = {"latitude": "27.1865", "longitude": "56.2808"}
MOMBASA = {"latitude": "-4.05466", "longitude": "39.66359"}


def compressed(text: str | bytes) -> int:
    return len(brotli.compress(text.encode() if isinstance(text, str) else text, quality=5))


def size_of_png(content: bytes) -> tuple[int, int]:
    assert content.startswith(b"\x89PNG")
    return struct.unpack(">II", content[16:24])


class TestMapPage:
    def test_every_state_is_a_link_that_says_its_name_and_value(self, client, states):
        page = client.get("/countries/map/?strand=visits").content.decode()

        svg = page[page.index('<svg class="map"') : page.index("</figure>")]
        links = dict(re.findall(r'<a class="map-\S+" href="(\S+)"><title>([^<]+)</title>', svg))
        assert links == {
            "/countries/cod/": "Democratic Republic of the Congo: none known",
            "/countries/cog/": "Republic of the Congo: none known",
            "/countries/nam/": "Namibia: none known",
            "/countries/cpv/": "Cabo Verde: none known",
            "/countries/esh/": "Western Sahara: not coloured, see the note",
        }

    def test_missions_are_shown_unless_another_strand_is_asked_for(self, client, states):
        assert client.get("/countries/map/").context["strand"] == "missions"
        assert client.get("/countries/map/?strand=Trade").context["strand"] == "trade"

    def test_an_unknown_strand_is_refused_with_the_nearest(self, text_of, states):
        words = text_of("/countries/map/?strand=agreement", 400)

        assert "Did you mean “agreements”?" in words

    def test_an_unknown_parameter_is_refused(self, client, states):
        assert client.get("/countries/map/?strnd=trade").status_code == 400
        assert client.get("/countries/map/missions.svg?x=1").status_code == 400

    def test_the_same_stands_in_a_table_with_a_note_on_lines(self, text_of, states):
        words = text_of("/countries/map/?strand=visits")

        assert "The same as a table" in words
        assert "no statement on the status of any territory" in words

    def test_strands_lead_to_each_other_and_one_is_current(self, client, states):
        page = client.get("/countries/map/?strand=trade").content.decode()

        assert all(f'href="/countries/map/?strand={strand}"' in page for strand in MapStrand.values)
        assert page.count('strand=trade" aria-current="true"') == 1

    def test_an_empty_site_says_so(self, text_of):
        assert "No state is on record yet." in text_of("/countries/map/")

    @pytest.mark.parametrize("strand", MapStrand.values)
    def test_queries_stay_flat(self, queries_of, states, kazakhstan, strand):
        def add(number):
            country = make_country()
            make_mission(receiving=country, milestones=[{"kind": "opened", "date": "2014"}])
            make_event(kind="state_visit", host=country, participations=[{"country": kazakhstan}])

        address = f"/countries/map/?strand={strand}"
        add(0)
        few = queries_of(address)
        for number in range(4):
            add(number)

        assert queries_of(address) == few <= 25

    def test_drawn_states_can_be_named_in_another_language(self, client, states):
        states["NAM"].name_kk = "Намибия"
        states["NAM"].save()

        assert "<title>Намибия: " in client.get("/kk/countries/map/").content.decode()


class TestWeight:
    """Of what is sent: compressed as a server does while one waits."""

    def test_a_block_with_all_of_africa_is_below_12_kb(self, states):
        context = map_context("missions") | {"id": "map"}

        assert compressed(render_to_string("components/map.html", context)) < 12_000

    def test_locator_is_below_3_kb(self, states):
        html = render_to_string("components/locator.html", {"locator": locator(states["NAM"])})

        assert compressed(html) < 3_000

    def test_script_is_below_2_kb(self):
        assert compressed(JS.read_bytes()) < 2_000


class TestFiles:
    @pytest.mark.parametrize("strand", MapStrand.values)
    def test_picture_has_its_size_and_words(self, client, states, strand):
        svg = client.get(f"/countries/map/{strand}.svg").content.decode()
        width, height = map(int, re.search(r'width="(\d+)" height="(\d+)"', svg).groups())

        assert width == SHOWN_WIDTH
        assert f"/countries/map/?strand={strand}" in svg
        assert "Natural Earth" in svg
        assert "CC BY 4.0" in svg
        assert size_of_png(client.get(f"/countries/map/{strand}.png").content) == (width, height)

    def test_rows_have_codes_and_namibia_is_no_missing_value(self, client, states, kazakhstan):
        make_mission(receiving=states["NAM"], milestones=[{"kind": "opened", "date": "2014"}])

        answer = client.get("/countries/map/missions.csv")

        rows = {row["alpha3"]: row for row in csv.DictReader(io.StringIO(answer.content.decode()))}
        assert (rows["NAM"]["m49"], rows["NAM"]["class"], rows["NAM"]["missions_there"]) == ("516", "ours", "1")
        assert rows["COD"]["class"] == "none"
        assert answer["Content-Disposition"] == 'attachment; filename="kazakhstan-africa-missions.csv"'

    @pytest.mark.parametrize("address", ["/countries/map/nothing.svg", "/countries/map/trade.gif"])
    def test_there_are_no_others(self, client, states, address):
        assert client.get(address).status_code == 404

    def test_colours_are_the_tokens_by_light(self):
        tokens = palette(is_dark=False)

        assert {name: tokens[name] for name in PALETTE} == PALETTE
        assert (LEG_STROKES["sea"], LEG_STROKES["unsaid"]) == (tokens["sky-deep"], tokens["ink-soft"])
        assert (EARTH, LIT["market"]) == (tokens["earth"], tokens["gold-pale"])


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
class TestContrast:
    def test_outlines_stand_out_from_water_and_from_what_has_no_colour(self, is_dark):
        colours = palette(is_dark)

        grounds = ("map-sea", "map-none", "map-hatch-ground")
        assert all(contrast(colours["map-outline"], colours[ground]) >= 3 for ground in grounds)

    def test_states_of_the_deepest_steps_are_parted_by_light_lines(self, is_dark):
        colours = palette(is_dark)

        assert all(contrast(colours["map-outline-deep"], colours[step]) >= 3 for step in ("map-step-4", "map-step-5"))

    def test_every_step_is_darker_than_the_one_before_or_lighter_by_dark(self, is_dark):
        colours = palette(is_dark)
        from_none = [contrast(colours["map-none"], colours[f"map-step-{number}"]) for number in range(1, 6)]

        assert from_none == sorted(from_none)
        assert all(contrast(colours[side], colours["map-none"]) >= 3 for side in ("map-ours", "map-theirs"))

    def test_focus_can_be_seen_on_the_map(self, is_dark):
        colours = palette(is_dark)

        assert all(
            contrast(colours["focus"], colours[ground]) >= 3 for ground in ("map-none", "map-sea", "map-hatch-ground")
        )


class TestMissionMap:
    @pytest.fixture
    def network(self, kazakhstan):
        egypt, kenya = make_country("EGY", m49="818"), make_country("KEN", m49="404")
        cairo = make_place("Cairo", country=egypt, **CAIRO)
        make_mission(receiving=egypt, place=cairo, milestones=[{"kind": "opened", "date": "1993"}])
        make_mission(receiving=kenya, milestones=[{"kind": "opened", "date": "2025"}])
        secret = make_place("Secret", country=kenya, **MOMBASA)
        make_mission(
            receiving=kenya, place=secret, status=Status.DRAFT, milestones=[{"kind": "opened", "date": "2000"}]
        )

    def test_shows_the_network_of_the_day_asked_for(self, client, network):
        before = client.get("/missions/?on=2024-06-01").context["map"]
        after = client.get("/missions/?on=2026-06-01").context["map"]

        assert [mark.label.text for mark in before.marks] == ["Cairo"]
        assert before.lit["there"] == {"818"}
        assert after.lit["there"] == {"818", "404"}

    def test_lists_what_it_cannot_draw(self, text_of, network):
        words = text_of("/missions/?on=2026-06-01")

        assert "no place with coordinates is on record: Kenya" in words

    def test_a_draft_is_on_no_map(self, client, network):
        assert b"Secret" not in client.get("/missions/?on=2026-06-01").content
        assert b"Secret" not in client.get("/missions/map.svg?on=2026-06-01").content

    def test_files_take_the_day_of_the_page(self, client, network):
        page = client.get("/missions/?on=2024-06-01").content.decode()

        assert 'href="/missions/map.png?on=2024-06-01"' in page
        assert size_of_png(client.get("/missions/map.png?on=2024-06-01").content)[0] == SHOWN_WIDTH
        assert "Kenya" not in client.get("/missions/map.csv?on=2024-06-01").content.decode()

    def test_a_day_that_is_none_is_refused(self, client, network):
        assert client.get("/missions/map.svg?on=yesterday").status_code == 400


class TestRouteMaps:
    @pytest.fixture
    def route(self, kazakhstan):
        iran, kenya = make_country("IRN", m49="364", role="other"), make_country("KEN", m49="404")
        calls = [
            {"place": make_place("Amirabad", country=iran), "onward_mode": "rail"},
            {"place": make_place("Bandar Abbas", country=iran, **BANDAR_ABBAS), "onward_mode": "sea"},
            {"place": make_place("Mombasa", country=kenya, **MOMBASA)},
        ]
        return make_route(title="To East Africa", calls=calls)

    def test_draws_the_way_in_order_and_lists_the_rest(self, client, text_of, route):
        found = client.get(route.get_absolute_url()).context["map"]
        words = text_of(route.get_absolute_url())

        assert [leg.leg.mode for leg in found.drawn_legs] == ["sea"]
        assert [stop.name for stop in found.unplaced] == ["Amirabad"]
        assert "the order of the places and not the course of the way" in words

    def test_list_shows_all_public_routes_behind_its_filters(self, client, route):
        lagos = make_place("Lagos", country=make_country("NGA"), latitude="6.45", longitude="3.39")
        make_route(title="Hidden", status=Status.DRAFT, calls=[{"place": lagos}])

        every = client.get("/trade/routes/").context["map"]
        none = client.get("/trade/routes/?country=NGA").context["map"]

        assert [mark.label.text for mark in every.marks] == ["Bandar Abbas", "Mombasa"]
        assert none.marks == []

    @pytest.mark.parametrize("form", ["svg", "png", "csv"])
    def test_can_be_had_as_files(self, client, route, form):
        for address in ("/trade/routes/map", f"{route.get_absolute_url()}map"):
            answer = client.get(f"{address}.{form}")

            assert answer.status_code == 200
            assert f'.{form}"' in answer["Content-Disposition"]

    def test_a_draft_has_no_file(self, client, kazakhstan):
        route = make_route(status=Status.DRAFT)

        assert client.get(f"{route.get_absolute_url()}map.svg").status_code == 404


class TestLocator:
    def test_shows_the_state_and_its_capital(self, states):
        found = locator(states["NAM"])

        assert found.path
        assert found.path in found.land

    def test_an_island_is_a_dot(self, states):
        found = locator(states["CPV"])

        assert (found.path, bool(found.spot), bool(found)) == ("", True, True)

    def test_a_state_elsewhere_has_none(self, kazakhstan):
        assert not locator(kazakhstan)
        assert render_to_string("components/locator.html", {"locator": locator(kazakhstan)}).count("<svg") == 0
