"""Graph by graph to a server: what changed is replaced, what is gone is deleted, the rest is left."""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from kg.errors import FetchError, UsageError
from kg.exporters.sorting import sorted_lines
from kg.pushing.state import Journal, opened
from kg.pushing.targets import Target
from kg.rdf import NamedNode
from kg.store import Graph, open_graph

__all__ = ["Pushed", "push"]

_HELD = 16 << 20
"""Bytes of one graph that are held in memory; more lie in a temporary file."""

Progress = Callable[[Sequence[NamedNode]], Iterable[NamedNode]]
"""Passes graphs on and shows how far it is."""


@dataclass(slots=True)
class Pushed:
    """What a push did.

    Attributes:
        replaced: Graphs that were sent.
        deleted: Graphs that were deleted, since they are no longer ours.
        left: Graphs that were there already.
    """

    replaced: int = 0
    deleted: int = 0
    left: int = 0


def push(
    folder: Path, url: str, target: Target, *, full: bool = False, progress: Progress = lambda graphs: graphs
) -> Pushed:
    """Make a server hold the named graphs of a graph directory; graphs of others are not touched.

    Interrupted at any moment, it goes on where it stopped when it is called again.

    Args:
        folder: The graph directory; what was pushed is noted there.
        url: Names the server in those notes.
        target: Reaches it.
        full: Send graphs again that the server is known to hold.
        progress: Sees each graph.

    Raises:
        GraphError: There is no graph, or it is damaged, or another push to the server is at work.
        FetchError: The server refuses, or cannot be reached; it tells how far the push came.
        OutputError: What was pushed cannot be noted.
    """
    graph = open_graph(folder)
    if not folder.is_dir():
        raise UsageError(f"{folder}: only a graph directory can be pushed; make one with: kg build")
    ours = graph.named_graphs()
    did = Pushed()
    with opened(folder / "pushed", url) as journal:
        gone = sorted(journal.digests.keys() - {name.value for name in ours})
        try:
            for name in progress(ours):
                _replace(graph, name, target, journal, did, full=full)
            for left in gone:
                journal.begin(left)
                target.delete(left)
                journal.done(left, None)
                did.deleted += 1
        except FetchError as error:
            steps = did.replaced + did.deleted + did.left
            how = f"{steps} of {len(ours) + len(gone)} graphs are done; the same command goes on from there"
            raise FetchError(error.place, error.reason, f"{error.remedy}; {how}") from error
    return did


def _replace(graph: Graph, name: NamedNode, target: Target, journal: Journal, did: Pushed, *, full: bool) -> None:
    with tempfile.SpooledTemporaryFile(_HELD) as triples:
        digest = _write(graph, name, triples)
        if not full and journal.digests.get(name.value) == digest:
            did.left += 1
            return
        journal.begin(name.value)
        target.replace(name.value, triples)
        journal.done(name.value, digest)
        did.replaced += 1


def _write(graph: Graph, name: NamedNode, file: IO[bytes]) -> str:
    """Write a graph as sorted N-Triples, and give their digest."""
    digest = sha256()
    for line in sorted_lines(graph.triples_of(name)):
        digest.update(line)
        file.write(line)
    return digest.hexdigest()
