"""A description of a graph for machines: VoID (https://www.w3.org/TR/void/) and DCAT (https://www.w3.org/TR/vocab-dcat-3/)."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from kg.namespaces import DCAT, DCTERMS, NS_IRI, PREFIXES, RDF, XSD, Namespace
from kg.rdf import Literal, NamedNode, PlainTriple, RdfFormat, Triple, serialize
from kg.store import Graph

__all__ = ["VOID", "Distribution", "describe"]

VOID: Final = Namespace(
    "http://rdfs.org/ns/void#",
    "Dataset triples distinctSubjects properties classes vocabulary classPartition class propertyPartition property "
    "entities",
)
_DISTRIBUTIONS: Final = Namespace("http://www.w3.org/ns/dcat#", "Distribution distribution mediaType byteSize")


class Distribution(NamedTuple):
    """A file that holds the graph.

    Attributes:
        name: Relative to the description.
        media_type: As IANA registers it.
        size: In bytes.
    """

    name: str
    media_type: str
    size: int


def describe(graph: Graph, node: NamedNode, distributions: tuple[Distribution, ...] = ()) -> bytes:
    """Count what is in a graph, and write it as Turtle.

    Args:
        graph: To be described, as the union of its graphs.
        node: Stands for it.
        distributions: Files that hold it.
    """
    triples = sorted({*_counts(graph, node), *_partitions(graph, node), *_files(node, distributions)}, key=str)
    prefixes = PREFIXES | {"void": VOID.iri}
    return serialize([Triple(*one) for one in triples], format=RdfFormat.TURTLE, prefixes=prefixes) or b""


def _counts(graph: Graph, node: NamedNode) -> Iterator[PlainTriple]:
    yield node, RDF.type, VOID.Dataset
    yield node, RDF.type, DCAT.Dataset
    yield node, VOID.vocabulary, NamedNode(NS_IRI)
    for property_, pattern in (
        (VOID.triples, "SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }"),
        (VOID.distinctSubjects, "SELECT DISTINCT ?s { ?s ?p ?o }"),
        (VOID.properties, "SELECT DISTINCT ?p { ?s ?p ?o }"),
        (VOID.classes, "SELECT DISTINCT ?c { ?s a ?c }"),
    ):
        for row in graph.query(f"SELECT (COUNT(*) AS ?n) {{ {{ {pattern} }} }}").rows():
            yield node, property_, _natural(row["n"].value if row["n"] else "0")


def _partitions(graph: Graph, node: NamedNode) -> Iterator[PlainTriple]:
    """Yield how many nodes each class has, and how many triples each property."""
    typed, told = "SELECT DISTINCT ?s ?o { ?s a ?o }", "SELECT DISTINCT ?s (?p AS ?o) ?x { ?s ?p ?x }"
    for name, part, of, number, pattern in (
        ("class", VOID.classPartition, VOID["class"], VOID.entities, typed),
        ("property", VOID.propertyPartition, VOID.property, VOID.triples, told),
    ):
        rows = graph.select(f"SELECT ?o (COUNT(*) AS ?n) {{ {{ {pattern} }} }} GROUP BY ?o ORDER BY ?o")
        for place, row in enumerate(rows, start=1):
            own = NamedNode(f"{node.value}/{name}/{place}")
            if row["o"] is not None and row["n"] is not None:
                yield node, part, own
                yield own, of, row["o"]
                yield own, number, _natural(row["n"].value)


def _files(node: NamedNode, distributions: tuple[Distribution, ...]) -> Iterator[PlainTriple]:
    for file in distributions:
        own = NamedNode(f"{node.value}/{file.name}")
        yield node, _DISTRIBUTIONS.distribution, own
        yield own, RDF.type, _DISTRIBUTIONS.Distribution
        yield own, DCTERMS.title, Literal(file.name)
        yield (
            own,
            _DISTRIBUTIONS.mediaType,
            NamedNode(f"https://www.iana.org/assignments/media-types/{file.media_type}"),
        )
        yield own, _DISTRIBUTIONS.byteSize, _natural(str(file.size))


def _natural(number: str) -> Literal:
    return Literal(number, datatype=XSD.integer)
