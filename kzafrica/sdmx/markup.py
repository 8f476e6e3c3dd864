"""SDMX-ML 2.1 as text: elements, names in several languages, references, and what stands around every message."""

import re
from collections.abc import Iterable
from functools import lru_cache

from django.utils.timezone import localdate

from kzafrica.editorial.workflow import content_revision
from kzafrica.sdmx.artefacts import AGENCY, Artefact, Kind, Names
from kzafrica.translation import language_read

SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
NAMESPACES = {
    "mes": f"{SCHEMAS}/message",
    "str": f"{SCHEMAS}/structure",
    "com": f"{SCHEMAS}/common",
    "gen": f"{SCHEMAS}/data/generic",
    "ss": f"{SCHEMAS}/data/structurespecific",
    "footer": f"{SCHEMAS}/message/footer",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
# What XML 1.0 cannot hold, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
# Line ends and tabs of an attribute would be read as blanks.
_ESCAPES_IN_ATTRIBUTES = _ESCAPES | {9: "&#9;", 10: "&#10;", 13: "&#13;"}


def escaped(text: str) -> str:
    """Text as content of an element. What XML cannot hold becomes U+FFFD."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text).translate(_ESCAPES)


# Codes come again with every observation.
@lru_cache(maxsize=4096)
def quoted(text: str) -> str:
    """Text as the value of an attribute."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text).translate(_ESCAPES_IN_ATTRIBUTES)


def element(tag: str, *content: str, **attributes: str | None) -> str:
    """An element of content that is markup already; attributes are escaped here, and those of None left out.

    A double underscore in the name of an attribute is its colon: ``xml__lang``.
    """
    told = "".join(
        f' {name.replace("__", ":")}="{quoted(value)}"' for name, value in attributes.items() if value is not None
    )
    inner = "".join(content)
    return f"<{tag}{told}>{inner}</{tag}>" if inner else f"<{tag}{told}/>"


def named(names: Names) -> str:
    """``com:Name`` in each language that there are words of."""
    return "".join(element("com:Name", escaped(words), xml__lang=code) for code, words in names.items())


def reference(kind: Kind, identifier: str) -> str:
    """A reference to one of our own artefacts."""
    return element(
        "Ref", id=identifier, version=kind.version, agencyID=kind.agency, package=kind.package, **{"class": kind.name}
    )


def reference_to_item(kind: Kind, scheme: str, item: str) -> str:
    return element(
        "Ref",
        maintainableParentID=scheme,
        maintainableParentVersion=kind.version,
        agencyID=kind.agency,
        id=item,
        package=kind.package,
        **{"class": kind.item},
    )


def urn_of(artefact: Artefact) -> str:
    kind = artefact.kind
    of_class = f"urn:sdmx:org.sdmx.infomodel.{kind.package}.{kind.name}"
    return f"{of_class}={kind.agency}:{artefact.id}({kind.version})"


def document(root: str, *content: str, namespaces: dict[str, str] | None = None) -> str:
    """A whole message: ``root`` is a name of the message namespace."""
    known = NAMESPACES | (namespaces or {})
    told = {f"xmlns__{prefix}": address for prefix, address in known.items()}
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{element(f"mes:{root}", *content, **told)}\n'


def header(*content: str) -> str:
    """The head of a message, the same for the same content and day: its ETag promises as much."""
    return element(
        "mes:Header",
        element("mes:ID", f"{AGENCY}-{content_revision()}"),
        element("mes:Test", "false"),
        element("mes:Prepared", localdate().isoformat()),
        element("mes:Sender", id=AGENCY),
        *content,
    )


def footer(sentences: Iterable[str], code: str) -> str:
    """What must be known of the answer as a whole, as information and not as a fault; nothing without sentences."""
    texts = [element("com:Text", escaped(sentence), xml__lang=language_read()) for sentence in sentences]
    messages = [element("footer:Message", text, code=code, severity="Information") for text in texts]
    return element("footer:Footer", *messages) if messages else ""
