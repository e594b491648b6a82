"""Shards of N-Quads, in batches sorted by graph, each value written as the engine writes it."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Final, TypeVar

from kg.rdf import Quad, RdfFormat, parse
from kg.sharding.folder import Shards
from kg.store import Graph

__all__ = ["batched", "quads_in", "quads_name", "writing_quads"]

_Item = TypeVar("_Item")

_FOLDER: Final = "quads"
_AT_ONCE: Final = 25


def quads_name(name: str) -> str:
    """The file of a shard of quads."""
    return f"{_FOLDER}/{name}.nq.gz"


@contextmanager
def writing_quads(shards: Shards, name: str) -> Iterator[Callable[[Iterable[Quad]], Graph]]:
    """Open a shard (https://www.w3.org/TR/n-quads/) to write; what takes quads gives them back as a graph.

    Raises:
        OutputError: It cannot be written.
    """
    with shards.packing(quads_name(name)) as file:

        def write(quads: Iterable[Quad]) -> Graph:
            graph = Graph.of(quads)
            lines: list[bytes] = sorted(graph.lines(), key=_by_graph)
            file.write(b"".join(lines))
            return graph

        yield write


def _by_graph(line: bytes) -> tuple[bytes, bytes]:
    """What is told of one paper stands together."""
    return line[line.rindex(b" <") :], line


def batched(things: Iterable[_Item]) -> Iterator[list[_Item]]:
    """Cut what is written into batches that are small beside a part: what is in memory as quads at a time."""
    left = iter(things)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def quads_in(shards: Shards) -> Iterator[Quad]:
    """Read all shards.

    Raises:
        GraphError: One cannot be read, or is malformed.
    """
    for name in shards.names(_FOLDER):
        try:
            yield from parse(input=_unpacked(shards.read(name)), format=RdfFormat.N_QUADS)
        except (SyntaxError, EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise shards.damage(name, error) from error


def _unpacked(packed: bytes) -> bytes:
    """Unpack a whole file; gzip takes one of no bytes for one that holds nothing."""
    if not packed:
        raise EOFError("it is empty")
    return gzip.decompress(packed)
