"""What a build has read before it was interrupted: kept beside the graph until a build is done."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import RecordError
from kg.records import Annotation, decode_annotation

__all__ = ["Unfinished"]

_FILE = "reading.sqlite"


class Unfinished:
    """Annotations by what they were made of; each is on the disk as soon as it is there."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @classmethod
    @contextmanager
    def open(cls, folder: Path) -> Iterator["Unfinished"]:
        """Open the file in a graph's folder; it stays until it is discarded, unless there is nothing in it.

        A damaged one is begun anew: what it held can be read again.
        """
        try:
            database = _opened(folder / _FILE)
        except sqlite3.DatabaseError:
            cls.discard(folder)
            database = _opened(folder / _FILE)
        unfinished = cls(database)
        try:
            yield unfinished
        finally:
            is_empty = unfinished.is_empty
            database.close()
            if is_empty:
                cls.discard(folder)

    @staticmethod
    def discard(folder: Path) -> None:
        """Remove the file."""
        for file in folder.glob(f"{_FILE}*"):
            file.unlink(missing_ok=True)

    @property
    def is_empty(self) -> bool:
        """Nothing has been kept."""
        return self._database.execute("SELECT 1 FROM made LIMIT 1").fetchone() is None

    def get(self, content: str) -> Annotation | None:
        """What was made of a text; None for one that has not been read, or of which the file holds nothing whole."""
        row = self._database.execute("SELECT annotation FROM made WHERE content = ?", (content,)).fetchone()
        try:
            return decode_annotation(row[0]) if row else None
        except RecordError:
            return None

    def put(self, content: str, annotation: str) -> None:
        """Keep what was made of a text, as `kg.records.encode` writes it."""
        self._database.execute("INSERT OR REPLACE INTO made VALUES (?, ?)", (content, annotation))


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("CREATE TABLE IF NOT EXISTS made(content TEXT PRIMARY KEY, annotation TEXT) WITHOUT ROWID")
    except sqlite3.Error:
        database.close()
        raise
    return database
