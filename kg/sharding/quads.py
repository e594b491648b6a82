"""Shards of N-Quads, sorted, each value written as the engine writes it."""

from collections.abc import Iterable, Iterator
from typing import Final

from kg.rdf import Quad
from kg.sharding.folder import Shards
from kg.store import Graph

__all__ = ["quads_in", "write_quads"]

_FOLDER: Final = "quads"


def write_quads(shards: Shards, name: str, quads: Iterable[Quad]) -> Graph:
    """Write a shard (https://www.w3.org/TR/n-quads/), and give it as a graph.

    Raises:
        OutputError: It cannot be written.
    """
    graph = Graph.of(quads)
    shards.write(f"{_FOLDER}/{name}.nq.gz", b"".join(sorted(graph.lines())))
    return graph


def quads_in(shards: Shards) -> Iterator[bytes]:
    """Read all shards, as lines.

    Raises:
        GraphError: One cannot be read.
    """
    for name in shards.names(_FOLDER):
        yield from shards.lines(name)
