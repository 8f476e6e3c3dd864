"""Whatever records say: their file changes nothing, and in an empty database it makes them again."""

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diplomacy.models import Check, Mission
from events.choices import EventKind, EventLevel, OutcomeKind, ParticipationRole
from events.models import Event
from kzafrica.analysis.models import Article
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.choices import Basis
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Source
from kzafrica.statements.models import Claim
from tests.dates.strategies import edtf_texts
from tests.editorial.said_events import COUNTRIES, PEOPLE, SOURCES, THEMES, make_world
from tests.exchange import ENDINGS, exported, imported, outcomes_of, previewed, sentences_of
from tests.factories import (
    MAKERS,
    make_country,
    make_event,
    make_place,
    make_record,
)
from tests.undoing import undone
from trade.models import Release

pytestmark = pytest.mark.django_db
on_one_database = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
AWKWARD = [
    "=HYPERLINK(\"http://example.org\";\"Read\")", "'=1", "''", "-31.97", "- a list\n- of things", "+7 701", "@all",
    "002", "1e5", "TRUE", "2025-09-10", " blanks at the ends ", "\ttab", "line\r\nend\rand\n", 'say "no", or; not',
    "Қасым-Жомарт Кемелұлы", "Ééf", "🇰🇿🦒", "_x000D_", "\\u0041", "a,b;c\td", "more 2", "\x07\x1f", "\u2028\u0085",
]  # fmt: skip

any_words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)
words = st.sampled_from(AWKWARD) | any_words
long_words = words | st.text("Ж🦒 ='-\n", min_size=60, max_size=90)


@pytest.fixture
def world(monkeypatch):
    """The records that generated ones may name, at the end of all days: every date that is written has been."""
    make_world(monkeypatch)
    # So that generated texts need several lines.
    monkeypatch.setattr("kzafrica.workshop.exchange.cells.LONGEST_CELL", 25)
    make_place(slug="kinshasa")


def citations(*fields: str) -> st.SearchStrategy[list[dict]]:
    supporting = st.fixed_dictionaries(
        {"source": st.sampled_from(SOURCES)},
        optional={"field": st.sampled_from(fields), "locator": words, "as_printed": words, "note": long_words},
    )
    differing = st.builds(dict.__or__, supporting, st.fixed_dictionaries({"stated": words, "reason": words}))
    inferred = st.builds(lambda citation: citation | {"basis": Basis.INFERRED.value}, supporting)
    said_once = [lambda row: tuple(row.get(name, "") for name in ("source", "field", "stated", "locator"))]
    return st.lists(supporting | differing | inferred, max_size=3, unique_by=tuple(said_once))


participations = st.fixed_dictionaries(
    {"person": st.sampled_from(PEOPLE)},
    optional={
        "office": st.just("minister"),
        "role": st.sampled_from(ParticipationRole.values),
        "capacity": words,
        "citations": citations("person", "role"),
    },
)
outcomes = st.fixed_dictionaries(
    {"kind": st.sampled_from(OutcomeKind.values), "text_en": long_words},
    optional={"text_kk": words, "theme": st.sampled_from(THEMES), "citations": citations("text_en")},
)
events = st.fixed_dictionaries(
    {
        "slug": st.just("visit"),
        "title_en": words,
        "kind": st.sampled_from(EventKind.values),
        "level": st.sampled_from(EventLevel.values),
        "occurrence": st.just("held"),
    },
    optional={
        "title_ru": words,
        "date": edtf_texts,
        "host": st.sampled_from(COUNTRIES),
        "summary_en": long_words,
        "themes": st.lists(st.sampled_from(THEMES), unique=True),
        "participations": st.lists(participations, max_size=12),
        "outcomes": st.lists(outcomes, max_size=3),
        "citations": citations("date", "kind"),
    },
)
sources = st.fixed_dictionaries(
    {
        "slug": st.just("story"),
        "kind": st.just("news"),
        "title": words,
        "publisher": words,
        "language": st.just("ru"),
    },
    optional={
        "published": edtf_texts,
        "disclaimer": long_words,
        "note": words,
        "authors": st.lists(
            st.fixed_dictionaries(
                {"name": words},
                optional={"affiliations": st.lists(st.fixed_dictionaries({"text": words}), max_size=3)},
            ),
            max_size=3,
        ),
    },
)
accreditations = st.fixed_dictionaries(
    {"country": st.sampled_from(["COD", "NAM"])}, optional={"citations": citations("country")}
)
missions = st.fixed_dictionaries(
    {
        "slug": st.just("embassy"),
        "title_en": words,
        "kind": st.just("embassy"),
        "sending": st.just("KAZ"),
        "receiving": st.just("COD"),
    },
    optional={
        "place": st.just("kinshasa"),
        "heads": st.lists(
            st.fixed_dictionaries(
                {"person": st.sampled_from(PEOPLE)},
                optional={"accreditations": st.lists(accreditations, max_size=2), "citations": citations("person")},
            ),
            max_size=2,
        ),
        "citations": citations("place"),
    },
)
RECORDS = st.one_of(
    st.tuples(st.just(Event), events), st.tuples(st.just(Source), sources), st.tuples(st.just(Mission), missions)
)


