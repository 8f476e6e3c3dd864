"""What addresses of the REST API of SDMX 2.1 ask for: dataflows, keys, parameters and media types.

Raises BadParameters for what cannot be read, and the exceptions of ``refusals`` for what cannot be answered.
"""

import re
from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _

from kzafrica.filtering import nearest, refuse_bad_parameters, unknown_value
from kzafrica.problems import BadParameters
from kzafrica.sdmx.artefacts import AGENCY, CODELIST, TIME, VERSION, Artefact, Component, Kind
from kzafrica.sdmx.data_messages import DETAILS, FLAT, Form
from kzafrica.sdmx.flows import FLOWS, Flow
from kzafrica.sdmx.periods import days_of
from kzafrica.sdmx.questions import Question
from kzafrica.sdmx.refusals import NoSuchForm, NothingFound, NotImplementedHere

LATEST = ("latest", "all", VERSION)
EVERYTHING = "all"
OF_SERIES = ("startPeriod", "endPeriod")
OF_DATA = (
    *OF_SERIES, "updatedAfter", "firstNObservations", "lastNObservations", "dimensionAtObservation", "detail",
    "includeHistory",
)  # fmt: skip
OF_AVAILABILITY = (*OF_SERIES, "updatedAfter", "references", "mode")
OF_STRUCTURES = ("references", "detail")


def flow_of(text: str) -> Flow:
    """The dataflow that ``TRADE``, ``KZAFRICA,TRADE`` or ``KZAFRICA,TRADE,1.0`` names."""
    parts = text.split(",")
    forms = {1: (EVERYTHING, parts[0], "latest"), 2: (*parts, "latest"), 3: tuple(parts)}
    agency, name, version = forms.get(len(parts), ("", "", ""))
    if agency not in (AGENCY, EVERYTHING) or version not in LATEST or name not in FLOWS:
        raise NothingFound(no_such(text, FLOWS))
    return FLOWS[name]


def no_such(text: str, known: Iterable[str]) -> str:
    """That there is none of that name, with the nearest one or all there are."""
    return " ".join(unknown_value(text[:60], list(known)).messages)


def check_provider(text: str) -> None:
    """Everything here is provided by ourselves."""
    for provider in text.split("+"):
        if provider not in (EVERYTHING, AGENCY, f"{AGENCY},{AGENCY}", f"{EVERYTHING},{AGENCY}"):
            raise NothingFound(no_such(provider, [AGENCY]))


def question_of(flow: Flow, key: str, query: QueryDict, known: dict[tuple[Kind, str], Artefact]) -> Question:
    """The series that a key and the parameters of time ask for; ``known`` has the codes."""
    begins = days_of(query["startPeriod"], "startPeriod")[0] if "startPeriod" in query else None
    ends = days_of(query["endPeriod"], "endPeriod")[1] if "endPeriod" in query else None
    if begins and ends and begins > ends:
        raise BadParameters([("endPeriod", _("The time ends before it begins: give the earlier period first."))])
    if "updatedAfter" in query:
        raise NotImplementedHere("updatedAfter", "/api/v1/changes/")
    return Question(_wanted(flow, key, known), begins, ends)


def _wanted(flow: Flow, key: str, known: dict[tuple[Kind, str], Artefact]) -> dict[str, frozenset[str]]:
    if key in ("", EVERYTHING):
        return {}
    places, dimensions = key.split("."), flow.structure.dimensions
    if len(places) != len(dimensions):
        sentence = _("The key has %(found)d places and should have %(right)d: %(names)s, with dots between.")
        details = {"found": len(places), "right": len(dimensions), "names": ".".join(flow.structure.names)}
        raise BadParameters([("key", sentence % details)])
    chosen = zip(dimensions, places, strict=True)
    return {part.id: _codes(part, place, known[CODELIST, part.codelist]) for part, place in chosen if place}


def _codes(part: Component, place: str, codelist: Artefact) -> frozenset[str]:
    """The codes that a place of a key names, in any case, each of which has to be one of the list."""
    by_folded = {code.id.casefold(): code.id for code in codelist.content}
    found = set()
    for text in place.split("+"):
        code = by_folded.get(text.casefold())
        if code is None:
            near = nearest(text[:60], by_folded.values())
            sentence = _("%(dimension)s has no code “%(code)s”: those of %(codelist)s are meant.")
            details = {"dimension": part.id, "code": text[:60], "codelist": codelist.id}
            hint = _(" Did you mean “%s”?") % near if near else ""
            raise BadParameters([("key", sentence % details + hint, near)])
        found.add(code)
    return frozenset(found)


def form_of(flow: Flow, query: QueryDict) -> Form:
    """How the series are to be told."""
    if query.get("includeHistory", "false") != "false":
        raise NotImplementedHere("includeHistory", "/api/v1/versions/")
    at_observation = query.get("dimensionAtObservation", TIME)
    if at_observation in flow.structure.names:
        raise NotImplementedHere(f"dimensionAtObservation={at_observation}", f"{TIME}, {FLAT}")
    return Form(
        choice(query, "detail", DETAILS, DETAILS[0]), choice(query, "dimensionAtObservation", (TIME, FLAT), TIME)
    )


def number_of(query: QueryDict, name: str) -> int | None:
    """A count of observations."""
    text = query.get(name)
    if text is None:
        return None
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) == 0:
        raise BadParameters([(name, _("“%(text)s” is no count: write a whole number from 1.") % {"text": text[:20]})])
    return int(text)


def choice(query: QueryDict, name: str, known: Iterable[str], default: str) -> str:
    """The value of a parameter that has to be one of those known."""
    value = query.get(name, default)
    if value not in known:
        error = unknown_value(value[:60], list(known))
        raise BadParameters([(name, " ".join(error.messages), error.params["nearest"])])
    return value


def refuse_unknown(query: QueryDict, known: Iterable[str]) -> None:
    refuse_bad_parameters(query, None, also=known)


def media_type_of(accept: str, offered: dict[str, str]) -> str:
    """The form that an Accept header prefers of those offered, media types by the form that answers them."""
    wanted = []
    for place, entry in enumerate(accept[:2000].split(",") if accept.strip() else ["*/*"]):
        media, _semicolon, parameters = entry.partition(";")
        weight = re.search(r"\bq\s*=\s*([01](?:\.[0-9]{0,3})?)\b", parameters)
        version = re.search(r"\bversion\s*=\s*\"?([0-9.]+)", parameters)
        quality = float(weight[1]) if weight else 1.0
        if quality and not (version and version[1] != "2.1"):
            wanted.append((-quality, place, media.strip().lower()))
    for _quality, _place, media in sorted(wanted):
        if media in ("*/*", "application/*"):
            return next(iter(offered.values()))
        if media in offered:
            return offered[media]
    raise NoSuchForm(_("None of these forms is offered here. Ask for one of: %s.") % ", ".join(offered))
