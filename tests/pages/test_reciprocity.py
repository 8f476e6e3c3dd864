"""What each side has in the other: what is counted, and what is told apart where nothing is."""

import re
from datetime import date

import pytest

from diplomacy.choices import Strand
from kzafrica.dossier.choices import Presence
from kzafrica.dossier.reciprocity import reciprocity_of
from kzafrica.editorial.choices import Status
from kzafrica.reference.models import Country
from tests.factories import (
    make_check,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_organization,
    make_place,
)
from tests.pages.pairs import fill

pytestmark = pytest.mark.django_db

OPENED = [{"kind": "opened", "date": "2014"}]
CLOSED = [*OPENED, {"kind": "closed", "date": "2020"}]


@pytest.fixture
def kazakhstan():
    return make_country("KAZ")


@pytest.fixture
def kenya(kazakhstan):
    return make_country("KEN", subregion="Eastern Africa")


@pytest.fixture
def cells_of(kazakhstan):
    """The six cells of a country as its dossier and the table of all pairs reckon them."""

    def read(country) -> dict:
        return reciprocity_of(Country.objects.african(), kazakhstan)[country.pk].cells

    return read


def visit_to(host, guest, **fields):
    return make_event(**{"kind": "official_visit", "host": host, "participations": [{"country": guest}], **fields})


