"""The aggregate graph: the concepts, and each distinct claim with its support across papers."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.concepts import Concept
from kg.mapping.iris import Iris
from kg.mapping.literals import decimal, english, natural, plain
from kg.mapping.papers import run_iri
from kg.mapping.statements import Run, Statement
from kg.namespaces import DCTERMS, KG, PROV, RDF, SCHEMA, SKOS
from kg.rdf import NamedNode, PlainTriple, Quad
from kg.records import Kind

__all__ = ["assertion_quads", "concept_quads", "frame_quads"]

_SCHEME_TITLES = {
    Kind.METHOD: "Methods",
    Kind.DATASET: "Datasets",
    Kind.MODALITY: "Modalities",
    Kind.DISEASE: "Diseases",
    Kind.TASK: "Tasks",
    Kind.METRIC: "Metrics",
    Kind.ANATOMY: "Anatomy",
}

_MADE_BY_US = {RDF.type, SKOS.prefLabel, SKOS.altLabel, SKOS.broader, SKOS.inScheme}
_MATCHES = {SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch}
_NOT_PRINTED = {SKOS.hiddenLabel, KG.ambiguousLabel}


def concept_quads(concept: Concept, is_shown: Callable[[str], bool], iris: Iris) -> Iterator[Quad]:
    """Yield what is told of a concept, and of nothing else.

    Args:
        concept: With the vocabulary's concept, where it is one.
        is_shown: Tells whether the concept of an IRI is in the graph.
        iris: Makes the IRIs.
    """
    for subject, predicate, obj in _concept(concept, is_shown, iris):
        yield Quad(subject, predicate, obj, iris.aggregate)


def assertion_quads(statement: Statement, confidences: Sequence[float], iris: Iris) -> Iterator[Quad]:
    """Yield a distinct claim with its support: each paper counts once.

    Args:
        statement: What is claimed.
        confidences: How sure each paper is; at least one.
        iris: Makes the IRIs.
    """
    node, graph = statement.iri(iris), iris.aggregate
    for class_ in (KG.Assertion, RDF.Statement, PROV.Entity):
        yield Quad(node, RDF.type, class_, graph)
    yield Quad(node, RDF.subject, statement.subject, graph)
    yield Quad(node, RDF.predicate, statement.predicate, graph)
    yield Quad(node, RDF.object, statement.object, graph)
    yield Quad(node, KG.status, KG[statement.status.value], graph)
    yield Quad(node, KG.confidence, decimal(_at_least_one(confidences)), graph)
    yield Quad(node, KG.support, natural(len(confidences)), graph)


def frame_quads(runs: Iterable[Run], iris: Iris) -> Iterator[Quad]:
    """Yield what every graph has: the schemes of its concepts, and what made it."""
    for subject, predicate, obj in (*_schemes(iris), *(triple for run in runs for triple in _run(run, iris))):
        yield Quad(subject, predicate, obj, iris.aggregate)


def _concept(concept: Concept, is_shown: Callable[[str], bool], iris: Iris) -> Iterator[PlainTriple]:
    node = NamedNode(concept.iri)
    yield node, RDF.type, KG[concept.kind.value]
    yield node, RDF.type, SKOS.Concept
    yield node, SKOS.inScheme, iris.scheme(concept.kind)
    yield node, SKOS.prefLabel, english(concept.label)
    for label in concept.labels:
        yield node, SKOS.altLabel, english(label)
    for broader in concept.broader:
        yield node, SKOS.broader, NamedNode(broader)
    for term in concept.merged:
        yield node, SKOS.exactMatch, NamedNode(term.iri)
        yield from ((node, *triple[1:]) for triple in term.statements if triple[1] in _MATCHES)
    for triple in concept.term.statements if concept.term else ():
        if triple[1] not in _MADE_BY_US | _NOT_PRINTED and _stays_inside(triple, is_shown):
            yield triple


def _stays_inside(triple: PlainTriple, is_shown: Callable[[str], bool]) -> bool:
    """Leave out what a vocabulary says of a concept that is not in this graph, such as a dataset's modality."""
    _, predicate, obj = triple
    return predicate not in {KG.hasModality, KG.coversDisease} or is_shown(obj.value)


def _schemes(iris: Iris) -> Iterator[PlainTriple]:
    for kind, title in _SCHEME_TITLES.items():
        yield iris.scheme(kind), RDF.type, SKOS.ConceptScheme
        yield iris.scheme(kind), DCTERMS.title, english(title)


def _at_least_one(confidences: Iterable[float]) -> float:
    """The chance that one of several independent papers is right (noisy or), to two decimals.

    Sorted before multiplying, since rounding depends on the order.

    >>> _at_least_one([0.5, 0.8])
    0.9
    """
    none = 1.0
    for confidence in sorted(confidences):
        none *= 1 - confidence
    return round(1 - none, 2)


def _run(run: Run, iris: Iris) -> Iterator[PlainTriple]:
    node, software = run_iri(run, iris), NamedNode(f"{iris.base}software/kg-{run.version}")
    yield node, RDF.type, KG.ExtractionActivity
    yield node, RDF.type, PROV.Activity
    yield node, PROV.wasAssociatedWith, software
    yield node, KG.vocabularyHash, plain(run.vocabulary)
    yield node, KG.configurationHash, plain(run.configuration)
    if run.model is not None:
        yield node, KG.modelHash, plain(run.model)
    yield software, RDF.type, PROV.SoftwareAgent
    yield software, SCHEMA.name, plain("kg")
    yield software, SCHEMA.softwareVersion, plain(run.version)
