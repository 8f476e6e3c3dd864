"""What cannot be taken is refused with a sentence that says where and what would be right; nothing is written."""

import pytest

from events.models import Event
from kzafrica.writing.models import KeptAnswer
from kzafrica.writing.strict_json import DEEPEST
from tests.factories import make_country

pytestmark = pytest.mark.django_db

DRAFT = "drafts/events/"


@pytest.fixture(autouse=True)
def nothing_is_written(db):
    yield
    assert (Event.objects.count(), KeptAnswer.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ('{"title": "a", "title": "b"}', "“title” stands twice in one object"),
        ('{"participations": [{"country": "KAZ", "country": "COD"}]}', "“country” stands twice"),
        ('{"title": NaN}', "“NaN” is no JSON"),
        ('{"title": -Infinity}', "“-Infinity” is no JSON"),
        ('{"title": "a"', "This is not JSON (line 1, column 14)"),
        ('{"title": "a\nb"}', "This is not JSON"),
        (b'{"title": "\xff"}', "The body is not UTF-8 (byte 12)"),
        ("", "The body is empty"),
        ("[]", "An object belongs here"),
        ('"title"', "An object belongs here"),
        ('{"a":' * 5000 + "1" + "}" * 5000, f"nested more than {DEEPEST} levels deep"),
        ("[" * 100_000, "levels deep"),
        ('{"title": "' + '"', "This is not JSON"),
    ],
)
def test_a_body_that_says_no_one_thing_is_refused(body, sentence, send, faults):
    assert sentence in faults(send(DRAFT, body))[""]


def test_brackets_within_texts_are_no_levels(send, faults):
    assert "kind" in faults(send(DRAFT, {"title": '["\\' * 500}))


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "text/json"])
def test_another_form_than_json_is_refused(kind, send, faults):
    assert f"application/json, not as “{kind}”" in faults(send(DRAFT, "{}", content_type=kind), 415)[""]


def test_a_body_that_is_too_large_is_refused(send, faults, settings):
    settings.PUBLIC_UPLOAD_MAX_SIZE = 1000

    assert "larger than" in faults(send(DRAFT, {"title": "a" * 1000}), 413)[""]


@pytest.mark.parametrize(
    ("said", "where", "sentence"),
    [
        ({"titel": "Visit"}, "titel", "Did you mean “title”?"),
        ({"occurrence": "held"}, "occurrence", "There is no member “occurrence”"),
        ({"is_unresolved": True}, "is_unresolved", "There is no member"),
        ({"participations": [{"contry": "KAZ"}]}, "participations.0.contry", "Did you mean “country”?"),
        ({"title": 5}, "title", "Text belongs here, in quotation marks, not a number."),
        ({"title": ["Visit"]}, "title", "Text belongs here, not a list."),
        ({"title": {"en": "Visit", "de": "Besuch"}}, "title.de", "Words are kept in en, kk, ru, fr"),
        ({"title": {"ru": 1.5}}, "title.ru", "not a number"),
        ({"title": "Vi\u0000sit"}, "title", "U+0000, place 3"),
        ({"title": "\ud800"}, "title", "U+D800"),
        ({"summary": "a" * 20_001}, "summary", "20,001 characters, and 20,000 are allowed"),
        ({"host": {"iso3": "KAZ"}}, "host", "The key of one record belongs here as text, not an object."),
        ({"host": True}, "host", "not true or false"),
        ({"date": {"edtf": "2025"}}, "date", "A date belongs here as text, in EDTF"),
        ({"date": 2025}, "date", "not a number"),
        ({"themes": "mining"}, "themes", "A list belongs here, such as [“KAZ”, “COD”], not text."),
        ({"themes": [None]}, "themes.0", "Text belongs here, not nothing."),
        ({"themes": [7]}, "themes.0", "Text belongs here, not a number."),
        ({"participations": {}}, "participations", "A list of objects belongs here, not an object."),
        ({"participations": ["KAZ"]}, "participations.0", "An object belongs here, not text."),
        ({"participations": [{}] * 1001}, "participations", "at most 1,000 rows"),
        ({"citations": [{"source": "paper", "quote": "a"}]}, "citations.0.quote", "There is no member “quote”"),
        ({"citations": [{"source": "paper", "field": "dat"}]}, "citations.0.field", "Did you mean “date”?"),
        ({"citations": [{"source": "paper", "field": "id"}]}, "citations.0.field", "no member “id” for which"),
        ({"citations": [{"source": "paper"}] * 2}, "citations.1", "already cited for the same field"),
        ({"submit": "yes"}, "submit", "true or false belongs here, not text."),
        ({"submit": 1}, "submit", "true or false belongs here, not a number."),
        ({"base_version": "3"}, "base_version", "There is no member"),
        ({"participations": [{"country": "KAZ", "position": 3}]}, "participations.0.position", "There is no member"),
    ],
)
def test_a_member_that_cannot_be_read_is_told_where_it_stands(said, where, sentence, send, faults, visit):
    make_country("KAZ")

    found = faults(send(DRAFT, visit | said))

    assert found.keys() == {where}
    assert sentence in found[where]


