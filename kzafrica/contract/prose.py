"""The words in front of the OpenAPI document, and what main answers look like: read from ``docs/`` and nowhere else."""

import json
from functools import cache

from django.conf import settings

DOCS = settings.BASE_DIR / "docs"
TAGS = {
    "countries": "States and territories.",
    "changes": "Every public change in order: how a copy is kept in step.",
    "flows": "Rows of trade statistics.",
    "trade": "Totals of rows of trade statistics.",
    "dossiers": "All that is recorded of one African state and Kazakhstan, as one document.",
    "panel": "A row for each African state and year.",
    "search": "Everything public, by words.",
    "quality": "How well the record is supported.",
}


def without_title(name: str) -> str:
    """A text of docs/, its title left out and its headings as deep as they stand."""
    _title, _break, text = (DOCS / name).read_text(encoding="utf-8").partition("\n")
    return text.strip()


@cache
def description() -> str:
    return f"{without_title('api.md')}\n\n## Changes of the API\n\n{without_title('api-changelog.md')}"


@cache
def examples() -> dict[str, dict]:
    """Answers by the id of their operation; a test writes them from what the API answers."""
    return json.loads((DOCS / "api-examples.json").read_text(encoding="utf-8"))
