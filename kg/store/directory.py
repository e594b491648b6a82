"""A graph on disk: a database of its papers, and the engine's store, of which the database names the current one.

A change writes a store beside the current one, which shares the files that stay as they are, and is done when the
database commits: at any moment a reader, or a change that was killed, finds the former graph whole. What such a change
left behind is swept by the next. What people decide lies beside both, where they may edit it.
"""

import errno
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from pyoxigraph import Store

from kg.errors import GraphError, RecordError
from kg.files import write_files, writing
from kg.records import Annotation, Paper
from kg.store.database import cannot_write, has_tables, open_to_read, open_to_write
from kg.store.edit import FORMAT, GENERATION, Decisions, Edit, Manifest
from kg.store.lock import held
from kg.store.plain import PAPERS, is_plain_store
from kg.store.records import Records

__all__ = ["SNAPSHOTS", "GraphDirectory"]

_FORMER = "CURRENT"
"""What named the current generation before format 3."""
_DECISIONS = "decisions.sssom.tsv"
_CLAIMS = "claims.decisions.jsonl"
SNAPSHOTS = "snapshots"


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
        with held(self.path, kept_for=PAPERS):
            yield

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
                with closing(open_to_write(self._file)) as database:
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
                if cannot_write(error):
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
            with closing(self._open_to_read()) as database:
                database.execute("BEGIN")
                if not has_tables(database):
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
            if told["format"] == FORMAT:
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
        if not self._file.exists():
            return b""
        try:
            with closing(self._open_to_read()) as database:
                return (Records(database).value(name) or b"") if has_tables(database) else b""
        except sqlite3.Error as error:
            raise self._damaged(f"the papers cannot be read ({error})") from error

    def _open_to_read(self) -> sqlite3.Connection:
        if not self._file.exists():
            raise self._missing()
        return open_to_read(self._file)

    @property
    def _file(self) -> Path:
        return self.path / PAPERS

    def _check_format(self) -> None:
        if (self.path / _FORMER).exists() and not self._file.exists():
            raise self._other_format(2)
        if self.path.exists() and not self.path.is_dir():
            raise GraphError(f"{self.path}: no graph directory (it is a file); check the path")

    def _sweep(self, database: sqlite3.Connection) -> bool:
        """Remove what changes and snapshots left half made, and tell whether there was a store but the current one."""
        current = (Records(database).value("store") or b"").decode() if has_tables(database) else ""
        others = [folder for folder in self.path.glob(f"{GENERATION}*") if folder.name != current]
        for folder in (*others, *(self.path / SNAPSHOTS).glob(".*")):
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
        return self._damaged(f"made in format {number}, and this kg reads format {FORMAT}")

    def _damaged(self, what: str) -> GraphError:
        return GraphError(f"{self.path}: {what}; remove the folder and build the graph anew, or name another with -g")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise GraphError(f"{path}: cannot be read ({error.strerror}); check its rights") from error
