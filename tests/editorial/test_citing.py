import pytest

from diplomacy.models import Mission
from events.models import Event
from kzafrica.editorial.citing import load_citations
from kzafrica.editorial.templatetags.voices import differing, supporting
from tests.factories import make_country, make_event, make_mission, make_source

pytestmark = pytest.mark.django_db


def test_citations_of_records_of_several_kinds_and_their_parts_come_in_one_query(django_assert_num_queries):
    source = make_source(publisher="Le Baobab")
    cited = [{"source": source}]
    congo = make_country("COD")
    make_event(participations=[{"country": congo, "citations": cited}], citations=[source])
    make_mission(
        milestones=[{"kind": "opened", "date": "2014", "citations": cited}],
        heads=[{"accreditations": [{"country": congo, "citations": cited}]}],
    )
    event = Event.objects.prefetch_related("announcements", "participations", "outcomes").get()
    mission = Mission.objects.prefetch_related("milestones", "heads__accreditations").get()

    with django_assert_num_queries(1):
        load_citations([event, mission])

    with django_assert_num_queries(0):
        publishers = [citation.source.publisher for citation in [*event.all_citations(), *mission.all_citations()]]
    assert publishers.count("Le Baobab") == 4


def test_records_and_parts_without_citations_are_known_to_have_none(django_assert_num_queries):
    make_event(participations=[{"country": make_country("COD")}])
    event = Event.objects.prefetch_related("participations", "outcomes").get()
    load_citations([event])

    with django_assert_num_queries(0):
        assert list(event.participations.all()[0].citations.all()) == []


def test_a_queryset_with_citations_costs_one_query_for_all_of_them(django_assert_num_queries):
    for _number in range(3):
        make_event(outcomes=[{"kind": "topic", "text": "Copper", "citations": [{"source": make_source()}]}])

    # Events, announcements, participations, outcomes, citations.
    with django_assert_num_queries(5):
        assert sum(len(event.all_citations()) for event in Event.objects.with_citations()) == 6


def test_a_source_is_named_once_and_with_its_date_only_where_its_publisher_speaks_twice():
    first = make_source(publisher="Astana Times", published="2015-05")
    second = make_source(publisher="Astana Times", published="2015-06")
    other = make_source(publisher="Trend")
    event = make_event(citations=[first, {"source": first, "field": "date"}, second, other])

    names = [voice.name for voice in supporting(event.citations.all())]

    assert names == ["Astana Times, May 2015", "Astana Times, June 2015", "Trend"]


def test_sources_that_differ_stand_apart_from_those_that_agree():
    paper = make_source(publisher="Trend")
    event = make_event(citations=[make_source(), {"source": paper, "field": "date", "stated": "2023"}])

    assert [voice.source for voice in differing(event.citations.all())] == [paper]
    assert paper not in [voice.source for voice in supporting(event.citations.all())]