class TestMissions:
    def test_those_that_exist_today_are_counted_on_their_side(self, cells_of, kazakhstan, kenya):
        sent = make_mission(receiving=kenya, milestones=OPENED)
        received = make_mission(sending=kenya, receiving=kazakhstan, milestones=OPENED)
        consul = make_mission(receiving=kenya, kind="honorary_consulate", milestones=OPENED)

        cells = cells_of(kenya)

        assert [post.mission for post in cells[Strand.MISSIONS_SENT].posts] == [sent]
        assert [post.mission for post in cells[Strand.MISSIONS_RECEIVED].posts] == [received]
        assert [post.mission for post in cells[Strand.CONSULS_SENT].posts] == [consul]
        assert [cells[strand].count for strand in Strand] == [1, 1, 1, 0, 0, 0]

    @pytest.mark.parametrize(
        ("milestones", "presence"),
        [
            (CLOSED, Presence.CLOSED),
            ([{"kind": "opened", "date": "2014"}, {"kind": "closed", "date": "2020/2999"}], Presence.UNDETERMINED),
            ([{"kind": "opened", "date": "2014"}, {"kind": "closed", "date": ""}], Presence.UNDETERMINED),
            ([{"kind": "decree", "date": "2999"}], Presence.NOT_YET),
            ([{"kind": "draft_decision", "date": "2014"}], Presence.NOT_DATED),
            ([], Presence.NOT_DATED),
        ],
    )
    def test_others_are_named_and_marked_and_not_counted(self, text_of, cells_of, kenya, milestones, presence):
        make_mission(title="Embassy in Nairobi", receiving=kenya, milestones=milestones)

        cell = cells_of(kenya)[Strand.MISSIONS_SENT]

        assert cell.count == 0
        assert [post.presence for post in cell.posts] == [presence]
        assert f"Embassy in Nairobi {presence.label}, not counted" in text_of("/countries/ken/")

    def test_one_that_reopened_is_counted_again(self, cells_of, kenya):
        make_mission(receiving=kenya, milestones=[*CLOSED, {"kind": "opened", "date": "2022"}])

        assert cells_of(kenya)[Strand.MISSIONS_SENT].count == 1

    def test_a_suspended_one_is_counted_and_marked(self, text_of, kenya):
        make_mission(
            title="Embassy in Nairobi", receiving=kenya, milestones=[*OPENED, {"kind": "suspended", "date": "2020"}]
        )

        assert "1 Embassy in Nairobi suspended" in text_of("/countries/ken/")

    def test_one_that_covers_the_state_from_elsewhere_shows_and_is_not_counted(self, text_of, cells_of, kenya):
        ethiopia = make_country("ETH")
        embassy = make_mission(
            title="Embassy in Ethiopia",
            receiving=ethiopia,
            place=make_place("Addis Ababa", country=ethiopia),
            milestones=OPENED,
            heads=[{"accreditations": [{"country": kenya, "is_resident": False, "credentials_presented": "2023-12"}]}],
        )

        cell = cells_of(kenya)[Strand.MISSIONS_SENT]

        assert (cell.count, cell.posts, cell.covered_from) == (0, [], [embassy])
        assert "covered from Embassy in Ethiopia" in text_of("/countries/ken/")
        assert "covered from Addis Ababa" in text_of("/countries/reciprocity/")

    def test_one_in_a_third_state_that_covers_kazakhstan_is_not_counted(self, cells_of, kazakhstan, kenya):
        ankara = make_mission(
            sending=kenya,
            receiving=make_country("TUR"),
            heads=[{"accreditations": [{"country": kazakhstan, "is_resident": False, "appointed": "2020"}]}],
        )

        cell = cells_of(kenya)[Strand.MISSIONS_RECEIVED]

        assert (cell.count, cell.covered_from) == (0, [ankara])

    @pytest.mark.parametrize(
        ("milestones", "ended"), [(CLOSED, ""), (OPENED, "2024")], ids=["closed mission", "ended accreditation"]
    )
    def test_nothing_covers_a_state_after_its_end(self, cells_of, kenya, milestones, ended):
        accreditation = {"country": kenya, "is_resident": False, "appointed": "2015", "ended": ended}
        make_mission(receiving=make_country("ETH"), milestones=milestones, heads=[{"accreditations": [accreditation]}])

        assert cells_of(kenya)[Strand.MISSIONS_SENT].covered_from == []

    @pytest.mark.parametrize(
        ("dates", "covers"),
        [
            ({}, True),
            ({"appointed": "2020"}, True),
            ({"credentials_presented": "../2020"}, True),
            ({"appointed": "2020", "credentials_presented": "2999"}, True),
            ({"agrement": "2020", "appointed": "2021"}, True),
            ({"ended": "2999"}, True),
            ({"agrement": "2020"}, False),
            ({"copies_presented": "2020"}, False),
            ({"appointed": "2999"}, False),
            ({"credentials_presented": "2999-05"}, False),
            ({"agrement": "2020", "appointed": "2999"}, False),
        ],
        ids=str,
    )
    def test_a_state_is_covered_from_the_appointment_or_the_credentials_on(self, cells_of, kenya, dates, covers):
        accreditation = {"country": kenya, "is_resident": False, **dates}
        make_mission(receiving=make_country("ETH"), heads=[{"accreditations": [accreditation]}])

        assert bool(cells_of(kenya)[Strand.MISSIONS_SENT].covered_from) is covers

    def test_a_covering_mission_is_called_by_the_most_exact_that_is_known_of_where_it_works(self, text_of, kenya):
        covering = {"heads": [{"accreditations": [{"country": kenya, "is_resident": False}]}]}
        make_mission(receiving=make_country("ETH"), place=make_place("Addis Ababa"), **covering)
        make_mission(receiving=make_country("EGY"), **covering)
        make_mission(
            title="Mission to the Union", receiving=None, receiving_organization=make_organization(name="The Union"),
            **covering,
        )  # fmt: skip

        page = text_of("/countries/reciprocity/")

        for seat in ("Addis Ababa", "Egypt", "The Union"):
            assert f"covered from {seat} " in page
        assert "covered from Mission to the Union" in text_of("/countries/ken/")
        assert "from None" not in page + text_of("/countries/ken/")

    def test_of_many_covering_missions_three_are_named_and_the_others_counted(self, text_of, kenya):
        for _number in range(5):
            head = {"accreditations": [{"country": kenya, "is_resident": False}]}
            make_mission(receiving=make_country(), heads=[head])

        for address in ("/countries/reciprocity/", "/countries/ken/"):
            page = text_of(address)
            assert page.count("covered from ") == 3
            assert page.count("and from 2 others") == 1

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
    def test_only_what_is_public_counts(self, text_of, cells_of, kazakhstan, kenya, status):
        make_mission(title="Secret embassy", receiving=kenya, milestones=OPENED, status=status)
        visit_to(kazakhstan, kenya, title="Secret visit", status=status)

        assert all(cell.is_empty for cell in cells_of(kenya).values())
        assert "Secret" not in text_of("/countries/reciprocity/")