@pytest.mark.parametrize("number", ["783000000", "15.1", "1e9", "-0"])
def test_an_amount_is_written_as_text_so_that_it_loses_no_digit(number, send, faults):
    found = faults(send("drafts/figures/", f'{{"value": {number}}}'))

    assert found == {
        "value": f"Write the number as text, “{number}” in quotation marks: so no digit is lost on its way."
    }


def test_every_fault_is_told_and_no_more_than_twenty(send, visit):
    answer = send(DRAFT, visit | {f"member{number}": "a" for number in range(50)})

    assert (answer.status_code, len(answer.json()["errors"])) == (400, 20)


@pytest.mark.parametrize(
    ("said", "where", "sentence"),
    [
        ({"host": "KAX"}, "host", "Did you mean “KAZ”?"),
        ({"themes": ["mining"]}, "themes.0", "There is no theme “mining”."),
        (
            {"participations": [{"country": "KAZ"}, {"country": "KAX"}]},
            "participations.1.country",
            "There is no country",
        ),
        ({"citations": [{"source": "papier"}]}, "citations.0.source", "Did you mean “paper”?"),
        ({"citations": [{"locator": "p. 1"}]}, "citations.0", "A citation names its source."),
        ({"status": "hold"}, "status", "“hold” is not one of"),
        ({"id": "visit", "title": {"ru": "Визит"}}, "title", "This field cannot be blank."),
        ({"id": "Visit of a minister"}, "id", "Enter a valid “slug”"),
        ({"date": "2025-13"}, "date", "2025-13"),
    ],
)
def test_what_the_rules_refuse_is_told_by_the_members_of_the_document(said, where, sentence, send, faults, visit):
    make_country("KAZ")

    found = faults(send(DRAFT, visit | said))

    assert found.keys() == {where}
    assert sentence in found[where]


@pytest.mark.parametrize(
    ("address", "document"),
    [
        ("drafts/events/", {"title": {"ru": "Визит"}}),
        ("drafts/events/", {"title": "…"}),
        ("drafts/events/", {"title": "访问", "id": None}),
        ("drafts/relations/", {}),
    ],
)
def test_where_no_id_can_be_made_one_is_asked_for(address, document, send, faults):
    assert faults(send(address, document))["id"] == "No id can be made from a title in English: send one."


@pytest.mark.parametrize(
    ("named", "sentence"),
    [("event/no-such", "There is no event “no-such”."), ("country/KAZ", "write it as event/key"), ("KAZ", "event/key")],
)
def test_a_record_to_keep_it_beside_is_there(named, sentence, send, faults, visit):
    found = faults(send(DRAFT, visit | {"keep_beside": [named]}))

    assert found.keys() == {"keep_beside.0"}
    assert sentence in found["keep_beside.0"]


def test_the_nearest_key_is_a_member_of_the_error(send, visit):
    make_country("KAZ")

    assert send(DRAFT, visit | {"host": "KAX"}).json()["errors"][0]["nearest"] == "KAZ"


def test_a_draft_without_a_source_is_not_submitted(send, faults, visit):
    visit.pop("citations")

    found = faults(send(DRAFT, visit | {"submit": True}))

    assert "cannot go before readers without a citation that supports it" in found["citations"]


@pytest.mark.parametrize("header", ["", '""', "two words", "a" * 256, "key, other", 'unclosed"', "ключ"])
def test_an_idempotency_key_that_is_none_is_refused(header, send, faults, visit):
    headers = {"Idempotency-Key": header}

    assert "Idempotency-Key" in faults(send(DRAFT, visit, **headers))[""]


def test_a_parameter_of_the_address_is_refused(send, visit):
    assert send(f"{DRAFT}?dry_run=1", visit).json()["errors"][0]["parameter"] == "dry_run"


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_an_address_to_write_at_is_written_at_alone(method, send):
    assert send(DRAFT, "", method=method).status_code == 405


def test_scripts_of_other_sites_may_not_write(client):
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}

    answer = client.options(f"/api/v1/{DRAFT}", headers=asked)

    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Idempotency-Key" not in answer["Access-Control-Allow-Headers"]
