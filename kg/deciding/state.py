"""A graph as it is linked, with the names that can be decided about."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.concepts import Linking
from kg.ledger import sssom_of
from kg.linking import Name, find_names, names_of
from kg.pipeline import linked, vocabulary_of
from kg.records import Kind
from kg.store import GraphDirectory
from kg.vocabulary import Vocabulary

__all__ = ["State", "ledger_of", "state_of"]


@dataclass(frozen=True, slots=True)
class State:
    """The names and nodes of a graph."""

    linking: Linking
    names: Mapping[str, Name]
    vocabulary: Vocabulary
    base_iri: str

    def find(self, value: str, kind: Kind | None) -> list[str]:
        """The IRIs of all names that a user may mean; see `kg.linking.find_names`."""
        return find_names(value, self.names, self.vocabulary, base_iri=self.base_iri, kind=kind)

    def node(self, iri: str) -> str:
        """The IRI of the node that a name or a concept stands for."""
        return self.linking.node_of.get(iri, iri)

    def kind(self, iri: str) -> Kind:
        """Of a name or a concept."""
        return self.names[iri].kind if iri in self.names else self.vocabulary.terms[iri].kind

    def label(self, iri: str) -> str:
        """How a name is written, or a concept is called."""
        return self.names[iri].label if iri in self.names else self.vocabulary.terms[iri].label

    def node_label(self, iri: str) -> str:
        """What the node of a name or a concept is called."""
        concept = self.linking.concepts.get(self.node(iri))
        return concept.label if concept else self.label(iri)


def state_of(directory: GraphDirectory) -> State:
    """Link the papers of a graph as it was linked when it was built.

    Raises:
        GraphError: There is no graph, or it is damaged.
    """
    base_iri = directory.built().base_iri
    annotations = (annotation for _, annotation in directory.records())
    return State(linked(directory), names_of(annotations, base_iri).by_iri, vocabulary_of(directory), base_iri)


def ledger_of(directory: GraphDirectory) -> bytes:
    """Every link and merge of a graph, by rules and by people, as SSSOM.

    Raises:
        GraphError: There is no graph, or it is damaged.
    """
    return sssom_of(linked(directory).rows, directory.built().base_iri)
