"""RDF files: the union of all graphs (Turtle, N-Triples, RDF/XML), or the graphs apart (TriG, N-Quads, JSON-LD).

Statements are sorted before they are written, so that files can be compared line by line.
"""

from itertools import groupby

from kg.exporters.turtle import trig_text, turtle_text
from kg.namespaces import PREFIXES
from kg.rdf import Literal, NamedNode, Quad, RdfFormat, Triple, plain_triples, serialize
from kg.store import Graph

__all__ = ["jsonld", "nquads", "ntriples", "rdfxml", "trig", "turtle"]


def turtle(graph: Graph) -> bytes:
    """Write the union of all graphs as Turtle (https://www.w3.org/TR/turtle/)."""
    union = _union(graph)
    if any(not _is_plain(one) for one in union):
        return serialize(union, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    return turtle_text(plain_triples(union)).encode()


def trig(graph: Graph) -> bytes:
    """Write all graphs as TriG (https://www.w3.org/TR/trig/)."""
    quads = _quads(graph)
    if any(not _is_plain(one) or not isinstance(one.graph_name, NamedNode) for one in quads):
        return serialize(quads, format=RdfFormat.TRIG, prefixes=PREFIXES) or b""
    named = groupby(quads, key=lambda quad: quad.graph_name)
    return trig_text((name, list(plain_triples(own))) for name, own in named if isinstance(name, NamedNode)).encode()


def ntriples(graph: Graph) -> bytes:
    """Write the union of all graphs as N-Triples (https://www.w3.org/TR/n-triples/)."""
    return serialize(_union(graph), format=RdfFormat.N_TRIPLES) or b""


def rdfxml(graph: Graph) -> bytes:
    """Write the union of all graphs as RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/)."""
    return serialize(_union(graph), format=RdfFormat.RDF_XML, prefixes=PREFIXES) or b""


def nquads(graph: Graph) -> bytes:
    """Write all graphs as N-Quads (https://www.w3.org/TR/n-quads/)."""
    return serialize(_quads(graph), format=RdfFormat.N_QUADS) or b""


def jsonld(graph: Graph) -> bytes:
    """Write all graphs as JSON-LD (https://www.w3.org/TR/json-ld11/)."""
    return serialize(_quads(graph), format=RdfFormat.JSON_LD, prefixes=PREFIXES) or b""


def _is_plain(one: Triple | Quad) -> bool:
    """Tell whether our own readable writer can write it; graphs of others may hold more."""
    return isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode | Literal)


def _union(graph: Graph) -> list[Triple]:
    return sorted({quad.triple for quad in graph.quads()}, key=str)


def _quads(graph: Graph) -> list[Quad]:
    return sorted(graph.quads(), key=lambda quad: (str(quad.graph_name), str(quad.triple)))
