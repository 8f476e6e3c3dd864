"""Signing in with a second factor: who is asked for a code, and which codes open the desk."""

import pytest
from django.contrib.auth import get_user_model

from tests.accounts import PASSWORD, Authenticator, give_device, make_person, sign_in
from tests.admin import words_of

pytestmark = pytest.mark.django_db


def is_open(client) -> bool:
    return client.get("/admin/").status_code == 200


def make_superuser():
    return get_user_model().objects.create_superuser("root", password=PASSWORD)


# --- Who is asked


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_a_password_alone_leads_whoever_may_publish_to_the_page_that_sets_up_a_second_factor(client, role):
    person = make_person(role)

    sign_in(client, person, wanted="/admin/events/event/")
    answer = client.get("/admin/events/event/")

    assert answer.status_code == 302
    assert answer.url == "/admin/second-factor/set-up/?next=%2Fadmin%2Fevents%2Fevent%2F"


def test_a_password_alone_does_not_open_the_desk_to_a_superuser(client, db):
    sign_in(client, make_superuser())

    assert not is_open(client)


def test_a_contributor_signs_in_with_a_password_alone(client, contributor):
    answer = sign_in(client, contributor)

    assert answer.status_code == 302
    assert is_open(client)


def test_a_contributor_who_has_a_device_is_asked_for_a_code(client, contributor):
    device = give_device(contributor)

    refused = sign_in(client, contributor)
    opened_without = is_open(client)
    sign_in(client, contributor, device.code())

    assert "give the code from your device" in words_of(refused)
    assert not opened_without
    assert is_open(client)


def test_nobody_must_have_a_second_factor_where_the_setting_is_off(client, editor, settings):
    settings.SECOND_FACTOR = False

    sign_in(client, editor)

    assert is_open(client)


def test_whoever_has_a_device_is_asked_for_a_code_even_where_the_setting_is_off(client, editor, settings):
    settings.SECOND_FACTOR = False
    give_device(editor)

    sign_in(client, editor)

    assert not is_open(client)


def test_a_session_from_before_the_device_is_asked_for_a_code_on_a_page_of_its_own(client, contributor):
    client.force_login(contributor)
    device = give_device(contributor)

    asked = client.get("/admin/events/event/")
    given = client.post(asked.url, {"code": device.code(), "next": "/admin/events/event/"})

    assert asked.url.startswith("/admin/second-factor/code/")
    assert given.url == "/admin/events/event/"
    assert is_open(client)


# --- Which codes


def test_name_password_and_code_of_one_form_open_the_desk_and_lead_to_what_was_wanted(client, editor):
    device = give_device(editor)

    answer = sign_in(client, editor, device.code(), wanted="/admin/events/event/add/")

    assert answer.url == "/admin/events/event/add/"
    assert client.get(answer.url).status_code == 200


def test_a_code_may_be_typed_in_groups(client, editor):
    code = give_device(editor).code()

    sign_in(client, editor, f" {code[:3]} {code[3:]} ")

    assert is_open(client)


def test_a_wrong_code_is_refused_with_a_sentence_and_signs_nobody_in(client, editor):
    device = give_device(editor)

    answer = sign_in(client, editor, device.other_code())

    assert answer.status_code == 200
    assert "This code is wrong, too old or already used." in words_of(answer)
    assert "_auth_user_id" not in client.session


def test_the_code_of_somebody_else_opens_nothing(client, editor):
    give_device(editor)

    sign_in(client, editor, give_device(make_person("editor")).code())

    assert not is_open(client)


@pytest.mark.parametrize("code", ["12345", "1234567", "-12345", "+12345", "١٢٣", "ab\x00cd", "x" * 33, "½½½½½½"])
def test_what_is_no_code_is_refused_in_words(client, editor, code):
    give_device(editor, "abcdefgh")

    answer = sign_in(client, editor, code)

    assert answer.status_code == 200
    assert not is_open(client)


def test_a_code_is_good_only_once(client, editor):
    device = give_device(editor)
    code = device.code()
    sign_in(client, editor, code)
    client.logout()

    answer = sign_in(client, editor, code)

    assert "already used" in words_of(answer)
    assert not is_open(client)


