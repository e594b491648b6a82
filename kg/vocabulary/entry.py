"""What a file that somebody adds tells of one concept, before and after it is compiled."""

import msgspec

from kg.namespaces import RDF, SKOS
from kg.rdf import Literal, NamedNode, PlainTriple
from kg.records import Kind
from kg.vocabulary.term import Term

__all__ = ["Entry", "term_of"]


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One concept of an added vocabulary.

    Attributes:
        labels: Other names that mean the same or something narrower.
        shared: Names that other concepts have too. They are looked up, with all who have them; in running text they
            count only where it names the concept otherwise.
        ambiguous: Names that count only there, and are not looked up.
        left_out: Names that never count.
        broader: IRIs of the concepts right above it.
        exact: IRIs of the same concept elsewhere.
        close: IRIs of what corresponds elsewhere, such as cross-references, which promise no more.
    """

    iri: str
    kind: Kind
    label: str
    labels: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    close: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which the concept is looked up."""
        others = {*self.ambiguous, *self.left_out}
        return tuple(name for name in (self.label, *self.labels) if name not in others)


def term_of(entry: Entry) -> Term:
    """Make the term: nothing is stated of it but its labels, its place and its matches."""
    return Term(
        iri=entry.iri,
        kind=entry.kind,
        label=entry.label,
        labels=tuple(name for name in entry.names if name != entry.label),
        ambiguous_labels=entry.ambiguous,
        broader=entry.broader,
        statements=tuple(_statements(entry)),
    )


def _statements(entry: Entry) -> list[PlainTriple]:
    node = NamedNode(entry.iri)
    return [
        (node, RDF.type, SKOS.Concept),
        (node, SKOS.prefLabel, Literal(entry.label, language="en")),
        *((node, SKOS.broader, NamedNode(iri)) for iri in entry.broader),
        *((node, SKOS.exactMatch, NamedNode(iri)) for iri in entry.exact),
        *((node, SKOS.closeMatch, NamedNode(iri)) for iri in entry.close),
    ]
