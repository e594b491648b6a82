"""The papers of a graph with what was read off them, in a database; a change of it is whole or not at all (SQLite)."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from kg.errors import RecordError
from kg.records import Annotation, Paper, decode_annotation, decode_paper, encode

__all__ = ["Record", "Records", "Retraction"]

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS state(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS papers(key TEXT PRIMARY KEY, id TEXT UNIQUE, paper TEXT, annotation TEXT, reading TEXT,
    by_hand INTEGER NOT NULL DEFAULT 0, decided TEXT NOT NULL DEFAULT '', retracted TEXT, retracted_by TEXT);
CREATE INDEX IF NOT EXISTS papers_by_reading ON papers(by_hand, reading, key);
CREATE TABLE IF NOT EXISTS identifiers(name TEXT PRIMARY KEY, key TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS identifiers_by_key ON identifiers(key);
CREATE TABLE IF NOT EXISTS statements(assertion TEXT PRIMARY KEY, subject TEXT, predicate TEXT, object TEXT,
    status TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS support(assertion TEXT, paper TEXT, confidence REAL, PRIMARY KEY(assertion, paper))
    WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS support_by_paper ON support(paper);
"""
_PAGE: Final = 256
"""Papers that are fetched at a time where what follows may change them."""
_CHANGES: Final = """
CREATE TEMP TABLE IF NOT EXISTS changed_papers(key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS gone_papers(key TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Retraction:
    """Why a paper no longer counts, and who says so."""

    reason: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A paper of a graph.

    Attributes:
        annotation: None as long as it has not been read.
        reading: Digest of what read it.
        by_hand: The annotation was given, and holds in place of one that the extractor would make.
        retraction: Its claims are not in the graph; None for a paper that counts.
    """

    paper: Paper
    annotation: Annotation | None = None
    reading: str = ""
    by_hand: bool = False
    retraction: Retraction | None = None


