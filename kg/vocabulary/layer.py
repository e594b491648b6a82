"""A layer of the vocabulary: some concepts, and the ways to look them up."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from kg.records import Kind
from kg.vocabulary.term import Term

__all__ = ["Layer"]


class Layer(Protocol):
    """The concepts of one source; those that ship with `kg` are one in memory, added ones lie on disk."""

    @property
    def terms(self) -> Mapping[str, Term]:
        """By IRI, in order of IRI."""

    @property
    def digest(self) -> str:
        """SHA-256 of the content, hexadecimal."""

    def by_key(self, kind: Kind, key: str) -> tuple[int, tuple[Term, ...]] | None:
        """The concepts that have a name with this key (`kg.vocabulary.keys`), in order of IRI.

        Returns:
            The rank that the key has among the keys of these names, 0 for the most exact, and the concepts: only
            those for which the rank is lowest. None where there are none.
        """

    def by_match(self, kind: Kind, iri: str) -> Term | None:
        """The first concept that has an IRI as its own or as its exact match."""

    def with_word(self, kind: Kind, word: str) -> Iterator[tuple[str, Term]]:
        """Yield the normal forms of the names that contain a word of this normal form, with their concepts."""

    def word_count(self, kind: Kind, word: str) -> int:
        """Count what `with_word` yields."""
