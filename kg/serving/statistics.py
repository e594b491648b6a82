"""The counts that VoID tells of a data set (https://www.w3.org/TR/void/#statistics)."""

import msgspec

from kg.rdf import Literal, NamedNode, Term
from kg.store import Graph

__all__ = ["Statistics", "count"]

_TOTALS = """
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
       (COUNT(DISTINCT ?p) AS ?properties) { ?s ?p ?o }
"""
_GRAPHS = "SELECT (COUNT(DISTINCT ?g) AS ?graphs) { GRAPH ?g { ?s ?p ?o } }"
_CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?entities) { ?s a ?class } GROUP BY ?class ORDER BY ?class"
_PROPERTIES = "SELECT ?property (COUNT(*) AS ?triples) { ?s ?property ?o } GROUP BY ?property ORDER BY ?property"


class Statistics(msgspec.Struct, frozen=True):
    """Counts of a graph.

    Attributes:
        classes: Entities by the IRI of their class.
        properties: Triples by the IRI of their property.
    """

    triples: int
    subjects: int
    objects: int
    graphs: int
    classes: dict[str, int]
    properties: dict[str, int]


def count(graph: Graph) -> Statistics:
    """Count what is in a graph."""
    totals, graphs = graph.select(_TOTALS)[0], graph.select(_GRAPHS)[0]
    return Statistics(
        triples=_number(totals["triples"]),
        subjects=_number(totals["subjects"]),
        objects=_number(totals["objects"]),
        graphs=_number(graphs["graphs"]),
        classes=_by_iri(graph, _CLASSES, "class", "entities"),
        properties=_by_iri(graph, _PROPERTIES, "property", "triples"),
    )


def _by_iri(graph: Graph, query: str, key: str, value: str) -> dict[str, int]:
    rows = graph.select(query)
    return {term.value: _number(row[value]) for row in rows if isinstance(term := row[key], NamedNode)}


def _number(term: Term | None) -> int:
    return int(term.value) if isinstance(term, Literal) else 0
