"""What structures are made of: codelists, concepts, the parts of a key, dataflows and constraints. Knows no model."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import override

from kzafrica.translation import EDITORIAL_LANGUAGES

AGENCY = "KZAFRICA"
VERSION = "1.0"
CONCEPTS = "CS_KZAFRICA"
# What stands in a key where a dimension does not apply, and where what it names is not public (SDMX, codes for gaps).
NOT_APPLICABLE, NOT_SAID = "_Z", "_X"
TIME = "TIME_PERIOD"
VALUE = "OBS_VALUE"

# Words by the code of their language, English first.
Names = dict[str, str]


def in_languages(words: str | Promise) -> Names:
    """Translated words in every language that has its own."""
    found: Names = {}
    for code, _language in EDITORIAL_LANGUAGES:
        with override(code):
            told = str(words)
        if not found or told != found["en"]:
            found[code] = told
    return found


def as_written(columns: Iterable[str]) -> Names:
    """The columns of translated words, English first, as far as they were written."""
    codes = (code for code, _language in EDITORIAL_LANGUAGES)
    return {code: words for code, words in zip(codes, columns, strict=True) if words}


@dataclass(frozen=True)
class Kind:
    """A kind of artefact: its name in addresses, in URNs, and in what list of a message it stands."""

    resource: str
    package: str
    name: str
    place: str
    item: str = ""
    agency: str = AGENCY
    version: str = VERSION


AGENCY_SCHEME = Kind("agencyscheme", "base", "AgencyScheme", "OrganisationSchemes", "Agency", agency="SDMX")
DATAFLOW = Kind("dataflow", "datastructure", "Dataflow", "Dataflows")
CODELIST = Kind("codelist", "codelist", "Codelist", "Codelists", "Code")
CONCEPT_SCHEME = Kind("conceptscheme", "conceptscheme", "ConceptScheme", "Concepts", "Concept")
DATA_STRUCTURE = Kind("datastructure", "datastructure", "DataStructure", "DataStructures")
CONSTRAINT = Kind("contentconstraint", "registry", "ContentConstraint", "Constraints")
# In the order in which a message lists them.
KINDS = (AGENCY_SCHEME, DATAFLOW, CODELIST, CONCEPT_SCHEME, DATA_STRUCTURE, CONSTRAINT)


@dataclass(frozen=True)
class Code:
    """A code or another item of a scheme. ``notes`` are annotations: (type, text)."""

    id: str
    names: Names
    parent: str = ""
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Component:
    """A dimension or an attribute: the concept it stands for, and the codelist its values are of, if any.

    ``beside`` is the dimension that the value of an attribute depends on; empty text is the observation.
    """

    id: str
    codelist: str = ""
    text_type: str = "String"
    beside: str = ""
    is_mandatory: bool = False


@dataclass(frozen=True)
class Structure:
    """The parts of a key in their order, without the time, and what is told besides the value."""

    dimensions: tuple[Component, ...]
    attributes: tuple[Component, ...]

    @property
    def codelists(self) -> list[str]:
        found = [part.codelist for part in (*self.dimensions, *self.attributes) if part.codelist]
        return list(dict.fromkeys(found))

    @property
    def of_series(self) -> tuple[Component, ...]:
        return tuple(attribute for attribute in self.attributes if attribute.beside)

    @property
    def names(self) -> list[str]:
        return [dimension.id for dimension in self.dimensions]


@dataclass(frozen=True)
class Region:
    """What there is of a dataflow: the values of each dimension, the first and last day, and how much it is."""

    values: dict[str, list[str]]
    begins: str = ""
    ends: str = ""
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Artefact:
    """Something that has an address of its own. What it holds is read when it is first asked for."""

    kind: Kind
    id: str
    names: Names
    read: Callable[[], object] = field(repr=False, compare=False)
    # What it points to, as (kind, id).
    children: tuple[tuple[Kind, str], ...] = ()

    @cached_property
    def content(self):
        return self.read()

    @property
    def key(self) -> tuple[Kind, str]:
        return self.kind, self.id
