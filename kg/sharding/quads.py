"""Shards of N-Quads, sorted, each value written as the engine writes it."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from kg.errors import GraphError
from kg.rdf import Quad, RdfFormat, parse
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


def quads_in(shards: Shards) -> Iterator[Quad]:
    """Read all shards.

    Raises:
        GraphError: One cannot be read, or is malformed.
    """
    for name in shards.names(_FOLDER):
        try:
            yield from parse(input=gzip.decompress(shards.read(name)), format=RdfFormat.N_QUADS)
        except (SyntaxError, EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise GraphError(f"{shards / name}: is damaged ({error}); make the shards again") from error
