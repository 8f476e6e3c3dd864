"""Mail addresses: which we send to, in one spelling, and how they are shown to those who need not know them."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

LONGEST_ADDRESS = 254
_PLAIN = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+")


def normal_address(typed: str) -> str:
    """The address in the spelling that mail servers take, its domain in lower case and in ASCII (RFC 5890).

    Raises ValidationError for what is no address of the public internet: quoted names, numbers in place of a domain,
    names within one machine, letters outside ASCII before the @, anything with a line end.
    """
    name, _at, domain = typed.strip().rpartition("@")
    try:
        # The encoding of Python takes no empty or overlong label.
        domain = domain.encode("idna").decode("ascii").lower()
        address = f"{name}@{domain}"
        EmailValidator(allowlist=[])(address)
    except (UnicodeError, ValidationError):
        raise ValidationError(not_an_address()) from None
    if not _PLAIN.fullmatch(name) or domain.startswith("[") or len(address) > LONGEST_ADDRESS:
        raise ValidationError(not_an_address())
    return address


def not_an_address() -> str:
    return _("We cannot write to this address: give it as name@example.org, in Latin letters before the @.")


def masked(address: str) -> str:
    """``a…@e….org``."""
    name, _at, domain = address.partition("@")
    host, _dot, end = domain.rpartition(".")
    return f"{name[:1]}…@{host[:1]}….{end}"
