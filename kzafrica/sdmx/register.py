"""Every artefact that is offered, and how each leads to others."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from kzafrica.sdmx.artefacts import (
    AGENCY,
    AGENCY_SCHEME,
    CODELIST,
    CONCEPT_SCHEME,
    CONCEPTS,
    CONSTRAINT,
    DATA_STRUCTURE,
    DATAFLOW,
    KINDS,
    Artefact,
    Code,
    Kind,
    in_languages,
)
from kzafrica.sdmx.codelists import CODELISTS
from kzafrica.sdmx.flows import CONCEPT_NAMES, FLOWS, Flow
from kzafrica.sdmx.questions import Question

Key = tuple[Kind, str]


def artefacts() -> dict[Key, Artefact]:
    """Every artefact by its kind and name, in the order of a message. None of what they hold is read yet."""
    agency = [Code(AGENCY, {"en": "KZ-Africa"})]
    made = [
        Artefact(AGENCY_SCHEME, "AGENCIES", {"en": "Agencies"}, lambda: agency),
        *(_dataflow(flow) for flow in FLOWS.values()),
        *(Artefact(CODELIST, key, in_languages(name), read) for key, (name, read) in CODELISTS.items()),
        Artefact(CONCEPT_SCHEME, CONCEPTS, in_languages(_("Concepts")), _concepts),
        *(_structure(flow) for flow in FLOWS.values()),
        *(_constraint(flow) for flow in FLOWS.values()),
    ]
    return {artefact.key: artefact for artefact in made}


def _dataflow(flow: Flow) -> Artefact:
    return Artefact(DATAFLOW, flow.id, in_languages(flow.name), lambda: flow.id, ((DATA_STRUCTURE, flow.id),))


def _structure(flow: Flow) -> Artefact:
    children = ((CONCEPT_SCHEME, CONCEPTS), *((CODELIST, key) for key in flow.structure.codelists))
    return Artefact(DATA_STRUCTURE, flow.id, in_languages(flow.name), lambda: flow.structure, children)


def _constraint(flow: Flow) -> Artefact:
    def read():
        return flow.id, flow.region(Question(), flow.structure.names)

    return Artefact(CONSTRAINT, f"CR_{flow.id}", in_languages(flow.name), read, ((DATAFLOW, flow.id),))


def _concepts() -> list[Code]:
    return [Code(key, in_languages(name)) for key, name in CONCEPT_NAMES.items()]


def with_references(found: Iterable[Key], references: str, known: dict[Key, Artefact]) -> set[Key]:
    """What is to stand in an answer besides what was asked for, as the parameter ``references`` says."""
    asked = set(found)
    below, above = _descendants(asked, known), _parents(asked, known)
    siblings = above | _children(above, known)
    match references:
        case "none":
            return set()
        case "children":
            return _children(asked, known)
        case "descendants":
            return below
        case "parents":
            return above
        case "parentsandsiblings":
            return siblings
        case "all":
            return below | siblings
    return {key for key in below | siblings if key[0].resource == references}


def _children(keys: Iterable[Key], known: dict[Key, Artefact]) -> set[Key]:
    return {child for key in keys for child in known[key].children}


def _descendants(keys: Iterable[Key], known: dict[Key, Artefact]) -> set[Key]:
    found: set[Key] = set()
    waiting = _children(keys, known)
    while waiting:
        found |= waiting
        waiting = _children(waiting, known) - found
    return found


def _parents(keys: set[Key], known: dict[Key, Artefact]) -> set[Key]:
    return {key for key, artefact in known.items() if keys & set(artefact.children)}


REFERENCES = (
    "none", "children", "descendants", "parents", "parentsandsiblings", "all", *(kind.resource for kind in KINDS)
)  # fmt: skip
