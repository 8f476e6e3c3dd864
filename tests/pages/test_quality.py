"""How good the record is: each number against records made for it, and against what the records say themselves."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from diplomacy.choices import Strand
from kzafrica.dossier.quality import KINDS, Portion, counted, quality_on, share_of
from kzafrica.editorial.link_checks import Finding, Link, keep
from kzafrica.editorial.models import LinkCheck
from tests.factories import (
    make_agreement,
    make_award,
    make_check,
    make_claim,
    make_country,
    make_derived_figure,
    make_event,
    make_figure,
    make_initiative,
    make_mission,
    make_person,
    make_relation,
    make_source,
)
from tests.many import make_many
from tests.pages.pairs import fill

pytestmark = pytest.mark.django_db

MOST_BYTES, MOST_QUERIES = 60_000, 25


def kind(name: str):
    return next(kind for kind in quality_on().kinds if kind.name == name)


@pytest.fixture
def official():
    return make_source(kind="official")


@pytest.fixture
def paper():
    return make_source(kind="news")


class TestSources:
    def test_those_of_the_record_and_of_its_parts_count_each_once(self, official, paper):
        make_event(
            citations=[paper, {"source": paper, "field": "date"}],
            participations=[{"country": make_country(), "citations": [paper, official]}],
        )

        events = kind("event")

        assert [portion.part for portion in events.by_sources] == [0, 0, 1, 0, 0]
        assert events.with_official == Portion(1, 1)
        assert events.mean_sources == Decimal(2)

    def test_those_of_parts_of_parts_count_too(self, official, paper):
        head = {
            "person": make_person(citations=[paper]),
            "accreditations": [{"country": make_country(), "citations": [official]}],
        }
        make_mission(citations=[paper], heads=[head])

        assert kind("mission").with_official == Portion(1, 1)
        assert [portion.part for portion in kind("mission").by_sources] == [0, 0, 1, 0, 0]

    def test_one_that_states_something_else_supports_nothing(self, official, paper):
        differing = {"source": official, "field": "date", "stated": "2024", "reason": "The paper was there."}
        make_event(citations=[paper, differing])
        make_event(citations=[paper])

        events = kind("event")

        assert events.with_differing == Portion(1, 2)
        assert events.with_official == Portion(0, 2)
        assert events.on_one_source == Portion(2, 2)

    def test_many_are_counted_together(self):
        for number in range(1, 7):
            make_event(citations=[make_source() for _source in range(number)])

        assert [portion.part for portion in kind("event").by_sources] == [0, 1, 1, 1, 3]
        assert kind("event").mean_sources == Decimal("3.50")

    def test_drafts_and_what_was_withdrawn_are_not_counted(self):
        for status in ("draft", "in_review", "withdrawn"):
            make_event(status=status)

        assert quality_on().is_empty
        assert kind("event").total == 0
        assert kind("event").mean_sources is None

    def test_figures_that_we_compute_are_not_counted(self):
        make_derived_figure()

        assert kind("figure").total == 2

    def test_every_count_is_what_the_records_say_of_themselves(self):
        kazakhstan = make_country("KAZ")
        for number in range(3):
            fill(kazakhstan, make_country(), number)
        make_claim(citations=[make_source(kind="official_copy"), make_source()])

        for found, model in zip(quality_on().kinds, KINDS, strict=True):
            records = list(counted(model).with_citations())
            supporting = [{c.source_id for c in record.all_citations() if not c.differs} for record in records]
            official = [
                any(c.source.is_official for c in record.all_citations() if not c.differs) for record in records
            ]
            differing = [any(c.differs for c in record.all_citations()) for record in records]

            assert found.total == len(records), model
            assert found.with_official.part == sum(official), model
            assert found.with_differing.part == sum(differing), model
            numbers = [min(len(sources), 4) for sources in supporting]
            assert [portion.part for portion in found.by_sources] == [numbers.count(n) for n in range(5)], model

    def test_all_records_are_the_sum_of_their_kinds(self, official, paper):
        make_event(citations=[official])
        make_agreement(citations=[official, paper])
        make_initiative(citations=[paper])

        everything = quality_on().all_kinds

        assert everything.with_official == Portion(2, 3)
        assert [portion.part for portion in everything.by_sources] == [0, 2, 1, 0, 0]


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(0, 0, None), (0, 7, "0"), (7, 7, "100"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 5000, "0.1"), (4999, 5000, "99.9")],
)
def test_a_share_is_none_or_all_only_where_it_is(part, whole, share):
    assert share_of(part, whole) == (None if share is None else Decimal(share))


def test_translations_are_counted_by_language_over_the_records_that_have_words():
    make_event(title="Visit", title_ru="Визит", title_kk="Сапар")
    make_event(title="Meeting")
    make_relation()

    quality = quality_on()

    assert kind("event").translated == [Portion(1, 2), Portion(1, 2), Portion(0, 2)]
    assert kind("relation").translations is None
    assert (quality.worded_total, quality.all_kinds.total) == (2, 3)


def test_missions_are_told_apart_by_when_they_were_checked():
    make_mission(last_checked_on=localdate())
    make_mission(last_checked_on=date(2020, 5, 1))
    make_mission()
    make_mission(status="draft")

    missions = quality_on().missions

    assert (missions.total, missions.within_a_year, missions.longer_ago, missions.never) == (3, 1, 1, 1)
    assert (missions.first_on, missions.last_on) == (date(2020, 5, 1), localdate())


@pytest.mark.parametrize(("days", "is_within"), [(365, True), (366, False)])
def test_a_year_ago_to_the_day_is_within_a_year(days, is_within):
    today = date(2026, 11, 26)
    make_mission(last_checked_on=today - timedelta(days=days))

    assert quality_on(today).missions.within_a_year == is_within


def test_a_year_before_the_29_of_february_is_the_28():
    make_mission(last_checked_on=date(2027, 2, 28))
    make_mission(last_checked_on=date(2027, 2, 27))

    assert quality_on(date(2028, 2, 29)).missions.within_a_year == 1


def test_links_are_alive_dead_open_or_not_checked_yet(text_of):
    for is_alive in (True, False, None, "not asked"):
        source = make_source(url=f"https://a.example/{is_alive}")
        if is_alive != "not asked":
            LinkCheck.objects.create(
                source=source, field="url", address=source.url, checked_at=timezone.now(), is_alive=is_alive, answer="-"
            )
    make_source(status="draft", url="https://a.example/draft")

    links = quality_on().links

    assert (links.total, links.alive, links.dead, links.unclear, links.unasked) == (4, 1, 1, 1, 1)
    assert "not checked yet 1" in text_of("/quality/")


class TestGaps:
    @pytest.fixture(autouse=True)
    def kazakhstan(self):
        return make_country("KAZ")

    def test_recorded_none_known_and_not_yet_checked_are_three_things(self, text_of):
        congo, kenya = make_country("COD"), make_country("KEN")
        make_mission(receiving=congo, milestones=[{"kind": "opened", "date": "2014"}])
        make_check(kenya, checked_on=date(2026, 3, 2))
        make_country("NAM")

        sent = next(gaps for gaps in quality_on().gaps if gaps.strand == Strand.MISSIONS_SENT)
        page = text_of("/quality/")

        assert (sent.recorded, sent.none_known, sent.not_checked) == (Portion(1, 3), Portion(1, 3), Portion(1, 3))
        assert re.search(r"Congo 1 \? \? \? \? \? ", page)
        assert "Kenya none 2026-03-02 ? ? ? ? ? " in page
        assert "Namibia not yet checked " in page

    def test_a_mission_that_is_closed_is_on_record_and_counts_none(self, text_of):
        closed = [{"kind": "opened", "date": "2014"}, {"kind": "closed", "date": "2020"}]
        make_mission(receiving=make_country("COD"), milestones=closed)

        assert re.search(r"Congo 0 \? ", text_of("/quality/"))

    def test_every_state_of_africa_has_a_row_in_every_strand(self):
        for _number in range(4):
            make_country()

        assert [len(gaps.cells) for gaps in quality_on().gaps] == [4] * 6


class TestPage:
    def test_says_what_its_numbers_count_over(self, text_of, official, paper):
        make_event(citations=[official])
        make_event(citations=[paper])
        make_event(citations=[paper])

        page = text_of("/quality/")

        assert "With an official source 1 of 3 records, 33.3 %" in page
        assert "On one source alone 3 of 3 records, 100 %" in page
        assert "Sources for each record 1.00 on average" in page
        assert "1 of 2 sources is official (50 %)." in page

    def test_an_empty_record_is_told_in_words(self, text_of):
        page = text_of("/quality/")

        assert "No record is public yet, so there is nothing to count." in page
        assert "No mission is public yet." in page
        assert "No public source has an address yet." in page
        assert "The states of Africa are not recorded yet" in page
        assert "%" not in page

    def test_is_in_the_menu_and_on_the_page_about_the_record(self, client):
        assert client.get("/about/").content.decode().count('href="/quality/"') >= 3

    @pytest.mark.parametrize("address", ["/kk/quality/", "/ru/quality/", "/fr/quality/"])
    def test_opens_in_every_language(self, client, address):
        make_event()

        assert client.get(address).status_code == 200

    def test_refuses_what_it_does_not_know(self, client):
        assert client.get("/quality/?strand=events").status_code == 400

    def test_costs_the_same_with_two_records_and_with_seven_and_stays_light(self, client, queries_of):
        kazakhstan = make_country("KAZ")
        for number in range(2):
            fill(kazakhstan, make_country(name=f"State number {number}"), number)
        few = queries_of("/quality/"), queries_of("/api/v1/quality/")

        make_many(lambda number: fill(kazakhstan, make_country(), number), range(2, 55))
        make_award()
        make_figure()

        assert (queries_of("/quality/"), queries_of("/api/v1/quality/")) == few
        assert max(few) <= MOST_QUERIES
        assert len(client.get("/quality/").content) < MOST_BYTES

    def test_changes_when_links_were_asked(self, client):
        source = make_source(url="https://a.example/")
        before = client.get("/quality/")["ETag"]

        keep([Finding(Link(source, "url", source.url), True, "200 OK")])

        assert client.get("/quality/")["ETag"] != before
