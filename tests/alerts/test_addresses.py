"""Which addresses we write to, and in which spelling."""

import pytest
from django.core.exceptions import ValidationError

from kzafrica.delivery.addresses import masked, normal_address


@pytest.mark.parametrize(
    "typed",
    [
        "reader",
        "reader@",
        "@example.org",
        "reader@localhost",
        "reader@[127.0.0.1]",
        '"a b"@example.org',
        "читатель@example.org",
        "a@example.org\nBcc: b@example.org",
        "a\r\n@example.org",
        "a@example.org, b@example.org",
        "<a@example.org>",
        "a@exa mple.org",
        "a@-example.org",
        "a@" + "x" * 64 + ".org",
        "x" * 250 + "@example.org",
        "a..b@example.org",
        "a@example..org",
        "a\x00@example.org",
    ],
)
def test_what_we_cannot_write_to_is_refused(typed):
    with pytest.raises(ValidationError, match="We cannot write to this address"):
        normal_address(typed)


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("reader@example.org", "reader@example.org"),
        (" reader@example.org\r\n", "reader@example.org"),
        ("a@Пример.рф", "a@xn--e1afmkfd.xn--p1ai"),
        ("a@münchen.example", "a@xn--mnchen-3ya.example"),
        ("O'Neil+kz@EXAMPLE.org", "O'Neil+kz@example.org"),
        ("_@a.example.co", "_@a.example.co"),
    ],
)
def test_what_we_can_is_spelt_as_servers_take_it(typed, spelt):
    assert normal_address(typed) == spelt
    assert normal_address(spelt) == spelt


def test_a_masked_address_shows_first_letters_alone():
    assert masked("reader@mail.example.org") == "r…@m….org"
