"""Every check and test this machine can run, in one go: ``make test``; the checks alone: ``make lint``.

Ends with what passed, what failed and what was not run. With REQUIRE_ALL=1 what was not run counts as failed.
TEST_POSTGRES_URL and TEST_REDIS_URL name servers elsewhere than on the standard local ports.
"""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
# Nothing of a test has to outlive a crash, and compiling a query takes longer than these tables take to read.
FOR_TESTS = "options=-c%20synchronous_commit%3Doff%20-c%20jit%3Doff"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
OUR_CODE = ["kzafrica", "events", "trade", "diplomacy", "tests", "docs/examples", "manage.py"]

# What a server would have in its environment; the keys are made up here and used nowhere else.
PRODUCTION = {
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "a-made-up-key-that-is-long-enough-for-the-check-0123456789-ABCDEFG",
    "ALLOWED_HOSTS": "kz-africa.example",
    "DATABASE_URL": "sqlite:///:memory:",
    "EMAIL_URL": "smtp://mail.kz-africa.example:25",
    "EMAIL_FROM": "record@kz-africa.example",
    "SITE_ADDRESS": "https://kz-africa.example",
}


@dataclass
class Run:
    passed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)

    def step(self, name: str, *command: str, **environment: str) -> None:
        print(f"\n=== {name}", flush=True)
        began = time.monotonic()
        code = subprocess.run([TOOLS / command[0], *command[1:]], cwd=ROOT, env=os.environ | environment).returncode
        seconds = time.monotonic() - began
        (self.failed if code else self.passed).append(f"{name} ({seconds:.0f} s)")

    def leave_out(self, name: str, reason: str) -> None:
        print(f"\n=== {name}\nNot run: {reason}", flush=True)
        self.not_run.append(f"{name}, because {reason}")

    def summary(self) -> int:
        print("\n=== Summary")
        for title, names in (("Passed", self.passed), ("FAILED", self.failed), ("Not run here", self.not_run)):
            for name in names:
                print(f"{title}: {name}")
        is_incomplete = bool(self.not_run) and os.environ.get("REQUIRE_ALL") == "1"
        if is_incomplete:
            print("REQUIRE_ALL=1: what was not run counts as failed.")
        print(f"{len(self.passed)} steps passed, {len(self.failed)} failed, {len(self.not_run)} not run")
        return 1 if self.failed or is_incomplete else 0


def lint(run: Run) -> None:
    run.step("Style (ruff check)", "ruff", "check", *OUR_CODE)
    run.step("Formatting (ruff format)", "ruff", "format", "--check", *OUR_CODE)
    run.step("Imports point down (lint-imports)", "lint-imports", "--no-logo")
    run.step("Migrations are complete", "python", "manage.py", "makemigrations", "--check", "--dry-run", **PRODUCTION)
    deploy = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    run.step("Settings are safe for production", "python", *deploy, **PRODUCTION)


def postgres_problem() -> str | None:
    try:
        psycopg.connect(POSTGRES_URL, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return f"no PostgreSQL at {POSTGRES_URL}: {str(error).splitlines()[0]}"
    return None


def redis_problem() -> str | None:
    try:
        with redis.Redis.from_url(REDIS_URL, socket_connect_timeout=3) as server:
            server.ping()
    except redis.RedisError as error:
        return f"no Redis at {REDIS_URL}: {error}"
    return None


def browser_problem() -> str | None:
    if not any(map(shutil.which, CHROMIUM_NAMES)):
        return f"no Chromium on PATH under the names {', '.join(CHROMIUM_NAMES)}"
    return None if shutil.which("java") else "no Java on PATH, which the HTML checker runs on"


def curl_problem() -> str | None:
    return None if shutil.which("curl") else "no curl on PATH"


def r_problem() -> str | None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        return "no Rscript on PATH"
    has_jsonlite = subprocess.run([rscript, "-e", "library(jsonlite)"], capture_output=True).returncode == 0
    return None if has_jsonlite else "R has no package jsonlite"


def programs_missing(run: Run) -> str:
    """What is left out of the tests for want of a program, as an expression of pytest's marks."""
    marks = ["not browser"]
    for language, problem, mark in (("curl", curl_problem(), "needs_curl"), ("R", r_problem(), "needs_r")):
        if problem:
            run.leave_out(f"Examples in {language}", problem)
            marks.append(f"not {mark}")
    return " and ".join(marks)


def test(run: Run) -> None:
    possible = ("-m", programs_missing(run))
    run.step("Tests on SQLite", "pytest", "-q", "-n", "auto", *possible)

    # A database of its own name lets several runs share one server.
    database = urlsplit(POSTGRES_URL)._replace(path=f"/kzafrica_{os.getpid()}", query=FOR_TESTS).geturl()
    no_postgres, no_redis = postgres_problem(), redis_problem()
    services = {} if no_redis else {"CACHE_URL": REDIS_URL}
    if no_postgres:
        run.leave_out("Tests on PostgreSQL", no_postgres)
    else:
        name = "Tests on PostgreSQL" if no_redis else "Tests on PostgreSQL with Redis"
        which = ("-m", "not browser and not one_database")
        run.step(name, "pytest", "-q", "-n", "auto", *which, DATABASE_URL=database, **services)
    if no_redis:
        run.leave_out("Tests with Redis as cache", no_redis)
    elif no_postgres:
        run.step("Tests on SQLite with Redis", "pytest", "-q", "-n", "auto", *possible, **services)

    no_browser = browser_problem()
    if no_browser:
        run.leave_out("Tests in a browser", no_browser)
    else:
        run.step("Tests in a browser", "pytest", "-q", "-n", "auto", "-m", "browser", "tests/browser")


def main(arguments: list[str]) -> int:
    run = Run()
    lint(run)
    if arguments != ["lint"]:
        test(run)
    return run.summary()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
