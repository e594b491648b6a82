"""The database of a graph's papers (SQLite): opened to write, or to read while somebody else writes."""

import sqlite3
from pathlib import Path

__all__ = ["cannot_write", "has_tables", "open_to_read", "open_to_write"]


def open_to_write(path: Path) -> sqlite3.Connection:
    """Open the file, made where there is none; readers see the former graph while this one is written.

    Raises:
        sqlite3.Error: It is no database, or cannot be written.
    """
    database = _opened(f"{path.absolute().as_uri()}?mode=rwc")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    return database


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open the file, which must be there.

    Raises:
        sqlite3.Error: It is no database.
    """
    address = f"{path.absolute().as_uri()}?mode=ro"
    database = _opened(address)
    try:
        database.execute("SELECT 1 FROM sqlite_master LIMIT 1")
    except sqlite3.OperationalError:  # a folder where nothing can be written, not even a lock
        database.close()
        database = _opened(f"{address}&immutable=1")
    return database


def _opened(address: str) -> sqlite3.Connection:
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=30)


def has_tables(database: sqlite3.Connection) -> bool:
    """Tell whether a graph was ever made here."""
    return database.execute("SELECT 1 FROM sqlite_master WHERE name = 'state'").fetchone() is not None


def cannot_write(error: sqlite3.Error) -> bool:
    """Tell whether the disk refused what SQLite wrote; what it could not read is another matter."""
    code = getattr(error, "sqlite_errorcode", 0)
    refused = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}
    refused |= {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}  # by somebody who looks at it with other tools
    return code & 0xFF in refused and code != sqlite3.SQLITE_IOERR_READ
