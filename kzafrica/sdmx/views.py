"""The addresses of the REST API of SDMX 2.1."""

from dataclasses import replace

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.views import APIView

from kzafrica.sdmx.artefacts import AGENCY, CONSTRAINT, DATAFLOW, KINDS, VERSION, Artefact, Kind
from kzafrica.sdmx.asking import (
    EVERYTHING,
    LATEST,
    OF_AVAILABILITY,
    OF_DATA,
    OF_STRUCTURES,
    check_provider,
    choice,
    flow_of,
    form_of,
    media_type_of,
    no_such,
    number_of,
    question_of,
    refuse_unknown,
)
from kzafrica.sdmx.data_messages import generic_message, specific_message
from kzafrica.sdmx.questions import MOST_OBSERVATIONS, TooManyObservations
from kzafrica.sdmx.refusals import NothingFound, NotImplementedHere, TooLarge
from kzafrica.sdmx.register import REFERENCES, artefacts, with_references
from kzafrica.sdmx.structure_messages import structure_message

STRUCTURE_FORMS = {
    "application/vnd.sdmx.structure+xml": "application/vnd.sdmx.structure+xml;version=2.1",
    "application/xml": "application/xml",
    "text/xml": "text/xml; charset=utf-8",
}
SPECIFIC_TYPE = "application/vnd.sdmx.structurespecificdata+xml;version=2.1"
DATA_FORMS = {
    "application/vnd.sdmx.genericdata+xml": "application/vnd.sdmx.genericdata+xml;version=2.1",
    "application/vnd.sdmx.structurespecificdata+xml": SPECIFIC_TYPE,
    "application/xml": "application/xml",
    "text/xml": "text/xml; charset=utf-8",
}
# What structures are told of: all, all but what was not asked for, or none.
DETAILS = ("full", "allstubs", "referencestubs", "allcompletestubs", "referencecompletestubs")
KINDS_BY_RESOURCE = {kind.resource: kind for kind in KINDS} | {"actualconstraint": CONSTRAINT}


