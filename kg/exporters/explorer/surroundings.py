"""Copy what lies around a node into a graph of its own: neighbours, and the claims that join them, with evidence."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final, NamedTuple

from kg.exporters.picture.terms import PREDICATES, TYPES
from kg.namespaces import BIBO, DCTERMS, FOAF, KG, MLS, OA, PROV, RDF
from kg.rdf import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple
from kg.store import Graph

__all__ = ["Surroundings", "read_surroundings"]

_Any = NamedNode | BlankNode | Literal | Triple
"""What may stand in the graphs of others."""

_TYPES: Final = frozenset(KG[name] for name in TYPES)
_TERMS: Final = tuple(each.term for each in PREDICATES)
_ENDS: Final = ((RDF.subject, RDF.object), (RDF.object, RDF.subject))
_COUNTED: Final = 2_000
"""Statements that are looked at to count the papers of a node; what more stands in, every page shows from the start."""

_RESULT_OF: Final = (KG.reportedIn, KG.ofMethod, KG.onDataset, KG.forTask, MLS.specifiedBy)


class Surroundings(NamedTuple):
    """A part of a graph, the IRIs of its nodes that are meant, and how many neighbours there are in the whole graph.

    The part may hold more nodes: papers that tell how often, and since when, one of those that are meant is spoken of.
    """

    part: Graph
    nodes: Sequence[str]
    neighbours: int


def read_surroundings(graph: Graph, node: NamedNode, start: int, most: int) -> Surroundings | None:
    """Copy a node and, in the order of their IRIs, some of its neighbours.

    Args:
        graph: The whole graph.
        node: A paper or concept; of anything else there are no surroundings.
        start: How many neighbours to pass over.
        most: How many neighbours to copy.
    """
    if not _is_node(graph, node):
        return None
    claims = _claims(graph, node)
    results = {result for term in _RESULT_OF for result in _subjects(graph, term, node)}
    told = {other for result in results for term in _RESULT_OF for other in _objects(graph, result, term)}
    others = {*_linked(graph, node), *claims, *told} - {node}
    neighbours = sorted((one for one in others if _is_node(graph, one)), key=lambda one: one.value)
    near = neighbours[start : start + most]
    copy = _Copy(graph)
    for one in (node, *near):
        copy.take_node(one)
    for other in near:
        for claim in claims.get(other, ()):
            copy.take_claim(claim)
    shown = {node, *near}
    for result in results:
        if not shown.isdisjoint(_objects(graph, result, KG.reportedIn)):
            copy.take_result(result)
    return Surroundings(Graph.of(copy.quads), [node.value, *(one.value for one in near)], len(neighbours))


def _claims(graph: Graph, node: NamedNode) -> dict[NamedNode, list[NamedNode]]:
    """Find the assertions that a node is an end of, by their other end."""
    claims: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
    for end, other_end in _ENDS:
        for claim in _subjects(graph, end, node):
            for other in _objects(graph, claim, other_end):
                claims[other].append(claim)
    return claims


def _linked(graph: Graph, node: NamedNode) -> Iterable[NamedNode]:
    """Find what plain triples join a node to."""
    for term in _TERMS:
        yield from _objects(graph, node, term)
        yield from _subjects(graph, term, node)


def _is_node(graph: Graph, iri: NamedNode) -> bool:
    return any(one in _TYPES for one in _objects(graph, iri, RDF.type))


def _subjects(graph: Graph, term: NamedNode, value: NamedNode) -> set[NamedNode]:
    return {one.subject for one in graph.match(None, term, value) if isinstance(one.subject, NamedNode)}


def _objects(graph: Graph, subject: NamedNode, term: NamedNode) -> set[NamedNode]:
    return {one.object for one in graph.match(subject, term) if isinstance(one.object, NamedNode)}


class _Copy:
    """Collects what is copied from a graph."""

    def __init__(self, graph: Graph) -> None:
        self.quads: set[Quad] = set()
        self._graph = graph

    def take_node(self, node: NamedNode) -> None:
        """Copy what a node says of itself; of a concept, also which papers speak of it."""
        own = self._take(node)
        for creator in _values(own, DCTERMS.creator):
            self._take(creator, FOAF.name)
        for authors in _values(own, BIBO.authorList):
            self._take(authors)
        if (node, RDF.type, KG.Paper) in {tuple(one) for one in own}:
            return
        for term in _TERMS:
            for one in islice(self._graph.match(None, term, node), _COUNTED):
                self._add([one])
                self._take_paper(one.subject)
        for one in islice(self._graph.match(None, RDF.object, node), _COUNTED):
            for subject in _values(self._take(one.subject), RDF.subject):
                self._take_paper(subject)

    def take_claim(self, claim: NamedNode) -> None:
        """Copy an assertion and what it was read from."""
        self._take(claim)
        for evidence in self._take(None, KG.supports, claim):
            for origin in _values(self._take(evidence.subject), PROV.wasDerivedFrom):
                self._take_origin(origin)

    def take_result(self, result: NamedNode) -> None:
        """Copy a result and the sentences that tell it."""
        for sentence in _values(self._take(result), KG.inSentence):
            self._take_origin(sentence)

    def _take_origin(self, origin: _Any) -> None:
        """Copy a sentence, whose paper must be known, or a mention, whose place is that of its target's selector."""
        own = self._take(origin)
        for target in _values(own, OA.hasTarget):
            for selector in _values(self._take(target), OA.hasSelector):
                self._take(selector)
        for text in _values(own, OA.hasSource):
            for one in self._take(None, KG.hasText, text):
                self._take_paper(one.subject)

    def _take_paper(self, paper: _Any) -> None:
        for term in (RDF.type, DCTERMS.title, DCTERMS.issued):
            self._take(paper, term)

    def _take(self, subject: _Any | None, term: NamedNode | None = None, value: _Any | None = None) -> list[Triple]:
        if not isinstance(subject, NamedNode | None):
            return []
        return self._add(list(self._graph.match(subject, term, value)))

    def _add(self, triples: list[Triple]) -> list[Triple]:
        self.quads.update(Quad(one.subject, one.predicate, one.object, DefaultGraph()) for one in triples)
        return triples


def _values(triples: Iterable[Triple], term: NamedNode) -> set[_Any]:
    return {one.object for one in triples if one.predicate == term}
