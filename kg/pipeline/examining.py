"""A graph examined: is all on the disk as its papers, annotations and decisions say?"""

from collections.abc import Iterable, Iterator
from itertools import chain

from kg.errors import GraphError, KgError
from kg.linking import LinkIndex
from kg.mapping import Run
from kg.pipeline.building import read_decisions
from kg.pipeline.deciding import annotation_of, standing_of
from kg.pipeline.mapping import Mapper
from kg.pipeline.reading import run_by_hand
from kg.pipeline.vocabularies import vocabulary_of
from kg.rdf import NamedNode, Quad
from kg.reviewing import Standing
from kg.store import GraphDirectory, GraphStore, Manifest, Record, Records, as_held

__all__ = ["examine"]


def examine(directory: GraphDirectory) -> Iterator[str]:
    """Yield what is wrong with a graph, a line each; nothing is changed.

    The database is checked by SQLite. Then each paper, concept and claim is mapped anew, with its quotes checked
    against the text, and compared with what the store holds: there must be all of it and nothing else.

    Raises:
        GraphError: There is no graph, or it is of another format.
    """
    manifest = directory.built()
    try:
        store = GraphStore(directory.open_store())
        decided = directory.decided(settled=True)
        decisions = read_decisions(directory, decided.concepts, manifest.base_iri)
        standing = standing_of(directory, decided)
        with directory.reading() as records:
            faults = list(records.faults())
            yield from faults
            if not faults:
                index = LinkIndex(records.database, vocabulary_of(directory), manifest.base_iri, decisions)
                yield from _compare(directory, index, store, manifest, standing)
    except KgError as error:
        yield str(error)


def _compare(
    directory: GraphDirectory, index: LinkIndex, store: GraphStore, manifest: Manifest, standing: Standing
) -> Iterator[str]:
    made_by = dict(manifest.made_by)
    if made_by.get("vocabulary", index.vocabulary.digest) != index.vocabulary.digest:
        yield f"{directory.path}: the vocabularies have changed since it was built; bring it up to date: kg build"
        return
    runs = {"by hand": run_by_hand(index.vocabulary)} | ({"read": Run(**made_by)} if made_by else {})  # type: ignore[arg-type]
    records = Records(index.database)
    yield from _Comparison(records, index, store, Mapper(records, index, runs, standing), standing).faults()


class _Comparison:
    """What is mapped anew against what the store holds."""

    def __init__(
        self, records: Records, index: LinkIndex, store: GraphStore, mapper: Mapper, standing: Standing
    ) -> None:
        self._standing = standing
        self._records = records
        self._index = index
        self._store = store
        self._mapper = mapper
        self._aggregate = mapper.iris.aggregate
        self._count = 0

    def faults(self) -> Iterator[str]:
        """Compare all, part by part; what belongs to no part must not be there."""
        for record in self._records:
            try:
                yield from self._paper(record)
            except GraphError as error:
                yield str(error)
        for iri in self._index.concepts():
            yield from self._node(f"concept <{iri}>", self._mapper.concept(iri))
        for assertion in self._records.assertions():
            yield from self._node(f"claim <{assertion}>", self._mapper.assertion(assertion))
        yield from self._node("what made the graph", self._mapper.frame())
        if len(self._store) > self._count:
            yield f"{len(self._store) - self._count} statements in the store belong to no paper, concept or claim"

    def _paper(self, record: Record) -> Iterator[str]:
        name = f"paper {record.paper.id}"
        annotation = annotation_of(record, self._standing)
        entities = {entity.name for entity in annotation.entities} if annotation else set()
        if entities != self._index.nodes_of(record.paper.id).keys():
            yield f"{name}: the names that are linked are not those of its annotation"
            return
        mapped = self._mapper.paper(record)
        quads = list(mapped.quads)
        graph = self._mapper.iris.graph(record.paper)
        yield from self._differences(name, (one for one in quads if one.graph_name == graph), self._store.graph(graph))
        yield from self._node(name, (one for one in quads if one.graph_name != graph))
        told = {statement.iri(self._mapper.iris).value: one.confidence for statement, one in mapped.shared.items()}
        if told != self._records.supported(record.paper.key):
            yield f"{name}: the claims it supports are not those of its annotation"

    def _node(self, name: str, mapped: Iterable[Quad]) -> Iterator[str]:
        """Compare what is told of nodes in the aggregate graph."""
        quads = set(mapped)
        nodes = {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}
        yield from self._differences(name, quads, chain.from_iterable(self._told(node) for node in nodes))

    def _told(self, node: NamedNode) -> Iterator[Quad]:
        return self._store.about(node, self._aggregate)

    def _differences(self, name: str, mapped: Iterable[Quad], stored: Iterable[Quad]) -> Iterator[str]:
        should, there = as_held(mapped), set(stored)
        self._count += len(there)
        for what, quads in (("lacks", should - there), ("should not hold", there - should)):
            if quads:
                more = f" (and {len(quads) - 1} more)" if len(quads) > 1 else ""
                yield f"{name}: the store {what} {min(map(str, quads))}{more}"
