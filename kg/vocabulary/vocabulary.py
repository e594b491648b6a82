"""Vocabularies under one look-up by normal form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.records import Kind
from kg.text import normal_form
from kg.vocabulary.term import Term

__all__ = ["Vocabulary", "vocabulary_of"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms by IRI and by normal form of their names.

    Attributes:
        terms: In order of IRI.
        digest: SHA-256 of the files read, hexadecimal.
    """

    terms: Mapping[str, Term]
    digest: str
    _by_name: Mapping[tuple[Kind, str], Term] = field(repr=False)

    def find(self, kind: Kind, name: str) -> Term | None:
        """Look a name up by its normal form; ambiguous labels are not looked at."""
        return self._by_name.get((kind, normal_form(name)))

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
    """Put terms under their names; where two terms share a name, the first in order of IRI has it."""
    by_iri = {term.iri: term for term in sorted(terms, key=lambda term: term.iri)}
    by_name: dict[tuple[Kind, str], Term] = {}
    for term in by_iri.values():
        for name in term.names:
            by_name.setdefault((term.kind, normal_form(name)), term)
    return Vocabulary(by_iri, digest, by_name)