def saying(model: type[models.Model], content: dict) -> models.Model:
    record = model()
    apply_content(record, content)
    return model.objects.get(pk=record.pk)


@on_one_database
@given(said=RECORDS, ending=st.sampled_from(ENDINGS))
def test_the_file_of_a_record_changes_nothing(world, said, ending):
    model, content = said
    with undone():
        record = saying(model, content)

        preview = previewed(model, exported(model, ending), ending)

        assert sentences_of(preview) == []
        assert outcomes_of(preview)[record.key] == "same"


@on_one_database
@given(said=RECORDS, ending=st.sampled_from(ENDINGS))
def test_a_record_comes_back_from_its_file(world, contributor, said, ending):
    model, content = said
    with undone():
        record = saying(model, content)
        before, file = content_of(record), exported(model, ending)
        record.delete()

        preview = previewed(model, file, ending)
        report = imported(model, preview, by=contributor)

        assert sentences_of(preview) == report.left_out == []
        assert content_of(model.objects.get(slug=content["slug"])) == before


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.model_name)
def test_the_file_of_any_record_type_changes_nothing(model, ending):
    fields = {"records_discussed": [{"record": "country/KAZ"}]} if model is Article else {}
    fields |= {"subjects": ["country/KAZ"]} if model is Claim else {}
    make_country("KAZ")
    record = make_record(model, **fields)

    preview = previewed(model, exported(model, ending), ending)

    assert sentences_of(preview) == []
    assert outcomes_of(preview)[record.key] == "same"


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("model", [model for model in MAKERS if model is not Release], ids=lambda m: m._meta.model_name)
def test_a_record_of_any_type_comes_back_from_its_file(model, ending, editor):
    record = make_record(model)
    before, file = content_of(record), exported(model, ending)
    record.delete() if model is not Source else Source.objects.all().delete()

    report = imported(model, previewed(model, file, ending), by=editor)

    assert report.left_out == []
    (again,) = [again for again in model.objects.all() if again.key == record.key]
    assert content_of(again) == before


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_text_longer_than_any_cell_comes_back(ending, contributor):
    body = "=Ж🦒\r\n" * 20_000
    event = make_event(status="draft", summary=body)
    file = exported(Event, ending)
    event.delete()

    imported(Event, previewed(Event, file, ending), by=contributor)

    assert Event.objects.get().summary == body


def test_a_key_of_two_parts_finds_its_record(editor):
    make_record(Check, note="Website of the ministry")
    file = exported(Check, "csv").replace(b"Website", b"Register")

    imported(Check, previewed(Check, file), by=editor)

    assert Check.objects.get().note == "Register of the ministry"
