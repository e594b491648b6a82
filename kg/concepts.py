"""The nodes of the graph, and which of them each name in each paper stands for."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.ledger import Row
from kg.records import Kind
from kg.vocabulary import Term

__all__ = ["Concept", "Linking"]


@dataclass(frozen=True, slots=True)
class Concept:
    """One node of the graph.

    Attributes:
        labels: Other names, for print; the vocabulary's first.
        broader: IRIs of the concepts right above it.
        term: The vocabulary's concept, where it is one.
        merged: Other concepts of vocabularies that a person has joined with it.
    """

    iri: str
    kind: Kind
    label: str
    labels: tuple[str, ...]
    broader: tuple[str, ...]
    term: Term | None
    merged: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Linking:
    """The nodes, and what each name stands for.

    Attributes:
        concepts: By IRI, in order.
        iris: The node of each entity, by paper id and name.
        names: The IRI of each entity's name, likewise.
        node_of: The node of each name, and of each concept of a vocabulary that a name is linked to, by IRI.
        rows: The ledger: every link and merge, and what stands under what, in order.
    """

    concepts: Mapping[str, Concept]
    iris: Mapping[tuple[str, str], str]
    names: Mapping[tuple[str, str], str]
    node_of: Mapping[str, str]
    rows: tuple[Row, ...]

    def concept_of(self, paper_id: str, name: str) -> Concept:
        """The concept an entity's name stands for in a paper."""
        return self.concepts[self.iris[paper_id, name]]

    def nodes_of(self, paper_id: str) -> dict[str, str]:
        """The node of each entity of a paper, by the entity's name."""
        return {name: iri for (paper, name), iri in self.iris.items() if paper == paper_id}
