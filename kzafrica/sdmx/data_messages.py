"""Series as data messages of SDMX-ML 2.1: generic, and specific to their structure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kzafrica.sdmx.artefacts import AGENCY, DATAFLOW, TIME, VALUE, VERSION
from kzafrica.sdmx.flows import Flow
from kzafrica.sdmx.markup import document, element, footer, header, quoted, reference
from kzafrica.sdmx.questions import Answer, Observation, Series

FLAT = "AllDimensions"
DETAILS = ("full", "dataonly", "serieskeysonly", "nodata")
# Codes above 999 are a service's own; this one says that something was left out.
LEFT_OUT = "1000"


@dataclass(frozen=True)
class Form:
    """How much of the series is told, and what stands at the level of an observation: its time, or all of its key."""

    detail: str = "full"
    at_observation: str = TIME

    @property
    def has_attributes(self) -> bool:
        return self.detail in ("full", "nodata")

    @property
    def has_observations(self) -> bool:
        return self.detail in ("full", "dataonly")

    @property
    def is_flat(self) -> bool:
        return self.at_observation == FLAT and self.has_observations


Writer = Callable[[Flow, Answer, Form], str]


def generic_message(flow: Flow, answer: Answer, form: Form) -> str:
    """``GenericData``: keys and attributes as pairs of name and value, readable without the structure."""
    write = _flat_generic if form.is_flat else _generic_series
    content = "".join(write(flow, series, form) for series in answer.series)
    return document(
        "GenericData",
        header(_structure(flow, form)),
        element("mes:DataSet", content, structureRef=flow.id, action="Information"),
        footer(answer.remarks, LEFT_OUT),
    )


def specific_message(flow: Flow, answer: Answer, form: Form) -> str:
    """``StructureSpecificData``: keys and attributes as attributes of the markup; a third of the length."""
    level = f":ObsLevelDim:{form.at_observation}"
    namespace = f"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure={AGENCY}:{flow.id}({VERSION}){level}"
    write = _flat_specific if form.is_flat else _specific_series
    content = "".join(write(flow, series, form) for series in answer.series)
    # Qualified here, so that they are told from the attributes of the structure; in the generic form they are not.
    about = {
        "ss__structureRef": flow.id,
        "ss__dataScope": "DataStructure",
        "ss__action": "Information",
        "xsi__type": "ns1:DataSetType",
    }
    return document(
        "StructureSpecificData",
        header(_structure(flow, form, namespace)),
        element("mes:DataSet", content, **about),
        footer(answer.remarks, LEFT_OUT),
        namespaces={"ns1": namespace},
    )


def _structure(flow: Flow, form: Form, namespace: str | None = None) -> str:
    usage = element("com:StructureUsage", reference(DATAFLOW, flow.id))
    return element(
        "mes:Structure",
        usage,
        structureID=flow.id,
        namespace=namespace,
        dimensionAtObservation=form.at_observation,
    )


# Written for every observation, some ten thousand times for an answer, and so without calls of element().


def _pairs(tag: str, values: dict[str, str]) -> str:
    if not values:
        return ""
    told = "".join(f'<gen:Value id="{name}" value="{quoted(value)}"/>' for name, value in values.items())
    return f"<gen:{tag}>{told}</gen:{tag}>"


def _key(flow: Flow, series: Series) -> dict[str, str]:
    return dict(zip(flow.structure.names, series.key, strict=True))


def _generic_series(flow: Flow, series: Series, form: Form) -> str:
    told = _pairs("SeriesKey", _key(flow, series))
    if form.has_attributes:
        told += _pairs("Attributes", series.attributes)
    if form.has_observations:
        told += "".join(_generic_observation(each, form) for each in series.observations)
    return f"<gen:Series>{told}</gen:Series>"


def _generic_observation(observation: Observation, form: Form) -> str:
    told = f'<gen:ObsDimension value="{observation.period}"/>{_generic_value(observation)}'
    if form.has_attributes:
        told += _pairs("Attributes", observation.attributes)
    return f"<gen:Obs>{told}</gen:Obs>"


def _generic_value(observation: Observation) -> str:
    return "" if observation.value is None else f'<gen:ObsValue value="{observation.value}"/>'


def _flat_generic(flow: Flow, series: Series, form: Form) -> str:
    return "".join(_flat_observations(flow, series, form))


def _flat_observations(flow: Flow, series: Series, form: Form) -> Iterator[str]:
    for each in series.observations:
        told = _pairs("ObsKey", _key(flow, series) | {TIME: each.period}) + _generic_value(each)
        if form.has_attributes:
            told += _pairs("Attributes", series.attributes | each.attributes)
        yield f"<gen:Obs>{told}</gen:Obs>"


def _as_attributes(values: dict[str, str]) -> str:
    return "".join(f' {name}="{quoted(value)}"' for name, value in values.items())


def _specific_series(flow: Flow, series: Series, form: Form) -> str:
    about = _as_attributes(_key(flow, series) | (series.attributes if form.has_attributes else {}))
    if not form.has_observations:
        return f"<Series{about}/>"
    observations = "".join(_specific_observation(each, {}, form) for each in series.observations)
    return f"<Series{about}>{observations}</Series>"


def _specific_observation(observation: Observation, around: dict[str, str], form: Form) -> str:
    value = {} if observation.value is None else {VALUE: observation.value}
    told = around | {TIME: observation.period} | value
    return f"<Obs{_as_attributes(told | (observation.attributes if form.has_attributes else {}))}/>"


def _flat_specific(flow: Flow, series: Series, form: Form) -> str:
    around = _key(flow, series) | (series.attributes if form.has_attributes else {})
    return "".join(_specific_observation(each, around, form) for each in series.observations)