def test_after_a_wrong_code_the_right_one_has_to_wait(client, editor):
    device = give_device(editor)
    for _attempt in range(2):
        sign_in(client, editor, device.other_code())

    answer = sign_in(client, editor, device.code())

    assert "Wait" in words_of(answer)
    assert not is_open(client)


def test_a_recovery_code_opens_the_desk_once(client, editor):
    give_device(editor, "abcdefgh")

    sign_in(client, editor, "ABCD efgh")
    opened = is_open(client)
    client.logout()
    sign_in(client, editor, "abcdefgh")

    assert opened
    assert not is_open(client)


def test_a_recovery_code_does_not_make_the_device_wait(client, editor):
    device = give_device(editor, "abcdefgh")
    sign_in(client, editor, "abcdefgh")
    client.logout()

    sign_in(client, editor, device.code())

    assert is_open(client)


def test_a_wrong_password_is_told_the_same_whatever_the_code(client, editor):
    device = give_device(editor)

    with_code = words_of(sign_in(client, editor, device.code(), password="guessed"))
    without = words_of(sign_in(client, editor, password="guessed"))

    assert with_code == without
    assert "second factor: give" not in with_code


@pytest.mark.parametrize("name", ["x" * 151, "x" * 300, "x\x00y"])
def test_a_name_that_no_account_can_have_is_refused_in_words(client, db, name):
    answer = client.post("/admin/login/", {"username": name, "password": "guessed"})

    assert answer.status_code == 200
    assert answer.context["form"].errors["username"]


# --- Attempts are counted


@pytest.mark.parametrize("password, code", [("guessed", "right"), (PASSWORD, "wrong")])
def test_five_failures_close_the_door_for_a_while(client, editor, password, code):
    device = give_device(editor)
    for _attempt in range(5):
        # django-otp's own pause between wrong codes would come first.
        editor.totpdevice_set.update(throttling_failure_timestamp=None, throttling_failure_count=0)
        answer = sign_in(client, editor, device.code() if code == "right" else device.other_code(), password=password)

    editor.totpdevice_set.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    right = sign_in(client, editor, device.code())

    assert answer.status_code == 429
    assert right.status_code == 429
    assert not is_open(client)


def test_a_password_without_its_code_is_no_failure(client, editor):
    device = give_device(editor)
    for _attempt in range(6):
        sign_in(client, editor)

    sign_in(client, editor, device.code())

    assert is_open(client)


# --- The way on


@pytest.mark.parametrize(
    "wanted", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)", "http:///example.org"]
)
def test_signing_in_leads_to_no_other_site(client, contributor, wanted):
    answer = sign_in(client, contributor, wanted=wanted)

    assert answer.url == "/admin/"


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/second-factor/code/"])
def test_a_door_that_is_wanted_after_itself_leads_to_the_desk(client, contributor, address):
    client.force_login(contributor)

    answer = client.get(f"{address}?next={address}")

    assert answer.url == "/admin/"


def test_whoever_is_in_is_led_on_from_the_page_for_signing_in(client, contributor):
    client.force_login(contributor)

    assert client.get("/admin/login/?next=/admin/events/event/").url == "/admin/events/event/"


def test_an_account_that_is_no_staff_is_told_so(client, db):
    client.force_login(make_person(""))

    assert "does not open the workshop" in words_of(client.get("/admin/login/"))
    assert not is_open(client)


def test_who_has_given_no_code_can_still_sign_out(client, editor):
    sign_in(client, editor)

    client.post("/admin/logout/")

    assert "_auth_user_id" not in client.session


def test_the_page_for_signing_in_is_kept_by_no_cache(client, db):
    assert "no-store" in client.get("/admin/login/")["Cache-Control"]


def test_the_device_of_these_tests_agrees_with_the_standard(monkeypatch):
    # RFC 6238, appendix B: 94287082 at 59 seconds with the secret below, of which an app shows six digits.
    monkeypatch.setattr("tests.accounts.CLOCK.seconds", 59.0)

    assert Authenticator(b"12345678901234567890").code() == "287082"
