"""Setting up a second factor, putting another device in its place, and new recovery codes."""

import re
from base64 import b32decode
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.admin.models import LogEntry
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from kzafrica.desk.second_factor import Picture, Secret
from tests.accounts import Authenticator, FormOnPage, give_device, make_person, sign_in
from tests.admin import words_of

pytestmark = pytest.mark.django_db
SET_UP, OWN = "/admin/second-factor/set-up/", "/admin/second-factor/"


def secret_on(answer) -> Authenticator:
    """A device that was given the secret which a page writes out."""
    letters = re.search(r'class="secret".*?<code>([A-Z2-7 ]+)</code>', answer.content.decode(), flags=re.S)[1]
    return Authenticator(b32decode(letters.replace(" ", "")))


def codes_on(answer) -> list[str]:
    return [code.replace(" ", "") for code in re.findall(r"<li><code>(.*?)</code></li>", answer.content.decode())]


def confirm(client, page, **fields):
    """Send the form of the page that shows a secret."""
    return client.post(SET_UP, {**{name: values[0] for name, values in FormOnPage(page).hidden.items()}, **fields})


@pytest.fixture
def setting_up(client, editor):
    """The page to which a password alone leads an editor who wanted the list of events."""
    sign_in(client, editor)
    return client.get("/admin/events/event/", follow=True)


@pytest.fixture
def signed_in(client, editor):
    """The device of an editor who has just signed in with it and the recovery code abcdefgh left."""
    device = give_device(editor, "abcdefgh")
    sign_in(client, editor, device.code())
    return device


def test_typing_begins_at_the_code(setting_up):
    assert "autofocus" in str(setting_up.context["form"]["code"])


def test_a_code_of_the_secret_sets_up_the_device_and_opens_the_desk(client, editor, setting_up):
    answer = confirm(client, setting_up, code=secret_on(setting_up).code())

    assert answer.status_code == 200
    assert TOTPDevice.objects.get(user=editor).confirmed
    assert client.get("/admin/events/event/").status_code == 200
    assert 'href="/admin/events/event/"' in answer.content.decode()


def test_ten_recovery_codes_are_shown_and_each_opens_the_desk(client, editor, setting_up):
    codes = codes_on(confirm(client, setting_up, code=secret_on(setting_up).code()))

    assert len(set(codes)) == 10
    for code in codes[:2]:
        client.logout()
        sign_in(client, editor, code)
        assert client.get("/admin/").status_code == 200


def test_recovery_codes_are_shown_on_no_other_page(client, setting_up):
    code = codes_on(confirm(client, setting_up, code=secret_on(setting_up).code()))[0]

    assert code[:4] not in words_of(client.get(OWN))
    assert codes_on(client.get(SET_UP)) == []


def test_the_picture_says_the_secret_and_whose_it_is(editor):
    secret = Secret.new(editor)

    address = urlsplit(secret.address)
    stated = parse_qs(address.query)

    assert (address.scheme, address.netloc, address.path) == ("otpauth", "totp", "/KZ-Africa%3Abolat")
    assert stated["secret"] == [secret.for_typing.replace(" ", "")]
    assert stated["issuer"] == ["KZ-Africa"]


def test_the_picture_is_drawn_without_styles_and_keeps_a_quiet_zone(setting_up):
    page = setting_up.content.decode()
    outline = Picture.of("otpauth://totp/KZ-Africa").outline
    corners = [tuple(map(int, corner)) for corner in re.findall(r"M(\d+) (\d+)h1v1h-1z", outline)]

    assert 'style="' not in page
    assert "<style" not in page
    assert (min(corners)) == (4, 4)


def test_a_wrong_code_sets_up_nothing_and_keeps_the_secret(client, editor, setting_up):
    device = secret_on(setting_up)

    answer = confirm(client, setting_up, code=device.other_code())

    assert "This is not the code that belongs to the secret above." in words_of(answer)
    assert secret_on(answer).secret == device.secret
    assert not TOTPDevice.objects.exists()
    assert client.get("/admin/").status_code == 302


def test_the_code_that_set_up_the_device_does_not_sign_in(client, editor, setting_up):
    code = secret_on(setting_up).code()
    confirm(client, setting_up, code=code)
    client.logout()

    sign_in(client, editor, code)

    assert client.get("/admin/").status_code == 302


def test_a_secret_that_was_shown_to_somebody_else_is_void(client, editor, setting_up):
    other = Secret.new(make_person("editor"))

    answer = client.post(SET_UP, {"secret": other.signed, "code": Authenticator(bytes.fromhex(other.key)).code()})

    assert "its secret is void" in words_of(answer)
    assert not TOTPDevice.objects.exists()


