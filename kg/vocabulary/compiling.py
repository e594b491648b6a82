"""Compiles the concepts of an added vocabulary into one SQLite file, from which names are looked up.

Nothing of such a file needs to be read before the first look-up, and what is looked up is read page by page: loading
takes no time, and memory does not grow with the vocabulary. The tables:

* ``about``: what the file was made from, and with which rules for keys,
* ``concept``: the entries, as JSON, numbered in order of IRI,
* ``exact``: IRIs that mean the same, for concepts that another vocabulary has too,
* ``key``: the keys of every name (`kg.vocabulary.keys`), with their rank from exact to loose,
* ``word``: the words of every name's most exact key, for approximate look-up,
* ``label``: the keys under which names are found in running text (`kg.vocabulary.labels`).
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from kg import text
from kg.errors import OutputError
from kg.vocabulary import keys, labels
from kg.vocabulary.entry import Entry
from kg.vocabulary.keys import keys_of
from kg.vocabulary.labels import label_keys

__all__ = ["compile_entries", "rules_digest"]

_TABLES: Final = {
    "about": "name, value",
    "exact": "iri, concept",
    "key": "kind, key, rank, concept",
    "word": "kind, word, name, concept",
    "label": "key, concept, name, clear",
}
"""Their columns, each table in the order of its rows."""

_Rows = Mapping[str, Sequence[tuple[str | int, ...]]]


@cache
def rules_digest() -> str:
    """Hash the code that makes keys, and this: what other rules compiled must be compiled again."""
    code = [*(Path(str(module.__file__)) for module in (text, keys, labels)), Path(__file__)]
    return sha256(b"".join(path.read_bytes() for path in code)).hexdigest()


def compile_entries(entries: Iterable[Entry], about: Mapping[str, str], path: Path) -> None:
    """Write the index of some concepts to a new file.

    Args:
        entries: In order of IRI, each IRI once.
        about: What the file shall tell of itself, beside what is counted and hashed here.
        path: Where no file is yet.

    Raises:
        OutputError: It cannot be written.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.executescript("PRAGMA journal_mode = OFF; BEGIN")  # who fails throws the file away
            _create(db)
            counted = _fill(db, entries)
            _insert(db, {"about": list({**about, **counted, "rules": rules_digest()}.items())})
            for table, columns in _TABLES.items():  # sorted, so that each page is written once and full
                db.execute(f"INSERT INTO {table} SELECT DISTINCT * FROM new_{table} ORDER BY {columns}")  # noqa: S608
            db.execute("COMMIT")
    except sqlite3.Error as error:
        raise OutputError(str(path), f"cannot be written ({error})", "check the path, rights and free space") from error


def _create(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE concept (number INTEGER PRIMARY KEY, iri TEXT UNIQUE, entry BLOB)")
    for table, columns in _TABLES.items():
        db.execute(f"CREATE TABLE {table} ({columns}, PRIMARY KEY ({columns})) WITHOUT ROWID")
        db.execute(f"CREATE TEMP TABLE new_{table} AS SELECT * FROM {table}")  # noqa: S608 - our own names


def _fill(db: sqlite3.Connection, entries: Iterable[Entry]) -> dict[str, str]:
    """Insert concepts; their digest is the same with whatever rules for keys they are compiled."""
    digest, kinds, concepts, names = sha256(), set[str](), 0, 0
    for number, entry in enumerate(entries):
        record = msgspec.json.encode(entry)
        digest.update(record + b"\n")
        db.execute("INSERT INTO concept VALUES (?, ?, ?)", (number, entry.iri, record))
        _insert(db, _rows(number, entry))
        kinds.add(entry.kind.value)
        concepts, names = number + 1, names + len(entry.names) - len(entry.shared)
    return {
        "digest": digest.hexdigest(),
        "kinds": " ".join(sorted(kinds)),
        "concepts": str(concepts),
        "names": str(names),
    }


def _insert(db: sqlite3.Connection, rows: _Rows) -> None:
    for table, some in rows.items():
        if some:
            marks = ", ".join("?" * len(some[0]))
            db.executemany(f"INSERT INTO new_{table} VALUES ({marks})", some)  # noqa: S608 - our own names


def _rows(number: int, entry: Entry) -> _Rows:
    kind, ranks, words = entry.kind.value, dict[str, int](), set[tuple[str, str]]()
    for name in entry.names:
        keys = keys_of(name)
        words |= {(word, keys[0]) for word in keys[0].split()}
        for rank, key in enumerate(keys):
            if key:
                ranks[key] = min(rank, ranks.get(key, rank))
    clear = {**dict.fromkeys(entry.names, True), **dict.fromkeys((*entry.shared, *entry.ambiguous), False)}
    return {
        "exact": [(iri, number) for iri in entry.exact],
        "key": [(kind, key, rank, number) for key, rank in ranks.items() if key],
        "word": [(kind, word, form, number) for word, form in words],
        "label": [(key, number, name, sure) for name, sure in clear.items() for key in label_keys(name)],
    }
