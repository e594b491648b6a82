"""The engine's store while a graph is changed."""

import os
import shutil
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Final

from pyoxigraph import Store

from kg.namespaces import RDF
from kg.rdf import NamedNode, Quad, RdfFormat, serialize
from kg.store.spool import cut_lines

__all__ = ["GraphStore", "as_held", "clone_store", "force_to_disk"]

_AT_ONCE: Final = 100_000
"""Quads up to which a change is one of the engine's transactions, held in memory; more are loaded as files."""


class GraphStore:
    """A store that is written, or compared with what it should hold."""

    def __init__(self, store: Store) -> None:
        self._store: Store | None = store

    @property
    def store(self) -> Store:
        """The engine's; not after it was closed."""
        if self._store is None:
            raise ValueError("the store has been closed")
        return self._store

    def load(self, quads: Iterable[Quad]) -> None:
        """Take in all quads of a graph, and bring the files in order."""
        self.store.bulk_extend(quads)
        self.store.optimize()

    def add(self, quads: Iterable[Quad]) -> None:
        """Take in some quads."""
        some = iter(quads)
        first = list(islice(some, _AT_ONCE))
        if len(first) < _AT_ONCE:
            self.store.extend(first)
        else:
            self.store.bulk_extend(chain(first, some))

    def about(self, node: NamedNode, graph: NamedNode) -> Iterator[Quad]:
        """All that is told of a node in a graph."""
        return self.store.quads_for_pattern(node, None, None, graph)

    def objects(self, predicate: NamedNode, graph: NamedNode) -> Iterator[NamedNode]:
        """All nodes that a property leads to in a graph."""
        found = self.store.quads_for_pattern(None, predicate, None, graph)
        return (quad.object for quad in found if isinstance(quad.object, NamedNode))

    def instances(self, class_: NamedNode, graph: NamedNode) -> Iterator[NamedNode]:
        """All nodes of a class in a graph."""
        found = self.store.quads_for_pattern(None, RDF.type, class_, graph)
        return (quad.subject for quad in found if isinstance(quad.subject, NamedNode))

    def graph(self, graph: NamedNode) -> Iterator[Quad]:
        """All that is told in a graph."""
        return self.store.quads_for_pattern(None, None, None, graph)

    def lines_about(self, nodes: Iterable[NamedNode], graph: NamedNode) -> list[str]:
        """All that is told of some nodes in a graph, in N-Triples."""
        triples = (quad.triple for node in nodes for quad in self.about(node, graph))
        return cut_lines(serialize(triples, format=RdfFormat.N_TRIPLES))

    def drop(self, graph: NamedNode) -> None:
        """Take out a graph."""
        self.store.remove_graph(graph)

    def forget(self, node: NamedNode, graph: NamedNode) -> None:
        """Take out all that is told of a node in a graph."""
        for quad in list(self.about(node, graph)):
            self.store.remove(quad)

    def __len__(self) -> int:
        return len(self.store)

    def close(self) -> None:
        """Write all to files, and let go of them."""
        if self._store is not None:
            self._store.flush()
            self._store = None


def as_held(quads: Iterable[Quad]) -> set[Quad]:
    """Give quads as the engine holds them, which writes numbers in one way: 1.0 is 1."""
    store = Store()
    store.extend(quads)
    return set(store)


def clone_store(source: Path, target: Path) -> None:
    """Make a store that starts as another one is: files that never change are shared, the others are copied."""
    target.mkdir()
    for file in source.iterdir():
        if file.suffix == ".sst":
            _share(file, target / file.name)
        elif file.name != "LOCK" and not file.name.startswith("LOG"):
            shutil.copyfile(file, target / file.name)


def _share(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:  # a file system without links
        shutil.copyfile(source, target)


def force_to_disk(folder: Path) -> None:
    """Wait until files and folders are on the disk, so that no name is ever there before them."""
    for path in (*folder.rglob("*"), folder):
        if path.is_file() or os.name == "posix":  # elsewhere a folder cannot be opened
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