class OwnNegotiation(BaseContentNegotiation):
    """None: the views choose among media types that REST framework has no names for."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class SdmxView(APIView):
    """A read of the exchange of statistics; it stands outside of the OpenAPI document, SDMX having its own."""

    schema = None
    content_negotiation_class = OwnNegotiation

    def form(self, offered: dict[str, str]) -> str:
        return media_type_of(self.request.headers.get("Accept", ""), offered)


class Structures(SdmxView):
    """Structures by their kind, agency, name and version; ``all`` stands for any."""

    def get(self, request, resource, agency=EVERYTHING, name=EVERYTHING, version="latest", item=EVERYTHING):
        form = self.form(STRUCTURE_FORMS)
        if item != EVERYTHING:
            raise NotImplementedHere(item, f"{resource}/{agency}/{name}/{version}")
        refuse_unknown(request.query_params, OF_STRUCTURES)
        references = choice(request.query_params, "references", REFERENCES, "none")
        detail = choice(request.query_params, "detail", DETAILS, "full")
        known = artefacts()
        found = [known[key] for key in self.found(known, resource, agency, name, version)]
        keys = {artefact.key for artefact in found}
        referred = with_references(keys, references, known) - keys
        beside = [known[key] for key in known if key in referred]
        whole = [] if detail.startswith("all") else found + ([] if detail.startswith("reference") else beside)
        stubs = [artefact for artefact in found + beside if artefact not in whole]
        address = request.build_absolute_uri(reverse("sdmx:root"))
        return HttpResponse(structure_message(whole, stubs, address=address), content_type=form)

    def found(self, known, resource: str, agency: str, name: str, version: str) -> list[tuple[Kind, str]]:
        of_kind = [key for key in known if resource == "structure" or key[0] is KINDS_BY_RESOURCE[resource]]
        agencies, names = agency.split("+"), name.split("+")
        for each in agencies:
            if each not in (EVERYTHING, *(kind.agency for kind, _name in of_kind)):
                raise NothingFound(no_such(each, [AGENCY]))
        for each in names:
            if each != EVERYTHING and each not in {name for _kind, name in of_kind}:
                raise NothingFound(no_such(each, [name for _kind, name in of_kind]))
        if not set(version.split("+")) <= set(LATEST):
            raise NothingFound(no_such(version, [VERSION]))
        return [
            (kind, own)
            for kind, own in of_kind
            if {EVERYTHING, kind.agency} & set(agencies) and {EVERYTHING, own} & set(names)
        ]


class Data(SdmxView):
    """Series of a dataflow by their key, in SDMX-ML: generic, or specific to the structure."""

    def get(self, request, flow, key=EVERYTHING, provider=EVERYTHING):
        form = self.form(DATA_FORMS)
        query = request.query_params
        refuse_unknown(query, OF_DATA)
        flow = flow_of(flow)
        check_provider(provider)
        told = form_of(flow, query)
        first, last = number_of(query, "firstNObservations"), number_of(query, "lastNObservations")
        question = question_of(flow, key, query, artefacts())
        try:
            answer = flow.series(question).only(first, last)
        except TooManyObservations:
            raise TooLarge from None
        if answer.size > MOST_OBSERVATIONS:
            raise TooLarge
        if not answer.series:
            raise NothingFound(" ".join([_("There is no series of this key and time."), *answer.remarks]))
        write = specific_message if form == SPECIFIC_TYPE else generic_message
        return HttpResponse(write(flow, answer, told), content_type=form)


class Availability(SdmxView):
    """Of what there are series within a key and a time, as a constraint."""

    def get(self, request, flow, key=EVERYTHING, provider=EVERYTHING, component=EVERYTHING):
        form = self.form(STRUCTURE_FORMS)
        query = request.query_params
        refuse_unknown(query, OF_AVAILABILITY)
        flow = flow_of(flow)
        check_provider(provider)
        references = choice(query, "references", REFERENCES, "none")
        if choice(query, "mode", ("exact", "available"), "exact") == "available":
            raise NotImplementedHere("mode=available", "mode=exact")
        known = artefacts()
        region = flow.region(question_of(flow, key, query, known), flow.structure.names)
        if not region.begins:
            raise NothingFound(_("There is no series of this key and time."))
        if component != EVERYTHING:
            names = self.components(flow, component)
            values = {name: codes for name, codes in region.values.items() if name in names}
            is_of_time = "TIME_PERIOD" in names
            region = replace(region, values=values, **({} if is_of_time else {"begins": "", "ends": ""}))
        constraint = Artefact(
            CONSTRAINT,
            f"CR_{flow.id}",
            known[DATAFLOW, flow.id].names,
            lambda: (flow.id, region),
            ((DATAFLOW, flow.id),),
        )
        keys = {constraint.key}
        beside = with_references(keys, references, known) - keys
        return HttpResponse(
            structure_message([*(known[key] for key in known if key in beside), constraint]), content_type=form
        )

    def components(self, flow, component: str) -> set[str]:
        names = set(component.split("+"))
        known = [*flow.structure.names, "TIME_PERIOD"]
        for name in names:
            if name not in known:
                raise NothingFound(no_such(name, known))
        return names


class NotOffered(SdmxView):
    """What the standard has and this site has nothing for."""

    def get(self, request, resource):
        raise NotImplementedHere(resource, ", ".join(("data", "availableconstraint", *KINDS_BY_RESOURCE)))


class Root(SdmxView):
    """All structures by their names: where to begin."""

    def get(self, request):
        refuse_unknown(request.query_params, ())
        form = self.form(STRUCTURE_FORMS)
        address = request.build_absolute_uri(reverse("sdmx:root"))
        return HttpResponse(structure_message([], artefacts().values(), address=address), content_type=form)
