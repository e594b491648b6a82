"""Rows of a graph as texts, one predicate after the other.

A query for one predicate costs the engine a look at each of its statements; a query that joined five would look up
every claim five times, which takes three times as long in memory and longer on disk. A name may stand in many graphs,
and the union answers with each copy, so that nothing here minds being told the same twice.
"""

from collections.abc import Container, Iterable, Iterator

from kg.namespaces import RDF
from kg.rdf import NamedNode
from kg.store import Graph

__all__ = ["ends", "of_class", "single", "triples_of"]


def ends(graph: Graph, predicate: NamedNode, of: Container[str] | None = None) -> Iterator[list[str]]:
    """Yield what stands at both ends of a predicate, in no stated order and perhaps more than once.

    Args:
        graph: The graph to read.
        predicate: The predicate.
        of: The subjects that are meant, if not all are.
    """
    rows = graph.texts(f"SELECT ?s ?o WHERE {{ ?s {predicate} ?o }}")
    return rows if of is None else (row for row in rows if row[0] in of)


def triples_of(graph: Graph, predicates: Iterable[NamedNode]) -> Iterator[tuple[str, str, str]]:
    """Yield the triples of some predicates."""
    return ((subject, each.value, value) for each in predicates for subject, value in ends(graph, each))


def of_class(graph: Graph, name: NamedNode) -> Iterator[str]:
    """Yield the IRIs of what is of a class, perhaps more than once."""
    return (iri for (iri,) in graph.texts(f"SELECT ?s WHERE {{ ?s {RDF.type} {name} }}"))


def single(rows: Iterable[list[str]]) -> dict[str, str]:
    """Map what has one value to it; should it have several, to the first in their order.

    >>> single([["a", "2"], ["a", "1"], ["b", "3"]])["a"]
    '1'
    """
    found: dict[str, str] = {}
    for subject, value in rows:
        if value < found.setdefault(subject, value):
            found[subject] = value
    return found
