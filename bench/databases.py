"""Databases of a measurement's own: made for it, and gone after it."""

import sqlite3
from urllib.parse import urlsplit

import psycopg

PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL")


def connect(url: str):
    """A bare driver connection, set as the site sets its own."""
    if not url.startswith("sqlite"):
        return psycopg.connect(url, autocommit=True)
    connection = sqlite3.connect(urlsplit(url).path, isolation_level=None, check_same_thread=False)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection
