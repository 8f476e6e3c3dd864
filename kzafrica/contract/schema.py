"""Each operation as the OpenAPI document tells it: its id and group, its forms, all its answers with their headers.

A view says what else one of its actions answers in ``also_answers``, such as ``{"retrieve": (301, 410)}``; one without
actions says it by method. A view that answers nobody without a key has ``needs_key``. A renderer whose answers have not
the members of the serializer has ``answer_schema``.
"""

from django.core.exceptions import FieldDoesNotExist
from drf_spectacular.drainage import get_override
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, append_meta
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from kzafrica.contract import filters  # noqa: F401 - makes itself known
from kzafrica.contract.components import HEADERS, KEPT, RESPONSES, SCHEMAS, headers, name_of, reference_to
from kzafrica.contract.prose import TAGS, description, examples

# What any request can meet, what one for a document that is named can, and what one with a body can.
ANY = (400, 401, 406, 414, 429)
NAMED = (404,)
WITH_BODY = (403, 411, 413, 415)
OF_METHOD = {"GET": (304,), "POST": WITH_BODY, "PUT": WITH_BODY, "PATCH": WITH_BODY}

VERBS = {
    "list": "list",
    "retrieve": "get",
    "create": "create",
    "update": "replace",
    "partial_update": "change",
    "destroy": "delete",
}
TOLD_OF_DEPRECATION = ("Deprecation", "Sunset", "Link")
NEVER_EMPTY = ("limit", "cursor")
KEY = "The `id` of the document, as lists give it. Letters of either case."


class ContractSchema(AutoSchema):
    """What a view tells about itself, and what is true of all of them."""

    def get_operation(self, path, path_regex, path_prefix, method, registry):
        operation = super().get_operation(path, path_regex, path_prefix, method, registry)
        if operation is None:
            return None
        responses = operation["responses"]
        for status, response in responses.items():
            if int(status) in RESPONSES:
                responses[status] = reference_to(int(status))
            else:
                self.complete(operation["operationId"], status, response)
        for status in self.other_statuses():
            responses.setdefault(str(status), reference_to(status))
        operation["responses"] = dict(sorted(responses.items()))
        for parameter in operation.get("parameters", ()):
            self.finish(parameter)
        if notice := getattr(self.view, "deprecation", None):
            operation["deprecated"] = True
            operation["description"] = f"{notice.sentence}\n\n{operation.get('description', '')}".strip()
        return operation

    def get_auth(self) -> list[dict]:
        return [{"key": []}] if self.needs_key else super().get_auth()

    @property
    def needs_key(self) -> bool:
        return getattr(self.view, "needs_key", False)

    def _get_response_for_code(self, *args, **options) -> dict:
        response = super()._get_response_for_code(*args, **options)
        for renderer in self.view.get_renderers():
            if hasattr(renderer, "answer_schema") and renderer.media_type in response.get("content", {}):
                response["content"][renderer.media_type] = {"schema": renderer.answer_schema}
        return response

    def _map_serializer_field(self, field, direction, bypass_extensions=False):
        """A field that names a ``component`` is one wherever it stands; null as the column behind it can be."""
        is_document = isinstance(field, serializers.Serializer) and hasattr(field.parent, "Meta")
        if field.default is None or (is_document and can_be_null(field)):
            field.allow_null = True
        schema = super()._map_serializer_field(field, direction, bypass_extensions)
        if isinstance(field, serializers.URLField) and field.allow_blank:
            schema.pop("format", None)
        if isinstance(field, serializers.IntegerField):
            # These are the bounds of the database that happens to be in use.
            schema = {name: value for name, value in schema.items() if name not in ("format", "minimum", "maximum")}
        if not hasattr(field, "component"):
            return schema
        whole = {**get_override(field, "field"), "type": "object"}
        component = ResolvedComponent(field.component, ResolvedComponent.SCHEMA, whole, field.component)
        self.registry.register_on_missing(component)
        field.allow_null = can_be_null(field)
        return append_meta(component.ref, self._get_serializer_field_meta(field, direction))

    def _insert_field_validators(self, field, schema) -> None:
        if not isinstance(field, serializers.IntegerField | serializers.ChoiceField):
            super()._insert_field_validators(field, schema)

    def _map_basic_serializer(self, serializer, direction):
        """An answer has all its members, always; only what is sent may leave some out."""
        schema = super()._map_basic_serializer(serializer, direction)
        if direction == "response" and schema.get("properties"):
            schema["required"] = sorted(schema["properties"])
        return schema

    def _is_list_view(self, serializer=None) -> bool:
        """Only what comes in pages is a list; what else a view gives in its place is one document."""
        return super()._is_list_view(serializer) and getattr(self.view, "pagination_class", None) is not None

    def get_operation_id(self) -> str:
        """``list_events``, ``get_event``, ``submit_draft``: a verb, and the name of the resource or of its rows."""
        action, basename = getattr(self.view, "action", None), getattr(self.view, "basename", None)
        if action is None or basename is None:
            return super().get_operation_id()
        noun = self.group() if action == "list" else basename
        return f"{VERBS.get(action, action)}_{noun}".replace("-", "_").replace("/", "_")

    def get_tags(self) -> list[str]:
        return [self.group().partition("/")[0]]

    def group(self) -> str:
        """The path of the resource within the version."""
        return self.path.removeprefix("/api/v1/").partition("/{")[0].strip("/")

    def get_override_parameters(self) -> list[OpenApiParameter]:
        forms = list(dict.fromkeys(renderer.format for renderer in self.view.get_renderers()))
        form = OpenApiParameter("format", str, enum=forms, description="The form of the answer, before `Accept`.")
        return [*super().get_override_parameters(), form]

    def other_statuses(self) -> list[int]:
        """What the operation answers beside what its view declares."""
        action = getattr(self.view, "action", None) or self.method.lower()
        also = getattr(self.view, "also_answers", {}).get(action, ())
        of_method = OF_METHOD.get(self.method, (403,))
        if self.needs_key:
            # What one caller alone may see is kept nowhere, and so is never the same as before.
            of_method = (403, *(status for status in of_method if status != 304))
        return [*ANY, *of_method, *(NAMED if "{" in self.path else ()), *also]

    def complete(self, operation_id: str, status: str, response: dict) -> None:
        """The headers of an answer that a view declares, its words if it has none, and what it may look like."""
        response["description"] = response.get("description") or "What was asked for."
        names = KEPT if self.method == "GET" and status == "200" and not self.needs_key else ()
        if getattr(self.view, "deprecation", None) or getattr(self.view, "deprecated_parameters", None):
            names = (*names, *TOLD_OF_DEPRECATION)
        response["headers"] = {**headers(*names), **response.get("headers", {})}
        if self._is_list_view() and hasattr(self.view, "retrieve") and status == "200":
            response["links"] = links_to(f"get_{self.view.basename}".replace("-", "_"), self.view.lookup_url_kwarg)
        for form, media in response.get("content", {}).items():
            if form == "application/json" and operation_id in examples():
                media["example"] = examples()[operation_id]

    def finish(self, parameter: dict) -> None:
        if parameter["in"] == "path":
            parameter.setdefault("description", KEY)
        if parameter["in"] == "query" and parameter["name"] not in NEVER_EMPTY:
            # As forms of pages send what was not filled in; it counts as not given.
            parameter["allowEmptyValue"] = True
        notice = getattr(self.view, "deprecated_parameters", {}).get(parameter["name"])
        if notice is not None and parameter["in"] == "query":
            parameter["deprecated"] = True
            parameter["description"] = f"{notice.sentence} {parameter.get('description', '')}".strip()


