"""A whole record as plain data: what it says, what reading it back refuses, and where it points."""

import json

import pytest

from diplomacy.models import Accreditation, HeadOfMission, Milestone, Mission
from events.models import Event
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import completed, content_of, differences, owner_of
from kzafrica.editorial.content import with_content as loaded
from kzafrica.reference.models import Country, NameForm
from kzafrica.statements.models import Figure
from tests.factories import (
    MAKERS,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_organization,
    make_person,
    make_record,
    make_source,
    make_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_event(
        slug="visit",
        title="Visit",
        date="2023-10~/2023-12~",
        host=make_country("KAZ"),
        themes=[make_theme("Mining"), make_theme("Aid")],
        participations=[{"country": make_country("COD"), "role": "guest"}],
        outcomes=[
            {"kind": "topic", "text": "Copper", "citations": [make_source(slug="decree")]},
            {"kind": "topic", "text": "Cobalt"},
            {"kind": "topic", "text": "Aid"},
        ],
        citations=[{"source": make_source(slug="paper"), "field": "date", "stated": "2024", "reason": "Misprint"}, {}],
    )


class TestContentOf:
    def test_says_fields_parts_lists_and_citations_by_their_keys(self, event):
        assert content_of(event) == {
            "slug": "visit",
            "title_en": "Visit",
            "kind": "meeting",
            "level": "minister",
            "occurrence": "held",
            "date": "2023-10~/2023-12~",
            "host": "KAZ",
            "themes": ["aid", "mining"],
            "participations": [{"country": "COD", "role": "guest", "attendance": "took_part"}],
            "outcomes": [
                {"kind": "topic", "text_en": "Copper", "citations": [{"source": "decree"}]},
                {"kind": "topic", "text_en": "Cobalt"},
                {"kind": "topic", "text_en": "Aid"},
            ],
            "citations": [
                {"source": "paper", "field": "date", "stated": "2024", "reason": "Misprint"},
                {"source": "a-newspaper"},
            ],
        }

    @pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.model_name)
    def test_is_json(self, model):
        content = content_of(make_record(model))

        assert json.loads(json.dumps(content)) == content

    def test_says_numbers_and_answers_without_an_exponent_or_a_capital(self):
        figure = make_figure(value="783000000", is_headline=True)

        content = content_of(figure)

        assert (content["value"], content["is_headline"]) == ("783000000", "true")

    def test_costs_no_more_queries_for_more_records(self, django_assert_max_num_queries):
        def parts():
            return {"participations": [{"country": make_country()}], "outcomes": [{"kind": "topic", "text": "Copper"}]}

        for _time in range(7):
            make_event(**parts())

        with django_assert_max_num_queries(12):
            for event in loaded(Event.objects.all()):
                content_of(event)

    @pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.model_name)
    def test_completing_what_a_record_says_adds_nothing(self, model):
        content = content_of(make_record(model))

        assert completed(model, content) == content


