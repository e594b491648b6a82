"""A graph on disk: a whole generation in a folder, and one small file that names the current one.

A build writes a new generation beside the current one and then replaces the name: at any moment a reader, or a
build that was killed, finds the former graph whole. What such a build left behind is swept by the next. A
generation holds the engine's store, the papers and their annotations as JSON Lines, the decisions it was linked
with, and a manifest. What people decide lies beside the generations, where they may edit it.
"""

import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout
from pyoxigraph import Store

from kg.errors import GraphError, RecordError
from kg.files import write_files, writing
from kg.rdf import Quad
from kg.records import Annotation, Paper, decode_annotation, decode_paper, encode

__all__ = ["GraphDirectory", "Manifest"]

_CURRENT = "CURRENT"
_LOCK = ".lock"
_FORMAT = 2
_PREFIX = "generation-"
_DECISIONS = "decisions.sssom.tsv"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What made a generation.

    Attributes:
        run: Digest of the code, vocabularies and configuration that read the papers.
        base_iri: Of papers and of concepts no vocabulary knows.
        made_by: What is told of the run in the graph.
        format: Of the directory's layout; another one is refused.
    """

    run: str
    base_iri: str
    made_by: Mapping[str, str | None] = field(default_factory=dict)
    format: int = _FORMAT


class GraphDirectory:
    """A folder that holds a graph."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def vocabularies(self) -> Path:
        """Where added vocabularies lie (`kg.vocabulary.AddedVocabularies`); they outlive every generation."""
        return self.path / "vocabularies"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only one who builds here; the folder is made, and is gone again if no graph was made in it.

        Raises:
            GraphError: Another build is at work.
            OutputError: The folder cannot be made or written.
        """
        made = not self.path.exists()
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path / _LOCK)
            try:
                lock.acquire(timeout=0)
            except Timeout as error:
                raise GraphError(f"{self.path}: another build is writing here; wait until it is done") from error
        try:
            yield
        finally:
            try:
                self._sweep()
            finally:
                lock.release()
            if made and self._name() is None:
                (self.path / _LOCK).unlink(missing_ok=True)
                with suppress(OSError):  # somebody else has put something here
                    self.path.rmdir()

    def open_store(self) -> Store:
        """Open the engine's store of the current generation, to read.

        Raises:
            GraphError: There is no graph, it is of another format, or it is damaged.
        """
        self.built()
        try:
            return Store.read_only(str(self._generation() / "store"))
        except (OSError, RuntimeError) as error:
            raise self._damaged(f"the store cannot be opened ({error})") from error

    def built(self) -> Manifest:
        """Of the current generation.

        Raises:
            GraphError: There is no graph, it is of another format, or it is damaged.
        """
        manifest = self.manifest()
        if manifest is None:
            raise GraphError(f"{self.path}: there is no graph here; make one with: kg build INPUT -g {self.path}")
        return manifest

    def manifest(self) -> Manifest | None:
        """Of the current generation; None where there is no graph yet.

        Raises:
            GraphError: The graph is of another format, or damaged.
        """
        if self._name() is None:
            return None
        try:
            told = json.loads((self._generation() / "manifest.json").read_text("utf-8"))
            if told["format"] == _FORMAT:
                return Manifest(**told)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise self._damaged("the manifest cannot be read") from error
        raise self._damaged(f"made in format {told['format']}, and this kg reads format {_FORMAT}")

    @property
    def decisions_path(self) -> Path:
        """Where people's decisions lie, in SSSOM; there need be none."""
        return self.path / _DECISIONS

    def decisions(self, *, settled: bool = False) -> bytes:
        """People's decisions as they lie in the folder, empty if there are none.

        Args:
            settled: Those that the current generation was linked with.

        Raises:
            GraphError: The file cannot be read.
        """
        if settled and self._name() is None:
            return b""
        path = self._generation() / _DECISIONS if settled else self.decisions_path
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise GraphError(f"{path}: cannot be read ({error.strerror}); check its rights") from error

    def records(self) -> Iterator[tuple[Paper, Annotation]]:
        """Yield the papers of the current generation with their annotations, in order of key.

        Raises:
            GraphError: The records are damaged; while iterating.
        """
        if self._name() is None:
            return
        current = self._generation()
        try:
            with (
                (current / "papers.jsonl").open(encoding="utf-8") as papers,
                (current / "annotations.jsonl").open(encoding="utf-8") as annotations,
            ):
                for paper, annotation in zip(papers, annotations, strict=True):
                    yield decode_paper(paper), decode_annotation(annotation)
        except (OSError, ValueError, RecordError) as error:
            raise self._damaged(f"the records cannot be read ({error})") from error

    def replace(
        self,
        records: Iterable[tuple[Paper, Annotation]],
        quads: Iterable[Quad],
        manifest: Manifest,
        *,
        decisions: bytes = b"",
        decided: bool = False,
    ) -> None:
        """Make a new generation the current one, whole or not at all; only within `locked`.

        Args:
            records: In order of the papers' keys.
            quads: Of all graphs.
            manifest: What made them.
            decisions: Of people, which the quads follow.
            decided: The decisions are new, and shall also take the place of those in the folder.

        Raises:
            OutputError: The folder cannot be written; the former graph is untouched.
        """
        with writing(self.path):
            new = self.path / f"{_PREFIX}{secrets.token_hex(8)}"
            new.mkdir()
            _write_records(new, records)
            (new / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")
            (new / _DECISIONS).write_bytes(decisions)
            store = Store(str(new / "store"))
            store.bulk_extend(quads)
            store.optimize()
            store.flush()
            del store  # closes it
            _force_to_disk(new)
            written = {self.decisions_path: decisions} if decided else {}
            write_files({**written, self.path / _CURRENT: f"{new.name}\n".encode()})

    def _name(self) -> str | None:
        """The current generation's name; None where there is no graph yet."""
        try:
            return (self.path / _CURRENT).read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise GraphError(f"{self.path}: no graph directory ({error}); check the path") from error

    def _generation(self) -> Path:
        """The current generation's folder; a build may replace it between two looks, so a second look decides."""
        for _ in range(2):
            folder = self.path / (self._name() or "")
            if folder.is_dir():
                return folder
        raise self._damaged(f"the folder {folder.name} is missing")

    def _sweep(self) -> None:
        """Remove every generation but the current one."""
        for folder in self.path.glob(f"{_PREFIX}*"):
            if folder.name != self._name():
                shutil.rmtree(folder, ignore_errors=True)

    def _damaged(self, what: str) -> GraphError:
        return GraphError(f"{self.path}: {what}; remove the folder and build the graph anew, or name another with -g")


def _write_records(new: Path, records: Iterable[tuple[Paper, Annotation]]) -> None:
    with (
        (new / "papers.jsonl").open("w", encoding="utf-8", newline="\n") as papers,
        (new / "annotations.jsonl").open("w", encoding="utf-8", newline="\n") as annotations,
    ):
        for paper, annotation in records:
            papers.write(encode(paper) + "\n")
            annotations.write(encode(annotation) + "\n")


def _force_to_disk(folder: Path) -> None:
    """Wait until files and folders are on the disk, so that the name is never there before them."""
    for path in (*folder.rglob("*"), folder):
        if path.is_file() or os.name == "posix":  # elsewhere a folder cannot be opened
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
