"""What the tests of signing in share: a device that shows codes, and a browser at the door."""

import hmac
from hashlib import sha1
from html.parser import HTMLParser
from struct import pack, unpack_from
from types import SimpleNamespace

from django.contrib.sessions.models import Session
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.factories import make_user

PASSWORD = "correct horse battery staple"
STEP_SECONDS = 30
# What must come back as it was, and become no part of a page.
HOSTILE = "\"><script>alert(1)</script>' & ünï\r\nсоғыс\t{{ x }}"


class Clock:
    """The time by which codes are made and checked; it stands still until a test moves it."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def time(self) -> float:
        return self.seconds

    def half_a_minute_later(self) -> None:
        self.seconds += STEP_SECONDS


CLOCK = Clock()


def stop_clock(monkeypatch) -> Clock:
    """Let the site and every device of a test look at one clock."""
    clock = SimpleNamespace(time=CLOCK.time)
    monkeypatch.setattr("django_otp.plugins.otp_totp.models.time", clock)
    monkeypatch.setattr("kzafrica.desk.second_factor.time", clock)
    return CLOCK


class Authenticator:
    """The app on somebody's phone, written from RFC 6238 rather than with the library under test."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret

    def code(self, later: int = 0) -> str:
        """The code that it shows now, or so many half minutes later."""
        counter = int(CLOCK.time()) // STEP_SECONDS + later
        digest = hmac.new(self.secret, pack(">Q", counter), sha1).digest()
        (number,) = unpack_from(">I", digest, digest[-1] & 0xF)
        return f"{(number & 0x7FFFFFFF) % 1_000_000:06d}"

    def other_code(self) -> str:
        """Six digits that it does not show within minutes."""
        near = {self.code(later) for later in range(-3, 4)}
        return next(code for code in ("123456", "654321", "111111", "222222", "333333", "444444", "555555", "0" * 6)
                    if code not in near)  # fmt: skip


def make_person(role: str, username: str = "", **fields):
    """Somebody with the password of these tests."""
    return make_user(role, username, password=PASSWORD, **fields)


def give_device(user, *recovery_codes: str) -> Authenticator:
    """A second factor that was set up some time ago."""
    device = TOTPDevice.objects.create(user=user, name="authenticator")
    codes = StaticDevice.objects.create(user=user, name="recovery codes")
    for code in recovery_codes:
        codes.token_set.create(token=code)
    return Authenticator(device.bin_key)


def sign_in(client: Client, user, code: str = "", *, password: str = PASSWORD, wanted: str = "/admin/", **more):
    """Send the form for signing in."""
    fields = {"username": user.username, "password": password, "code": code, "next": wanted, **more}
    return client.post("/admin/login/", fields)


class FormOnPage(HTMLParser):
    """The last form of a page as a browser reads it: where it leads to, and its hidden fields."""

    def __init__(self, answer) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self.feed(answer.content.decode())

    def handle_starttag(self, tag, attributes) -> None:
        found = dict(attributes)
        if tag == "form":
            self.forms.append((found.get("action", ""), {}))
        elif tag == "input" and found.get("type") == "hidden" and self.forms:
            self.forms[-1][1].setdefault(found.get("name", ""), []).append(found.get("value", ""))

    @property
    def action(self) -> str:
        return self.forms[-1][0]

    @property
    def everything_hidden(self) -> dict[str, list[str]]:
        return self.forms[-1][1]

    @property
    def hidden(self) -> dict[str, list[str]]:
        return {name: values for name, values in self.everything_hidden.items() if name != "csrfmiddlewaretoken"}


def expire() -> None:
    """Let every login expire."""
    Session.objects.all().delete()


def sign_in_from(client, answer, user, code: str = ""):
    """Fill in the page for signing in that answered a form, and send it with all that it carries."""
    hidden = {name: values[0] for name, values in FormOnPage(answer).hidden.items()}
    return sign_in(client, user, code, wanted=hidden["next"], _kept=hidden["_kept"])


def press_back(client, answer):
    """Press the button that leads back to the form."""
    form = FormOnPage(answer)
    return client.post(form.action, form.hidden)
