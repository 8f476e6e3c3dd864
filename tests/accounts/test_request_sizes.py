"""How much may be sent: much by those whom the desk is open to, little by everybody else, in words what is too much."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest

from events.models import Event
from kzafrica.editorial.choices import Status
from tests.accounts import give_device, make_person, sign_in
from tests.admin import FilledForm, address_of, browser_of, words_of
from tests.factories import make_event

pytestmark = pytest.mark.django_db
MB = 1024 * 1024
URLENCODED = "application/x-www-form-urlencoded"


class Unread(BytesIO):
    """A body that fails the test as soon as anything reads it."""

    def read(self, *args):
        raise AssertionError("the body was read")

    readline = read


@pytest.fixture
def reviewing(settings):
    """The browser of an editor at an open desk."""
    settings.SECOND_FACTOR = False
    return browser_of(make_person("editor"))


def post_unread(client, address: str, length: int | str, **headers):
    """Send a form of that length whose body nothing may read."""
    environ = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": URLENCODED, "CONTENT_LENGTH": str(length), **headers}
    return client.request(PATH_INFO=address, **environ, **{"wsgi.input": Unread()})


# --- At the desk


@pytest.mark.parametrize("letters", ["a" * 50 * MB, "қ" * 25 * MB], ids=["latin", "cyrillic"])
def test_a_paste_of_fifty_megabytes_comes_back_cut_in_its_form_with_a_sentence(reviewing, letters):
    form = FilledForm(reviewing, address_of("add", Event))

    answer = form.send(summary_en=letters, venue="Palace of Independence", slug="visit")

    fields = answer.context["adminform"].form
    (sentence,) = fields.errors["summary_en"]
    assert answer.status_code == 200
    assert f"{len(letters)} characters, and 20000 are allowed" in sentence
    assert fields["summary_en"].value() == letters[:20_000]
    assert fields["venue"].value() == "Palace of Independence"
    assert len(answer.content) < MB
    assert not Event.objects.exists()


def test_forms_of_the_desk_are_sent_as_they_stand_so_that_no_alphabet_is_longer_than_another(reviewing):
    page = reviewing.get(address_of("add", Event)).content.decode()

    assert 'enctype="multipart/form-data"' in page


@pytest.mark.parametrize("content_type", ["form", "urlencoded"])
def test_more_than_a_form_may_hold_is_refused_in_words(reviewing, settings, content_type):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * MB
    address, text = address_of("add", Event), "a" * 4 * MB

    if content_type == "form":
        answer = reviewing.post(address, {"title_en": text})
    else:
        answer = reviewing.post(address, f"title_en={text}", content_type=URLENCODED)

    assert answer.status_code == 413
    assert "larger than the 3.0 MB that are allowed here" in words_of(answer).replace("\xa0", " ")


def test_files_do_not_count_as_text(reviewing):
    file = SimpleUploadedFile("rows.csv", b"a" * 5 * MB)

    answer = reviewing.post(address_of("add", Event), {"title_en": "Visit", "file": file})

    assert answer.status_code == 200


def test_a_form_of_nine_thousand_fields_is_read(reviewing):
    event = make_event(title="Visit", status=Status.DRAFT)
    form = FilledForm(reviewing, address_of("change", event))

    answer = form.send(venue="Hall", **{f"more-{number}": "" for number in range(9000)})

    assert answer.status_code == 302
    assert Event.objects.get().venue == "Hall"


def test_more_fields_than_one_request_may_carry_are_refused_in_words(reviewing):
    answer = reviewing.post(address_of("add", Event), {f"more-{number}": "" for number in range(10_001)})

    assert answer.status_code == 413
    assert "more fields than the 10000" in words_of(answer)


# --- Everybody else


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/events/event/add/", "/admin/password-reset/", "/events/"])
def test_a_large_form_of_a_stranger_is_refused_unread(client, address):
    answer = post_unread(client, address, 3 * MB)

    assert answer.status_code == 413
    assert "larger than the 2.5 MB that are allowed here" in words_of(answer).replace("\xa0", " ")


def test_the_api_refuses_it_with_a_problem_document(client):
    answer = post_unread(client, "/api/v1/events/", 3 * MB)

    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"


def test_whoever_has_given_a_password_and_no_code_is_a_stranger(client, editor):
    sign_in(client, editor)
    before = post_unread(client, "/admin/events/event/add/", 3 * MB).status_code
    sign_in(client, editor, give_device(editor).code())

    after = client.post("/admin/events/event/add/", {"title_en": "a" * 3 * MB})

    assert before == 413
    assert after.status_code == 200


def test_an_editor_away_from_the_desk_is_a_stranger(reviewing):
    assert post_unread(reviewing, "/events/", 3 * MB).status_code == 413


def test_a_form_of_two_megabytes_is_read_from_anybody(client):
    answer = client.post("/admin/login/", {"username": "a" * 2 * MB, "password": "x"})

    assert answer.status_code == 200


# --- A length that is not true


def test_no_more_is_read_than_the_length_says(contributor):
    body = b"title_en=" + b"a" * 5 * MB
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": URLENCODED,
        "CONTENT_LENGTH": "12",
        "wsgi.input": BytesIO(body),
    }

    assert WSGIRequest({**environ, "PATH_INFO": "/admin/"}).POST.dict() == {"title_en": "aaa"}


@pytest.mark.parametrize("length", ["", "0"])
def test_without_a_length_nothing_is_read(client, length):
    body = BytesIO(b"username=" + b"a" * 5 * MB)
    environ = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": URLENCODED, "CONTENT_LENGTH": length}

    client.request(PATH_INFO="/admin/login/", **environ, **{"wsgi.input": body})

    assert body.tell() == 0


@pytest.mark.parametrize("length", ["-1", "abc", "1e9", "١٢"])
def test_a_length_that_is_no_number_is_refused_in_words(client, length):
    answer = post_unread(client, "/admin/login/", length)

    assert answer.status_code == 411


def test_a_body_in_pieces_without_a_length_is_refused_in_words(client):
    environ = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": URLENCODED, "HTTP_TRANSFER_ENCODING": "chunked"}

    answer = client.request(PATH_INFO="/admin/login/", **environ, **{"wsgi.input": Unread()})

    assert answer.status_code == 411
    assert "does not say how long it is" in words_of(answer)
