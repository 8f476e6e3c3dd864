"""Records are chosen by typing what they are called: keys of one kind, and references over many kinds."""

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Event, Participation
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import owner_fields
from kzafrica.editorial.models import Citation
from kzafrica.editorial.references import ReferenceField
from kzafrica.editorial.roles import EDITED_APPS
from kzafrica.statements.models import Figure
from kzafrica.workshop.revising import WorkshopAdmin
from kzafrica.workshop.widgets import ReferenceInput
from tests.admin import CITATIONS, FilledForm, address_of, browser_of, words_of
from tests.factories import (
    make_bloc,
    make_claim,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_office,
    make_organization,
    make_person,
    make_place,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db
OURS = [model for model, model_admin in admin.site._registry.items() if isinstance(model_admin, WorkshopAdmin)]
SUBJECT = "statements.Figure.subject"


def forms_of(model, user):
    """The form of a model in the admin and those of its rows."""
    request = RequestFactory().get("/")
    request.user = user
    model_admin = admin.site.get_model_admin(model)
    yield model, model_admin.get_form(request)
    for formset, inline in model_admin.get_formsets_with_inlines(request):
        yield inline.model, formset.form


def test_no_kind_of_record_is_left_out():
    written = {model for model in admin.site._registry if model._meta.app_label in EDITED_APPS}

    assert {model.__name__ for model in written - set(OURS)} <= {
        "Change",
        "Correction",
        "ErrorReport",
        "LinkCheck",
        "ProposedChange",
        "Redirect",
        "TradeFlow",
    }


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
class TestEveryForm:
    def test_keys_are_chosen_by_typing(self, model):
        choosing = (AutocompleteSelect, AutocompleteSelectMultiple, forms.HiddenInput)

        scrolled = []
        for owner, form in forms_of(model, make_user("editor", is_superuser=True)):
            for name, field in form.base_fields.items():
                if name in owner_fields(owner):
                    continue  # The record in whose form the row stands: it is not chosen.
                widget = field.widget.widget if isinstance(field.widget, RelatedFieldWidgetWrapper) else field.widget
                if isinstance(field, forms.ModelChoiceField) and not isinstance(widget, choosing):
                    scrolled.append(f"{owner.__name__}.{name}")

        assert scrolled == []

    def test_references_are_chosen_by_typing(self, model):
        for owner, form in forms_of(model, make_user("editor", is_superuser=True)):
            for field in owner._meta.fields:
                if isinstance(field, ReferenceField) and field.name in form.base_fields:
                    assert isinstance(form.base_fields[field.name].widget, ReferenceInput)


class TestKeys:
    def found(self, client, model, field, term) -> list[str]:
        asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name}
        answer = client.get(reverse("admin:autocomplete"), {**asked, "field_name": field, "term": term})
        assert answer.status_code == 200
        return [row["text"] for row in answer.json()["results"]]

    def test_a_code_comes_before_names_that_have_its_letters(self, writing):
        make_country("XNA", name="Narnia")
        make_country("NAM", alpha2="NA", name="Zamibia")

        assert self.found(writing, Event, "host", "na")[0] == "Zamibia (NAM)"

    def test_what_begins_with_the_words_comes_before_what_has_them_within(self, writing):
        make_place("New Kinshasa", country=make_country("COD"))
        make_place("Kinshasa", country=make_country("COD"))

        assert [text.split(" (")[0] for text in self.found(writing, Event, "place", "kinshasa")] == [
            "Kinshasa",
            "New Kinshasa",
        ]

    def test_places_of_one_name_are_told_apart_by_their_state(self, writing):
        make_place("Victoria", country=make_country("KEN"), slug="victoria-1")
        make_place("Victoria", country=make_country("KAZ"), slug="victoria-2")

        assert sorted(self.found(writing, Event, "place", "victoria")) == [
            "Victoria (Kazakhstan)",
            "Victoria (Kenya)",
        ]

    def test_people_are_told_apart_by_their_latest_office_and_years(self, writing):
        minister = make_office("Minister of Mines", country=make_country("KEN"))
        make_person(name="John Doe", slug="doe-1", born="1960", offices_held=[{"office": minister, "begins": "2020"}])
        make_person(name="John Doe", slug="doe-2")

        assert sorted(self.found(writing, Participation, "person", "doe")) == [
            "John Doe",
            "John Doe (Minister of Mines, Kenya, 1960–)",
        ]

    def test_a_theme_is_found_in_any_script(self, writing):
        make_place("Kinshasa", name_ru="Киншаса", country=make_country("COD"))

        assert len(self.found(writing, Event, "place", "КИНШАСА")) == 1

    def test_the_cost_does_not_grow_with_what_is_found(self, writing):
        def cost() -> int:
            with CaptureQueriesContext(connection) as queries:
                self.found(writing, Participation, "person", "doe")
            return len(queries)

        for number in range(2):
            make_person(name="John Doe", slug=f"doe-{number}", offices_held=[{"office": make_office()}])
        cost()
        before = cost()
        for number in range(2, 9):
            make_person(name="John Doe", slug=f"doe-{number}", offices_held=[{"office": make_office()}])

        assert cost() == before