@pytest.mark.parametrize("secret", ["", "3132333435363738393031323334353637383930", "x" * 500])
def test_a_secret_that_no_page_showed_is_void(client, setting_up, secret):
    answer = client.post(SET_UP, {"secret": secret, "code": "123456"})

    assert answer.status_code == 200
    assert not TOTPDevice.objects.exists()


def test_nobody_sets_up_anything_without_signing_in(client, db):
    assert client.get(SET_UP).status_code == 302
    assert client.post(SET_UP, {"code": "123456"}).status_code == 302


def test_a_contributor_may_set_up_a_second_factor(client, contributor):
    client.force_login(contributor)
    page = client.get(OWN, follow=True)

    confirm(client, page, code=secret_on(page).code())

    assert TOTPDevice.objects.filter(user=contributor).exists()


def test_a_password_alone_does_not_replace_a_device(client, editor):
    give_device(editor)
    client.force_login(editor)

    answer = client.get(SET_UP)

    assert answer.url.startswith("/admin/second-factor/code/")
    assert client.post(SET_UP, {"code": "123456"}).url.startswith("/admin/second-factor/code/")


def test_replacing_the_device_needs_a_code_of_the_present_one(client, editor, signed_in):
    page = client.get(SET_UP)

    answer = confirm(client, page, code=secret_on(page).code(), present=signed_in.other_code())

    assert "wrong, too old or already used" in words_of(answer)
    assert TOTPDevice.objects.get(user=editor).bin_key == signed_in.secret


def test_a_mistyped_code_of_the_new_device_does_not_spend_one_of_the_present_one(client, editor, signed_in):
    page, present = client.get(SET_UP), signed_in.code(later=1)
    new = secret_on(page)
    confirm(client, page, code=new.other_code(), present=present)

    answer = confirm(client, page, code=new.code(), present=present)

    assert len(codes_on(answer)) == 10


@pytest.mark.parametrize("present", ["device", "recovery code"])
def test_the_new_device_takes_the_place_of_the_present_one(client, editor, signed_in, present):
    page = client.get(SET_UP)
    new = secret_on(page)
    code = "abcdefgh" if present == "recovery code" else signed_in.code(later=1)

    answer = confirm(client, page, code=new.code(), present=code)

    assert "abcdefgh" not in codes_on(answer)
    assert [device.bin_key for device in TOTPDevice.objects.filter(user=editor)] == [new.secret]
    assert client.get("/admin/").status_code == 200


def test_a_session_that_rests_on_the_old_device_is_asked_for_a_code_again(client, editor, signed_in):
    other = type(client)()
    sign_in(other, editor, signed_in.code(later=1))
    page = client.get(SET_UP)

    confirm(client, page, code=secret_on(page).code(), present="abcdefgh")

    assert other.get("/admin/").url.startswith("/admin/second-factor/code/")


def test_recovery_codes_are_renewed_with_a_code_and_the_old_ones_are_void(client, editor, signed_in):
    answer = client.post(OWN, {"code": signed_in.code(later=1)})

    kept = set(StaticToken.objects.filter(device__user=editor).values_list("token", flat=True))
    assert len(kept) == 10
    assert set(codes_on(answer)) == kept
    assert "abcdefgh" not in kept


def test_recovery_codes_are_not_renewed_without_a_code(client, editor, signed_in):
    client.post(OWN, {"code": signed_in.other_code()})

    assert StaticToken.objects.get().token == "abcdefgh"


def test_the_own_page_says_how_many_recovery_codes_are_left(client, signed_in):
    assert "1 recovery code is left." in words_of(client.get(OWN))


def test_setting_up_renewing_and_replacing_stand_in_the_log_of_the_account(client, editor, setting_up):
    device = secret_on(setting_up)
    codes = codes_on(confirm(client, setting_up, code=device.code()))
    client.post(OWN, {"code": codes[0]})

    log = LogEntry.objects.filter(object_id=str(editor.pk)).order_by("pk")

    assert [entry.change_message for entry in log] == ["Set up a second factor.", "Renewed the recovery codes."]
    assert {entry.user for entry in log} == {editor}


def test_forms_of_django_otp_show_nobody_a_secret(client, db):
    client.force_login(make_person("", is_staff=True, is_superuser=True))

    assert client.get("/admin/otp_totp/totpdevice/").status_code in (302, 404)
