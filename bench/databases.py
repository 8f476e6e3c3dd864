"""Databases of a measurement's own: made for it, copied for each run, and gone after it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL")
POSTGRES_URL = os.environ.get("BENCH_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")


def connect(url: str):
    """A bare driver connection, set as the site sets its own."""
    if not url.startswith("sqlite"):
        return psycopg.connect(url, autocommit=True)
    connection = sqlite3.connect(urlsplit(url).path, isolation_level=None, check_same_thread=False)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def environment(url: str) -> dict[str, str]:
    """What the site needs to run on a database for one measurement."""
    return os.environ | {
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "known to everyone and good for nothing but measurements",
        "DATABASE_URL": url,
        "BENCH_DATABASE_URL": url,
        "CACHE_URL": "locmemcache://",
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "off",
        "PROXY_COUNT": "1",
        "PYTHONPATH": str(ROOT),
    }


def manage(url: str, *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment(url), check=True)


class Sqlite:
    """Files in a folder."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, name: str) -> str:
        return f"sqlite:///{self.folder / name}.sqlite3"

    def create(self, name: str) -> str:
        return self.url(name)

    def copy(self, source: str, name: str) -> str:
        self.drop(name)
        shutil.copy(self.folder / f"{source}.sqlite3", self.folder / f"{name}.sqlite3")
        return self.url(name)

    def drop(self, name: str) -> None:
        for ending in ("", "-wal", "-shm"):
            (self.folder / f"{name}.sqlite3{ending}").unlink(missing_ok=True)


class Postgres:
    """Databases of a server, named for this process."""

    name = "PostgreSQL"

    def _name(self, name: str) -> str:
        return f"kzafrica_bench_{os.getpid()}_{name}"

    def _say(self, sql: str) -> None:
        with psycopg.connect(POSTGRES_URL, autocommit=True) as connection:
            connection.execute(sql)

    def url(self, name: str) -> str:
        return urlsplit(POSTGRES_URL)._replace(path=f"/{self._name(name)}").geturl()

    def create(self, name: str) -> str:
        self._say(f'CREATE DATABASE "{self._name(name)}"')
        return self.url(name)

    def copy(self, source: str, name: str) -> str:
        self.drop(name)
        self._say(f'CREATE DATABASE "{self._name(name)}" TEMPLATE "{self._name(source)}"')
        return self.url(name)

    def drop(self, name: str) -> None:
        self._say(f'DROP DATABASE IF EXISTS "{self._name(name)}" WITH (FORCE)')


def postgres_problem() -> str:
    """Why nothing can be measured on PostgreSQL; empty where it can."""
    try:
        psycopg.connect(POSTGRES_URL, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return str(error).splitlines()[0]
    return ""