class TestVisits:
    def test_held_ones_are_counted_by_direction_with_the_latest(self, cells_of, kazakhstan, kenya):
        visit_to(kazakhstan, kenya, date="2010")
        latest = visit_to(kazakhstan, kenya, date="2025-05-27")
        paid = visit_to(kenya, kazakhstan, date="2001")

        cells = cells_of(kenya)

        assert (cells[Strand.VISITS_RECEIVED].count, cells[Strand.VISITS_RECEIVED].latest) == (2, latest)
        assert (cells[Strand.VISITS_PAID].count, cells[Strand.VISITS_PAID].latest) == (1, paid)

    @pytest.mark.parametrize("occurrence", ["announced", "confirmed", "postponed", "cancelled", "not_known"])
    def test_those_not_known_to_have_been_held_are_not_counted(self, cells_of, kazakhstan, kenya, occurrence):
        visit_to(kazakhstan, kenya, occurrence=occurrence)

        assert cells_of(kenya)[Strand.VISITS_RECEIVED].is_empty

    def test_a_visit_to_a_third_state_is_not_paid_to_those_who_took_part_in_it_too(self, cells_of, kazakhstan, kenya):
        make_event(kind="visit", host=make_country("TUR"), participations=[{"country": kazakhstan}, {"country": kenya}])

        assert cells_of(kenya)[Strand.VISITS_PAID].is_empty

    def test_a_visit_of_several_states_is_received_from_each(self, cells_of, kazakhstan, kenya):
        congo = make_country("COD")
        both = make_event(kind="visit", host=kazakhstan, participations=[{"country": kenya}, {"country": congo}])

        for country in (kenya, congo):
            cell = cells_of(country)[Strand.VISITS_RECEIVED]
            assert (cell.count, cell.latest) == (1, both)

    def test_who_did_not_come_to_it_as_planned_has_not_paid_it(self, cells_of, kazakhstan, kenya):
        planned = {"attendance": "planned"}
        visit_to(kazakhstan, kenya, participations=[{"country": kenya, **planned}])
        visit_to(kenya, kazakhstan, participations=[{"country": kazakhstan, **planned}])

        cells = cells_of(kenya)

        assert cells[Strand.VISITS_RECEIVED].is_empty
        assert cells[Strand.VISITS_PAID].is_empty

    def test_one_known_by_its_place_alone_is_paid_to_the_state_it_lies_in(self, cells_of, kazakhstan, kenya):
        visit = visit_to(None, kazakhstan, place=make_place("Nairobi", country=kenya))

        cell = cells_of(kenya)[Strand.VISITS_PAID]

        assert (cell.count, cell.latest) == (1, visit)

    def test_a_meeting_is_no_visit(self, cells_of, kazakhstan, kenya):
        visit_to(kazakhstan, kenya, kind="meeting")

        assert cells_of(kenya)[Strand.VISITS_RECEIVED].is_empty

    def test_the_list_a_number_leads_to_has_as_many_rows(self, client, cells_of, kazakhstan, kenya):
        for number in range(3):
            visit_to(kazakhstan, kenya, date=f"200{number}")
        visit_to(kenya, kazakhstan)
        visit_to(kazakhstan, kenya, occurrence="cancelled")
        visit_to(kazakhstan, make_country("EGY"))
        visit_to(make_country("TUR"), kazakhstan, participations=[{"country": kazakhstan}, {"country": kenya}])
        visit_to(None, kazakhstan, place=make_place("Nairobi", country=kenya))
        visit_to(kazakhstan, kenya, participations=[{"country": kenya, "attendance": "planned"}])

        for strand in (Strand.VISITS_PAID, Strand.VISITS_RECEIVED):
            cell = cells_of(kenya)[strand]
            assert client.get(cell.address).context["paginator"].count == cell.count > 0


