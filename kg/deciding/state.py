"""A graph as it is linked, with the names that can be decided about."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kg.ledger import sssom_of
from kg.linking import LinkIndex, find_names
from kg.pipeline import read_decisions, vocabulary_of
from kg.records import Kind
from kg.store import GraphDirectory

__all__ = ["State", "ledger_of", "state_of"]


@dataclass(frozen=True, slots=True)
class State:
    """The names and nodes of a graph, while its papers are open to read."""

    index: LinkIndex

    def find(self, value: str, kind: Kind | None) -> list[str]:
        """The IRIs of all names that a user may mean; see `kg.linking.find_names`."""
        return find_names(value, self.index, kind=kind)

    def node(self, iri: str) -> str:
        """The IRI of the node that a name or a concept stands for."""
        return self.index.node(iri)

    def kind(self, iri: str) -> Kind:
        """Of a name or a concept."""
        name = self.index.name(iri)
        return name.kind if name else self.index.vocabulary.terms[iri].kind

    def label(self, iri: str) -> str:
        """How a name is written, or a concept is called."""
        return self.index.label(iri)

    def node_label(self, iri: str) -> str:
        """What the node of a name or a concept is called."""
        concept = self.index.concept(self.node(iri))
        return concept.label if concept else self.label(iri)


@contextmanager
def state_of(directory: GraphDirectory) -> Iterator[State]:
    """Look at how the papers of a graph are linked.

    Raises:
        GraphError: There is no graph, or it is damaged.
    """
    manifest = directory.built()
    decisions = read_decisions(directory, directory.decisions(settled=True), manifest.base_iri)
    with directory.reading() as records:
        yield State(LinkIndex(records.database, vocabulary_of(directory), manifest.base_iri, decisions))


def ledger_of(directory: GraphDirectory) -> bytes:
    """Every link and merge of a graph, by rules and by people, as SSSOM.

    Raises:
        GraphError: There is no graph, or it is damaged.
    """
    with state_of(directory) as state:
        return sssom_of(state.index.rows(), state.index.base_iri)
