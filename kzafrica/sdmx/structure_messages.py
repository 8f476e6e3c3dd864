"""Artefacts as structure messages of SDMX-ML 2.1, in the order that its schema asks for."""

from collections.abc import Iterable

from kzafrica.sdmx.artefacts import (
    AGENCY_SCHEME,
    CODELIST,
    CONCEPT_SCHEME,
    CONCEPTS,
    CONSTRAINT,
    DATA_STRUCTURE,
    DATAFLOW,
    KINDS,
    TIME,
    VALUE,
    Artefact,
    Code,
    Component,
    Region,
    Structure,
)
from kzafrica.sdmx.markup import (
    document,
    element,
    escaped,
    header,
    named,
    reference,
    reference_to_item,
    urn_of,
)


def structure_message(found: Iterable[Artefact], stubs: Iterable[Artefact] = (), *, address: str = "") -> str:
    """A message of artefacts; those in ``stubs`` only by their names, with the address where all of them is."""
    written = dict.fromkeys(KINDS, "")
    for artefact in found:
        written[artefact.kind] += _whole(artefact)
    for artefact in stubs:
        written[artefact.kind] += _stub(artefact, address)
    lists = [element(f"str:{kind.place}", markup) for kind, markup in written.items() if markup]
    return document("Structure", header(), element("mes:Structures", *lists))


def constraint_of(flow: str, region: Region, artefact: Artefact) -> str:
    """A constraint as it stands in a message: what there is of a dataflow."""
    return _maintainable(artefact, _constrained(flow, region), notes=_annotations(region.notes), type="Actual")


def _stub(artefact: Artefact, address: str) -> str:
    kind = artefact.kind
    place = f"{address}{kind.resource}/{kind.agency}/{artefact.id}/{kind.version}"
    extra = {"type": "Actual"} if kind is CONSTRAINT else {}
    return _maintainable(artefact, "", isExternalReference="true", structureURL=place, **extra)


def _whole(artefact: Artefact) -> str:
    content = artefact.content
    if artefact.kind is CONSTRAINT:
        return constraint_of(*content, artefact)
    if artefact.kind is DATAFLOW:
        return _maintainable(artefact, element("str:Structure", reference(DATA_STRUCTURE, content)))
    if artefact.kind is DATA_STRUCTURE:
        return _maintainable(artefact, _components(content))
    items = "".join(_item(code, f"str:{artefact.kind.item}") for code in content)
    return _maintainable(artefact, items, isPartial="false" if artefact.kind is not AGENCY_SCHEME else None)


def _maintainable(artefact: Artefact, content: str, *, notes: str = "", **attributes: str | None) -> str:
    kind = artefact.kind
    return element(
        f"str:{kind.name}",
        notes,
        named(artefact.names),
        content,
        id=artefact.id,
        agencyID=kind.agency,
        version=kind.version,
        isFinal="false",
        urn=urn_of(artefact),
        **attributes,
    )


def _annotations(notes: Iterable[tuple[str, str]]) -> str:
    written = [
        element(
            "com:Annotation",
            element("com:AnnotationTitle", escaped(text)),
            element("com:AnnotationType", escaped(kind)),
            id=kind,
        )
        for kind, text in notes
    ]
    return element("com:Annotations", *written) if written else ""


def _item(code: Code, tag: str) -> str:
    parent = element("str:Parent", element("Ref", id=code.parent)) if code.parent else ""
    return element(tag, _annotations(code.notes), named(code.names), parent, id=code.id)


def _components(structure: Structure) -> str:
    dimensions = [
        element("str:Dimension", _identity(part.id), _representation(part), id=part.id, position=str(place))
        for place, part in enumerate(structure.dimensions, 1)
    ]
    time = element(
        "str:TimeDimension",
        _identity(TIME),
        _text("ObservationalTimePeriod"),
        id=TIME,
        position=str(len(dimensions) + 1),
    )
    attributes = [
        element(
            "str:Attribute",
            _identity(part.id),
            _representation(part),
            _relationship(part),
            id=part.id,
            assignmentStatus="Mandatory" if part.is_mandatory else "Conditional",
        )
        for part in structure.attributes
    ]
    measure = element("str:PrimaryMeasure", _identity(VALUE), _text("Decimal"), id=VALUE)
    return element(
        "str:DataStructureComponents",
        element("str:DimensionList", *dimensions, time, id="DimensionDescriptor"),
        element("str:AttributeList", *attributes, id="AttributeDescriptor"),
        element("str:MeasureList", measure, id="MeasureDescriptor"),
    )


def _identity(concept: str) -> str:
    return element("str:ConceptIdentity", reference_to_item(CONCEPT_SCHEME, CONCEPTS, concept))


def _representation(part: Component) -> str:
    if not part.codelist:
        return _text(part.text_type)
    return element("str:LocalRepresentation", element("str:Enumeration", reference(CODELIST, part.codelist)))


def _text(kind: str) -> str:
    return element("str:LocalRepresentation", element("str:TextFormat", textType=kind))


def _relationship(part: Component) -> str:
    if part.beside:
        beside = element("str:Dimension", element("Ref", id=part.beside))
    else:
        beside = element("str:PrimaryMeasure", element("Ref", id=VALUE))
    return element("str:AttributeRelationship", beside)


def _constrained(flow: str, region: Region) -> str:
    attached = element("str:ConstraintAttachment", element("str:Dataflow", reference(DATAFLOW, flow)))
    selections = [
        element("com:KeyValue", *(element("com:Value", escaped(code)) for code in codes), id=name)
        for name, codes in region.values.items()
        if codes
    ]
    if region.begins:
        days = [
            element("com:StartPeriod", region.begins, isInclusive="true"),
            element("com:EndPeriod", region.ends, isInclusive="true"),
        ]
        selections.append(element("com:KeyValue", element("com:TimeRange", *days), id=TIME))
    return attached + (element("str:CubeRegion", *selections, include="true") if selections else "")
