"""Results and sizes as n-ary facts: each number a node of its own."""

from collections.abc import Iterator, Mapping

from kg.errors import GraphError
from kg.mapping.iris import Iris
from kg.mapping.literals import decimal, natural, plain
from kg.namespaces import KG, MLS, OA, RDF
from kg.rdf import NamedNode, PlainTriple
from kg.records import Annotation, Kind, Paper, Result, Status

__all__ = ["result_triples", "size_triples"]


def result_triples(paper: Paper, annotation: Annotation, nodes: Mapping[str, str], iris: Iris) -> Iterator[PlainTriple]:
    """Yield the results of a paper, numbered in the order of its annotation.

    A number that is only hoped for, or denied, is kept with its status, and not as one that the paper reports.

    Raises:
        GraphError: The text at the place of a value is not what is said to be printed there.
    """
    kinds = {entity.name: entity.type for entity in annotation.entities}
    for number, result in enumerate(annotation.results, start=1):
        node = iris.part(paper, "result", number)
        if result.status is Status.ASSERTED:
            yield iris.paper(paper), KG.reportsResult, node
        yield node, RDF.type, KG.Result
        yield node, RDF.type, MLS.ModelEvaluation
        yield node, KG.reportedIn, iris.paper(paper)
        yield node, KG.resultKind, plain(result.kind.value)
        yield node, KG.status, KG[result.status.value]
        yield node, KG.confidence, decimal(result.confidence)
        yield from _concepts(node, result, nodes, kinds)
        if result.sentence is not None:
            yield node, KG.inSentence, iris.sentence(paper, result.sentence)
        yield from _value(node, result)
        yield from _place(node, paper, result)


def _concepts(
    node: NamedNode, result: Result, nodes: Mapping[str, str], kinds: Mapping[str, Kind]
) -> Iterator[PlainTriple]:
    """Link to the entities a result names; a metric that is none is kept in words."""

    def concept(name: str | None, kind: Kind) -> NamedNode | None:
        return NamedNode(nodes[name]) if name is not None and kinds.get(name) is kind else None

    method, dataset = concept(result.method, Kind.METHOD), concept(result.dataset, Kind.DATASET)
    metric = concept(result.metric, Kind.METRIC)
    if method:
        yield node, KG.ofMethod, method
    if dataset:
        yield node, KG.onDataset, dataset
    yield (node, MLS.specifiedBy, metric) if metric else (node, KG.metricText, plain(result.metric or "not stated"))


def _value(node: NamedNode, result: Result) -> Iterator[PlainTriple]:
    yield node, MLS.hasValue, decimal(result.value, result.printed)
    low, high, level = result.ci or (None, None, None)
    numbers = (
        (KG.valueMax, result.value_max),
        (KG.normalisedValue, result.normalised),
        (KG.deviation, result.deviation),
        (KG.ciLow, low),
        (KG.ciHigh, high),
        (KG.ciLevel, level),
    )
    for predicate, number in numbers:
        if number is not None:
            yield node, predicate, decimal(number)
    texts = (
        (KG.unit, result.unit),
        (KG.printed, result.printed),
        (KG.comparator, result.comparator),
        (KG.condition, result.condition),
    )
    for predicate, text in texts:
        if text:
            yield node, predicate, plain(text)


def _place(node: NamedNode, paper: Paper, result: Result) -> Iterator[PlainTriple]:
    """Where the value is printed, so that a number that stands twice in a sentence can be told apart."""
    if result.span is None or result.printed is None:
        return
    start, end = result.span
    if not 0 <= start < end or paper.text[start:end] != result.printed:
        reason = f"the text at {start}-{end} is not the value {result.printed!r}"
        raise GraphError(f"paper {paper.id}: {reason}; mend the annotation")
    yield node, OA.start, natural(start)
    yield node, OA.end, natural(end)


def size_triples(paper: Paper, annotation: Annotation, nodes: Mapping[str, str], iris: Iris) -> Iterator[PlainTriple]:
    """Yield the sizes of a paper, numbered in the order of its annotation."""
    for number, size in enumerate(annotation.sizes, start=1):
        node = iris.part(paper, "size", number)
        yield iris.paper(paper), KG.reportsSize, node
        yield node, RDF.type, KG.Size
        yield node, KG.reportedIn, iris.paper(paper)
        yield node, KG.count, decimal(size.count)
        yield node, KG.countOf, plain(size.of)
        if size.dataset is not None and size.dataset in nodes:
            yield node, KG.ofDataset, NamedNode(nodes[size.dataset])