class Records:
    """The papers, in order of key, and a few named values beside them."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    def open(self) -> None:
        """Make the tables that are missing, and forget what was changed before."""
        for statement in (_TABLES + _CHANGES).split(";"):
            self.database.execute(statement)
        for table in ("changed_papers", "gone_papers"):
            self.database.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours

    # --- values

    def value(self, name: str) -> bytes | None:
        """A named value."""
        row = self.database.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def set_value(self, name: str, value: bytes) -> None:
        """Name a value, in place of a former one."""
        self.database.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    # --- papers

    def __len__(self) -> int:
        (count,) = self.database.execute("SELECT count(*) FROM papers").fetchone()
        return int(count)

    def __iter__(self) -> Iterator[Record]:
        """Yield all in order of key.

        Raises:
            RecordError: One cannot be read.
        """
        keys = self.database.execute("SELECT key FROM papers ORDER BY key")
        return (self[key] for (key,) in keys)

    def __getitem__(self, key: str) -> Record:
        query = "SELECT paper, annotation, reading, by_hand, retracted, retracted_by FROM papers WHERE key = ?"
        row = self.database.execute(query, (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        paper, annotation, reading, by_hand, reason, author = row
        return Record(
            decode_paper(paper),
            decode_annotation(annotation) if annotation is not None else None,
            reading or "",
            bool(by_hand),
            Retraction(reason, author or "") if reason is not None else None,
        )

    def key_of(self, name: str) -> str | None:
        """The key of the paper that has an id, key or identifier."""
        row = self.database.execute("SELECT key FROM identifiers WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def keys_of_title(self, title: str) -> list[str]:
        """The keys of the papers that have exactly this title, in order."""
        query = "SELECT key FROM papers WHERE json_extract(paper, '$.title') = ? ORDER BY key"
        return [key for (key,) in self.database.execute(query, (title,))]

    def put(self, paper: Paper) -> str:
        """Take in a paper; it takes the place of those that share its key, id, or an identifier with it.

        A retraction stays, and an annotation by hand does as long as the text is the same.

        Returns:
            ``added``, ``changed``, or ``same``.
        """
        former = {key for name in _names(paper) if (key := self.key_of(name)) is not None}
        if former == {paper.key} and self._text(paper.key) == encode(paper):
            return "same"
        before = [self[key] for key in sorted(former)]
        retraction = next((one.retraction for one in before if one.retraction is not None), None)
        given = next((one for one in before if one.by_hand and one.paper.text == paper.text), None)
        for key in former:
            self.remove(key)
        told = (retraction.reason, retraction.author) if retraction else (None, None)
        query = "INSERT INTO papers(key, id, paper, retracted, retracted_by) VALUES (?, ?, ?, ?, ?)"
        self.database.execute(query, (paper.key, paper.id, encode(paper), *told))
        names = [(name, paper.key) for name in sorted(_names(paper))]
        self.database.executemany("INSERT INTO identifiers VALUES (?, ?)", names)
        self.mark(paper.key)
        if given is not None and given.annotation is not None:
            self.annotate(paper.key, replace(given.annotation, id=paper.id), given.reading, by_hand=True)
        return "changed" if former else "added"

    def _text(self, key: str) -> str | None:
        row = self.database.execute("SELECT paper FROM papers WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def remove(self, key: str) -> None:
        """Take out a paper."""
        query = "INSERT OR IGNORE INTO gone_papers SELECT key, id FROM papers WHERE key = ?"
        self.database.execute(query, (key,))
        for table in ("papers", "identifiers", "changed_papers"):
            self.database.execute(f"DELETE FROM {table} WHERE key = ?", (key,))  # noqa: S608 - names of ours

    def annotate(self, key: str, annotation: Annotation, reading: str, *, by_hand: bool = False) -> None:
        """Say what was read off a paper, and by what."""
        self.annotate_encoded(key, encode(annotation), reading, by_hand=by_hand)

    def annotate_encoded(self, key: str, annotation: str, reading: str, *, by_hand: bool = False) -> None:
        """Say what was read off a paper, as `encode` writes it, and by what."""
        query = "UPDATE papers SET annotation = ?, reading = ?, by_hand = ? WHERE key = ?"
        self.database.execute(query, (annotation, reading, int(by_hand), key))
        self.mark(key)

    def retract(self, key: str, retraction: Retraction | None) -> None:
        """Say that a paper no longer counts, or does again."""
        told = (retraction.reason, retraction.author) if retraction else (None, None)
        self.database.execute("UPDATE papers SET retracted = ?, retracted_by = ? WHERE key = ?", (*told, key))
        self.mark(key)

    def decide(self, key: str, decided: str) -> None:
        """Say which decisions about its claims a paper follows: a digest of them, empty where there are none."""
        query = "UPDATE papers SET decided = ? WHERE key = ? AND decided <> ?"
        if self.database.execute(query, (decided, key, decided)).rowcount:
            self.mark(key)

    def unread(self, reading: str) -> Iterator[tuple[str, str]]:
        """Yield the papers that nothing, or something else than this, has read, in order of key; none by hand.

        They may be annotated, or removed, meanwhile.

        Yields:
            Key, and paper as `encode` writes it.
        """
        where = "+by_hand = 0 AND reading IS NOT ? AND key > ?"  # the sign keeps it from an index that is not in order
        query = f"SELECT key, paper FROM papers WHERE {where} ORDER BY key LIMIT ?"  # noqa: S608 - a text of ours
        last: str | None = ""
        while last is not None:
            page = self.database.execute(query, (reading, last, _PAGE)).fetchall()
            yield from page
            last = page[-1][0] if page else None

    def count_unread(self, reading: str) -> int:
        """How many papers `unread` yields."""
        query = "SELECT count(*) FROM papers WHERE by_hand = 0 AND reading IS NOT ?"
        (count,) = self.database.execute(query, (reading,)).fetchone()
        return int(count)

    def count_read_otherwise(self, reading: str) -> int:
        """How many papers something else than this has read, none of them by hand."""
        query = "SELECT count(*) FROM papers WHERE by_hand = 0 AND reading <> ?"
        (count,) = self.database.execute(query, (reading,)).fetchone()
        return int(count)

    def has(self, *, by_hand: bool) -> bool:
        """Tell whether there are papers annotated by hand, or others."""
        query = "SELECT 1 FROM papers WHERE by_hand = ? LIMIT 1"
        return self.database.execute(query, (int(by_hand),)).fetchone() is not None

    def faults(self) -> Iterator[str]:
        """Yield what SQLite finds wrong with the database, and which papers cannot be read."""
        for (found,) in self.database.execute("PRAGMA integrity_check"):
            if found != "ok":
                yield f"the database of papers is damaged: {found}"
        for (key,) in self.database.execute("SELECT key FROM papers ORDER BY key"):
            try:
                _ = self[key]
            except RecordError as error:
                yield f"paper {key}: {error}"

    # --- what has changed

    def mark(self, key: str) -> None:
        """Say that a paper is to be written anew."""
        self.database.execute("INSERT OR IGNORE INTO changed_papers VALUES (?)", (key,))

    def mark_all(self) -> None:
        """Say that all papers are to be written anew."""
        self.database.execute("INSERT OR IGNORE INTO changed_papers SELECT key FROM papers")

    def changed(self) -> list[str]:
        """The keys of the papers to be written anew, in order."""
        return [key for (key,) in self.database.execute("SELECT key FROM changed_papers ORDER BY key")]

    def gone(self) -> list[tuple[str, str]]:
        """Keys and ids of the papers that were taken out or whose content was, in order."""
        return self.database.execute("SELECT key, id FROM gone_papers ORDER BY key").fetchall()

    def keys_of_ids(self, ids: Iterable[str]) -> Iterator[str]:
        """The keys of papers by their ids."""
        for one in ids:
            row = self.database.execute("SELECT key FROM papers WHERE id = ?", (one,)).fetchone()
            if row is not None:
                yield row[0]

    # --- which papers support what is said across papers

    def support(self, key: str, assertion: str, statement: tuple[str, str, str, str], confidence: float) -> None:
        """Say that a paper supports a statement: the IRI of its assertion, its three parts and its status."""
        self.database.execute("INSERT OR IGNORE INTO statements VALUES (?, ?, ?, ?, ?)", (assertion, *statement))
        self.database.execute("INSERT INTO support VALUES (?, ?, ?)", (assertion, key, confidence))

    def supported(self, key: str) -> dict[str, float]:
        """How sure a paper is of each statement that it supports, by assertion."""
        return dict(self.database.execute("SELECT assertion, confidence FROM support WHERE paper = ?", (key,)))

    def unsupport(self, key: str) -> None:
        """Forget all that a paper supports."""
        self.database.execute("DELETE FROM support WHERE paper = ?", (key,))

    def unsupport_all(self) -> None:
        """Forget what all papers support."""
        self.database.execute("DELETE FROM support")
        self.database.execute("DELETE FROM statements")

    def statement(self, assertion: str) -> tuple[tuple[str, str, str, str], list[float]] | None:
        """The statement of an assertion, and how sure each paper that supports it is; None if none does any longer."""
        query = "SELECT confidence FROM support WHERE assertion = ? ORDER BY paper"
        confidences = [one for (one,) in self.database.execute(query, (assertion,))]
        if not confidences:
            self.database.execute("DELETE FROM statements WHERE assertion = ?", (assertion,))
            return None
        query = "SELECT subject, predicate, object, status FROM statements WHERE assertion = ?"
        row: tuple[str, str, str, str] = self.database.execute(query, (assertion,)).fetchone()
        return row, confidences

    def assertions(self) -> Iterator[str]:
        """The IRIs of the assertions of all statements that papers support, in order."""
        return (one for (one,) in self.database.execute("SELECT assertion FROM statements ORDER BY assertion"))


def _names(paper: Paper) -> set[str]:
    """All by which two records are told to be of one paper."""
    return {f"id/{paper.id}", paper.key, *paper.identifiers}
