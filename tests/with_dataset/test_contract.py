"""Every document of the whole dataset is what the OpenAPI document says it is."""

import jsonschema_rs
import pytest
from drf_spectacular.generators import SchemaGenerator

from kzafrica.reference.models import Country

NEED_MORE = {
    "/api/v1/search/": "?q=kazakhstan&limit=500",
    "/api/v1/versions/": "?record=event/state-visit-cod-2025-09",
}


@pytest.fixture(scope="module")
def document():
    return SchemaGenerator().get_schema(request=None, public=True)


@pytest.fixture(scope="module")
def faults_in(document):
    def find(path: str, answer: dict) -> list[str]:
        media = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        validator = jsonschema_rs.Draft202012Validator(
            {**media["schema"], "components": document["components"]}, validate_formats=True
        )
        found = {
            "/".join("*" if isinstance(step, int) else step for step in error.instance_path): error.message
            for error in validator.iter_errors(answer)
        }
        return [f"{path} {place}: {message[-200:]}" for place, message in found.items()]

    return find


def pages(client, address: str):
    while address:
        answer = client.get(address).json()
        yield answer
        address = answer.get("next")


def is_open(methods: dict) -> bool:
    """Whether it can be read without a key."""
    return {} in methods.get("get", {}).get("security", ())


def test_every_list_is_as_documented(dataset, client, document, faults_in):
    lists = [path for path, methods in document["paths"].items() if "{" not in path and is_open(methods)]
    faults = []
    for path in lists:
        paged = "limit" in {parameter["name"] for parameter in document["paths"][path]["get"]["parameters"]}
        for page in pages(client, path + NEED_MORE.get(path, "?limit=500" if paged else "")):
            faults += faults_in(path, page)

    assert sorted(set(faults)) == []


def test_every_dossier_is_as_documented(dataset, client, faults_in):
    faults = []
    for country in Country.objects.african():
        faults += faults_in("/api/v1/dossiers/{key}/", client.get(f"/api/v1/dossiers/{country.alpha3}/").json())

    assert sorted(set(faults)) == []
