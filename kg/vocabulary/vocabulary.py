"""Vocabularies under one look-up by the keys of their names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.records import Kind
from kg.vocabulary.keys import keys_of
from kg.vocabulary.term import Term

__all__ = ["Vocabulary", "vocabulary_of"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms by IRI, by the keys of their names, and by the words of these.

    Attributes:
        terms: In order of IRI.
        digest: SHA-256 of the files read, hexadecimal.
    """

    terms: Mapping[str, Term]
    digest: str
    _by_key: Mapping[tuple[Kind, str], tuple[Term, ...]] = field(repr=False)
    _by_word: Mapping[tuple[Kind, str], tuple[tuple[str, Term], ...]] = field(repr=False)

    def find(self, kind: Kind, name: str) -> Term | None:
        """Look a name up by its normal form; ambiguous labels are not looked at."""
        return next(iter(self.find_key(kind, keys_of(name)[0])), None)

    def find_key(self, kind: Kind, key: str) -> tuple[Term, ...]:
        """Look a key up: the terms for a name of which it is a key, in order of IRI.

        Of those for which it is a more and a less exact key, only the former are given.
        """
        return self._by_key.get((kind, key), ())

    def with_word(self, kind: Kind, word: str) -> Iterable[tuple[str, Term]]:
        """Give the normal forms of the names that hold a word of this normal form, with their terms."""
        return self._by_word.get((kind, word), ())

    def word_count(self, kind: Kind, word: str) -> int:
        """Count what `with_word` gives."""
        return len(self._by_word.get((kind, word), ()))

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms.values())

    def ancestors(self, iri: str) -> tuple[str, ...]:
        """All concepts above one, nearest first, each once."""
        above: dict[str, None] = {}
        queue = list(self.terms[iri].broader)
        while queue:
            one = queue.pop(0)
            if one not in above:
                above[one] = None
                queue += self.terms[one].broader if one in self.terms else ()
        return tuple(above)


def vocabulary_of(terms: Iterable[Term], digest: str) -> Vocabulary:
    """Put terms under the keys and words of their names."""
    by_iri = {term.iri: term for term in sorted(terms, key=lambda term: term.iri)}
    ranks: dict[tuple[Kind, str], dict[str, int]] = {}
    by_word: dict[tuple[Kind, str], dict[tuple[str, str], Term]] = {}
    for iri, term in by_iri.items():
        for name in term.names:
            keys = keys_of(name)
            for rank, key in enumerate(keys):
                found = ranks.setdefault((term.kind, key), {})
                found[iri] = min(rank, found.get(iri, rank))
            for word in keys[0].split():
                by_word.setdefault((term.kind, word), {})[keys[0], iri] = term
    by_key = {
        at: tuple(by_iri[iri] for iri, rank in found.items() if rank == min(found.values()))
        for at, found in ranks.items()
    }
    by_words = {at: tuple((name, term) for (name, _), term in found.items()) for at, found in by_word.items()}
    return Vocabulary(by_iri, digest, by_key, by_words)
