"""The examples of the document are what the API answers, and what its document allows."""

import json
import os
from pathlib import Path

import jsonschema
import pytest
from drf_spectacular.generators import SchemaGenerator

from kzafrica.contract.components import RESPONSES
from kzafrica.contract.prose import examples
from tests.api.resources import freeze_moments
from tests.factories import make_country, make_event, make_figure, make_mission, make_place, make_source

pytestmark = pytest.mark.django_db

KEPT_AT = Path(__file__).resolve().parents[2] / "docs" / "api-examples.json"
ASKED = {
    "list_events": "/api/v1/events/?country=COD&limit=1",
    "get_event": "/api/v1/events/state-visit-cod-2025-09/",
    "get_country": "/api/v1/countries/COD/",
    "list_figures": "/api/v1/figures/?measure=turnover",
    "get_mission": "/api/v1/missions/embassy-kaz-in-eth/?fields=id,url,title,kind,sending,receiving,milestones",
    "get_mission_network": "/api/v1/missions/network/?sending=KAZ&on=2020-11-30",
    "list_changes": "/api/v1/changes/?after=0&limit=1",
}
# These show a document cut down by ``fields``, which leaves required members out.
CUT = {"get_mission"}


@pytest.fixture
def record(settings):
    """A few records as the site has them."""
    settings.ALLOWED_HOSTS = ["kz-africa.example"]
    kazakhstan, congo, ethiopia = make_country("KAZ"), make_country("COD"), make_country("ETH")
    source = make_source(title="Joint communique", slug="communique-2025-09", kind="official", publisher="Akorda")
    make_event(
        title="State visit of the President of the Democratic Republic of the Congo",
        slug="state-visit-cod-2025-09",
        kind="state_visit",
        level="head_of_state",
        date="2025-09-09/2025-09-10",
        host=kazakhstan,
        place=make_place("Astana", country=kazakhstan),
        participations=[{"country": congo, "role": "guest"}],
        citations=[{"source": source, "field": "date", "locator": "paragraph 1"}],
    )
    make_mission(
        title="Embassy in Ethiopia",
        slug="embassy-kaz-in-eth",
        receiving=ethiopia,
        milestones=[{"kind": "opened", "date": "2014", "citations": [{"source": source}]}],
        citations=[{"source": source}],
    )
    make_figure(
        title="Turnover with Africa, 2024",
        slug="turnover-kaz-africa-2024",
        printed="$783 million",
        citations=[{"source": source}],
    )
    freeze_moments()


def test_they_are_what_the_api_answers(client, record):
    told = {}
    for name, address in ASKED.items():
        answer = client.get(address, headers={"Host": "kz-africa.example"}, secure=True)
        assert answer.status_code == 200, answer.content.decode()
        told[name] = answer.json()
    if os.environ.get("WRITE_SNAPSHOTS") == "1":
        KEPT_AT.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        examples.cache_clear()

    assert told == json.loads(KEPT_AT.read_text(encoding="utf-8")), "Run WRITE_SNAPSHOTS=1 pytest tests/contract."


def test_they_are_what_the_document_allows():
    document = SchemaGenerator().get_schema(request=None, public=True)
    for path in document["paths"].values():
        for operation in path.values():
            done = next(status for status in ("200", "201") if status in operation["responses"])
            media = operation["responses"][done]["content"]["application/json"]
            if "example" in media and operation["operationId"] not in CUT:
                schema = {**media["schema"], "components": document["components"]}
                jsonschema.validate(media["example"], schema, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("status", [status for status in RESPONSES if status >= 400])
def test_those_of_refusals_are_problem_documents(status):
    document = SchemaGenerator().get_schema(request=None, public=True)
    (media,) = RESPONSES[status]["content"].values()

    jsonschema.validate(media["example"], {**media["schema"], "components": document["components"]})

    assert media["example"]["status"] == status
