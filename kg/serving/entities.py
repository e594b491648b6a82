"""What a graph says of one node, and whether it says anything."""

from collections.abc import Iterable

from kg.namespaces import PREFIXES
from kg.queries.nodes import is_known
from kg.rdf import NamedNode, serialize
from kg.store import Graph
from kg.store.media import RDF_TYPES

__all__ = ["describe", "known_node"]

_DESCRIPTION = """
CONSTRUCT { ?node ?property ?value . ?value rdfs:label ?label . ?other ?toward ?node . }
WHERE {
  { ?node ?property ?value OPTIONAL { ?value skos:prefLabel|dcterms:title|foaf:name ?label } }
  UNION { ?other ?toward ?node }
}
"""
"""All that is said of a node or with it, and the names of what it is linked to."""


def known_node(graph: Graph, iris: Iterable[str]) -> NamedNode | None:
    """Find the first of several IRIs that a graph says anything of, or with."""
    for iri in iris:
        try:
            node = NamedNode(iri)
        except ValueError:
            continue
        if is_known(graph, node):
            return node
    return None


def describe(graph: Graph, node: NamedNode, rdf_type: str) -> bytes:
    """Write in RDF, sorted, what a graph says of a node."""
    triples = sorted(set(graph.query(_DESCRIPTION, {"node": node}).triples()), key=str)
    return serialize(triples, format=RDF_TYPES[rdf_type], prefixes=PREFIXES) or b""
