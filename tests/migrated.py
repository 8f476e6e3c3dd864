"""A test database in memory begins as a copy of a migrated one, which pytest's cache keeps while no code changes.

To migrate takes 15 seconds of every process, to copy none. On a server Django migrates as ever.
"""

import fcntl
import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path

import django
from django.apps import apps
from django.core import management
from django.db import connection
from django.db.backends.base.creation import BaseDatabaseCreation


@contextmanager
def copied_where_possible(folder: Path) -> Iterator[None]:
    """Within it Django copies what the folder keeps instead of migrating; the first process puts it there."""
    create_test_db, call_command = BaseDatabaseCreation.create_test_db, management.call_command

    def call(name: str, *arguments, **options) -> None:
        if name == "migrate" and connection.vendor == "sqlite" and connection.is_in_memory_db():
            _copy_or_keep(folder, lambda: call_command(name, *arguments, **options))
        else:
            call_command(name, *arguments, **options)

    def create(*arguments, **options) -> str:
        # Django takes the command from there while it creates, and nobody else may meet ours.
        management.call_command = call
        try:
            return create_test_db(*arguments, **options)
        finally:
            management.call_command = call_command

    BaseDatabaseCreation.create_test_db = create
    try:
        yield
    finally:
        BaseDatabaseCreation.create_test_db = create_test_db


def _copy_or_keep(folder: Path, migrate: Callable[[], object]) -> None:
    kept = kept_in(folder)
    # Processes that begin together wait for the first of them.
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            migrate()
            for other in folder.glob("*.sqlite3"):
                other.unlink()
            unfinished = folder / "unfinished"
            unfinished.unlink(missing_ok=True)
            with closing(sqlite3.connect(unfinished)) as target:
                connection.connection.backup(target)
            unfinished.rename(kept)
            return
    connection.ensure_connection()
    with closing(sqlite3.connect(kept)) as source:
        source.backup(connection.connection)


def kept_in(folder: Path) -> Path:
    """Where the migrated database of the code as it is stands, or would stand."""
    return folder / f"{state_of_models()}.sqlite3"


def state_of_models() -> str:
    """The same while the packages with apps are: a model and a migration may rest on any module of theirs."""
    digest = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    packages = {config.module.__name__.partition(".")[0] for config in apps.get_app_configs()}
    for package in sorted(packages - {"django"}):
        folder = Path(import_module(package).__file__).parent
        for file in sorted(folder.rglob("*.py")):
            digest.update(f"{package} {file.relative_to(folder)} ".encode() + file.read_bytes())
    return digest.hexdigest()[:32]
