"""What the OpenAPI document says of answers that are not the JSON of a serializer."""

from drf_spectacular.openapi import AutoSchema

from kzafrica.editorial.linked_records import LinkedDataRenderer

LINKED_DATA = {
    "type": "object",
    "required": ["@context"],
    "properties": {"@context": {"type": "string", "format": "uri"}},
    "description": "JSON-LD 1.1 in the words of schema.org; every term is in the context that `@context` names.",
}


class SchemaWithLinkedData(AutoSchema):
    """By itself drf-spectacular would say that JSON-LD has the members of the JSON document."""

    def _get_response_for_code(self, *args, **options) -> dict:
        response = super()._get_response_for_code(*args, **options)
        if LinkedDataRenderer.media_type in response.get("content", {}):
            response["content"][LinkedDataRenderer.media_type] = {"schema": LINKED_DATA}
        return response
