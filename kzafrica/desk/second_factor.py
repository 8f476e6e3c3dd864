"""The second factor of people who sign in: who must have one, the codes, and the devices that make them.

A device is an authenticator app (TOTP, RFC 6238). Beside it stand recovery codes, each of them good for once, for the
day on which the device is lost. Both are rows of django-otp, which also refuses a code that was used and makes whoever
guesses wait longer each time.
"""

import time
from base64 import b32encode
from binascii import unhexlify
from dataclasses import dataclass
from datetime import timedelta

import segno
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from kzafrica.editorial.workflow import PUBLISH_PERMISSION

CODE_DIGITS = 6
RECOVERY_CODE_COUNT = 10
SECRET_SALT = "kzafrica.desk.second_factor"  # noqa: S105 - names what is signed
SECRET_KEPT = timedelta(hours=1)

DOES_NOT_FIT = gettext_lazy(
    "This is not the code that belongs to the secret above. See that the clock of your device is right, and give the "
    "code that it shows now."
)


# --- Who must have one, and who has


def must_have(user) -> bool:
    """Whether the desk stays closed to this person without a second factor: whoever may publish."""
    return settings.SECOND_FACTOR and user.has_perm(PUBLISH_PERMISSION)


def device_of(user) -> TOTPDevice | None:
    """The authenticator app of this person, once it has been confirmed with a code."""
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).order_by("pk").last()


def has_device(user) -> bool:
    """Whether this person has a device; asked of the database once for each request."""
    if not hasattr(user, "has_second_factor"):
        user.has_second_factor = device_of(user) is not None
    return user.has_second_factor


def has_given_code(user) -> bool:
    return getattr(user, "otp_device", None) is not None


def is_satisfied_by(user) -> bool:
    """Whether nothing more is to be asked: a code was given, or there is neither a device nor a need for one."""
    return has_given_code(user) or not (has_device(user) or must_have(user))


# --- Codes


def without_gaps(typed: str) -> str:
    """A code as it is compared: people type and paste it in groups."""
    return "".join(typed.split()).replace("-", "").lower()


def take_code(user, typed: str) -> Device:
    """The device that this code comes from; the code is spent.

    Raises a ValidationError with a sentence whose code is ``missing``, ``wrong`` or ``throttled``.
    """
    code = without_gaps(typed)
    if not code:
        raise ValidationError(_("This account has a second factor: give the code from your device."), code="missing")
    # What cannot be a code of one kind is not counted as a wrong one of that kind.
    kind = TOTPDevice if len(code) == CODE_DIGITS and code.isdecimal() else StaticDevice
    with transaction.atomic():
        device = kind.objects.devices_for_user(user, confirmed=True).select_for_update().order_by("pk").last()
        is_allowed, refusal = device.verify_is_allowed() if device else (True, None)
        if device and is_allowed and device.verify_token(code):
            return device
    if not is_allowed:
        raise ValidationError(_waiting(refusal), code="throttled")
    if kind is StaticDevice:
        raise ValidationError(
            _(
                "This is not a code of your second factor: a code has %(digits)d digits, and a recovery code is "
                "good only once."
            ),
            code="wrong",
            params={"digits": CODE_DIGITS},
        )
    raise ValidationError(
        _("This code is wrong, too old or already used. Wait until your device shows another one, and give that."),
        code="wrong",
    )


def _waiting(refusal: dict) -> str:
    seconds = max(1, round((refusal["locked_until"] - timezone.now()).total_seconds()))
    return ngettext(
        "The last code was wrong. Wait %(seconds)d second before you give another one.",
        "The last codes were wrong. Wait %(seconds)d seconds before you give another one.",
        seconds,
    ) % {"seconds": seconds}


# --- Setting up, replacing, renewing, removing