class TestChecks:
    def test_nobody_having_looked_is_not_none_known(self, text_of, kenya):
        make_check(kenya, strand="missions_sent", checked_on=date(2026, 5, 3))
        make_event(participations=[{"country": kenya}])

        page = text_of("/countries/ken/")

        assert page.count("none known, checked on 3 May 2026") == 1
        # Five cells of the table, and at the head of the page its missions here and the visits.
        assert len(re.findall("(?<!“)not yet checked", page)) == 7

    def test_a_check_of_one_strand_says_nothing_of_another(self, cells_of, kenya):
        make_check(kenya, strand="visits_paid", checked_on=date(2026, 5, 3))

        cells = cells_of(kenya)

        assert {strand for strand in Strand if cells[strand].checked_on} == {Strand.VISITS_PAID}

    def test_the_day_stands_also_beside_what_was_found(self, text_of, kenya):
        make_mission(receiving=kenya, milestones=OPENED)
        make_check(kenya, strand="missions_sent", checked_on=date(2026, 5, 3), note="The ministry's list.")

        for address in ("/countries/ken/", "/countries/reciprocity/"):
            page = text_of(address)
            assert " checked on 3 May 2026" in page
            assert "none known, checked" not in page
        assert "The ministry's list." in text_of("/countries/ken/").replace("&#x27;", "'")

    def test_a_pair_that_nobody_has_looked_at_is_one_line_of_the_table(self, text_of, kenya):
        make_check(make_country("EGY"), strand="missions_sent", checked_on=date(2026, 5, 3))

        page = text_of("/countries/reciprocity/")

        assert page.count("none of these on record, not yet checked") == 1
        assert page.count("none known, checked on 3 May 2026") == 1

    def test_a_pair_with_other_things_on_record_is_not_said_to_have_nothing(self, text_of, kenya):
        make_figure(counterpart=kenya)

        page = text_of("/countries/reciprocity/")

        assert "none of these on record, not yet checked" in page
        assert "nothing on record" not in page

    def test_the_day_stands_also_where_nothing_else_is_on_record_of_the_pair(self, text_of, kenya):
        make_check(kenya, strand="missions_sent", checked_on=date(2026, 5, 3))

        page = text_of("/countries/ken/")

        assert "none known to us, not that there is none" in page
        assert page.count("none known, checked on 3 May 2026") == 1
        assert len(re.findall("(?<!“)not yet checked", page)) == 5


class TestTable:
    def test_it_has_the_cells_of_every_dossier(self, client, kazakhstan):
        countries = [make_country(code) for code in ("KEN", "COD", "EGY", "ETH")]
        for number, country in enumerate(countries):
            for record in range(number):
                fill(kazakhstan, country, record)
                visit_to(country, kazakhstan, date=f"20{record + 10}")
            make_check(country, strand=list(Strand)[number], checked_on=date(2026, 1, 1 + number))

        pairs = client.get("/countries/reciprocity/").context["pairs"]

        assert len(pairs) == Country.objects.african().count()
        for pair in pairs:
            page = client.get(pair.country.get_absolute_url()).context["reciprocity"]
            assert page.cells == pair.cells

    def test_it_has_every_african_pair_by_subregion_and_takes_the_filters_of_the_countries(self, text_of, kenya):
        make_country("EGY", subregion="Northern Africa")
        make_country("TUR")

        page = text_of("/countries/reciprocity/")

        assert page.index("Eastern Africa") < page.index("Kenya") < page.index("Northern Africa") < page.index("Egypt")
        assert "Türkiye" not in page
        assert "Egypt" not in text_of("/countries/reciprocity/?q=ken")
        assert "Did you mean “role”?" in text_of("/countries/reciprocity/?rol=x", status=400)

    def test_it_costs_the_same_for_few_pairs_and_for_many(self, queries_of, kazakhstan, kenya):
        fill(kazakhstan, kenya, 0)
        few = queries_of("/countries/reciprocity/")

        for number in range(1, 8):
            fill(kazakhstan, make_country(), number)

        assert queries_of("/countries/reciprocity/") == few <= 14

    def test_it_is_linked_from_countries_dossiers_and_the_continent(self, client, kenya):
        make_mission(receiving=kenya, milestones=OPENED)
        from_continent = client.get("/countries/africa/")

        assert b'href="/countries/reciprocity/"' in client.get("/countries/").content
        assert b'href="/countries/reciprocity/"' in client.get("/countries/ken/").content
        assert from_continent.status_code == 404 or b'href="/countries/reciprocity/"' in from_continent.content

    def test_it_opens_before_anything_is_loaded(self, client, db):
        assert client.get("/countries/reciprocity/").status_code == 200
