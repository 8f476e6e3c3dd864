"""What reading content back refuses: every fault at once, each with its place in the record and what would be right."""

import pytest
from django.db import transaction

from events.models import Event
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.content import ContentError, content_of
from tests.factories import make_commodity, make_country, make_event, make_figure, make_mission, make_source, make_theme

pytestmark = pytest.mark.django_db


def faults_of(record, content) -> dict[str, str]:
    """What apply_content says is wrong, by the place in the record."""
    with pytest.raises(ContentError) as refusal, transaction.atomic():
        apply_content(record, content)
    return {fault.where: fault.sentence for fault in refusal.value.faults}


@pytest.fixture
def event() -> Event:
    make_source(slug="paper")
    make_source(slug="decree")
    return make_event(themes=[make_theme("Mining")], participations=[{"country": make_country("COD")}])


def test_faults_name_an_unknown_field_and_those_there_are(event):
    faults = faults_of(event, content_of(event) | {"colour": "red"})

    assert list(faults) == ["colour"]
    assert "is not a field here (event)" in faults["colour"]
    assert "venue" in faults["colour"]


def test_faults_name_an_unknown_field_of_a_part(event):
    faults = faults_of(event, content_of(event) | {"outcomes": [{"kind": "topic", "text": "Copper"}]})

    assert "outcomes[1].text" in faults
    assert "text_en" in faults["outcomes[1].text"]


def test_faults_name_an_unknown_field_of_a_citation(event):
    citations = [{"source": "paper"}, {"source": "decree", "page": "2"}]

    assert list(faults_of(event, content_of(event) | {"citations": citations})) == ["citations[2].page"]


def test_faults_name_the_nearest_key_for_one_that_is_not_there(event):
    make_country("KEN")

    faults = faults_of(event, content_of(event) | {"host": "KNE"})

    assert faults == {"host": "There is no country “KNE”. Did you mean “KEN”?"}


def test_faults_show_a_key_that_is_there_where_none_is_near(event):
    faults = faults_of(event, content_of(event) | {"host": "123"})

    assert faults["host"] == "There is no country “123”. Write the key of one, such as “COD”."


def test_faults_name_a_key_in_a_list_by_its_place(event):
    assert list(faults_of(event, content_of(event) | {"themes": ["mining", "minnig"]})) == ["themes[2]"]


def test_faults_name_a_commodity_that_is_not_there():
    make_commodity("2503")
    figure = make_figure(commodity=make_commodity("2503"))

    assert "There is no commodity “2305”" in faults_of(figure, content_of(figure) | {"commodity": "2305"})["commodity"]


def test_faults_name_a_key_of_a_part_by_its_way(event):
    content = content_of(event) | {"participations": [{"country": "COD"}, {"person": "nobody"}]}

    assert list(faults_of(event, content)) == ["participations[2].person"]


def test_faults_name_a_citation_of_a_part_by_its_way(event):
    outcome = {"kind": "topic", "text_en": "Copper", "citations": [{"source": "paper"}, {"source": "nothing"}]}

    assert list(faults_of(event, content_of(event) | {"outcomes": [outcome]})) == ["outcomes[1].citations[2].source"]


def test_faults_name_a_part_of_a_part_by_its_way():
    mission = make_mission(receiving=make_country("COD"))
    heads = [{"accreditations": [{"country": "COD"}, {"country": "COD", "is_resident": "perhaps"}]}]

    faults = faults_of(mission, content_of(mission) | {"heads": heads})

    assert faults == {"heads[1].accreditations[2].is_resident": "“perhaps” is neither true nor false."}


def test_faults_say_what_a_date_looks_like(event):
    faults = faults_of(event, content_of(event) | {"date": "10.09.2025"})

    assert list(faults) == ["date"]
    assert "year, month, day is the order" in faults["date"]
    assert "2025-09-10" in faults["date"]


def test_faults_refuse_an_interval_that_ends_before_it_starts(event):
    faults = faults_of(event, content_of(event) | {"date": "2025-09-11/2025-09-10"})

    assert "its end lies before its start" in faults["date"]


def test_faults_list_the_words_there_are_for_one_that_is_not(event):
    faults = faults_of(event, content_of(event) | {"kind": "party"})

    assert list(faults) == ["kind"]
    assert "“party”" in faults["kind"]
    assert "state_visit, official_visit" in faults["kind"]


@pytest.mark.parametrize("text", ["a lot", "1,5", "NaN", "1e400", "0.00001", "1" * 17])
def test_faults_refuse_what_is_no_exact_number(text):
    figure = make_figure()

    assert list(faults_of(figure, content_of(figure) | {"value": text})) == ["value"]


def test_faults_name_the_units_that_fit_a_measure():
    figure = make_figure()

    faults = faults_of(figure, content_of(figure) | {"unit": "t"})

    assert faults["unit"].startswith("The unit “t” does not fit trade turnover: use USD")


def test_faults_name_a_reference_to_nothing():
    figure = make_figure()

    faults = faults_of(figure, content_of(figure) | {"subject": "country/XYZ", "counterpart": "Africa"})

    assert "There is no country “XYZ”" in faults["subject"]
    assert "write kind/key" in faults["counterpart"]


def test_faults_name_a_needed_key_that_is_missing():
    mission = make_mission()
    content = content_of(mission)
    del content["sending"]

    assert faults_of(mission, content) == {"sending": "This is needed (country): write the key of one."}


def test_faults_name_a_needed_text_that_is_missing(event):
    content = content_of(event)
    del content["title_en"]

    assert list(faults_of(event, content)) == ["title_en"]


@pytest.mark.parametrize(
    ("name", "value", "where"),
    [
        ("venue", ["Akorda"], "venue"),
        ("themes", "mining", "themes"),
        ("outcomes", "Copper", "outcomes"),
        ("outcomes", ["Copper"], "outcomes[1]"),
        ("citations", "paper", "citations"),
        ("citations", ["paper"], "citations[1]"),
    ],
)
def test_faults_name_a_value_of_the_wrong_form(event, name, value, where):
    assert list(faults_of(event, content_of(event) | {name: value})) == [where]


def test_faults_name_a_citation_without_a_source(event):
    faults = faults_of(event, content_of(event) | {"citations": [{"field": "date"}]})

    assert faults == {"citations[1]": "A citation names its source."}


def test_faults_name_a_citation_of_a_field_that_is_not_there(event):
    faults = faults_of(event, content_of(event) | {"citations": [{"source": "paper", "field": "day"}]})

    assert list(faults) == ["citations[1].field"]
    assert "date" in faults["citations[1].field"]


def test_faults_ask_why_where_a_citation_differs(event):
    citation = {"source": "paper", "field": "date", "stated": "2024"}

    faults = faults_of(event, content_of(event) | {"citations": [citation]})

    assert faults == {"citations[1]": "Where a source differs, say why the record does not follow it."}


def test_faults_are_all_found_in_one_reading(event):
    content = content_of(event) | {
        "kind": "party",
        "date": "soon",
        "themes": ["minnig"],
        "participations": [{"person": "nobody"}],
        "outcomes": [{"kind": "wish", "text_en": "Copper"}],
        "citations": [{"source": "nothing"}],
    }

    assert set(faults_of(event, content)) == {
        "kind",
        "date",
        "themes[1]",
        "participations[1].person",
        "outcomes[1].kind",
        "citations[1].source",
    }


def test_faults_leave_the_record_as_it_was(event):
    before = content_of(event)

    faults_of(event, before | {"title_en": "Other", "outcomes": [{"kind": "wish", "text_en": "Copper"}]})

    assert content_of(Event.objects.get(pk=event.pk)) == before