@dataclass(frozen=True)
class Secret:
    """What the site and a device of this person are to share, before a code has confirmed that they do."""

    user: object
    key: str

    @classmethod
    def new(cls, user) -> "Secret":
        return cls(user, random_hex(20))

    @classmethod
    def signed_for(cls, user, signed: str) -> "Secret | None":
        """The secret that a page of ours showed to this person within the last hour; None for anything else."""
        try:
            stated = signing.loads(signed, salt=SECRET_SALT, max_age=SECRET_KEPT)
        except signing.BadSignature:
            return None
        return cls(user, stated["key"]) if stated["user"] == user.pk else None

    @property
    def signed(self) -> str:
        return signing.dumps({"user": self.user.pk, "key": self.key}, salt=SECRET_SALT)

    @property
    def for_typing(self) -> str:
        """The secret in the letters that an authenticator app takes, in groups of four."""
        letters = b32encode(unhexlify(self.key)).decode()
        return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))

    @property
    def address(self) -> str:
        """What the picture says: an ``otpauth:`` address, which an authenticator app reads."""
        return TOTPDevice(user=self.user, key=self.key).config_url

    def fits(self, code: str) -> bool:
        """Whether a device that shares this secret shows this code now, or half a minute earlier or later."""
        shown = TOTP(unhexlify(self.key))
        shown.time = time.time()
        return code.isdecimal() and shown.verify(int(code), tolerance=1)

    @cached_property
    def picture(self) -> "Picture":
        return Picture.of(self.address)


@dataclass(frozen=True)
class Picture:
    """A QR code (ISO/IEC 18004): the outline of its dark squares, one unit each, and its width with the quiet zone."""

    outline: str
    width: int

    QUIET_ZONE = 4

    @classmethod
    def of(cls, text: str) -> "Picture":
        rows = segno.make_qr(text, error="m").matrix
        outline = "".join(
            f"M{x + cls.QUIET_ZONE} {y + cls.QUIET_ZONE}h1v1h-1z"
            for y, row in enumerate(rows)
            for x, is_dark in enumerate(row)
            if is_dark
        )
        return cls(outline, len(rows) + 2 * cls.QUIET_ZONE)


def set_up(secret: Secret, code: str, *, instead_of: TOTPDevice | None) -> tuple[TOTPDevice, list[str]]:
    """The confirmed device of this secret, the only one of its person from now on, with new recovery codes.

    ``instead_of`` is the device that the caller knows of, and has asked for a code. Raises a ValidationError with a
    sentence, and changes nothing, where the code is not that of the secret or the device is another one meanwhile.
    """
    user = secret.user
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=user.pk)
        if device_of(user) != instead_of:
            raise ValidationError(_("Your second factor was changed meanwhile. Load this page again."))
        TOTPDevice.objects.filter(user=user).delete()
        device = TOTPDevice.objects.create(user=user, name="authenticator", key=secret.key)
        if not device.verify_token(code):
            raise ValidationError(DOES_NOT_FIT)
        codes = _new_recovery_codes(user)
        log(user, by=user, sentence=_("Replaced the second factor.") if instead_of else _("Set up a second factor."))
    return device, codes


def renew_recovery_codes(user) -> list[str]:
    """Ten new recovery codes; the old ones open nothing any more."""
    with transaction.atomic():
        codes = _new_recovery_codes(user)
        log(user, by=user, sentence=_("Renewed the recovery codes."))
    return codes


def recovery_codes_left(user) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def remove_device(user, *, by) -> None:
    """Forget the device and the recovery codes of a colleague who lost them; sessions that rest on them close."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        log(user, by=by, sentence=_("Removed the second factor."))


def _new_recovery_codes(user) -> list[str]:
    device = StaticDevice.objects.filter(user=user).order_by("pk").last()
    device = device or StaticDevice.objects.create(user=user, name="recovery codes")
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODE_COUNT)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def log(user, *, by, sentence: str) -> None:
    """A line in the admin's log of this account."""
    LogEntry.objects.log_actions(by.pk, [user], CHANGE, change_message=sentence, single_object=True)
