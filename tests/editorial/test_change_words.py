"""What changed between two contents, in words."""

from diplomacy.models import Mission
from events.models import Event
from kzafrica.editorial.change_words import FieldChange, changes_in_words


def told(model, old, new):
    return [(change.label, change.old, change.new) for change in changes_in_words(model, old, new)]


def test_nothing_is_told_of_what_is_the_same():
    assert changes_in_words(Event, {"venue": "Akorda"}, {"venue": "Akorda"}) == []


def test_dates_and_choices_stand_in_words():
    old = {"date": "2025-09", "kind": "state_visit"}
    new = {"date": "2025-10-09", "kind": "official_visit"}

    assert told(Event, old, new) == [
        ("date", "September 2025", "9 October 2025"),
        ("kind", "State visit", "Official visit"),
    ]


def test_what_was_empty_stays_empty():
    assert changes_in_words(Event, {}, {"venue": "Akorda"}) == [FieldChange("venue", "", "Akorda")]


def test_of_a_list_of_keys_only_what_came_and_went_is_told():
    assert told(Event, {"themes": ["mining", "ports"]}, {"themes": ["ports", "rail"]}) == [("themes", "mining", "rail")]


def test_a_changed_part_is_told_by_its_field():
    old = {"milestones": [{"kind": "opened", "date": "2014", "citations": [{"source": "a"}]}]}
    new = {"milestones": [{"kind": "opened", "date": "2015", "citations": [{"source": "a"}]}]}

    assert told(Mission, old, new) == [("Milestone – Opened – date", "2014", "2015")]


def test_parts_that_came_and_went_are_told_whole():
    old = {"milestones": [{"kind": "decree", "date": "2013"}]}
    new = {"milestones": [{"kind": "closed", "date": "2020"}]}

    assert told(Mission, old, new) == [
        ("Milestone", "kind: Decree; date: 2013", ""),
        ("Milestone", "", "kind: Closed; date: 2020"),
    ]


def test_the_source_of_a_part_is_told_with_it():
    old = {"milestones": [{"kind": "opened", "date": "2014"}]}
    new = {"milestones": [{"kind": "opened", "date": "2014", "citations": [{"source": "decree", "field": "date"}]}]}

    assert told(Mission, old, new) == [("Milestone – Opened – source", "", "source: decree; field: date")]


def test_another_order_is_told_as_such():
    rows = [{"country": "COD"}, {"country": "KEN"}]

    assert told(Event, {"participations": rows}, {"participations": rows[::-1]}) == [
        ("Participation", "in another order", "")
    ]
