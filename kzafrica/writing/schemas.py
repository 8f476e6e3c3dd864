"""The schema of documents that are written, for the OpenAPI document."""

from django.apps import apps
from django.db import models

from kzafrica.editorial.publishable import PublishableModel
from kzafrica.translation import EDITORIAL_LANGUAGES
from kzafrica.workshop.inlines import title_field
from kzafrica.writing.letters import BASE_VERSION, KEEP_BESIDE, MORE_CITATIONS, NOTE, SUBMIT
from kzafrica.writing.members import Form, Member, Shape, shape_of

NO_DEFAULT = models.NOT_PROVIDED
TEXTS = {"type": "array", "items": {"type": "string"}}
ONE_LANGUAGE = {"type": ["string", "null"]}
WORDS = {
    "anyOf": [
        ONE_LANGUAGE,
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {code: ONE_LANGUAGE for code, _name in EDITORIAL_LANGUAGES},
        },
    ],
    "description": "In English, or an object of words by language.",
}
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
    schema = _object(shape, is_new=is_new)
    if is_new and not title_field(model):
        # There is nothing to make it from.
        schema["required"] = ["id", *schema.get("required", [])]
    schema["properties"] |= {name: OTHER[name] for name in also}
    return schema


def add_parts(result: dict, generator, request, public) -> dict:
    """A hook of drf-spectacular: the parts and words of written documents, each once and by its name."""
    shapes: dict[str, Shape] = {}
    for model in apps.get_models():
        if issubclass(model, PublishableModel):
            _gather(shape_of(model), shapes)
    schemas = result["components"].get("schemas", {})
    schemas |= {name: _object(shape) for name, shape in shapes.items()} | {"WrittenWords": WORDS}
    result["components"]["schemas"] = dict(sorted(schemas.items()))
    return result


def _gather(shape: Shape, found: dict[str, Shape]) -> None:
    for member in shape.members.values():
        if member.rows is not None:
            found[_written(member.rows)] = member.rows
            _gather(member.rows, found)


def _written(shape: Shape) -> str:
    return f"Written{shape.model.__name__}"


def _ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(shape: Shape, *, is_new: bool = True) -> dict:
    schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: _member(member) | (_default(member) if is_new else {}) for name, member in shape.members.items()
        },
    }
    needed = [member.name for member in shape.members.values() if _is_needed(member)]
    return schema | {"required": needed} if is_new and needed else schema


def _is_needed(member: Member) -> bool:
    field = member.field
    if field is None or member.form in (Form.REFERENCES, Form.BOOLEAN) or member.name == "id":
        return False
    return not field.blank and (field.default is NO_DEFAULT)


def _default(member: Member) -> dict:
    """What is saved where a new record or row does not say it."""
    field = member.field
    if field is None or member.form not in (Form.CHOICE, Form.BOOLEAN, Form.TEXT, Form.NUMBER):
        return {}
    if field.default in (NO_DEFAULT, None, "") or callable(field.default):
        return {}
    return {"default": field.default if member.form == Form.BOOLEAN else str(field.default)}


def _member(member: Member) -> dict:
    match member.form:
        case Form.ROWS:
            return {"type": "array", "items": _ref(_written(member.rows))}
        case Form.WORDS:
            return _ref("WrittenWords")
        case Form.LINES:
            return {
                "anyOf": [_ref("WrittenWords"), TEXTS],
                "description": "A line for each, or a list.",
            }
        case Form.CHOICE:
            values = [value for value, _label in member.field.flatchoices if value != ""]
            return {"type": ["string", "null"], "enum": [*values, None]} if member.field.blank else {"enum": values}
        case Form.KEY:
            return {"type": ["string", "null"], "description": f"Key: {_name(member.field)}."}
        case Form.KEYS:
            return TEXTS | {"description": f"Keys: {_name(member.field)}."}
        case Form.PAIR:
            return TEXTS | {"minItems": 2, "maxItems": 2, "description": f"Two keys: {_name(member.field)}."}
        case Form.REFERENCE:
            kinds = ", ".join(getattr(member.field, "kinds", ()))
            return {"type": ["string", "null"], "description": f"kind/key, of these kinds: {kinds or 'any'}."}
    return PLAIN[member.form]


def _name(field: models.Field) -> str:
    # Written once for every language, whichever is active when the addresses are read.
    return field.related_model._meta.verbose_name_raw


OTHER = {
    SUBMIT: {"type": "boolean", "default": False, "description": "Whether it goes to review at once."},
    KEEP_BESIDE: TEXTS | {"description": "Records that are alike and are not the same, as the 409 names them."},
    BASE_VERSION: {
        "type": "string",
        "description": "The version on which the change was made: the id of the latest of `/api/v1/versions/`, or "
        "`version` of a contribution. If it is another by now, nothing is written and the answer is 409.",
    },
    NOTE: {"type": "string", "description": "Why, for whoever reviews it."},
    MORE_CITATIONS: {"type": "array", "items": _ref("WrittenCitation"), "description": "Added to those there."},
}
