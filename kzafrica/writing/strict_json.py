"""Reads JSON that says one thing alone: no name twice, no number that is none, no text that is not UTF-8."""

import json
import re
from itertools import accumulate

from django.utils.translation import gettext as _

DEEPEST = 20
TEXT_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)
STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}


class Unreadable(Exception):
    """The body is no JSON that can be taken; the text says what is wrong and where."""


class Number(str):
    """A number as it stands in the text: what belongs where a number stands is decided by whoever reads it."""


def read_json(body: bytes):
    """The value that a body writes, numbers as ``Number``. Raises Unreadable."""
    text = _decoded(body)
    if not text.strip():
        raise Unreadable(_("The body is empty: send a JSON object."))
    depths = accumulate(STEPS.get(found[0], 0) for found in TEXT_OR_BRACKET.finditer(text))
    if max(depths, default=0) > DEEPEST:
        raise Unreadable(_("The JSON is nested more than %(n)s levels deep: no record is.") % {"n": DEEPEST})
    try:
        return json.loads(
            text, object_pairs_hook=_each_once, parse_constant=_refuse, parse_float=Number, parse_int=Number
        )
    except json.JSONDecodeError as error:
        details = {"line": error.lineno, "column": error.colno, "error": error.msg}
        raise Unreadable(_("This is not JSON (line %(line)s, column %(column)s): %(error)s.") % details) from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sentence = _("The body is not UTF-8 (byte %s): write it in that encoding.")
        raise Unreadable(sentence % (error.start + 1)) from None


def _each_once(pairs: list[tuple]) -> dict:
    members: dict = {}
    for name, value in pairs:
        if name in members:
            raise Unreadable(_("“%s” stands twice in one object: say it once.") % name[:60])
        members[name] = value
    return members


def _refuse(constant: str):
    raise Unreadable(_("“%s” is no JSON: where nothing is known, write null or leave the member out.") % constant)
