"""Whether a database refused because someone else was writing: then the same can be tried again a little later."""

import sqlite3

from django.db import OperationalError

# A lock not available in time, a deadlock, a serialisation failure (PostgreSQL, appendix A).
SQLSTATES = {"55P03", "40P01", "40001"}
# The lowest byte of an extended code is the code itself.
SQLITE_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def is_locked(error: OperationalError) -> bool:
    """Whether others held what was needed, rather than that the database is broken or the statement wrong."""
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    return getattr(cause, "sqlstate", None) in SQLSTATES or (code is not None and code & 0xFF in SQLITE_CODES)
