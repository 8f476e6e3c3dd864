"""Whole events as plain content, in every shape that the form allows, and the world they name."""

from datetime import date

from hypothesis import strategies as st

from events.choices import (
    AnnouncementKind,
    Attendance,
    EventKind,
    EventLevel,
    Occurrence,
    OutcomeKind,
    ParticipationRole,
)
from kzafrica.editorial.choices import Basis
from tests.dates.strategies import edtf_texts
from tests.factories import make_country, make_office, make_organization, make_person, make_source, make_theme

COUNTRIES, PEOPLE, THEMES, SOURCES = ["KAZ", "COD", "NAM"], ["aigerim", "bolat"], ["aid", "mining"], ["decree", "paper"]


def make_world(monkeypatch) -> None:
    """The records that generated events may name, at the end of all days: every date that is written has been."""
    monkeypatch.setattr("events.models.localdate", lambda: date.max)
    for alpha3 in COUNTRIES:
        make_country(alpha3)
    for slug in PEOPLE:
        make_person(slug=slug)
    for slug in SOURCES:
        make_source(slug=slug)
    for slug in THEMES:
        make_theme(slug=slug)
    make_office(slug="minister")
    make_organization(slug="ministry")


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


def said(**fields) -> st.SearchStrategy[dict]:
    """Mappings of some of the fields."""
    return st.fixed_dictionaries({}, optional=fields)


def citations(*fields: str) -> st.SearchStrategy[list[dict]]:
    supporting = st.fixed_dictionaries(
        {"source": st.sampled_from(SOURCES)},
        optional={"field": st.sampled_from(fields), "locator": words, "as_printed": words, "note": words},
    )
    differing = st.builds(dict.__or__, supporting, st.fixed_dictionaries({"stated": words, "reason": words}))
    # Left to its default where it is literal, as content says it.
    inferred = st.builds(lambda citation: citation | {"basis": Basis.INFERRED.value}, supporting)
    said_once = [lambda row: tuple(row.get(name, "") for name in ("source", "field", "stated", "locator"))]
    return st.lists(supporting | differing | inferred, max_size=3, unique_by=tuple(said_once))


someone = st.one_of(
    st.fixed_dictionaries({"country": st.sampled_from(COUNTRIES)}),
    st.fixed_dictionaries({"person": st.sampled_from(PEOPLE)}, optional={"office": st.just("minister")}),
    st.fixed_dictionaries({"organization": st.just("ministry")}),
)
participations = st.builds(
    dict.__or__,
    someone,
    said(
        role=st.sampled_from(ParticipationRole.values),
        attendance=st.sampled_from(Attendance.values),
        capacity=words,
        citations=citations("person", "role"),
    ),
)
outcomes = st.fixed_dictionaries(
    {"kind": st.sampled_from(OutcomeKind.values), "text_en": words},
    optional={"text_fr": words, "theme": st.sampled_from(THEMES), "citations": citations("text_en")},
)
announcements = st.fixed_dictionaries(
    {"kind": st.sampled_from([AnnouncementKind.POSTPONED, AnnouncementKind.CANCELLED])},
    optional={"made": edtf_texts, "planned": edtf_texts, "note": words, "citations": citations("planned")},
)
events = st.fixed_dictionaries(
    {
        "slug": st.just("visit"),
        "title_en": words,
        "kind": st.sampled_from(EventKind.values),
        "level": st.sampled_from(EventLevel.values),
    },
    optional={
        "title_ru": words,
        "occurrence": st.sampled_from([Occurrence.HELD, Occurrence.CANCELLED, Occurrence.NOT_KNOWN]),
        "announcements": st.lists(announcements, max_size=3),
        "date": edtf_texts,
        "host": st.sampled_from(COUNTRIES),
        "venue": words,
        "themes": st.lists(st.sampled_from(THEMES), unique=True),
        "participations": st.lists(participations, max_size=4),
        "outcomes": st.lists(outcomes, max_size=4),
        "citations": citations("date", "kind"),
    },
)