class TestApplyContent:
    def test_makes_a_new_record_with_its_parts(self):
        make_country("COD")
        make_source(slug="paper")
        event = Event()

        apply_content(
            event,
            {
                "slug": "visit",
                "title_en": "Visit",
                "kind": "meeting",
                "level": "minister",
                "date": "2025-09-10",
                "participations": [{"country": "COD", "citations": [{"source": "paper", "locator": "p. 2"}]}],
                "citations": [{"source": "paper"}],
            },
        )

        event = Event.objects.get()
        assert (event.slug, event.date.edtf, event.status) == ("visit", "2025-09-10", Status.DRAFT)
        assert event.participations.get().citations.get().locator == "p. 2"

    def test_empties_what_the_content_leaves_out(self, event):
        apply_content(event, {"slug": "visit", "title_en": "Visit", "kind": "call", "level": "minister"})

        event = Event.objects.get(pk=event.pk)
        assert (event.host, event.date, event.occurrence) == (None, None, "held")
        assert not event.themes.exists()
        assert not event.participations.exists()
        assert not event.citations.exists()

    def test_parts_that_say_the_same_keep_their_number(self, event):
        content = content_of(event)
        numbers = {outcome.text: outcome.pk for outcome in event.outcomes.all()}
        content["outcomes"] = [{"kind": "statement", "text_en": "Friendship"}, *content["outcomes"]]

        apply_content(event, content)

        found = {outcome.text: outcome.pk for outcome in event.outcomes.all()}
        assert list(found) == ["Friendship", "Copper", "Cobalt", "Aid"]
        assert {text: found[text] for text in numbers} == numbers

    def test_parts_keep_their_number_though_a_file_leaves_their_defaults_out(self, event):
        guest = event.participations.get()
        host = {"country": "KAZ"}

        apply_content(event, content_of(event) | {"participations": [host, {"country": "COD", "role": "guest"}]})

        assert event.participations.get(country__alpha3="COD").pk == guest.pk

    def test_a_part_that_is_left_out_is_deleted_with_its_citations(self, event):
        copper = event.outcomes.get(text_en="Copper")
        citation = copper.citations.get()
        content = content_of(event)

        apply_content(event, content | {"outcomes": content["outcomes"][1:]})

        assert [outcome.text for outcome in event.outcomes.all()] == ["Cobalt", "Aid"]
        assert not type(citation).objects.filter(pk=citation.pk).exists()

    def test_citations_that_say_the_same_are_left_alone(self, event):
        numbers = [citation.pk for citation in event.citations.all()]

        apply_content(event, content_of(event) | {"venue": "Akorda"})

        assert [citation.pk for citation in event.citations.all()] == numbers

    def test_parts_of_parts_are_read_too(self):
        person, congo = make_person(slug="envoy"), make_country("COD")
        mission = make_mission(receiving=congo)
        heads = [{"person": "envoy", "accreditations": [{"country": "COD", "is_resident": "false"}]}]

        apply_content(mission, content_of(mission) | {"heads": heads})

        accreditation = Accreditation.objects.get()
        assert (accreditation.is_resident, accreditation.head.person) == (False, person)

    def test_each_changed_part_keeps_the_row_most_like_it(self):
        mission = make_mission(milestones=[{"kind": "opened", "date": "2014"}, {"kind": "opened", "date": "2016"}])
        rows = {milestone.date.edtf: milestone.pk for milestone in mission.milestones.all()}
        mended = [{"kind": "opened", "date": date, "note": "Mended"} for date in ("2012", "2014", "2016")]

        apply_content(mission, content_of(mission) | {"milestones": mended})

        found = {milestone.date.edtf: milestone.pk for milestone in Milestone.objects.all()}
        assert rows.items() <= found.items()

    @pytest.mark.parametrize(
        ("person", "country", "stays"), [("successor", "COD", False), ("envoy", "KEN", False), ("envoy", "COD", True)]
    )
    def test_another_person_or_state_takes_no_row_over(self, person, country, stays):
        make_person(slug="successor")
        make_country("KEN")
        accreditation = {"country": make_country("COD"), "appointed": "2014"}
        mission = make_mission(heads=[{"person": make_person(slug="envoy"), "accreditations": [accreditation]}])
        row = Accreditation.objects.get()
        heads = [{"person": person, "accreditations": [{"country": country, "appointed": "2015"}]}]

        apply_content(mission, content_of(mission) | {"heads": heads})

        assert (Accreditation.objects.get().pk == row.pk) is stays

    @pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False), ("", True)])
    def test_yes_and_no_are_read(self, text, value):
        country = make_country("COD")

        apply_content(country, content_of(country) | {"is_un_member": text})

        assert Country.objects.get().is_un_member is value


class TestDifferences:
    def test_are_told_field_by_field_in_the_order_of_writing(self):
        old = {"slug": "visit", "venue": "Akorda", "date": "2025"}
        new = {"slug": "visit", "date": "2024", "title_en": "Visit"}

        found = [(change.field, change.old, change.new) for change in differences(old, new)]

        assert found == [("venue", "Akorda", ""), ("date", "2025", "2024"), ("title_en", "", "Visit")]

    def test_of_the_same_are_none(self):
        assert differences({"slug": "visit"}, {"slug": "visit"}) == []


class TestOwner:
    def test_a_part_belongs_to_its_record_at_any_depth(self):
        mission = make_mission(heads=[{"accreditations": [{"country": make_country("COD")}]}])

        head = owner_of(Accreditation.objects.get())

        assert isinstance(head, HeadOfMission)
        assert owner_of(head) == mission
        assert owner_of(Mission.objects.get()) is None

    def test_a_part_of_two_kinds_of_records_belongs_to_the_one_it_names(self):
        organization = make_organization(name_forms=[{"text": "МИД"}])

        assert owner_of(NameForm.objects.get()) == organization


def test_a_figure_keeps_the_digits_it_was_given():
    figure = make_figure()

    apply_content(figure, content_of(figure) | {"value": "106300000.1250", "printed": "$106.3 million"})

    assert str(Figure.objects.get().value) == "106300000.125"
