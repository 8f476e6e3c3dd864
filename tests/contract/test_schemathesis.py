"""The running API keeps what its document says, whatever is asked of it; schemathesis does the asking.

By default it asks some hundred questions, the same each time. ``CONTRACT=full`` asks all it can think of, which takes
many minutes; ``CONTRACT_EXAMPLES`` says how many random questions an operation gets.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

TOOL = Path(sys.executable).with_name("schemathesis")
IS_FULL = os.environ.get("CONTRACT") == "full"
EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "50" if IS_FULL else "3"))

# All checks but one. A name or code that is well formed need not be on record, and then it is refused with a 400 that
# names the nearest: what is valid is known to the record, not to the document. The tests of filters ask for valid ones.
CHECKS = ("--checks", "all", "--exclude-checks", "positive_data_acceptance")

# One operation of each sort, since those of a sort share their code: these get every odd question.
OF_EACH_SORT = (
    "list_events",
    "get_event",
    "list_changes",
    "list_versions",
    "get_correction",
    "get_mission_network",
    "get_dossier",
    "list_dossiers",
    "list_flows",
    "get_trade_totals",
    "search",
    "get_panel",
)


@pytest.fixture
def ask(site, keys_of, tmp_path):
    """Runs schemathesis on the running site; fails with what it has found."""
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(without_fields(json.load(urlopen(f"{site}/api/schema/?format=json")))))  # noqa: S310
    settings = tmp_path / "schemathesis.toml"
    settings.write_text(settings_with(keys_of))

    def run(*how: str) -> None:
        command = [TOOL, "--config-file", settings, "run", document, "--url", site, *CHECKS, *how]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    return run


def without_fields(document: dict) -> dict:
    """The document without ``fields``, which leaves out what is otherwise required: OpenAPI has no word for that."""
    for path in document["paths"].values():
        for operation in path.values():
            operation["parameters"] = [each for each in operation["parameters"] if each["name"] != "fields"]
    return document


def settings_with(keys_of: dict[str, list[str]]) -> str:
    """Settings by which every run asks the same, and by which half of the documents asked for are there."""
    lines = [
        "color = false",
        "continue-on-failure = true",
        "warnings = false",
        "[generation]",
        "deterministic = true",
        'database = "none"',
    ]
    for resource, keys in keys_of.items():
        lines += [f"[dictionaries.{resource}]", f"values = {json.dumps(keys)}"]
    for resource in keys_of:
        lines += [
            "[[operations]]",
            f'include-path = "/api/v1/{resource}/{{key}}/"',
            "[operations.parameters]",
            f'"path.key" = {{ dictionary = "{resource}", probability = 0.5 }}',
        ]
    return "\n".join(lines)


def test_every_operation_answers_as_documented(ask):
    ask("--phases", "examples,fuzzing,stateful", "--max-examples", str(EXAMPLES))


@pytest.mark.one_database
def test_odd_questions_are_refused_as_documented(ask):
    only = [] if IS_FULL else [word for name in OF_EACH_SORT for word in ("--include-operation-id", name)]
    ask("--phases", "coverage", *only)
