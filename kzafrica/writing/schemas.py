"""The schema of documents that are written, for the OpenAPI document."""

from django.db import models

from kzafrica.writing.letters import BASE_VERSION, KEEP_BESIDE, MORE_CITATIONS, NOTE, SUBMIT
from kzafrica.writing.members import Form, Member, Shape, citation_shape, shape_of

NO_DEFAULT = models.NOT_PROVIDED
TEXTS = {"type": "array", "items": {"type": "string"}}
PLAIN = {
    Form.TEXT: {"type": ["string", "null"]},
    Form.NUMBER: {"type": ["string", "null"], "description": "A decimal as text."},
    Form.BOOLEAN: {"type": ["boolean", "null"]},
    Form.DATE: {"type": ["string", "null"], "description": "EDTF, such as 2025-09 or 2023-10~."},
    Form.DAY: {"type": ["string", "null"], "format": "date"},
    Form.REFERENCES: TEXTS | {"description": "Records as kind/key, such as country/COD."},
}


def document_schema(model: type[models.Model], also: tuple[str, ...], *, is_new: bool) -> dict:
    """What may be sent to write a record, or, where it is not new, to change one."""
    shape = shape_of(model)
    schema = _object(shape, with_required=is_new)
    schema["properties"] |= {name: OTHER[name] for name in also}
    return schema


def _object(shape: Shape, *, with_required: bool = True) -> dict:
    schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _member(member) for name, member in shape.members.items()},
    }
    needed = [member.name for member in shape.members.values() if _is_needed(member)]
    return schema | {"required": needed} if with_required and needed else schema


def _is_needed(member: Member) -> bool:
    field = member.field
    if field is None or member.form in (Form.REFERENCES, Form.BOOLEAN) or member.name == "id":
        return False
    return not field.blank and (field.default is NO_DEFAULT)


def _member(member: Member) -> dict:
    match member.form:
        case Form.ROWS:
            return {"type": "array", "items": _object(member.rows)}
        case Form.WORDS | Form.LINES:
            return _words(member)
        case Form.CHOICE:
            values = [value for value, _label in member.field.flatchoices if value != ""]
            return {"type": ["string", "null"], "enum": [*values, None]} if member.field.blank else {"enum": values}
        case Form.KEY:
            return {"type": ["string", "null"], "description": f"The key of a {_name(member.field)}."}
        case Form.KEYS:
            return TEXTS | {"description": f"Keys of {_name(member.field)} records."}
        case Form.PAIR:
            return TEXTS | {"minItems": 2, "maxItems": 2, "description": f"Two keys of {_name(member.field)} records."}
        case Form.REFERENCE:
            kinds = ", ".join(getattr(member.field, "kinds", ()))
            return {"type": ["string", "null"], "description": f"kind/key, of these kinds: {kinds or 'any'}."}
    return PLAIN[member.form]


def _words(member: Member) -> dict:
    one = {"type": ["string", "null"]}
    if member.form == Form.LINES:
        one = {"anyOf": [one, TEXTS], "description": "A line of text for each, or a list of them."}
    languages = dict.fromkeys(member.languages, one)
    by_language = {"type": "object", "additionalProperties": False, "properties": languages}
    return {"anyOf": [one, by_language], "description": "In English, or an object of words by language."}


def _name(field: models.Field) -> str:
    return str(field.related_model._meta.verbose_name)


OTHER = {
    SUBMIT: {"type": "boolean", "default": False, "description": "Whether it goes to review at once."},
    KEEP_BESIDE: TEXTS | {"description": "Records that are alike and are not the same, as the 409 names them."},
    BASE_VERSION: {
        "type": "string",
        "description": "The version on which the change was made: the id of the latest of `/api/v1/versions/`, or "
        "`version` of a contribution. If it is another by now, nothing is written and the answer is 409.",
    },
    NOTE: {"type": "string", "description": "Why, for whoever reviews it."},
    MORE_CITATIONS: {"type": "array", "items": _object(citation_shape()), "description": "Added to those there."},
}
