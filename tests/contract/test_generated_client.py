"""A client made from the served document, by a tool that knows nothing else of us, reads the running API."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

TOOLS = Path(sys.executable).parent


@pytest.fixture
def generated(site, tmp_path, monkeypatch):
    """The package of the client; fails if the tool warns of anything in the document."""
    command = [
        TOOLS / "openapi-python-client",
        "generate",
        *("--url", f"{site}/api/schema/?format=json", "--output-path", tmp_path / "kz_africa_client"),
        *("--meta", "none", "--fail-on-warning"),
    ]
    # The tool calls ruff to tidy up, and warns where it is not found.
    environment = os.environ | {"PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "arning" not in done.stdout
    monkeypatch.syspath_prepend(tmp_path)
    yield "kz_africa_client"
    for name in [name for name in sys.modules if name.startswith("kz_africa_client")]:
        del sys.modules[name]


def test_it_reads_lists_documents_and_refusals(generated, site):
    def operation(tag: str, name: str):
        return importlib.import_module(f"{generated}.api.{tag}.{name}")

    models = importlib.import_module(f"{generated}.models")
    client = importlib.import_module(generated).Client(base_url=site)

    events = operation("events", "list_events").sync(client=client, country="COD", limit=10)
    assert isinstance(events, models.PaginatedEventList)
    visit = next(event for event in events.results if event.id == "state-visit")
    assert (visit.date.edtf, visit.date.earliest.isoformat()) == ("2025-09-09/2025-09-10", "2025-09-09")
    assert visit.citations[0].source.id

    alone = operation("events", "get_event").sync("state-visit", client=client)
    assert alone == visit

    country = operation("countries", "get_country").sync("cod", client=client)
    assert (country.id, country.capital) == ("COD", "Kinshasa")

    network = operation("missions", "get_mission_network").sync(client=client)
    assert network.count == len(network.missions) > 0

    changes = operation("changes", "list_changes").sync(client=client, after=0)
    assert changes.resume.startswith(site)

    refusal = operation("events", "list_events").sync(client=client, country="CDO")
    assert isinstance(refusal, models.Problem)
    assert refusal.errors[0].nearest == "COD"

    gone = operation("events", "get_event").sync_detailed("never-took-place", client=client)
    assert (gone.status_code, gone.parsed.title) == (410, "Gone")
