"""All that is told of some papers, mapped in memory."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.concepts import Linking
from kg.mapping import Iris, Run, Statement, assertion_quads, concept_quads, frame_quads, paper_quads, statements_of
from kg.rdf import Quad
from kg.records import Annotation, Paper

__all__ = ["quads_of"]


def quads_of(records: Sequence[tuple[Paper, Annotation]], linking: Linking, run: Run, iris: Iris) -> Iterator[Quad]:
    """Map papers that are linked."""
    confidences: dict[Statement, list[float]] = defaultdict(list)
    yield from frame_quads([run], iris)
    for paper, annotation in records:
        nodes = linking.nodes_of(paper.id)
        statements = statements_of(paper, annotation, nodes, iris)
        yield from paper_quads(paper, annotation, statements, nodes, run, iris)
        for statement, evidence in statements.items():
            confidences[statement].append(evidence.confidence)
    for statement, found in confidences.items():
        yield from assertion_quads(statement, found, iris)
    for concept in linking.concepts.values():
        yield from concept_quads(concept, linking.concepts.__contains__, iris)
