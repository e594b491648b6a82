"""A graph on disk: a database of its papers, and the engine's store, of which the database names the current one.

A change writes a store beside the current one, which shares the files that stay as they are, and is done when the
database commits: at any moment a reader, or a change that was killed, finds the former graph whole. What such a change
left behind is swept by the next. What people decide lies beside both, where they may edit it.
"""

import json
import os
import secrets
import shutil
import socket
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout
from pyoxigraph import Store

from kg.errors import GraphError, RecordError
from kg.files import write_file, writing
from kg.rdf import Quad
from kg.records import Annotation, Paper
from kg.store.editing import GraphStore, clone_store, force_to_disk
from kg.store.records import Records

__all__ = ["Edit", "GraphDirectory", "Manifest"]

_DATABASE = "papers.sqlite"
_LOCK = ".lock"
_HOLDER = ".lock-holder"
_FORMAT = 3
_FORMER = "CURRENT"
"""What named the current generation before format 3."""
_PREFIX = "generation-"
_DECISIONS = "decisions.sssom.tsv"
_SNAPSHOTS = "snapshots"


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
    format: int = _FORMAT


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

    def commit(self, manifest: Manifest, decisions: bytes, *, decided: bool = False) -> None:
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
        self.records.set_value("decisions", decisions)
        path = self._directory.decisions_path
        former = self._directory.decisions() if decided else b""
        if decided:
            write_file(path, decisions)
        try:
            self._database.execute("COMMIT")
        except BaseException:
            if decided:
                write_file(path, former)
            raise

    def close(self) -> None:
        """Give up what was not committed."""
        if self._store is not None:
            self._store.close()
        if self._database.in_transaction:
            self._database.execute("ROLLBACK")

    def _new_folder(self) -> Path:
        self._folder = self._directory.path / f"{_PREFIX}{secrets.token_hex(8)}"
        self._folder.mkdir()
        return self._folder


