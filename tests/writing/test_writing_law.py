"""Whatever is sent, the answer is one of ours; whatever an event can say, a document can say."""

import json
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Event
from kzafrica.writing.reading import Reader
from kzafrica.writing.strict_json import Number, Unreadable, read_json
from tests.editorial.said_events import events
from tests.factories import make_event
from tests.undoing import undone

pytestmark = pytest.mark.django_db
on_one_database = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

MEMBERS = ["id", "title", "status", "date", "host", "themes", "outcomes", "participations", "citations", "submit"]
MEMBERS += ["keep_beside", "add_citations", "base_version", "source", "field", "country", "text", "en", "kind", "level"]
texts = st.one_of(
    st.text(max_size=6), st.sampled_from(["KAZ", "paper", "held", "2025", "visit", "event/visit", "meeting"])
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(MEMBERS) | texts, inner, max_size=4),
    max_leaves=12,
)
documents = st.dictionaries(st.sampled_from(MEMBERS), values, max_size=6)


@on_one_database
@given(document=documents)
def test_no_document_breaks_the_answer(document, client, token, paper):
    sound = {"title": "Visit", "kind": "meeting", "level": "minister"}
    with undone():
        make_event(slug="visit")
        for address, said in (("drafts/events/", sound | document), ("proposals/events/visit/", document)):
            headers = {"Idempotency-Key": str(uuid4()), "Authorization": f"Bearer {token}"}
            body = json.dumps(said)

            answer = client.post(f"/api/v1/{address}", body, content_type="application/json", headers=headers)

            assert answer.status_code in (201, 400, 409), answer.content.decode()
            if answer.status_code != 201:
                assert answer.json()["detail"]


@settings(max_examples=200, deadline=None)
@given(body=st.binary(max_size=60) | st.text('[]{}",:\\ntfu0123456789.eE+- ', max_size=40).map(str.encode))
def test_bytes_are_a_value_or_unreadable_and_never_anything_else(body):
    try:
        value = read_json(body)
    except Unreadable as error:
        assert str(error)
    else:
        assert json.dumps(value) is not None


@given(value=values)
def test_what_is_read_is_what_json_says_with_numbers_as_they_stand(value):
    def plain(read):
        match read:
            case Number():
                return float(read)
            case list():
                return [plain(each) for each in read]
            case dict():
                return {name: plain(each) for name, each in read.items()}
        return read

    read = read_json(json.dumps(value).encode())

    assert plain(read) == json.loads(json.dumps(value), parse_int=float)


RENAMED = {"slug": "id", "occurrence": "status"}


def as_document(content: dict) -> dict:
    """Plain content as a document says it, words in objects by language."""
    document: dict = {}
    for name, value in content.items():
        base, _bar, language = name.rpartition("_")
        if language in ("en", "kk", "ru", "fr") and base:
            document.setdefault(base, {})[language] = value
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            document[name] = [as_document(row) for row in value]
        else:
            document[RENAMED.get(name, name)] = value
    if "source" in document and document.get("field", "").endswith("_en"):
        document["field"] = document["field"].removesuffix("_en")
    return document


def stripped(content):
    match content:
        case list():
            rows = [stripped(each) for each in content]
            return sorted(rows) if rows and isinstance(rows[0], str) else rows
        case dict():
            return {name: stripped(value) for name, value in content.items()}
    return content.strip()


@on_one_database
@given(content=events)
def test_a_document_can_say_whatever_an_event_says(content):
    reader = Reader(Event)

    read = reader.content_of(as_document(content))

    assert [fault for fault in reader.faults if "already cited" not in fault.sentence] == []
    assert read == stripped(content)
