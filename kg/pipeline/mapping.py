"""Papers, concepts and claims of a graph, each mapped by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from kg.linking import LinkIndex
from kg.mapping import (
    Evidence,
    Iris,
    Run,
    Statement,
    assertion_quads,
    concept_quads,
    frame_quads,
    paper_quads,
    statements_of,
    tombstone_quads,
)
from kg.pipeline.deciding import annotation_of
from kg.rdf import NamedNode, Quad
from kg.records import Annotation, Paper, Status
from kg.reviewing import Standing
from kg.store import Record, Records

__all__ = ["MappedPaper", "Mapper", "map_paper"]


@dataclass(frozen=True, slots=True)
class MappedPaper:
    """What is told of a paper.

    Attributes:
        quads: In its own graph, and the assertions about the paper itself, which no other supports.
        shared: The claims between concepts, which other papers may make too.
    """

    quads: Iterator[Quad]
    shared: Mapping[Statement, Evidence]


def map_paper(paper: Paper, annotation: Annotation, nodes: Mapping[str, str], run: Run, iris: Iris) -> MappedPaper:
    """Map a paper.

    Args:
        paper: The paper.
        annotation: What was read off it.
        nodes: IRI of the concept of each entity, by the entity's name.
        run: What made the annotation.
        iris: Makes the IRIs.

    Raises:
        GraphError: The annotation does not fit the text; while iterating.
    """
    statements = statements_of(paper, annotation, nodes, iris)
    node = iris.paper(paper)
    own = {one: evidence for one, evidence in statements.items() if one.subject == node}
    told = (quad for one, evidence in own.items() for quad in assertion_quads(one, [evidence.confidence], iris))
    quads = chain(paper_quads(paper, annotation, statements, nodes, run, iris), told)
    return MappedPaper(quads, {one: evidence for one, evidence in statements.items() if one not in own})


class Mapper:
    """Maps what a graph's index and records hold.

    Attributes:
        runs: What made annotations: ``read``, and ``by hand``.
    """

    def __init__(self, records: Records, index: LinkIndex, runs: Mapping[str, Run], standing: Standing) -> None:
        self._standing = standing
        self.iris = Iris(index.base_iri)
        self.runs = runs
        self._records = records
        self._index = index

    def frame(self) -> Iterator[Quad]:
        """What every graph has, and what made this one."""
        used = [name for name, by_hand in (("read", False), ("by hand", True)) if self._records.has(by_hand=by_hand)]
        return frame_quads((self.runs[name] for name in used), self.iris)

    def paper(self, record: Record) -> MappedPaper:
        """What is told of a paper; of a retracted one, why it is not here.

        Raises:
            GraphError: The annotation does not fit the text; while iterating.
        """
        paper, iris = record.paper, self.iris
        if record.retraction is not None:
            return MappedPaper(tombstone_quads(paper, record.retraction.reason, record.retraction.author, iris), {})
        annotation = annotation_of(record, self._standing) or Annotation(paper.id)
        run = self.runs["by hand" if record.by_hand else "read"]
        return map_paper(paper, annotation, self._index.nodes_of(paper.id), run, iris)

    def concept(self, iri: str) -> Iterator[Quad]:
        """What is told of a concept; nothing of one that is not in the graph."""
        concept = self._index.concept(iri)
        return concept_quads(concept, self._index.is_shown, self.iris) if concept is not None else iter(())

    def assertion(self, assertion: str) -> Iterator[Quad]:
        """What is told of a claim between concepts; nothing of one that no paper supports."""
        found = self._records.statement(assertion)
        if found is not None:
            (subject, predicate, target, status), confidences = found
            statement = Statement(NamedNode(subject), NamedNode(predicate), NamedNode(target), Status(status))
            yield from assertion_quads(statement, confidences, self.iris)
