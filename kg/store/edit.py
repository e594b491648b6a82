"""A change of a graph that is whole or not at all: the database's commit names the new store."""

import json
import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Store

from kg.rdf import Quad
from kg.store.editing import GraphStore, clone_store, force_to_disk
from kg.store.records import Records
from kg.store.spool import Spool

if TYPE_CHECKING:
    from kg.store.directory import GraphDirectory

__all__ = ["FORMAT", "GENERATION", "Decisions", "Edit", "Manifest"]

FORMAT: Final = 3
GENERATION: Final = "generation-"
"""Begins the names of the folders that hold a store."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What made a graph.

    Attributes:
        run: Digest of the code, vocabularies and configuration that read the papers; empty where all are by hand.
        base_iri: Of papers and of concepts no vocabulary knows.
        made_by: What is told of the run in the graph.
        linked: Digest of what decides how papers are linked and told, apart from the papers themselves.
        format: Of the directory's layout; another one is refused.
    """

    run: str
    base_iri: str
    made_by: Mapping[str, str | None] = field(default_factory=dict)
    linked: str = ""
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided about a graph.

    Attributes:
        concepts: Which names are one, in SSSOM.
        claims: Which claims hold, as JSON Lines.
    """

    concepts: bytes = b""
    claims: bytes = b""


class Edit:
    """A change of a graph that is whole or not at all; made by `GraphDirectory.edit`.

    Attributes:
        records: The papers, to be changed.
        interrupted: A former change did not come to its end; nothing of it is left.
    """

    def __init__(self, directory: "GraphDirectory", database: sqlite3.Connection, *, interrupted: bool) -> None:
        self.records = Records(database)
        self.interrupted = interrupted
        self._directory = directory
        self._database = database
        self._store: GraphStore | None = None
        self._folder: Path | None = None

    def write_anew(self, quads: Iterable[Quad]) -> GraphStore:
        """Make a store of all quads, in any order."""
        folder = self._new_folder()
        (folder / "store").mkdir()
        self._store = GraphStore(Store(str(folder / "store")))
        self._store.load(quads)
        return self._store

    def change(self) -> GraphStore:
        """Make a store that holds what the current one does, to be changed."""
        folder = self._new_folder()
        clone_store(self._directory.path / (self._directory.current() or "") / "store", folder / "store")
        self._store = GraphStore(Store(str(folder / "store")))
        return self._store

    def spool(self) -> Spool:
        """Make a place beside the graph for what is looked at later."""
        return Spool(self._directory.path)

    def commit(self, manifest: Manifest, decisions: Decisions, *, decided: bool = False) -> None:
        """Make the papers and the new store, if one was made, the graph.

        Args:
            manifest: What made it.
            decisions: Of people, which it follows.
            decided: They are new, and shall also take the place of those in the folder.

        Raises:
            OutputError: The folder cannot be written; the former graph is untouched.
        """
        if self._store is not None and self._folder is not None:
            self._store.close()
            force_to_disk(self._folder)
            self.records.set_value("store", self._folder.name.encode())
        self.records.set_value("manifest", json.dumps(asdict(manifest)).encode())
        self.records.set_value("decisions", decisions.concepts)
        self.records.set_value("claim decisions", decisions.claims)
        former = self._directory.decided()
        if decided:
            self._directory.write_decisions(decisions)
        try:
            self._database.execute("COMMIT")
        except BaseException:
            if decided:
                self._directory.write_decisions(former)
            raise

    def close(self) -> None:
        """Give up what was not committed."""
        if self._store is not None:
            self._store.close()
        if self._database.in_transaction:
            self._database.execute("ROLLBACK")

    def _new_folder(self) -> Path:
        self._folder = self._directory.path / f"{GENERATION}{secrets.token_hex(8)}"
        self._folder.mkdir()
        return self._folder