def links_to(operation_id: str, key: str) -> dict:
    """Where the documents of a list have addresses of their own."""
    described = "Each row has its own address."
    return {
        operation_id: {
            "operationId": operation_id,
            "parameters": {key: "$response.body#/results/0/id"},
            "description": described,
        }
    }


def can_be_null(field: serializers.Field) -> bool:
    """Whether a member can be null: as it says itself, else as the column behind it; one of a list cannot.

    What has no column behind it may always be, unless it says otherwise.
    """
    if "allow_null" in field._kwargs:
        return field.allow_null
    if isinstance(field.parent, serializers.ListField):
        return False
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    try:
        column = model._meta.get_field(field.source) if model is not None else None
    except FieldDoesNotExist:
        column = None
    # A date that may be left blank is null where it is.
    return column is None or column.null or column.blank


def finish_document(result: dict, generator, request, public) -> dict:
    """The prose in front, and the components that the operations point to."""
    result["info"]["description"] = description()
    used = sorted(
        {tag for path in result["paths"].values() for operation in path.values() for tag in operation["tags"]}
    )
    result["tags"] = [{"name": name, **({"description": TAGS[name]} if name in TAGS else {})} for name in used]
    components = result["components"]
    components["schemas"] = dict(sorted({**components.get("schemas", {}), **SCHEMAS}.items()))
    components["headers"] = HEADERS
    told = {int(status) for path in result["paths"].values() for each in path.values() for status in each["responses"]}
    components["responses"] = {name_of(status): RESPONSES[status] for status in RESPONSES if status in told}
    return result