class TestReferences:
    def ask(self, client, term: str, field: str = SUBJECT) -> list[dict]:
        answer = client.get(reverse("admin:references"), {"field": field, "term": term})
        assert answer.status_code == 200
        return answer.json()["results"]

    def test_records_of_every_kind_that_may_stand_there_are_found(self, writing):
        make_country("KEN")
        make_organization(name="Kenya Airways", slug="kenya-airways")
        make_person(name="Kenya Barris", slug="kenya-barris")

        found = [row["value"] for row in self.ask(writing, "kenya")]

        assert found == ["country/KEN", "organization/kenya-airways"]

    def test_each_says_its_kind_and_what_tells_it_apart(self, writing):
        make_country("KEN")

        assert self.ask(writing, "kenya") == [{"value": "country/KEN", "text": "Kenya (KEN) – country"}]

    def test_names_are_found_in_any_script(self, writing):
        make_country("KEN", name_ru="Кения")

        assert [row["value"] for row in self.ask(writing, "кен")] == ["country/KEN"]

    @pytest.mark.parametrize("term", ["KEN", "ken", "country/KEN"])
    def test_who_types_the_key_gets_the_record_first(self, writing, term):
        make_organization(name="KEN", slug="ken-company")
        make_country("KEN")

        assert self.ask(writing, term)[0]["value"] == "country/KEN"

    def test_a_continent_is_found(self, writing):
        make_bloc()

        assert [row["value"] for row in self.ask(writing, "afri")] == ["bloc/002"]

    def test_a_key_of_one_kind_is_that_key_alone(self, writing):
        make_country("KEN")

        assert self.ask(writing, "kenya", "events.Participation.country") == [{"value": "KEN", "text": "Kenya (KEN)"}]

    @pytest.mark.parametrize(
        ("typed", "last"),
        [
            ("kenya", "kenya"),
            ("GHA south af", "south af"),
            ("GHA  KEN", "KEN"),
            ("South Africa, ken", "ken"),
            ("one two three four five six seven eight nine ken", "ken"),
            ("KEN atlantis", "atlantis"),
        ],
    )
    def test_of_several_in_one_line_the_last_is_looked_up(self, writing, typed, last):
        for alpha3 in ("GHA", "KEN", "ZAF"):
            make_country(alpha3)

        asked = {"field": "diplomacy.Initiative.countries", "term": typed, "many": "1"}
        answer = writing.get(reverse("admin:references"), asked).json()

        assert answer["term"] == last
        assert [row["value"] for row in answer["results"]] == {"atlantis": [], "south af": ["ZAF"]}.get(last, ["KEN"])

    @pytest.mark.parametrize("many", [{}, {"many": "1"}])
    def test_nothing_typed_finds_nothing(self, writing, many):
        asked = {"field": SUBJECT, "term": " , ", **many}

        assert writing.get(reverse("admin:references"), asked).json()["results"] == []

    @pytest.mark.parametrize(
        "field", ["", "x", "editorial.Step.by", "statements.Figure.title_en", "auth.User.password", "a.b.c"]
    )
    def test_of_other_fields_nothing_is_told(self, writing, field):
        assert writing.get(reverse("admin:references"), {"field": field, "term": "a"}).status_code == 404

    def test_nobody_else_is_answered(self, client):
        assert client.get(reverse("admin:references"), {"field": SUBJECT, "term": "a"}).status_code == 302

    def test_kinds_that_the_person_may_not_see_are_left_out(self):
        make_country("KEN")
        guest = make_user(is_staff=True)

        assert self.ask(browser_of(guest), "kenya") == []

    def test_signs_that_cannot_be_shown_do_no_harm(self, writing):
        assert self.ask(writing, "\x00") == []
        assert self.ask(writing, "country/\x00") == []

    def test_the_form_says_what_is_named_and_what_names_nothing(self, writing):
        figure = make_figure(subject="country/KAZ", status=Status.DRAFT)
        make_country("KAZ")

        page = writing.get(address_of("change", figure))
        answer = FilledForm(writing, page.request["PATH_INFO"]).send(subject="country/KAY")

        assert "Kazakhstan (country)" in words_of(page)
        assert "Did you mean “KAZ”?" in words_of(answer)
        assert Figure.objects.get(pk=figure.pk).subject == "country/KAZ"

    def test_those_of_parts_are_chosen_so_too(self, writing):
        claim = make_claim(status=Status.DRAFT)

        page = writing.get(address_of("change", claim)).content.decode()

        assert 'data-field="statements.ClaimSubject.record"' in page


class TestTheFieldOfACitation:
    def choices(self, client, address) -> dict:
        formset = FilledForm(client, address).formsets[CITATIONS]
        return dict(formset.empty_form.fields["field"].choices)

    def test_is_chosen_by_its_label(self, writing):
        choices = self.choices(writing, address_of("add", Event))

        assert choices[""] == "the whole record"
        assert choices["occurrence"] == "status"
        assert choices["title_kk"] == "title (Kazakh)"
        assert "slug" not in choices

    def test_on_the_page_of_a_part_is_one_of_the_part(self, writing):
        milestone = make_mission(status=Status.DRAFT, milestones=[{"kind": "opened", "date": "2014"}]).milestones.get()

        assert {"kind", "date", "place"} <= set(self.choices(writing, address_of("change", milestone)))

    def test_one_that_is_no_field_any_more_is_kept(self, writing):
        event = make_event(status=Status.DRAFT, citations=[{"source": make_source(), "field": "date"}])
        Citation.objects.update(field="former")

        form = FilledForm(writing, address_of("change", event))

        assert form.data[f"{CITATIONS}-0-field"] == "former"
        assert 'value="former" selected' in writing.get(form.address).content.decode()
