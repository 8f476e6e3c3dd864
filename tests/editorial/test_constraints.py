"""What the database refuses, and what it lets pass just beside it: both sides of every constraint of ours."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from diplomacy.models import AgreementParty, Programme, Relation
from events.models import Participation
from kzafrica.editorial.models import Redirect
from kzafrica.reference.models import NameForm, Person
from kzafrica.statements.models import Claim, Figure
from tests.editorial.sides import (
    Side,
    accreditation,
    area,
    beside,
    check,
    citation,
    commodity,
    figure,
    figure_input,
    flow,
    headline,
    headline_for_sulphur,
    held,
    input_of_itself,
    link_check,
    member,
    mission,
    place,
    relation,
    subject,
    summary,
    to_a_state,
    trade_slice,
)
from tests.factories import (
    make_agreement,
    make_claim,
    make_commodity,
    make_country,
    make_event,
    make_figure,
    make_office,
    make_organization,
    make_person,
    make_relation,
    make_release,
)

pytestmark = pytest.mark.django_db
OUR_APPS = ("editorial", "reference", "statements", "events", "trade", "diplomacy", "analysis")

ALLOWED = [
    Side("citation_once", "the same statement on another page", lambda: citation(stated="2024", locator="p. 3")),
    Side("citation_once", "another statement on the same page", lambda: citation(stated="2025")),
    Side("citation_once", "support beside a difference", lambda: citation(stated="")),
    Side("citation_explains_difference", "a reason", lambda: citation(stated="2025", reason="Misprint")),
    Side("citation_explains_difference", "no difference, no reason", lambda: citation(stated="", reason="")),
    Side("redirect_once", "another kind", lambda: redirect("events.event")),
    Side("link_checked_once", "the other address", lambda: link_check("archived_url")),
    Side("membership_ends_after_it_begins", "ends the same year", lambda: member(begins="1964", ends="1964")),
    Side("membership_ends_after_it_begins", "overlap", lambda: member(begins="1964-06", ends="1964")),
    Side("membership_ends_after_it_begins", "no beginning", lambda: member(begins="", ends="1900")),
    Side("membership_spell_once", "a second spell", lambda: member()),
    Side("membership_spell_once", "another standing", lambda: member(begins="1963", status="observer")),
    Side("area_valid_in_order", "one year", lambda: area(valid_from=1992, valid_until=1992)),
    Side("area_valid_in_order", "no first year", lambda: area(valid_until=1992)),
    Side("area_valid_in_order", "no last year", lambda: area(valid_from=1992)),
    Side("area_0_is_the_world", "the world", lambda: area(code="0", kind="world")),
    Side("area_0_is_the_world", "a state", lambda: area(code="10", kind="state")),
    Side("place_on_earth", "no coordinates", lambda: place(None, None)),
    Side("place_on_earth", "the corner", lambda: place("-90", "180")),
    Side("commodity_once_an_edition", "another edition", lambda: commodity(code="2503", edition="H5")),
    Side("commodity_level_is_code_length", "six digits", lambda: commodity(code="250300", level=6)),
    Side(
        "person_dies_after_birth", "in the year of birth", lambda: Person(slug="a", name="A", born="1940", died="1940")
    ),
    Side("person_dies_after_birth", "only birth known", lambda: Person(slug="a", name="A", born="1940")),
    Side("name_form_of_one", "of a person", lambda: NameForm(text="А", person=make_person())),
    Side("name_form_of_one", "of an organization", lambda: NameForm(text="А", organization=make_organization())),
    Side("office_ends_after_it_begins", "overlap", lambda: held("2023-12", "2023~")),
    Side("office_ends_after_it_begins", "open", lambda: held("2023/..", "2020/..")),
    Side("figure_one_headline", "another year", lambda: headline(period="2023")),
    Side("figure_one_headline", "another counterpart", lambda: headline(counterpart="country/COD")),
    Side("figure_one_headline", "a direction", lambda: headline(direction="export")),
    Side("figure_one_headline", "a commodity", lambda: headline(commodity=make_commodity("2503"))),
    Side("figure_one_headline", "no commodity beside one", lambda: headline_for_sulphur()),
    Side("figure_one_headline", "not a headline", lambda: headline(is_headline=False)),
    Side("figure_derived_has_no_value_of_its_own", "a formula", lambda: derived()),
    Side("figure_value_or_range", "a value", lambda: figure(qualifier="at_least")),
    Side("figure_value_or_range", "a range", lambda: figure(qualifier="range", value=None, low="150", high="200")),
    Side("figure_input_once", "another role", lambda: figure_input()),
    Side("figure_input_is_another", "another figure", lambda: figure_input(figure=make_figure())),
    Side("claim_subject_once", "another subject", lambda: subject("country/KAZ")),
    *(
        Side("participation_names_someone", who, lambda who=who, make=make: participation(**{who: make()}))
        for who, make in (
            ("person", make_person),
            ("office", make_office),
            ("organization", make_organization),
            ("country", make_country),
        )
    ),
    Side("relation_once_a_pair", "another pair", lambda: relation("KAZ", "COG")),
    Side("relation_of_two_states", "two states", lambda: relation("KAZ", "KEN")),
    Side(
        "relation_recognised_before_established",
        "the same year",
        lambda: relation("KAZ", "KEN", recognised="1992-03", established="1992"),
    ),
    Side("mission_to_a_state_or_an_organization", "a state", lambda: mission(receiving=make_country("COD"))),
    Side(
        "mission_to_a_state_or_an_organization",
        "an organization",
        lambda: mission(receiving_organization=make_organization()),
    ),
    Side("mission_abroad", "abroad", lambda: mission(receiving=make_country("COD"))),
    Side("mission_abroad", "to an organization", lambda: mission(receiving_organization=make_organization())),
    Side("accreditation_to_a_state_or_an_organization", "a state", lambda: accreditation(**to_a_state())),
    Side(
        "accreditation_to_a_state_or_an_organization",
        "an organization",
        lambda: accreditation(organization=make_organization()),
    ),
    Side(
        "accreditation_ends_after_appointment",
        "overlap",
        lambda: accreditation(**to_a_state(), appointed="2013-05", ended="2013"),
    ),
    Side(
        "accreditation_ends_after_credentials",
        "overlap",
        lambda: accreditation(**to_a_state(), credentials_presented="2013-05", ended="2013"),
    ),
    Side(
        "accreditation_appointment_after_agrement",
        "overlap",
        lambda: accreditation(**to_a_state(), agrement="2013-05", appointed="2013"),
    ),
    Side(
        "accreditation_copies_after_appointment",
        "the same month",
        lambda: accreditation(**to_a_state(), appointed="2013-05-20", copies_presented="2013-05"),
    ),
    Side(
        "accreditation_credentials_after_appointment",
        "overlap",
        lambda: accreditation(**to_a_state(), appointed="2013", credentials_presented="2013-05"),
    ),
    Side(
        "accreditation_credentials_after_copies",
        "the same day",
        lambda: accreditation(**to_a_state(), copies_presented="2013-05-02", credentials_presented="2013-05-02"),
    ),
    Side("check_once_a_strand", "another strand", lambda: check("visits_paid")),
    Side("agreement_party_is_someone", "a state", lambda: AgreementParty(agreement=make_agreement(), **to_a_state())),
    Side("programme_ends_after_it_begins", "overlap", lambda: programme(begins="2022-03", ends="2022")),
    Side("slice_month_in_year", "December", lambda: trade_slice(month=12)),
    Side("slice_month_in_year", "the whole year", lambda: trade_slice(month=0)),
    Side("slice_once", "another month", lambda: beside(trade_slice(month=1), month=2)),
    Side("slice_once", "another edition", lambda: beside(trade_slice(), edition="H5")),
    Side("slice_once", "another release", lambda: beside(trade_slice(), release=make_release())),
    Side("flow_once", "the other flow", lambda: beside(flow(hs="09"), flow="M")),
    Side("flow_once", "all goods", lambda: beside(flow(hs="09"), hs="")),
    Side("summary_once", "the heading below", lambda: beside(summary(), hs="0902")),
    Side("flow_is_not_negative", "zero", lambda: flow(value_usd=0)),
    Side("flow_is_not_negative", "missing", lambda: flow(value_usd=None)),
]
REFUSED = [
    Side("citation_once", "twice the same", lambda: citation(stated="2024")),
    Side("citation_explains_difference", "no reason", lambda: citation(stated="2025", reason="")),
    Side("redirect_once", "the same kind", lambda: redirect("reference.person")),
    Side("link_checked_once", "the same address again", lambda: link_check("url")),
    Side("membership_ends_after_it_begins", "the year before", lambda: member(begins="1964", ends="1963")),
    Side("membership_spell_once", "the same spell", lambda: member(begins="1963")),
    Side("area_valid_in_order", "the year before", lambda: area(valid_from=1993, valid_until=1992)),
    Side("area_0_is_the_world", "a state", lambda: area(code="0", kind="state")),
    Side("area_0_is_the_world", "another number", lambda: area(code="899", kind="world")),
    Side("place_on_earth", "too far north", lambda: place("90.1", "0")),
    Side("place_on_earth", "too far west", lambda: place("0", "-180.1")),
    Side("place_on_earth", "latitude alone", lambda: place("5", None)),
    Side("place_on_earth", "longitude alone", lambda: place(None, "5")),
    Side("commodity_once_an_edition", "the same edition", lambda: commodity(code="2503")),
    Side("commodity_level_is_code_length", "three digits", lambda: commodity(code="250", level=4)),
    Side("person_dies_after_birth", "the year before", lambda: Person(slug="a", name="A", born="1940", died="1939")),
    Side("name_form_of_one", "of nobody", lambda: NameForm(text="А")),
    Side(
        "name_form_of_one",
        "of both",
        lambda: NameForm(text="А", person=make_person(), organization=make_organization()),
    ),
    Side("office_ends_after_it_begins", "the day before", lambda: held("2023-12-02", "2023-12-01")),
    Side("figure_one_headline", "all else empty", lambda: headline()),
    Side("figure_one_headline", "the same commodity", lambda: headline_for_sulphur(commodity=make_commodity("2503"))),
    Side("figure_one_headline", "said by another", lambda: headline(reported_by="country/KAZ", value="1")),
    Side("figure_derived_has_no_value_of_its_own", "a value", lambda: derived(value="1")),
    Side("figure_derived_has_no_value_of_its_own", "a lower end", lambda: derived(low="1")),
    Side("figure_derived_has_no_value_of_its_own", "no formula", lambda: derived(formula="")),
    Side("figure_derived_has_no_value_of_its_own", "stated by formula", lambda: figure(formula="sum")),
    Side("figure_value_or_range", "nothing", lambda: figure(value=None)),
    Side("figure_value_or_range", "both", lambda: figure(low="150", high="200")),
    Side("figure_value_or_range", "a value as range", lambda: figure(qualifier="range")),
    Side("figure_value_or_range", "upside down", lambda: figure(qualifier="range", value=None, low="200", high="150")),
    Side("figure_value_or_range", "no upper end", lambda: figure(qualifier="range", value=None, low="150")),
    Side("figure_value_or_range", "no lower end", lambda: figure(qualifier="range", value=None, high="200")),
    Side("figure_input_once", "the same role", lambda: figure_input(role="value")),
    Side("figure_input_is_another", "itself", input_of_itself),
    Side("claim_subject_once", "twice the same", lambda: subject("country/COD")),
    Side("participation_names_someone", "nobody", lambda: participation(capacity="A guest")),
    Side("relation_once_a_pair", "the same pair", lambda: relation("KAZ", "COD")),
    Side("relation_of_two_states", "one state", lambda: relation("KEN", "KEN")),
    Side(
        "relation_recognised_before_established",
        "the year before",
        lambda: relation("KAZ", "KEN", recognised="1993", established="1992"),
    ),
    Side("mission_to_a_state_or_an_organization", "to nobody", lambda: mission()),
    Side(
        "mission_to_a_state_or_an_organization",
        "to both",
        lambda: mission(receiving=make_country("COD"), receiving_organization=make_organization()),
    ),
    Side("mission_abroad", "at home", lambda: mission(receiving=make_country("KAZ"))),
    Side("accreditation_to_a_state_or_an_organization", "to nobody", lambda: accreditation()),
    Side(
        "accreditation_to_a_state_or_an_organization",
        "to both",
        lambda: accreditation(**to_a_state(), organization=make_organization()),
    ),
    Side(
        "accreditation_ends_after_appointment",
        "the year before",
        lambda: accreditation(**to_a_state(), appointed="2013", ended="2012"),
    ),
    Side(
        "accreditation_ends_after_credentials",
        "the year before",
        lambda: accreditation(**to_a_state(), credentials_presented="2013", ended="2012"),
    ),
    Side(
        "accreditation_appointment_after_agrement",
        "the year before",
        lambda: accreditation(**to_a_state(), agrement="2013", appointed="2012"),
    ),
    Side(
        "accreditation_copies_after_appointment",
        "the month before",
        lambda: accreditation(**to_a_state(), appointed="2013-05", copies_presented="2013-04"),
    ),
    Side(
        "accreditation_credentials_after_appointment",
        "the year before",
        lambda: accreditation(**to_a_state(), appointed="2013", credentials_presented="2012"),
    ),
    Side(
        "accreditation_credentials_after_copies",
        "the day before",
        lambda: accreditation(**to_a_state(), copies_presented="2013-05-02", credentials_presented="2013-05-01"),
    ),
    Side("check_once_a_strand", "the same strand", lambda: check("missions_sent")),
    Side("agreement_party_is_someone", "nobody", lambda: AgreementParty(agreement=make_agreement())),
    Side("programme_ends_after_it_begins", "the year before", lambda: programme(begins="2022", ends="2021")),
    Side("slice_month_in_year", "month 13", lambda: trade_slice(month=13)),
    Side("slice_once", "the same period", lambda: beside(trade_slice(month=1))),
    Side("slice_once", "converted codes", lambda: beside(trade_slice(), is_converted=True)),
    Side("flow_once", "another value", lambda: beside(flow(hs="09"), value_usd=2)),
    Side("flow_once", "all goods twice", lambda: beside(flow(hs=""), line=3)),
    Side("summary_once", "another sum", lambda: beside(summary(), value_usd=2)),
    Side("flow_is_not_negative", "a negative value", lambda: flow(value_usd=-1)),
    Side("flow_is_not_negative", "a negative weight", lambda: flow(net_weight_kg=-1)),
]


def redirect(record_type: str) -> Redirect:
    Redirect.objects.create(record_type="reference.person", old_key="visit", target_key="state-visit")
    return Redirect(record_type=record_type, old_key="visit", target_key="other")


def derived(**fields) -> Figure:
    return figure(**{"origin": "derived", "formula": "sum", "value": None, "printed": "", **fields})


def participation(**fields) -> Participation:
    return Participation(event=make_event(), **fields)


def programme(**fields) -> Programme:
    return Programme(slug="agenda", title="Agenda", kind="agenda", **fields)


def sentences(refusal: ValidationError) -> str:
    return " ".join(refusal.messages)


def constraint_of(row: models.Model, name: str) -> models.BaseConstraint:
    return next(constraint for constraint in row._meta.constraints if constraint.name == name)


@pytest.mark.parametrize("side", ALLOWED, ids=str)
def test_what_is_right_passes_the_form_and_the_database(side):
    row = side.row()

    row.validate_constraints()
    row.save()


@pytest.mark.parametrize("side", REFUSED, ids=str)
def test_what_is_wrong_is_refused_with_a_sentence_and_by_the_database_too(side):
    row = side.row()
    constraint = constraint_of(row, side.constraint)

    with pytest.raises(ValidationError) as refusal:
        row.validate_constraints()
    if constraint.violation_error_message != constraint.default_violation_error_message:
        assert str(constraint.violation_error_message) in refusal.value.messages
    assert sentences(refusal.value).endswith((".", "!"))
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_no_constraint_of_ours_is_forgotten_here():
    ours = {
        constraint.name
        for app in OUR_APPS
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }

    assert {side.constraint for side in ALLOWED} == ours
    assert {side.constraint for side in REFUSED} == ours


@pytest.mark.parametrize("model", [Person, Figure, Claim], ids=lambda model: model.__name__)
def test_a_slug_is_the_address_of_one_record(model):
    make = {Person: make_person, Figure: make_figure, Claim: make_claim}[model]
    make(slug="same")

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(slug="same")


def test_the_relations_of_a_pair_are_recorded_once_also_turned_round():
    kazakhstan, congo = make_country("KAZ"), make_country("COD")
    make_relation(first=kazakhstan, second=congo)

    with pytest.raises(ValidationError, match="the other way round"):
        Relation(slug="turned", first=congo, second=kazakhstan).full_clean()


def test_the_relations_of_a_pair_are_not_in_their_own_way():
    make_relation(second=make_country("COD")).full_clean()