class GraphDirectory:
    """A folder that holds a graph."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def vocabularies(self) -> Path:
        """Where added vocabularies lie (`kg.vocabulary.AddedVocabularies`); they outlive every build."""
        return self.path / "vocabularies"

    @property
    def decisions_path(self) -> Path:
        """Where people's decisions lie, in SSSOM; there need be none."""
        return self.path / _DECISIONS

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only one who writes here; the folder is made, and is gone again if no graph was made in it.

        Raises:
            GraphError: Another process is at work.
            OutputError: The folder cannot be made or written.
        """
        made = not self.path.exists()
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path / _LOCK)
            try:
                lock.acquire(timeout=0)
            except Timeout as error:
                who = self._holder()
                raise GraphError(f"{self.path}: another build is writing here{who}; wait until it is done") from error
            (self.path / _HOLDER).write_text(f"process {os.getpid()} on {socket.gethostname()}", "utf-8")
        try:
            yield
        finally:
            (self.path / _HOLDER).unlink(missing_ok=True)
            lock.release()
            if made and not (self.path / _DATABASE).exists():
                (self.path / _LOCK).unlink(missing_ok=True)
                with suppress(OSError):  # somebody else has put something here
                    self.path.rmdir()

    @contextmanager
    def edit(self) -> Iterator[Edit]:
        """Change the graph; what is not committed when this ends is as if it had not been.

        Raises:
            GraphError: Another process is at work, or the graph is of another format, or damaged.
            OutputError: The folder cannot be made or written, or the disk is full.
        """
        with self.locked(), writing(self.path):
            self._check_format()
            try:
                with closing(self._connect("rwc")) as database:
                    interrupted = self._sweep(database)
                    database.execute("BEGIN IMMEDIATE")
                    edit = Edit(self, database, interrupted=interrupted)
                    try:
                        edit.records.open()
                        yield edit
                    finally:
                        edit.close()
                        self._sweep(database)
            except sqlite3.Error as error:
                if isinstance(error, sqlite3.OperationalError) and "full" in str(error):
                    raise OSError(28, "No space left on device") from error
                raise self._damaged(f"the papers cannot be read ({error})") from error
            finally:
                self._forget_if_empty()

    @contextmanager
    def reading(self) -> Iterator[Records]:
        """Read the papers as they are now, whatever is written meanwhile.

        Raises:
            GraphError: There is no graph, it is of another format, or it is damaged.
        """
        self._check_format()
        try:
            with closing(self._connect("ro")) as database:
                database.execute("BEGIN")
                if not _has_tables(database):
                    raise self._missing()
                yield Records(database)
        except (sqlite3.Error, RecordError) as error:
            raise self._damaged(f"the papers cannot be read ({error})") from error

    def open_store(self) -> Store:
        """Open the engine's store, to read.

        Raises:
            GraphError: There is no graph, it is of another format, or it is damaged.
        """
        self.built()
        try:
            return Store.read_only(str(self.store_path()))
        except (OSError, RuntimeError) as error:
            raise self._damaged(f"the store cannot be opened ({error})") from error

    def store_path(self) -> Path:
        """Where the engine's store is now; a change may replace it between two looks, so a second look decides.

        Raises:
            GraphError: There is no graph, or it is damaged.
        """
        for _ in range(2):
            folder = self.path / (self.current() or "") / "store"
            if folder.is_dir():
                return folder
        raise self._damaged(f"the folder {folder.parent.name} is missing")

    def current(self) -> str | None:
        """The name of the folder that holds the store now; None where there is no graph yet."""
        return self._value("store").decode() or None

    def built(self) -> Manifest:
        """What made the graph.

        Raises:
            GraphError: There is no graph, it is of another format, or it is damaged.
        """
        manifest = self.manifest()
        if manifest is None:
            raise self._missing()
        return manifest

    def manifest(self) -> Manifest | None:
        """What made the graph; None where there is none yet.

        Raises:
            GraphError: The graph is of another format, or damaged.
        """
        self._check_format()
        return self._manifest(self._value("manifest"))

    def manifest_in(self, records: Records) -> Manifest | None:
        """What made the graph that a database names.

        Raises:
            GraphError: The graph is of another format, or damaged.
        """
        return self._manifest(records.value("manifest") or b"")

    def _manifest(self, value: bytes) -> Manifest | None:
        if not value:
            return None
        try:
            told = json.loads(value)
            if told["format"] == _FORMAT:
                return Manifest(**told)
        except (ValueError, TypeError, KeyError) as error:
            raise self._damaged("the manifest cannot be read") from error
        raise self._other_format(told["format"])

    def decisions(self, *, settled: bool = False) -> bytes:
        """People's decisions as they lie in the folder, empty if there are none.

        Args:
            settled: Those that the graph was linked with.

        Raises:
            GraphError: The file cannot be read.
        """
        if settled:
            return self._value("decisions")
        try:
            return self.decisions_path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise GraphError(f"{self.decisions_path}: cannot be read ({error.strerror}); check its rights") from error

    def records(self) -> Iterator[tuple[Paper, Annotation]]:
        """Yield the papers with their annotations, in order of key; none where there is no graph.

        Raises:
            GraphError: The records are damaged; while iterating.
        """
        if self.manifest() is not None:
            with self.reading() as records:
                for record in records:
                    yield record.paper, record.annotation or Annotation(record.paper.id)

    def _value(self, name: str) -> bytes:
        """A named value of the database; empty where there is none."""
        if not (self.path / _DATABASE).exists():
            return b""
        try:
            with closing(self._connect("ro")) as database:
                return (Records(database).value(name) or b"") if _has_tables(database) else b""
        except sqlite3.Error as error:
            raise self._damaged(f"the papers cannot be read ({error})") from error

    def _connect(self, mode: str) -> sqlite3.Connection:
        path = (self.path / _DATABASE).absolute().as_uri()
        if mode == "ro" and not (self.path / _DATABASE).exists():
            raise self._missing()
        database = sqlite3.connect(f"{path}?mode={mode}", uri=True, isolation_level=None, timeout=30)
        if mode == "ro":
            try:
                database.execute("SELECT 1 FROM sqlite_master LIMIT 1")
            except sqlite3.OperationalError:  # a folder where nothing can be written, not even a lock
                database = sqlite3.connect(f"{path}?mode=ro&immutable=1", uri=True, isolation_level=None)
            return database
        database.execute("PRAGMA journal_mode = WAL")  # readers see the former graph while this one is written
        database.execute("PRAGMA synchronous = FULL")
        return database

    def _check_format(self) -> None:
        if (self.path / _FORMER).exists() and not (self.path / _DATABASE).exists():
            raise self._other_format(2)
        if self.path.exists() and not self.path.is_dir():
            raise GraphError(f"{self.path}: no graph directory (it is a file); check the path")

    def _holder(self) -> str:
        with suppress(OSError):
            return f" ({(self.path / _HOLDER).read_text('utf-8')})"
        return ""

    def _sweep(self, database: sqlite3.Connection) -> bool:
        """Remove every store but the current one, and tell whether there was one."""
        current = (Records(database).value("store") or b"").decode() if _has_tables(database) else ""
        others = [folder for folder in self.path.glob(f"{_PREFIX}*") if folder.name != current]
        for folder in others:
            shutil.rmtree(folder, ignore_errors=True)
        return bool(others)

    def _forget_if_empty(self) -> None:
        """Remove the database of a graph that was never made."""
        with suppress(GraphError, sqlite3.Error, OSError):
            if self.manifest() is None:
                for file in self.path.glob(f"{_DATABASE}*"):
                    file.unlink()

    def _missing(self) -> GraphError:
        return GraphError(f"{self.path}: there is no graph here; make one with: kg build INPUT -g {self.path}")

    def _other_format(self, number: object) -> GraphError:
        return self._damaged(f"made in format {number}, and this kg reads format {_FORMAT}")

    def _damaged(self, what: str) -> GraphError:
        return GraphError(f"{self.path}: {what}; remove the folder and build the graph anew, or name another with -g")


def _has_tables(database: sqlite3.Connection) -> bool:
    """Tell whether a graph was ever made here."""
    return database.execute("SELECT 1 FROM sqlite_master WHERE name = 'state'").fetchone() is not None
