import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract import worlds

CONFIG = Path(__file__).with_name("schemathesis.toml")


@pytest.fixture
def site(transactional_db, live_server):
    worlds.fill()
    return live_server.url


def test_x(site):
    command = [
        Path(sys.executable).parent / "schemathesis",
        "--config-file",
        CONFIG,
        "run",
        f"{site}/api/schema/?format=json",
        *os.environ.get("ST", "--phases examples,coverage").split(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/tmp")
    Path("/tmp/st.out").write_text(done.stdout + done.stderr)
    assert done.returncode == 0
