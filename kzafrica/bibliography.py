"""How a page is cited: in words, and as BibTeX, RIS and CSL-JSON. Knows no model."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import orjson
from django.utils.translation import gettext as _

from kzafrica.dates import ImpreciseDate
from kzafrica.linked_data import LICENCE, LICENCE_ADDRESS, PUBLISHER, Nature

# How TeX writes the letters that mean something to it. Braces go by name: BibTeX counts even those behind a backslash.
TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "%&#$_"},
}
LINE_END = "\r\n"


class Form(StrEnum):
    """What a citation can be had as; the value ends its address."""

    TEXT = "txt"
    BIBTEX = "bib"
    RIS = "ris"
    CSL = "json"

    @property
    def label(self) -> str:
        return {Form.TEXT: _("Text"), Form.BIBTEX: "BibTeX", Form.RIS: "RIS", Form.CSL: "CSL-JSON"}[self]

    @property
    def media_type(self) -> str:
        return {
            Form.TEXT: "text/plain",
            Form.BIBTEX: "application/x-bibtex",
            Form.RIS: "application/x-research-info-systems",
            Form.CSL: "application/vnd.citationstyles.csl+json",
        }[self]


@dataclass(frozen=True)
class Work:
    """A page as a bibliography knows it. Nobody signs a record: it is then cited by its publisher.

    ``issued`` is the year, month and day of the work as far as they are known. ``version`` numbers what the reader saw.
    """

    key: str
    title: str
    kind: str
    nature: Nature
    issued: tuple[int, ...]
    issued_in_words: str
    address: str
    language: str
    accessed: date
    changed: date | None = None
    authors: tuple[str, ...] = ()
    version: int | None = None
    version_address: str = ""

    @property
    def creators(self) -> tuple[str, ...]:
        return self.authors or (PUBLISHER,)

    @property
    def version_note(self) -> str:
        if self.version is None:
            return ""
        return _("Version %(number)s: %(address)s") % {"number": self.version, "address": self.version_address}

    @property
    def licence_note(self) -> str:
        return _("Licence: %s") % f"{LICENCE}, {LICENCE_ADDRESS}"


def day_text(day: date) -> str:
    return ImpreciseDate.parse(day.isoformat()).text()


def one_line(text: str) -> str:
    """The text on one line, without characters that no file should have."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())


def citation(work: Work, form: Form) -> str:
    """The whole file of a form; a sentence on one line for text."""
    return {Form.TEXT: as_text, Form.BIBTEX: as_bibtex, Form.RIS: as_ris, Form.CSL: as_csl}[form](work)


def as_text(work: Work) -> str:
    """Who, what, where, when, which version, seen when, on what terms: one sentence each."""
    kind = f" [{work.kind}]" if work.kind else ""
    parts = [
        f"{'; '.join(work.creators)}.",
        f"“{work.title}”{kind}.",
        f"{PUBLISHER}, {work.issued_in_words}." if work.authors and work.issued_in_words else "",
        _("Last changed: %s.") % day_text(work.changed) if work.changed else "",
        f"{work.version_note}." if work.version_note else "",
        f"{work.address}.",
        _("Accessed: %s.") % day_text(work.accessed),
        f"{LICENCE}.",
    ]
    return one_line(" ".join(filter(None, parts)))


# --- BibTeX


def tex(text: str) -> str:
    """The text for a field of BibTeX, in UTF-8: only what TeX would read as a command is written otherwise."""
    return "".join(TEX.get(letter, letter) for letter in one_line(text))


def as_bibtex(work: Work) -> str:
    year, month = (*work.issued, None, None)[:2]
    fields = {
        # Each in braces of its own: the name of a body is no given and family name, and which is which in a name of
        # Kazakhstan or Africa is not for us to guess.
        "author": " and ".join(f"{{{tex(name)}}}" for name in work.creators),
        "title": f"{{{tex(work.title)}}}",
        "publisher": f"{{{PUBLISHER}}}",
        "year": str(year) if year else "",
        "month": str(month) if month else "",
        # Addresses of ours have no letter but those of ASCII that mean nothing to TeX.
        "howpublished": f"\\url{{{work.address}}}",
        "url": work.address,
        "urldate": work.accessed.isoformat(),
        "version": str(work.version or ""),
        "language": work.language,
        "note": tex(". ".join(filter(None, (work.kind, work.version_note, work.licence_note)))),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{work.key},", *lines, "}", ""])


# --- RIS


def ris_lines(work: Work) -> Iterator[tuple[str, str]]:
    year, month, day = (*work.issued, None, None, None)[:3]
    yield "TY", work.nature.ris
    yield "ID", work.key
    for name in work.creators:
        # A comma would part the family name from the given one.
        yield "AU", name.replace(",", " ")
    yield "TI", work.title
    yield "T2", PUBLISHER
    yield "PB", PUBLISHER
    if year:
        yield "PY", f"{year:04}"
        yield "DA", "/".join([f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if day else "", ""])
    yield "Y2", f"{work.accessed:%Y/%m/%d}/"
    yield "UR", work.address
    if work.version is not None:
        yield "ET", str(work.version)
        yield "L2", work.version_address
    yield "M3", work.kind
    yield "LA", work.language
    yield "N1", ". ".join(filter(None, (work.version_note, work.licence_note)))
    yield "ER", ""


def as_ris(work: Work) -> str:
    lines = ((tag, one_line(value)) for tag, value in ris_lines(work))
    return "".join(f"{tag}  - {value}{LINE_END}" for tag, value in lines if value or tag == "ER")


# --- CSL-JSON


def as_csl(work: Work) -> str:
    item = {
        "id": work.key,
        "type": work.nature.csl,
        "title": one_line(work.title),
        "author": [{"literal": one_line(name)} for name in work.creators],
        "publisher": PUBLISHER,
        "container-title": PUBLISHER,
        "genre": work.kind,
        "issued": {"date-parts": [list(work.issued)]} if work.issued else None,
        "accessed": {"date-parts": [[work.accessed.year, work.accessed.month, work.accessed.day]]},
        "URL": work.address,
        "version": str(work.version) if work.version is not None else None,
        "language": work.language,
        "note": ". ".join(filter(None, (work.version_note, work.licence_note))),
    }
    return orjson.dumps([{name: value for name, value in item.items() if value}], option=orjson.OPT_INDENT_2).decode()
