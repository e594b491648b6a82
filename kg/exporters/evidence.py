"""How an RDF file holds the evidence of claims: its profile.

- ``graph``: as it is stored; the graph that a statement stands in tells the paper that it comes from.
- ``reified``: the same statements without names of graphs, for systems that have none. What is said of a claim
  hangs on its ``rdf:Statement`` (https://www.w3.org/TR/rdf11-schema/#ch_reificationvocab).
- ``rdf12``: the same with reifiers: ``?claim rdf:reifies <<( s p o )>>`` takes the place of the four statements that
  describe an ``rdf:Statement`` (https://www.w3.org/TR/rdf12-concepts/#section-triple-terms-reification).
- ``none``: papers, concepts and results, and what is asserted of them as plain triples; nothing of how it is known.
"""

from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, Protocol

from kg.namespaces import KG, OA, PROV, RDF
from kg.rdf import BlankNode, DefaultGraph, NamedNode, Quad, Triple

__all__ = ["Profile", "Statements", "WithReifiers", "WithoutEvidence"]

_EVIDENCE_CLASSES: Final = (
    *(KG.Assertion, KG.Evidence, KG.ExtractionActivity, KG.Mention, KG.Sentence, KG.Text, PROV.SoftwareAgent),
    *(OA.SpecificResource, OA.TextPositionSelector, OA.TextQuoteSelector),
)
_PLACE: Final = frozenset({OA.start, OA.end})
"""Of a result: offsets in a text that is left out."""

_PARTS: Final = (RDF.subject, RDF.predicate, RDF.object)

_Place = tuple[NamedNode, NamedNode | BlankNode | DefaultGraph]
"""A claim, and the graph that it is told in."""


class Profile(StrEnum):
    """The ways to hold evidence, by the name ``--evidence`` takes."""

    NONE = "none"
    GRAPH = "graph"
    REIFIED = "reified"
    RDF12 = "rdf12"


class Statements(Protocol):
    """What an RDF writer needs of a graph; see `kg.store.Graph`."""

    def quads(self) -> Iterator[Quad]:
        """Yield every quad, in no stated order."""
        ...

    def is_plain(self) -> bool:
        """Tell whether all is in named graphs and without blank nodes."""
        ...

    def lines(self) -> Iterator[bytes]:
        """Yield every quad as a line of N-Quads, in no stated order."""
        ...


class WithoutEvidence:
    """A graph without its claims, mentions, sentences, texts and runs; concepts and plain triples stay."""

    def __init__(self, graph: Statements) -> None:
        self._graph = graph

    def is_plain(self) -> bool:
        """As the graph behind."""
        return self._graph.is_plain()

    def quads(self) -> Iterator[Quad]:
        """Yield what is left."""
        typed = (quad for quad in self._graph.quads() if quad.predicate == RDF.type)
        dropped = {quad.subject for quad in typed if quad.object in _EVIDENCE_CLASSES}
        for quad in self._graph.quads():
            if quad.subject not in dropped and quad.object not in dropped and quad.predicate not in _PLACE:
                yield quad

    def lines(self) -> Iterator[bytes]:
        """Yield what is left as lines of N-Quads."""
        return (_line(quad) for quad in self.quads())


class WithReifiers:
    """A graph whose claims are reifiers of RDF 1.2; all else is as it was."""

    def __init__(self, graph: Statements) -> None:
        self._graph = graph

    def is_plain(self) -> bool:
        """As the graph behind; triple terms are within what our writers can do."""
        return self._graph.is_plain()

    def quads(self) -> Iterator[Quad]:
        """Yield all, with one quad for each triple that is told of."""
        reified = self._reified()
        for quad in self._graph.quads():
            if (quad.subject, quad.graph_name) not in reified or not _describes(quad):
                yield quad
        for (node, name), triple in reified.items():
            yield Quad(node, RDF.reifies, triple, name)

    def lines(self) -> Iterator[bytes]:
        """Yield all as lines of N-Quads."""
        return (_line(quad) for quad in self.quads())

    def _reified(self) -> dict[_Place, Triple]:
        """Of each claim of which subject, predicate and object are told once, in one graph: the triple."""
        told: defaultdict[_Place, list[Quad]] = defaultdict(list)
        for quad in self._graph.quads():
            if quad.predicate in _PARTS and isinstance(quad.subject, NamedNode):
                told[quad.subject, quad.graph_name].append(quad)
        triples = ((place, _triple(quads)) for place, quads in told.items())
        return {place: triple for place, triple in triples if triple is not None}


def _describes(quad: Quad) -> bool:
    return quad.predicate in _PARTS or (quad.predicate == RDF.type and quad.object == RDF.Statement)


def _triple(told: list[Quad]) -> Triple | None:
    """The triple that is described; None where it is not, or not as one of IRIs."""
    parts = {quad.predicate: quad.object for quad in told}
    if len(told) != len(_PARTS) or len(parts) != len(_PARTS):
        return None
    subject, predicate, obj = (parts[part] for part in _PARTS)
    if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and isinstance(obj, NamedNode):
        return Triple(subject, predicate, obj)
    return None


def _line(quad: Quad) -> bytes:
    return f"{quad} .\n".encode()
