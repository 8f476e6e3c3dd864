"""The OpenAPI document: kept in ``docs/openapi.yaml``, complete, and the same whoever generates it, and when."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

from kzafrica.contract.components import KEPT

pytestmark = pytest.mark.one_database

KEPT_AT = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"
HOW = "The document has changed. Read docs/api.md on what may; then run WRITE_SNAPSHOTS=1 pytest tests/contract."


@pytest.fixture(scope="module")
def document() -> dict:
    return generated()


def generated() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


def text_of(document: dict) -> str:
    return OpenApiYamlRenderer().render(document, renderer_context={}).decode()


def operations(document: dict):
    return [
        (f"{method} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_it_is_the_one_that_is_kept(document):
    text = text_of(document)
    if os.environ.get("WRITE_SNAPSHOTS") == "1":
        KEPT_AT.write_text(text, encoding="utf-8")

    assert text == KEPT_AT.read_text(encoding="utf-8"), HOW


def test_it_is_valid(document):
    validate_schema(yaml.safe_load(text_of(document)))


def test_neither_language_nor_day_nor_secret_moves_it(document, settings, client, db, monkeypatch):
    settings.SECRET_KEY = "another one, which says nothing about the API"
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2031, 5, 4, tzinfo=UTC))

    with translation.override("fr"):
        later = client.get("/api/schema/", headers={"Accept-Language": "ru"})

    assert yaml.safe_load(later.content) == yaml.safe_load(text_of(document))
    assert later["Content-Language"] == "en"


def test_every_operation_tells_its_answers_and_their_headers(document):
    for name, operation in operations(document):
        is_kept = operation["security"] != [{"key": []}]
        done = next(status for status in ("200", "201") if status in operation["responses"])
        refused = {"400", "401", "406", "414", "429"} | ({"304"} if is_kept else {"403"})
        assert refused <= operation["responses"].keys(), name
        sent = {"RateLimit-Limit", *(KEPT if is_kept else ())}
        assert sent <= operation["responses"][done]["headers"].keys(), name
        assert ("404" in operation["responses"]) >= ("{" in name), name


def test_every_parameter_is_described(document):
    silent = [
        (name, parameter["name"])
        for name, operation in operations(document)
        for parameter in operation["parameters"]
        if len(parameter.get("description", "")) < 12
    ]

    assert silent == []


def test_every_reference_leads_somewhere(document):
    def references(part):
        if isinstance(part, dict):
            yield from [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            for inner in part.values():
                yield from references(inner)
        elif isinstance(part, list):
            for inner in part:
                yield from references(inner)

    for reference in set(references(document)):
        _root, _components, kind, name = reference.split("/")
        assert name in document["components"][kind], reference


def test_operation_ids_are_told_once_and_make_names(document):
    ids = [operation["operationId"] for _name, operation in operations(document)]

    assert len(ids) == len(set(ids))
    assert all(each.isidentifier() and each == each.lower() for each in ids)


def test_it_says_what_may_change(document):
    said = document["info"]["description"]

    assert "## What may change, and what may not" in said
    assert "## Changes of the API" in said
