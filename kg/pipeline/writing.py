"""Papers that changed, and all that changes with them, written to the store: a few put in their places, or all anew."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import groupby
from typing import Final, Protocol

from kg.errors import GraphError
from kg.linking import LinkIndex
from kg.namespaces import KG, PROV, RDF
from kg.pipeline.mapping import Mapper
from kg.pipeline.reading import Progress, unseen
from kg.rdf import NamedNode, Quad
from kg.store import Edit, GraphStore, Record, Spool
from kg.store.validation import Validator

__all__ = ["Made", "write_graph"]

_VALIDATED_AT_ONCE: Final = 50_000
"""Lines in one call of the validator, so that memory does not grow with the number of papers."""

_TYPE: Final = f"> {RDF.type} "

_SHARE: Final = 5
"""A change of more than one paper in so many is written anew: that is quicker then."""

_FEW: Final = 20
"""Papers that are put in their places however small the graph is."""


class Made(Protocol):
    """What a graph is to hold, made elsewhere."""

    def quads(self) -> Iterator[Quad]:
        """All of them, those of a graph together as far as it is one paper's."""

    def support(self) -> Iterator[tuple[str, str, tuple[str, str, str, str], float]]:
        """Which papers support which claims between concepts, and how surely: what `Records.support` takes."""


def write_graph(
    edit: Edit,
    mapper: Mapper,
    index: LinkIndex,
    *,
    anew: bool,
    made: Made | None = None,
    progress: Progress = unseen,
) -> None:
    """Write what has changed in a graph since it was last written, and validate it.

    Args:
        edit: Its records name the papers that came, changed or went.
        mapper: Of these records and this index.
        index: Settled.
        anew: All is told otherwise than it was.
        made: All quads, if they need not be made again.
        progress: Sees each paper that is written.

    Raises:
        GraphError: The graph would not be valid, or an annotation does not fit its text.
    """
    records = edit.records
    for key in records.keys_of_ids(list(index.moved_papers())):
        records.mark(key)
    if anew:
        records.mark_all()
    changed = records.changed()
    much = anew or len(changed) > max(_FEW, len(records) // _SHARE)
    with closing(edit.spool()) as written:
        writer = _Writer(edit, mapper, index, written, progress)
        writer.validate(writer.write_made(made) if made else writer.write_all() if much else writer.change(changed))


class _Writer:
    def __init__(self, edit: Edit, mapper: Mapper, index: LinkIndex, written: Spool, progress: Progress) -> None:
        self._edit = edit
        self._records = edit.records
        self._index = index
        self._mapper = mapper
        self._aggregate = self._mapper.iris.aggregate
        self._written = written
        self._progress = progress

    def write_all(self) -> GraphStore:
        self._records.unsupport_all()
        return self._edit.write_anew(self._all())

    def _all(self) -> Iterator[Quad]:
        yield from self._mapper.frame()
        for record in self._progress(self._records, len(self._records), "writing"):
            yield from self._paper(record)
        for iri in self._index.concepts():
            yield from self._mapper.concept(iri)
        for assertion in self._records.assertions():
            yield from self._mapper.assertion(assertion)

    def write_made(self, made: Made) -> GraphStore:
        self._records.unsupport_all()
        for told in made.support():
            self._records.support(*told)
        return self._edit.write_anew(self._made(made.quads()))

    def _made(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Keep what is told in the graph of each paper to be validated."""
        for graph, together in groupby(quads, lambda quad: quad.graph_name):
            told = list(together)
            if graph != self._aggregate:
                self._written.add(told)
            yield from told

    def change(self, keys: Sequence[str]) -> GraphStore:
        """Take out what is told otherwise now, then put in how."""
        store = self._edit.change()
        former: set[str] = set()
        for key in sorted({*keys, *(key for key, _ in self._records.gone())}):
            former |= {node.value for node in store.objects(KG.supports, self._graph(key))}
            store.drop(self._graph(key))
            self._records.unsupport(key)
        for node in (*former, *self._index.changed_concepts(), *self._frame_of(store)):
            store.forget(NamedNode(node), self._aggregate)
        store.add(self._changed(keys, former, store))
        return store

    def _changed(self, keys: Sequence[str], former: set[str], store: GraphStore) -> Iterator[Quad]:
        yield from self._mapper.frame()
        shared: set[str] = set()
        for key in self._progress(keys, len(keys), "writing"):
            yield from self._paper(self._records[key], shared)
        for assertion in sorted(former | shared):
            if assertion not in former:
                store.forget(NamedNode(assertion), self._aggregate)
            yield from self._mapper.assertion(assertion)
        for iri in self._index.changed_concepts():
            yield from self._mapper.concept(iri)

    def _frame_of(self, store: GraphStore) -> set[str]:
        classes = (KG.ExtractionActivity, PROV.SoftwareAgent)
        return {node.value for class_ in classes for node in store.instances(class_, self._aggregate)}

    def _paper(self, record: Record, shared: set[str] | None = None) -> Iterator[Quad]:
        """Map a paper, keep what is told of it to be validated, and note which claims between concepts it supports."""
        mapped = self._mapper.paper(record)
        quads = list(mapped.quads)
        self._written.add(quads)
        yield from quads
        for statement, evidence in mapped.shared.items():
            subject, predicate, target, status = statement
            assertion = statement.iri(self._mapper.iris).value
            told = (subject.value, predicate.value, target.value, status.value)
            self._records.support(record.paper.key, assertion, told, evidence.confidence)
            if shared is not None:
                shared.add(assertion)

    def _graph(self, key: str) -> NamedNode:
        return NamedNode(f"{self._mapper.iris.base}graph/{key}")

    def validate(self, store: GraphStore) -> None:
        """Validate what was told of papers, with all in the store that it refers to."""
        validator = Validator()
        batch: set[str] = set()
        for lines in self._progress(self._written, len(self._written), "validating"):
            batch.update(lines)
            if len(batch) >= _VALIDATED_AT_ONCE:
                self._validate(batch, store, validator)
                batch = set()
        self._validate(batch, store, validator)

    def _validate(self, lines: set[str], store: GraphStore, validator: Validator) -> None:
        violations = validator.violations(lines | _referred_to(lines, store, self._aggregate))
        if violations:
            more = f" (and {len(violations) - 1} more)" if len(violations) > 1 else ""
            raise GraphError(f"the graph would not be valid: {violations[0]}{more}; nothing was written")


def _referred_to(lines: Iterable[str], store: GraphStore, aggregate: NamedNode) -> set[str]:
    """All that is told of the nodes that lines refer to, and of those that these refer to in turn.

    A node whose class the lines tell is told of wholly in them.
    """
    found: set[str] = set()
    seen = {line[1 : line.index(">")] for line in lines if _TYPE in line}
    nodes = _objects(lines) - seen
    while nodes:
        seen |= nodes
        told = store.lines_about(map(NamedNode, nodes), aggregate)
        found.update(told)
        nodes = _objects(told) - seen
    return found


def _objects(lines: Iterable[str]) -> set[str]:
    """The IRIs that lines of N-Triples lead to."""
    objects = (line.split(" ", 2)[2][:-2] for line in lines)
    return {one[1:-1] for one in objects if one.startswith("<") and not one.startswith("<<")}
