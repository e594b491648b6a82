"""A graph on disk: a database of its papers, and the engine's store, of which the database names the current one.

A change writes a store beside the current one, which shares the files that stay as they are, and is done when the
database commits: at any moment a reader, or a change that was killed, finds the former graph whole. What such a change
left behind is swept by the next. What people decide lies beside both, where they may edit it.
"""

import errno
import json
import os
import re
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

from kg.errors import GraphError, RecordError, UsageError
from kg.files import write_files, writing
from kg.rdf import Quad
from kg.records import Annotation, Paper
from kg.store.editing import GraphStore, clone_store, force_to_disk
from kg.store.plain import PAPERS, is_plain_store
from kg.store.records import Records

__all__ = ["Decisions", "Edit", "GraphDirectory", "Manifest"]

_LOCK = ".lock"
_HOLDER = ".lock-holder"
_FORMAT = 3
_FORMER = "CURRENT"
"""What named the current generation before format 3."""
_PREFIX = "generation-"
_DECISIONS = "decisions.sssom.tsv"
_CLAIMS = "claims.decisions.jsonl"
_SNAPSHOTS = "snapshots"
_NAME = re.compile(r"[A-Za-z0-9_\-][A-Za-z0-9_\-.]*")


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
        if is_plain_store(self.path):
            raise GraphError(f"{self.path}: a store that kg serve writes; name another folder with -g")
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
            if made and not (self.path / PAPERS).exists():
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
                if _cannot_write(error):
                    raise OSError(errno.EIO, str(error)) from error
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
        path = self.store_path()
        try:
            return Store.read_only(str(path))
        except (OSError, RuntimeError) as error:
            if self.store_path() != path:  # a change has replaced it since, and swept it
                return self.open_store()
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
        return self.decided(settled=settled).concepts

    @property
    def claims_path(self) -> Path:
        """Where people's decisions about claims lie, as JSON Lines; there need be none."""
        return self.path / _CLAIMS

    def decided(self, *, settled: bool = False) -> Decisions:
        """All that people decided, as it lies in the folder.

        Args:
            settled: What the graph follows.

        Raises:
            GraphError: A file cannot be read.
        """
        if settled:
            return Decisions(self._value("decisions"), self._value("claim decisions"))
        return Decisions(_content(self.decisions_path), _content(self.claims_path))

    def write_decisions(self, decisions: Decisions) -> None:
        """Put what people decided in the place of what lies in the folder; where nothing lies and nothing is, no file.

        Raises:
            OutputError: A file cannot be written.
        """
        both = {self.decisions_path: decisions.concepts, self.claims_path: decisions.claims}
        write_files({path: told for path, told in both.items() if told or path.exists()})

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
        if not (self.path / PAPERS).exists():
            return b""
        try:
            with closing(self._connect("ro")) as database:
                return (Records(database).value(name) or b"") if _has_tables(database) else b""
        except sqlite3.Error as error:
            raise self._damaged(f"the papers cannot be read ({error})") from error

    def snapshot(self, name: str) -> Path:
        """Keep the graph as it is now; files of the store are shared, not copied.

        Args:
            name: Of letters, digits, ``-``, ``_`` and ``.``, which it does not begin with.

        Returns:
            The folder of the snapshot, which is a graph directory of its own.

        Raises:
            UsageError: The name is none, or taken.
            GraphError: There is no graph, it is damaged, or somebody is changing it.
            OutputError: The folder cannot be written.
        """
        if not _NAME.fullmatch(name):
            raise UsageError(f"{name!r} cannot name a snapshot; use letters, digits, -, _ and .")
        self.built()
        target = self.path / _SNAPSHOTS / name
        if target.exists():
            raise UsageError(f"{target}: there is a snapshot of this name; remove that folder, or use another name")
        with self.locked(), writing(target):
            target.parent.mkdir(exist_ok=True)
            new = target.parent / f".{name}.{secrets.token_hex(4)}"
            try:
                self._copy_to(new)
                new.rename(target)
            finally:
                shutil.rmtree(new, ignore_errors=True)
        return target

    def _copy_to(self, folder: Path) -> None:
        folder.mkdir()
        with closing(self._connect("ro")) as database:
            database.execute("VACUUM INTO ?", (str(folder / PAPERS),))
        store = self.store_path()
        (folder / store.parent.name).mkdir()
        clone_store(store, folder / store.parent.name / "store")
        GraphDirectory(folder).write_decisions(self.decided(settled=True))
        if self.vocabularies.exists():
            shutil.copytree(self.vocabularies, folder / self.vocabularies.name)
        force_to_disk(folder)

    def _connect(self, mode: str) -> sqlite3.Connection:
        path = (self.path / PAPERS).absolute().as_uri()
        if mode == "ro" and not (self.path / PAPERS).exists():
            raise self._missing()
        database = sqlite3.connect(f"{path}?mode={mode}", uri=True, isolation_level=None, timeout=30)
        if mode == "ro":
            try:
                database.execute("SELECT 1 FROM sqlite_master LIMIT 1")
            except sqlite3.OperationalError:  # a folder where nothing can be written, not even a lock
                database.close()
                database = sqlite3.connect(f"{path}?mode=ro&immutable=1", uri=True, isolation_level=None)
            return database
        database.execute("PRAGMA journal_mode = WAL")  # readers see the former graph while this one is written
        database.execute("PRAGMA synchronous = FULL")
        return database

    def _check_format(self) -> None:
        if (self.path / _FORMER).exists() and not (self.path / PAPERS).exists():
            raise self._other_format(2)
        if self.path.exists() and not self.path.is_dir():
            raise GraphError(f"{self.path}: no graph directory (it is a file); check the path")

    def _holder(self) -> str:
        with suppress(OSError):
            return f" ({(self.path / _HOLDER).read_text('utf-8')})"
        return ""

    def _sweep(self, database: sqlite3.Connection) -> bool:
        """Remove what changes and snapshots left half made, and tell whether there was a store but the current one."""
        current = (Records(database).value("store") or b"").decode() if _has_tables(database) else ""
        others = [folder for folder in self.path.glob(f"{_PREFIX}*") if folder.name != current]
        for folder in (*others, *(self.path / _SNAPSHOTS).glob(".*")):
            shutil.rmtree(folder, ignore_errors=True)
        for name in (_DECISIONS, _CLAIMS):
            for file in self.path.glob(f".{name}.*"):
                file.unlink(missing_ok=True)
        return bool(others)

    def _forget_if_empty(self) -> None:
        """Remove the database of a graph that was never made."""
        with suppress(GraphError, sqlite3.Error, OSError):
            if self.manifest() is None:
                for file in self.path.glob(f"{PAPERS}*"):
                    file.unlink()

    def _missing(self) -> GraphError:
        return GraphError(f"{self.path}: there is no graph here; make one with: kg build INPUT -g {self.path}")

    def _other_format(self, number: object) -> GraphError:
        return self._damaged(f"made in format {number}, and this kg reads format {_FORMAT}")

    def _damaged(self, what: str) -> GraphError:
        return GraphError(f"{self.path}: {what}; remove the folder and build the graph anew, or name another with -g")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise GraphError(f"{path}: cannot be read ({error.strerror}); check its rights") from error


def _cannot_write(error: sqlite3.Error) -> bool:
    """Tell whether the disk refused what SQLite wrote; what it could not read is another matter."""
    code = getattr(error, "sqlite_errorcode", 0)
    refused = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}
    refused |= {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}  # by somebody who looks at it with other tools
    return code & 0xFF in refused and code != sqlite3.SQLITE_IOERR_READ


def _has_tables(database: sqlite3.Connection) -> bool:
    """Tell whether a graph was ever made here."""
    return database.execute("SELECT 1 FROM sqlite_master WHERE name = 'state'").fetchone() is not None
