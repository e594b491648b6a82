"""The nodes of the graph, and which of them each name in each paper stands for."""

from collections.abc import Mapping
from dataclasses import dataclass

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
    """

    iri: str
    kind: Kind
    label: str
    labels: tuple[str, ...]
    broader: tuple[str, ...]
    term: Term | None


@dataclass(frozen=True, slots=True)
class Linking:
    """Concepts by IRI, in order, and the IRI of each entity by paper id and name."""

    concepts: Mapping[str, Concept]
    iris: Mapping[tuple[str, str], str]

    def concept_of(self, paper_id: str, name: str) -> Concept:
        """The concept an entity's name stands for in a paper."""
        return self.concepts[self.iris[paper_id, name]]
