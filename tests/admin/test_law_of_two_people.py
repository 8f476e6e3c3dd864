"""Whatever two people change in their forms of one record, each finds what that one alone has changed."""

from itertools import zip_longest

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from events.models import Event
from kzafrica.editorial.choices import Status
from tests.admin import CITATIONS, FilledForm, address_of, words_of
from tests.factories import make_citation, make_country, make_event, make_source, make_theme
from tests.undoing import undone

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]
FIELDS = {
    "title_en": ["Visit", "Talks", "Call"],
    "venue": ["", "Akorda", "Senate"],
    "summary_en": ["They met.\nThey talked.", "They met.", ""],
    "date": ["2025-09", "2025-09-03", ""],
    "level": ["minister", "head_of_state", "business"],
}
PART = {"capacity": ["", "Speaker", "Chair"], "role": ["participant", "guest", "host"]}
SOURCE = {"locator": ["p. 1", "p. 2", ""], "as_printed": ["", "in September", "on the third"]}
PARTS, SOURCES, THEMES, DELETED = 3, 2, 3, "deleted"

# What nobody touches is most likely, so that what the other did to it shows.
touches = st.sampled_from([0, 0, 0, 1, 2])


def said(values: dict[str, list]) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries({name: touches.map(choices.__getitem__) for name, choices in values.items()})


def rows(values: dict[str, list], count: int) -> st.SearchStrategy[list]:
    row = st.one_of(st.just({name: choices[0] for name, choices in values.items()}), said(values), st.just(DELETED))
    return st.lists(row, min_size=count, max_size=count)


works = st.fixed_dictionaries(
    {
        "fields": said(FIELDS),
        "themes": st.sets(st.integers(0, THEMES - 1)),
        "participations": rows(PART, PARTS),
        CITATIONS: rows(SOURCE, SOURCES),
        "added": st.lists(st.sampled_from(PART["capacity"][1:]), max_size=2),
    }
)
AT_FIRST = {"themes": {0}, "participations": [{"capacity": "", "role": "participant"}] * PARTS, "added": []}
AT_FIRST |= {"fields": {name: choices[0] for name, choices in FIELDS.items()}}
AT_FIRST |= {CITATIONS: [{"locator": "p. 1", "as_printed": ""}] * SOURCES}


def joined(old, first, second):
    """One field that a first person made ``first`` and a second one ``second`` out of ``old``."""
    return first if second == old else second


def joined_row(old: dict, first, second):
    if second == DELETED or (first == DELETED and second == old):
        return DELETED
    first = old if first == DELETED else first
    return {name: joined(old[name], first[name], second[name]) for name in old}


def joined_work(first: dict, second: dict) -> dict:
    fields = {
        name: joined(old, first["fields"][name], second["fields"][name]) for name, old in AT_FIRST["fields"].items()
    }
    themes = {theme for theme in range(THEMES) if _has(theme, first, second)}
    found = {"fields": fields, "themes": themes, "added": sorted(first["added"] + second["added"])}
    for name in ("participations", CITATIONS):
        rows_of_both = zip_longest(AT_FIRST[name], first[name], second[name])
        found[name] = [joined_row(*three) for three in rows_of_both]
    return found


def _has(theme: int, first: dict, second: dict) -> bool:
    return joined(*(theme in work["themes"] for work in (AT_FIRST, first, second)))


class Record:
    """The event that both have before them, with rows that are known by their country or source."""

    def __init__(self) -> None:
        self.countries = [make_country(alpha3) for alpha3 in ("COD", "KEN", "NAM", "GHA")]
        self.sources = [make_source(slug=slug) for slug in ("decree", "gazette")]
        self.themes = [make_theme(name) for name in ("Aid", "Energy", "Mining")]
        rows = [{"country": country} for country in self.countries[:PARTS]]
        self.event = make_event(status=Status.DRAFT, **AT_FIRST["fields"], participations=rows)
        self.event.themes.set(self.themes[:1])
        self.event.citations.all().delete()
        for source in self.sources:
            make_citation(self.event, source, locator="p. 1")

    def typed(self, form: FilledForm, work: dict) -> dict:
        typed = dict(work["fields"]) | {"themes": [self.themes[number].pk for number in work["themes"]]}
        for prefix in ("participations", CITATIONS):
            for index, row in enumerate(work[prefix]):
                values = {"DELETE": "on"} if row == DELETED else row
                typed |= {f"{prefix}-{index}-{name}": value for name, value in values.items()}
        for capacity in work["added"]:
            form.add_row("participations", country=self.countries[PARTS].pk, capacity=capacity)
        return typed

    def work(self) -> dict:
        """What the record says, in the form of a work."""
        event = Event.objects.get()
        parts = list(event.participations.all())
        cited = {citation.source: citation for citation in event.citations.all()}
        known = {part.country: part for part in parts if part.country != self.countries[PARTS]}
        return {
            "fields": {name: _plain(event, name) for name in FIELDS},
            "themes": {number for number, theme in enumerate(self.themes) if theme in event.themes.all()},
            "participations": [_row(known.get(country), PART) for country in self.countries[:PARTS]],
            CITATIONS: [_row(cited.get(source), SOURCE) for source in self.sources],
            "added": sorted(part.capacity for part in parts if part.country == self.countries[PARTS]),
        }


def _row(row, values: dict):
    return {name: _plain(row, name) for name in values} if row is not None else DELETED


def _plain(row, name: str) -> str:
    return str(getattr(row, name) or "").replace("\r\n", "\n")


@settings(
    max_examples=20,
    # To shrink an example takes minutes.
    phases=[Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(first=works, second=works)
def test_what_one_alone_changed_is_as_that_one_left_it(writing, reviewing, first, second):
    with undone():
        record = Record()
        address = address_of("change", record.event)
        # The version that both see.
        FilledForm(writing, address).send()
        forms = FilledForm(writing, address), FilledForm(reviewing, address)

        answers = [form.send(**record.typed(form, work)) for form, work in zip(forms, (first, second), strict=True)]
        again = forms[1].again(answers[1]).send()

        assert [answer.status_code for answer in (*answers, again)] == [302, 409, 302], words_of(again)
        assert record.work() == joined_work(first, second)
