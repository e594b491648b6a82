"""Papers that changed, and all that changes with them, written to the store: a few put in their places, or all anew."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.errors import GraphError
from kg.linking import LinkIndex
from kg.mapping import (
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
from kg.namespaces import KG, PROV
from kg.rdf import NamedNode, Quad
from kg.records import Annotation, Status
from kg.store import Edit, GraphStore, Record
from kg.store.validation import validate

__all__ = ["write_graph"]

_VALIDATED_AT_ONCE: Final = 50_000
"""Quads in one call of the validator, so that memory does not grow with the number of papers."""

_SHARE: Final = 5
"""A change of more than one paper in so many is written anew: that is quicker then."""

_FEW: Final = 20
"""Papers that are put in their places however small the graph is."""


def write_graph(edit: Edit, index: LinkIndex, runs: Mapping[str, Run], *, anew: bool) -> None:
    """Write what has changed in a graph since it was last written, and validate it.

    Args:
        edit: Its records name the papers that came, changed or went.
        index: Settled.
        runs: What made annotations, by the digest that records name.
        anew: All is told otherwise than it was.

    Raises:
        GraphError: The graph would not be valid, or an annotation does not fit its text.
    """
    records = edit.records
    for key in records.keys_of_ids(list(index.moved_papers())):
        records.mark(key)
    if anew:
        records.mark_all()
    changed = records.changed()
    writer = _Writer(edit, index, runs)
    if anew or len(changed) > max(_FEW, len(records) // _SHARE):
        writer.write_all()
    else:
        writer.change(changed)
    writer.validate(changed)


class _Writer:
    def __init__(self, edit: Edit, index: LinkIndex, runs: Mapping[str, Run]) -> None:
        self._edit = edit
        self._records = edit.records
        self._index = index
        self._runs = runs
        self._iris = Iris(index.base_iri)
        self._store: GraphStore | None = None

    # --- all

    def write_all(self) -> None:
        self._records.unsupport_all()
        self._store = self._edit.write_anew(self._all())

    def _all(self) -> Iterator[Quad]:
        yield from self._frame()
        for record in self._records:
            yield from self._paper(record)
        for iri in self._index.concepts():
            yield from self._concept(iri)
        for assertion in self._records.assertions():
            yield from self._assertion(assertion)

    def _frame(self) -> Iterator[Quad]:
        used = [run for by_hand, run in ((False, "read"), (True, "by hand")) if self._records.has(by_hand=by_hand)]
        return frame_quads((self._runs[one] for one in used), self._iris)

    # --- a few

    def change(self, keys: list[str]) -> None:
        self._store = store = self._edit.change()
        former: set[str] = set()
        for key in sorted({*keys, *(key for key, _ in self._records.gone())}):
            graph = NamedNode(f"{self._iris.base}graph/{key}")
            former |= {term.value for term in store.objects(KG.supports, graph)}
            store.drop(graph)
            self._records.unsupport(key)
        for node in [*former, *self._index.changed_concepts(), *_frame_of(store, self._iris.aggregate)]:
            store.forget(NamedNode(node), self._iris.aggregate)
        store.add(self._changed(keys, former, store))

    def _changed(self, keys: list[str], former: set[str], store: GraphStore) -> Iterator[Quad]:
        """Yield what takes the place of what was taken out, and take out what then is no longer as it was."""
        yield from self._frame()
        shared: set[str] = set()
        for key in keys:
            yield from self._paper(self._records[key], shared)
        for assertion in sorted(former | shared):
            if assertion not in former:
                store.forget(NamedNode(assertion), self._iris.aggregate)
            yield from self._assertion(assertion)
        for iri in self._index.changed_concepts():
            yield from self._concept(iri)

    # --- parts

    def _paper(self, record: Record, shared: set[str] | None = None) -> Iterator[Quad]:
        paper, iris = record.paper, self._iris
        if record.retraction is not None:
            yield from tombstone_quads(paper, record.retraction.reason, record.retraction.author, iris)
            return
        annotation = record.annotation or Annotation(paper.id)
        nodes = self._index.nodes_of(paper.id)
        statements = statements_of(paper, annotation, nodes, iris)
        run = self._runs["by hand" if record.by_hand else "read"]
        yield from paper_quads(paper, annotation, statements, nodes, run, iris)
        own = iris.paper(paper)
        for statement, evidence in statements.items():
            if statement.subject == own:
                yield from assertion_quads(statement, [evidence.confidence], iris)
                continue
            subject, predicate, target, status = statement
            assertion = statement.iri(iris).value
            told = (subject.value, predicate.value, target.value, status.value)
            self._records.support(paper.key, assertion, told, evidence.confidence)
            if shared is not None:
                shared.add(assertion)

    def _concept(self, iri: str) -> Iterator[Quad]:
        concept = self._index.concept(iri)
        return concept_quads(concept, self._index.is_shown, self._iris) if concept is not None else iter(())

    def _assertion(self, assertion: str) -> Iterator[Quad]:
        found = self._records.statement(assertion)
        if found is not None:
            (subject, predicate, target, status), confidences = found
            statement = Statement(NamedNode(subject), NamedNode(predicate), NamedNode(target), Status(status))
            yield from assertion_quads(statement, confidences, self._iris)

    # --- validation

    def validate(self, keys: Iterable[str]) -> None:
        """Validate the graphs of papers with all that they refer to."""
        store = self._store
        if store is None:
            return
        batch: list[Quad] = []
        for key in keys:
            batch += store.graph(NamedNode(f"{self._iris.base}graph/{key}"))
            if len(batch) >= _VALIDATED_AT_ONCE:
                self._validate(batch, store)
                batch = []
        self._validate(batch, store)

    def _validate(self, quads: list[Quad], store: GraphStore) -> None:
        violations = validate([*quads, *_referred_to(quads, store, self._iris.aggregate)])
        if violations:
            more = f" (and {len(violations) - 1} more)" if len(violations) > 1 else ""
            raise GraphError(f"the graph would not be valid: {violations[0]}{more}; nothing was written")


def _frame_of(store: GraphStore, aggregate: NamedNode) -> set[str]:
    classes = (KG.ExtractionActivity, PROV.SoftwareAgent)
    return {node.value for class_ in classes for node in store.instances(class_, aggregate)}


def _referred_to(quads: Iterable[Quad], store: GraphStore, aggregate: NamedNode) -> list[Quad]:
    """All that is told of the nodes that quads refer to, and of those that these refer to in turn."""
    queue = {quad.object for quad in quads if isinstance(quad.object, NamedNode)}
    seen: set[NamedNode] = set()
    found: list[Quad] = []
    while queue:
        node = queue.pop()
        seen.add(node)
        told = list(store.about(node, aggregate))
        found += told
        queue |= {quad.object for quad in told if isinstance(quad.object, NamedNode)} - seen
    return found
