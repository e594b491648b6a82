"""One concept of a vocabulary, as far as `kg` reads it."""

from dataclasses import dataclass, field

from kg.namespaces import SKOS
from kg.rdf import PlainTriple
from kg.records import Kind

__all__ = ["Term"]


@dataclass(frozen=True, slots=True)
class Term:
    """One concept of a vocabulary.

    Attributes:
        iri: The concept's.
        label: The form to print.
        labels: Other names that may be printed, the acronym among them.
        hidden_labels: Strings that name it in a text but are never printed, such as bare adjectives.
        ambiguous_labels: Count only where the same text defines them or names the concept otherwise.
        broader: IRIs of the concepts right above it.
        statements: The concept's own triples as in the file (definition, matches ...), in file order.
    """

    iri: str
    kind: Kind
    label: str
    labels: tuple[str, ...] = ()
    hidden_labels: tuple[str, ...] = ()
    ambiguous_labels: tuple[str, ...] = ()
    abbreviation: str | None = None
    broader: tuple[str, ...] = ()
    statements: tuple[PlainTriple, ...] = field(default=(), repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Every label that names the concept without help from the text."""
        return (self.label, *self.labels, *self.hidden_labels)

    @property
    def exact_matches(self) -> tuple[str, ...]:
        """IRIs of the same concept elsewhere."""
        return tuple(obj.value for _, predicate, obj in self.statements if predicate == SKOS.exactMatch)
