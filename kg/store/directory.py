"""A graph on disk: whole generations side by side, and one small file that names the current one.

A build writes a new generation beside the current one and then replaces the name: at any moment a reader, or a
build that was killed, finds the former graph whole. A generation holds the engine's store, the papers and their
annotations as JSON Lines, and a manifest.
"""

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Store

from kg.errors import GraphError
from kg.files import write_file, writing
from kg.rdf import Quad
from kg.records import Annotation, Paper, decode_annotation, decode_paper, encode

__all__ = ["GraphDirectory", "Manifest"]

_CURRENT = "CURRENT"
_FORMAT = 1
_PREFIX = "generation-"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What made a generation.

    Attributes:
        run: Digest of the software, vocabularies and configuration that read the papers.
        base_iri: Of papers and of concepts no vocabulary knows.
        format: Of the directory's layout; another one is refused.
    """

    run: str
    base_iri: str
    format: int = _FORMAT


class GraphDirectory:
    """A folder that holds a graph."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def current(self) -> Path | None:
        """The current generation's folder; None where there is no graph yet."""
        try:
            name = (self.path / _CURRENT).read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise GraphError(f"{self.path}: {error.strerror}; check the path") from error
        return self.path / name

    def open_store(self) -> Store:
        """Open the engine's store of the current generation, to read.

        Raises:
            GraphError: There is no graph, it is of another format, or it is damaged.
        """
        current = self._whole()
        try:
            return Store.read_only(str(current / "store"))
        except (OSError, RuntimeError) as error:
            raise GraphError(f"{self.path}: the store cannot be opened ({error}); build the graph again") from error

    def manifest(self) -> Manifest | None:
        """Of the current generation; None where there is no graph yet.

        Raises:
            GraphError: The graph is of another format, or damaged.
        """
        if self.current is None:
            return None
        try:
            manifest = Manifest(**json.loads((self._whole() / "manifest.json").read_text("utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise GraphError(f"{self.path}: the manifest is damaged; build the graph again") from error
        if manifest.format != _FORMAT:
            reason = f"made in format {manifest.format}, this kg reads format {_FORMAT}"
            raise GraphError(f"{self.path}: {reason}; build the graph again")
        return manifest

    def records(self) -> Iterator[tuple[Paper, Annotation]]:
        """Yield the papers of the current generation with their annotations, in order of key."""
        if self.current is None:
            return
        current = self._whole()
        with (
            (current / "papers.jsonl").open(encoding="utf-8") as papers,
            (current / "annotations.jsonl").open(encoding="utf-8") as annotations,
        ):
            for paper, annotation in zip(papers, annotations, strict=True):
                yield decode_paper(paper), decode_annotation(annotation)

    def replace(self, records: Iterable[tuple[Paper, Annotation]], quads: Iterable[Quad], manifest: Manifest) -> None:
        """Make a new generation the current one, whole or not at all.

        Args:
            records: In order of the papers' keys.
            quads: Of all graphs.
            manifest: What made them.

        Raises:
            OutputError: The folder cannot be written; the former graph is untouched.
        """
        with writing(self.path), self._new_generation() as new:
            digest = _write_records(new, records)
            (new / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")
            store = Store(str(new / "store"))
            store.bulk_extend(quads)
            store.optimize()
            store.flush()
            del store
            name = _free_name(self.path, f"{_PREFIX}{sha256((digest + manifest.run).encode()).hexdigest()[:16]}")
            former = self.current
            new.rename(self.path / name)
            write_file(self.path / _CURRENT, f"{name}\n".encode())
            if former is not None:
                shutil.rmtree(former, ignore_errors=True)

    def _whole(self) -> Path:
        current = self.current
        if current is None:
            raise GraphError(f"{self.path}: there is no graph here; make one with: kg build INPUT -g {self.path}")
        if not current.is_dir():
            raise GraphError(f"{self.path}: the folder {current.name} is missing; build the graph again")
        return current

    @contextmanager
    def _new_generation(self) -> Iterator[Path]:
        """A folder that is gone again unless it was renamed; so is the graph's own where that was made for it."""
        made = not self.path.exists()
        self.path.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix="new-", dir=self.path))
        try:
            yield new
        finally:
            shutil.rmtree(new, ignore_errors=True)
            if made:
                with suppress(OSError):  # it holds a graph now
                    self.path.rmdir()


def _write_records(new: Path, records: Iterable[tuple[Paper, Annotation]]) -> str:
    digest = sha256()
    with (
        (new / "papers.jsonl").open("w", encoding="utf-8", newline="\n") as papers,
        (new / "annotations.jsonl").open("w", encoding="utf-8", newline="\n") as annotations,
    ):
        for paper, annotation in records:
            for file, record in ((papers, paper), (annotations, annotation)):
                line = encode(record) + "\n"
                digest.update(line.encode())
                file.write(line)
    return digest.hexdigest()


def _free_name(folder: Path, name: str) -> str:
    """A rebuild of the same content stands beside the former one until the switch."""
    return f"{name}-b" if (folder / name).exists() else name
