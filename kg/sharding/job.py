"""What all parts of a run share: where its shards lie, what reads the texts, and what stands for what."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.mapping import Iris, Run
from kg.settings import Settings
from kg.sharding.engines import Counts
from kg.sharding.folder import WORK, Shards
from kg.vocabulary import Index, Vocabulary, layered, shipped_vocabulary

__all__ = ["File", "Job", "Stage", "open_vocabulary"]

File = tuple[str, bool]
"""A path or URI, and whether it merely lies in a folder, and may hold something else than papers."""


@dataclass(frozen=True, slots=True)
class Job:
    """A run.

    Attributes:
        shards: Where it writes.
        files: What it reads.
        reader: Their format; by default the content tells.
        settings: What reads the texts.
        base_iri: Of papers and new concepts.
        made_by: What the graph says has read the texts.
        skip_bad: Leave bad records out, and list them.
        parts: How many parts papers are put into; 0 until they are counted.
        keyed: How many parts there are of what is put together by keys.
    """

    shards: Shards
    files: tuple[File, ...]
    reader: str | None
    settings: Settings
    base_iri: str
    made_by: Run
    skip_bad: bool
    parts: int = 0
    keyed: int = 0

    @property
    def iris(self) -> Iris:
        """Makes the graph's IRIs."""
        return Iris(self.base_iri)

    @property
    def vocabulary(self) -> Vocabulary:
        """What comes with `kg`, and what was added; opened once in each process."""
        return open_vocabulary(self.settings.vocabularies)

    def work(self, name: str) -> str:
        """Name what a stage writes for others."""
        return f"{WORK}/{name}"


@dataclass(frozen=True, slots=True)
class Stage:
    """A step that all papers, names or claims take, in parts that know nothing of one another.

    Attributes:
        name: Of its files.
        does: One part, by its number.
        parts: How many there are.
    """

    name: str
    does: Callable[[Job, int], Counts]
    parts: Callable[[Job], int]


@cache
def open_vocabulary(added: tuple[tuple[str, str], ...]) -> Vocabulary:
    """Open what comes with `kg` and what was added, as `Settings` name it."""
    return layered(shipped_vocabulary(), [Index(Path(path)) for path, _ in added])
