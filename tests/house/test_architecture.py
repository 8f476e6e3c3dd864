"""The rules of the house that a test can check; those about imports are for lint-imports and ruff (pyproject.toml)."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("kzafrica", "events", "trade", "diplomacy")
LONGEST_FILE = 400

# Layers from high to low; each is a list of groups that do not know each other, each group a list of modules that may.
LAYERS = [
    [[module.strip(" ()") for module in group.split(":")] for group in layer.split("|")]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    for layer in contract["layers"]
]
SITE_CODE = [
    path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")) if "migrations" not in path.parts
]
OUR_MODELS = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]


def place_of(module: str) -> tuple[int, int]:
    """Layer and group of a module; a higher layer number is lower in the house."""
    for layer_number, layer in enumerate(LAYERS):
        for group_number, group in enumerate(layer):
            if any(module == name or module.startswith(f"{name}.") for name in group):
                return layer_number, group_number
    raise LookupError(f"{module} has no place in the layers of pyproject.toml")


def may_know(module: str, other: str) -> bool:
    (layer, group), (other_layer, other_group) = place_of(module), place_of(other)
    return other_layer > layer or (other_layer, other_group) == (layer, group)


def relations_of(model: type[models.Model]) -> list[models.Field]:
    """The keys a model declares to one or many rows of a known model; generic keys name no model."""
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return [field for field in fields if field.remote_field and isinstance(field, models.fields.related.RelatedField)]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
class TestModel:
    def test_keys_point_down(self, model):
        targets = [(field.name, field.related_model) for field in relations_of(model)]

        upward = [
            f"{name} -> {target._meta.label}"
            for name, target in targets
            if target in OUR_MODELS and not may_know(model.__module__, target.__module__)
        ]

        assert upward == []

    def test_keys_say_their_way_back(self, model):
        unnamed = [
            field.name
            for field in relations_of(model)
            if field.remote_field.related_name is None and not getattr(field.remote_field, "parent_link", False)
        ]

        assert unnamed == []

    def test_has_an_order_and_a_name(self, model):
        assert model._meta.ordering
        assert model.__str__ is not models.Model.__str__


def is_placed(module: str) -> bool:
    try:
        return bool(place_of(module))
    except LookupError:
        return False


def test_every_module_has_a_place_in_the_contract():
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in SITE_CODE]

    homeless = [module for module in modules if not is_placed(module) and module != "kzafrica.__init__"]

    assert homeless == []


def uses_of_editorial_status(code: str) -> list[str]:
    """Lines that filter by status, set it, or name the published one: words of the editorial layer and its admin."""
    found = []
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(func=function, keywords=keywords) if not is_http(function):
                found += [k.value.lineno for k in keywords if re.fullmatch(r"(\w+__)?status(__\w+)?", k.arg or "")]
            case ast.Attribute(attr="status", ctx=ast.Store()):
                found.append(node.lineno)
            case ast.Constant(value="published"):
                found.append(node.lineno)
    return [f"line {number}: {code.splitlines()[number - 1].strip()}" for number in sorted(set(found))]


def is_http(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name.endswith("Response") or name in ("render", "problem", "answer")


@pytest.mark.parametrize("code", ['x.filter(status="draft")', "Q(event__status=1)", 'x = "published"', "x.status = 1"])
def test_words_of_the_workflow_are_recognised(code):
    assert uses_of_editorial_status(code)


def test_a_status_of_http_is_no_word_of_the_workflow():
    assert uses_of_editorial_status("HttpResponse(page, status=404)") == []


@pytest.mark.parametrize(
    "path",
    [path for path in SITE_CODE if not {"editorial", "workshop"} & set(path.parts)],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_only_editorial_knows_the_words_of_the_workflow(path):
    assert uses_of_editorial_status(path.read_text()) == []


def test_no_file_outgrows_its_subject():
    written = [path for folder in (*PACKAGES, "templates", "tests") for path in (ROOT / folder).rglob("*")]
    written = [path for path in written if path.suffix in {".py", ".html", ".css", ".js"}]
    written = [path for path in written if not {"migrations", "vendor"} & set(path.parts)]

    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in written
        if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }

    assert too_long == {}
