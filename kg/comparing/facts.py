"""What is compared: the facts of papers, concepts, claims and results, as rows in no stated order."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.comparing.streams import Row
from kg.comparing.values import Facts
from kg.namespaces import BIBO, DCTERMS, FABIO, KG, MLS, NS_IRI, OA, RDF, SCHEMA, SKOS
from kg.rdf import BlankNode, NamedNode
from kg.records import Kind
from kg.store import Graph

__all__ = ["END", "LINKS", "RETRACTED", "START", "claims", "concepts", "grouped", "papers", "results"]

RETRACTED: Final = "retracted"
"""The fact that only a retracted paper has: why."""

LINKS: Final = frozenset({"code", "data"})
"""Facts of a paper that are partly read off its text."""

START, END = "start", "end"
"""Where a result's value stands: what it is found by, and no fact of it."""

_PAPER: Final = {
    DCTERMS.title: "title",
    DCTERMS.identifier: "identifier",
    DCTERMS.issued: "date",
    DCTERMS.abstract: "abstract",
    DCTERMS.description: "description",
    DCTERMS.creator: "author",
    DCTERMS.source: "source",
    DCTERMS.license: "licence",
    KG.abstractNote: "abstract note",
    KG.authorsComplete: "authors complete",
    KG.affiliation: "affiliation",
    KG.category: "category",
    KG.codeAvailable: "code available",
    KG.retraction: "retraction notice",
    KG.hasCode: "code",
    KG.hasData: "data",
    BIBO.doi: "DOI",
    BIBO.pmid: "PMID",
    FABIO.hasArXivID: "arXiv id",
    SCHEMA.sameAs: "same as",
}
_CONCEPT: Final = {
    RDF.type: "kind",
    SKOS.prefLabel: "label",
    SKOS.altLabel: "other label",
    SKOS.definition: "definition",
    SKOS.broader: "broader",
    SKOS.exactMatch: "exact match",
    SKOS.closeMatch: "close match",
    SKOS.broadMatch: "broad match",
    SKOS.relatedMatch: "related match",
    KG.abbreviation: "abbreviation",
}
_RESULT: Final = {
    MLS.hasValue: "value",
    KG.valueMax: "value up to",
    KG.unit: "unit",
    MLS.specifiedBy: "metric",
    KG.metricText: "metric in words",
    KG.ofMethod: "method",
    KG.onDataset: "dataset",
    KG.forTask: "task",
    KG.resultKind: "kind",
    KG.condition: "condition",
    KG.comparator: "comparator",
    KG.deviation: "deviation",
    KG.ciLow: "interval from",
    KG.ciHigh: "interval to",
    KG.ciLevel: "interval level",
    KG.status: "status",
    KG.confidence: "confidence",
    OA.start: START,
    OA.end: END,
}
_KINDS: Final = {KG[kind.value].value for kind in Kind}

_OF_CLASS = "SELECT ?node ?property ?value WHERE { ?node a ?class ; ?property ?value }"
_RETRACTED = """
SELECT ?node ?reason WHERE {
  ?node a kg:Paper ; prov:wasInvalidatedBy ?retraction . OPTIONAL { ?retraction rdfs:comment ?reason }
}"""
_CLAIMS = """
SELECT ?subject ?predicate ?object ?status ?confidence ?support ?assertion WHERE {
  ?assertion rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
             kg:status ?status ; kg:confidence ?confidence ; kg:support ?support .
}"""
_RESULTS = "SELECT ?paper ?result ?property ?value WHERE { ?result kg:reportedIn ?paper ; ?property ?value }"


def papers(graph: Graph) -> Iterator[Row]:
    """Yield paper, name of fact, value."""
    yield from _of_class(graph, KG.Paper, _PAPER)
    for node, reason in _texts(graph, _RETRACTED):
        yield node, RETRACTED, reason


def concepts(graph: Graph) -> Iterator[Row]:
    """Yield concept, name of fact, value."""
    for kind in Kind:
        for node, fact, value in _of_class(graph, KG[kind.value], _CONCEPT):
            if fact != "kind":
                yield node, fact, value
            elif value in _KINDS:
                yield node, fact, value.removeprefix(NS_IRI)


def claims(graph: Graph) -> Iterator[Row]:
    """Yield subject, predicate and object in one, then status, confidence, support, IRI of the assertion."""
    for subject, predicate, obj, status, *rest in _texts(graph, _CLAIMS):
        yield f"{subject} {predicate} {obj}", status.removeprefix(NS_IRI), *rest


def results(graph: Graph) -> Iterator[Row]:
    """Yield paper, result, name of fact, value; of sizes, nothing."""
    names = {property_.value: name for property_, name in _RESULT.items()}
    for paper, result, property_, value in _texts(graph, _RESULTS):
        if property_ in names:
            yield paper, result, names[property_], value.removeprefix(NS_IRI)


def grouped(rows: Iterable[Row]) -> Facts:
    """Gather the values of each fact, in order.

    >>> grouped([("label", "b"), ("kind", "Method"), ("label", "a")])
    {'kind': ('Method',), 'label': ('a', 'b')}
    """
    facts: dict[str, tuple[str, ...]] = {}
    for name, value in sorted(rows):
        facts[name] = (*facts.get(name, ()), value)
    return facts


def _of_class(graph: Graph, class_: NamedNode, names: Mapping[NamedNode, str]) -> Iterator[Row]:
    known = {property_.value: name for property_, name in names.items()}
    for node, property_, value in _texts(graph, _OF_CLASS.replace("?class", f"<{class_.value}>")):
        if property_ in known:
            yield node, known[property_], value


def _texts(graph: Graph, query: str) -> Iterator[Row]:
    """Run a SELECT and give the text of its terms; what others say with blank nodes cannot be told apart."""
    for row in graph.query(query).rows():
        terms = row.values()
        if not any(isinstance(term, BlankNode) for term in terms):
            yield tuple(term.value if term is not None else "" for term in terms)
