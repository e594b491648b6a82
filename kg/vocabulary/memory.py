"""A layer in memory: the vocabularies that are small, and that every run reads whole."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from kg.records import Kind
from kg.vocabulary.keys import keys_of
from kg.vocabulary.term import Term

__all__ = ["MemoryLayer"]


class MemoryLayer:
    """Terms by IRI; the look-ups are made when they are first used.

    Args:
        terms: In any order.
        digest: SHA-256 of what they were read from.
    """

    def __init__(self, terms: Iterable[Term], digest: str) -> None:
        self.terms: Mapping[str, Term] = {term.iri: term for term in sorted(terms, key=lambda term: term.iri)}
        self.digest = digest

    def by_key(self, kind: Kind, key: str) -> tuple[int, tuple[Term, ...]] | None:
        """See `Layer.by_key`."""
        return self._by_key.get((kind, key))

    def by_match(self, kind: Kind, iri: str) -> Term | None:
        """See `Layer.by_match`."""
        return self._by_match.get((kind, iri))

    def with_word(self, kind: Kind, word: str) -> Iterator[tuple[str, Term]]:
        """See `Layer.with_word`."""
        yield from self._by_word.get((kind, word), ())

    def word_count(self, kind: Kind, word: str) -> int:
        """See `Layer.word_count`."""
        return len(self._by_word.get((kind, word), ()))

    @cached_property
    def _by_key(self) -> Mapping[tuple[Kind, str], tuple[int, tuple[Term, ...]]]:
        found: dict[tuple[Kind, str], tuple[int, dict[str, Term]]] = {}
        for term in self.terms.values():
            for name in term.names:
                for rank, key in enumerate(keys_of(name)):
                    if not key:  # of a name without a word that carries meaning
                        continue
                    lowest, terms = found.get((term.kind, key), (rank, {}))
                    if rank < lowest:
                        lowest, terms = rank, {}
                    if rank == lowest:
                        terms[term.iri] = term
                    found[term.kind, key] = lowest, terms
        return {at: (rank, tuple(terms.values())) for at, (rank, terms) in found.items()}

    @cached_property
    def _by_match(self) -> Mapping[tuple[Kind, str], Term]:
        found = {(term.kind, term.iri): term for term in self.terms.values()}
        for term in self.terms.values():
            for iri in term.exact_matches:
                found.setdefault((term.kind, iri), term)
        return found

    @cached_property
    def _by_word(self) -> Mapping[tuple[Kind, str], list[tuple[str, Term]]]:
        found: dict[tuple[Kind, str], dict[tuple[str, str], Term]] = {}
        for term in self.terms.values():
            for name in term.names:
                form = keys_of(name)[0]
                for word in form.split():
                    found.setdefault((term.kind, word), {})[form, term.iri] = term
        return {at: [(form, names[form, iri]) for form, iri in sorted(names)] for at, names in found.items()}
