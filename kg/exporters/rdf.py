"""RDF files: the union of all graphs (Turtle, N-Triples, RDF/XML), or the graphs apart (TriG, N-Quads, JSON-LD).

Statements are sorted before they are written, so that files can be compared line by line. Turtle, TriG, N-Triples
and N-Quads are written as they are read, and need no more memory for a large graph than for a small one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from kg.errors import UsageError
from kg.exporters.evidence import Profile, Statements, WithoutEvidence, WithReifiers
from kg.exporters.sorting import sorted_lines
from kg.exporters.turtle import trig_text, turtle_text
from kg.namespaces import PREFIXES
from kg.rdf import Quad, RdfFormat, Triple, serialize

__all__ = ["WRITERS", "jsonld", "nquads", "ntriples", "rdfxml", "trig", "turtle", "write_rdf"]


def turtle(graph: Statements) -> Iterator[bytes]:
    """Write the union of all graphs as Turtle (https://www.w3.org/TR/turtle/)."""
    if graph.is_plain():
        return turtle_text(graph.lines())
    return iter([serialize(_union(graph), format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""])


def trig(graph: Statements) -> Iterator[bytes]:
    """Write all graphs as TriG (https://www.w3.org/TR/trig/)."""
    if graph.is_plain():
        return trig_text(graph.lines())
    return iter([serialize(_quads(graph), format=RdfFormat.TRIG, prefixes=PREFIXES) or b""])


def ntriples(graph: Statements) -> Iterator[bytes]:
    """Write the union of all graphs as N-Triples (https://www.w3.org/TR/n-triples/)."""
    if graph.is_plain():
        return sorted_lines(line[: line.rindex(b" <")] + b" .\n" for line in graph.lines())
    return iter([serialize(_union(graph), format=RdfFormat.N_TRIPLES) or b""])


def nquads(graph: Statements) -> Iterator[bytes]:
    """Write all graphs as N-Quads (https://www.w3.org/TR/n-quads/), by graph."""
    if not graph.is_plain():
        return iter([serialize(_quads(graph), format=RdfFormat.N_QUADS) or b""])
    keyed = ((line.rindex(b" <"), line) for line in graph.lines())
    by_graph = sorted_lines(line[at:-3] + b"\x01" + line[:at] + b"\n" for at, line in keyed)
    return (triple[:-1] + name + b" .\n" for name, _, triple in (line.partition(b"\x01") for line in by_graph))


def rdfxml(graph: Statements) -> Iterator[bytes]:
    """Write the union of all graphs as RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/)."""
    yield serialize(_union(graph), format=RdfFormat.RDF_XML, prefixes=PREFIXES) or b""


def jsonld(graph: Statements) -> Iterator[bytes]:
    """Write all graphs as JSON-LD (https://www.w3.org/TR/json-ld11/)."""
    yield serialize(_quads(graph), format=RdfFormat.JSON_LD, prefixes=PREFIXES) or b""


def _unnamed_jsonld(graph: Statements) -> Iterator[bytes]:
    yield serialize(_union(graph), format=RdfFormat.JSON_LD, prefixes=PREFIXES) or b""


_Writer = Callable[[Statements], Iterable[bytes]]

WRITERS: Final[Mapping[str, _Writer]] = MappingProxyType(
    {
        "turtle": turtle,
        "trig": trig,
        "ntriples": ntriples,
        "nquads": nquads,
        "rdfxml": rdfxml,
        "jsonld": jsonld,
    }
)
"""The RDF formats, by the name ``kg export`` takes."""

_UNNAMED: Final[Mapping[str, _Writer]] = MappingProxyType(
    {"trig": turtle, "nquads": ntriples, "jsonld": _unnamed_jsonld}
)
"""What writes the union of all graphs as a format that could name them: Turtle is TriG, N-Triples are N-Quads."""


def write_rdf(graph: Statements, name: str, profile: Profile = Profile.GRAPH) -> Iterable[bytes]:
    """Write a graph in an RDF format, with the evidence held as the profile says.

    Raises:
        UsageError: JSON-LD 1.1 has no triple terms.
    """
    if profile is Profile.NONE:
        return WRITERS[name](WithoutEvidence(graph))
    if profile is Profile.REIFIED:
        return _UNNAMED.get(name, WRITERS[name])(graph)
    if profile is Profile.RDF12 and name == "jsonld":
        raise UsageError("JSON-LD cannot hold the triple terms of RDF 1.2; use another format, or --evidence reified")
    return WRITERS[name](WithReifiers(graph) if profile is Profile.RDF12 else graph)


def _union(graph: Statements) -> list[Triple]:
    return sorted({quad.triple for quad in graph.quads()}, key=str)


def _quads(graph: Statements) -> list[Quad]:
    return sorted(graph.quads(), key=lambda quad: (str(quad.graph_name), str(quad.triple)))
