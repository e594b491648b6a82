"""The aggregate graph: the concepts, and each distinct claim with its support across papers."""

from collections.abc import Iterable, Iterator, Mapping

from kg.concepts import Concept, Linking
from kg.mapping.iris import Iris
from kg.mapping.literals import decimal, english, natural, plain
from kg.mapping.papers import run_iri
from kg.mapping.statements import Evidence, Run, Statement
from kg.namespaces import DCTERMS, KG, PROV, RDF, SCHEMA, SKOS
from kg.rdf import NamedNode, PlainTriple, Quad, Term
from kg.records import Kind

__all__ = ["aggregate_quads", "by_subject", "referred_to"]

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


def aggregate_quads(
    linking: Linking, by_paper: Iterable[Mapping[Statement, Evidence]], run: Run, iris: Iris
) -> Iterator[Quad]:
    """Yield concepts, schemes, assertions and the run.

    Args:
        by_paper: The statements of each paper; each paper counts once for a statement.
        linking: Holds the concepts.
        run: What made the annotations.
        iris: Makes the IRIs.
    """
    parts = (_concepts(linking.concepts, iris), _schemes(iris), _assertions(by_paper, iris), _run(run, iris))
    for part in parts:
        for subject, predicate, obj in part:
            yield Quad(subject, predicate, obj, iris.aggregate)


def by_subject(quads: Iterable[Quad]) -> dict[Term, list[Quad]]:
    """Group quads by what they tell of."""
    told: dict[Term, list[Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            told.setdefault(quad.subject, []).append(quad)
    return told


def referred_to(quads: Iterable[Quad], told: Mapping[Term, list[Quad]]) -> list[Quad]:
    """All that is told of the nodes that quads refer to, and of those that these refer to in turn.

    Args:
        quads: Of papers' graphs.
        told: Of the aggregate graph, by subject.
    """
    queue = {quad.object for quad in quads}
    found: dict[Term, list[Quad]] = {}
    while queue:
        node = queue.pop()
        if isinstance(node, NamedNode) and node in told and node not in found:
            found[node] = told[node]
            queue |= {quad.object for quad in told[node]}
    return [quad for own in found.values() for quad in own]


def _concepts(concepts: Mapping[str, Concept], iris: Iris) -> Iterator[PlainTriple]:
    for concept in concepts.values():
        node = NamedNode(concept.iri)
        yield node, RDF.type, KG[concept.kind.value]
        yield node, RDF.type, SKOS.Concept
        yield node, SKOS.inScheme, iris.scheme(concept.kind)
        yield node, SKOS.prefLabel, english(concept.label)
        for label in concept.labels:
            yield node, SKOS.altLabel, english(label)
        for broader in concept.broader:
            if broader in concepts:
                yield node, SKOS.broader, NamedNode(broader)
        for term in concept.merged:
            yield node, SKOS.exactMatch, NamedNode(term.iri)
            yield from ((node, *triple[1:]) for triple in term.statements if triple[1] in _MATCHES)
        for triple in concept.term.statements if concept.term else ():
            if triple[1] not in _MADE_BY_US | _NOT_PRINTED and _stays_inside(triple, concepts):
                yield triple


def _stays_inside(triple: PlainTriple, concepts: Mapping[str, Concept]) -> bool:
    """Leave out what a vocabulary says of a concept that is not in this graph, such as a dataset's modality."""
    _, predicate, obj = triple
    return predicate not in {KG.hasModality, KG.coversDisease} or obj.value in concepts


def _schemes(iris: Iris) -> Iterator[PlainTriple]:
    for kind, title in _SCHEME_TITLES.items():
        yield iris.scheme(kind), RDF.type, SKOS.ConceptScheme
        yield iris.scheme(kind), DCTERMS.title, english(title)


def _assertions(by_paper: Iterable[Mapping[Statement, Evidence]], iris: Iris) -> Iterator[PlainTriple]:
    confidences: dict[Statement, list[float]] = {}
    for statements in by_paper:
        for statement, evidence in statements.items():
            confidences.setdefault(statement, []).append(evidence.confidence)
    for statement, all_of_it in confidences.items():
        node = statement.iri(iris)
        for class_ in (KG.Assertion, RDF.Statement, PROV.Entity):
            yield node, RDF.type, class_
        yield node, RDF.subject, statement.subject
        yield node, RDF.predicate, statement.predicate
        yield node, RDF.object, statement.object
        yield node, KG.status, KG[statement.status.value]
        yield node, KG.confidence, decimal(_at_least_one(all_of_it))
        yield node, KG.support, natural(len(all_of_it))


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
