"""The vocabulary: the concepts that come with `kg`, and behind them those of added vocabularies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from hashlib import sha256

from kg.records import Kind
from kg.text import normal_form
from kg.vocabulary.keys import keys_of
from kg.vocabulary.layer import Layer
from kg.vocabulary.memory import MemoryLayer
from kg.vocabulary.term import Term

__all__ = ["Vocabulary", "layered", "vocabulary_of"]

_CACHED = 1 << 14


class Vocabulary:
    """Concepts by IRI and by name, in layers: what an earlier layer knows, a later one does not say again.

    A concept of a later layer that has the IRI or an exact match of one of an earlier layer is that concept: its names
    find the earlier one, and what stood below it stands below that.

    Args:
        layers: The first is the one that ships with `kg`.

    Attributes:
        layers: As given.
        terms: All concepts by IRI; the IRI of one that an earlier layer has leads there.
        digest: SHA-256 of all layers, hexadecimal.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.layers = tuple(layers)
        self.terms: Mapping[str, Term] = _Terms(self)
        digests = [layer.digest for layer in layers]
        self.digest = digests[0] if len(digests) == 1 else sha256("\n".join(digests).encode()).hexdigest()
        self._resolved = lru_cache(_CACHED)(self._resolve)
        self._same = lru_cache(_CACHED)(self._find_same)

    def find(self, kind: Kind, name: str) -> Term | None:
        """Look a name up by its most exact key; ambiguous labels are not looked at.

        Where two terms share a name, the first in order of IRI has it.
        """
        key = keys_of(name)[0]
        for place, layer in enumerate(self.layers):
            found = layer.by_key(kind, key)
            if found and found[0] == 0:
                return self.resolved(found[1][0], place)
        return None

    def find_ambiguous(self, kind: Kind, name: str) -> Term | None:
        """Look up a label that often means something else, where the kind says what it means.

        Only the concepts that come with `kg` have such labels; one that two of a kind have says nothing.
        """
        found = self._ambiguous.get((kind, normal_form(name)), ())
        return found[0] if len(found) == 1 else None

    @cached_property
    def _ambiguous(self) -> Mapping[tuple[Kind, str], Sequence[Term]]:
        found: dict[tuple[Kind, str], list[Term]] = {}
        for term in self:
            for form in sorted(set(map(normal_form, term.ambiguous_labels))):
                found.setdefault((term.kind, form), []).append(term)
        return found

    def find_key(self, kind: Kind, key: str) -> tuple[Term, ...]:
        """Look a key up (`kg.vocabulary.keys`): the concepts whose names have it, in order of IRI.

        Of those for which it is a more and a less exact key, only the former are given, and of several layers only
        the first; two concepts or more mean that the key is ambiguous.
        """
        found = [(one[0], place, one[1]) for place, layer in enumerate(self.layers) if (one := layer.by_key(kind, key))]
        if not found:
            return ()
        _, place, terms = min(found, key=lambda one: one[:2])
        return tuple({term.iri: term for one in terms for term in (self.resolved(one, place),)}.values())

    def with_word(self, kind: Kind, word: str) -> Iterator[tuple[str, Term]]:
        """Yield the normal forms of the names that contain a word of this normal form, with their concepts."""
        for place, layer in enumerate(self.layers):
            for name, term in layer.with_word(kind, word):
                yield name, self.resolved(term, place)

    def word_count(self, kind: Kind, word: str) -> int:
        """Count what `with_word` yields."""
        return sum(layer.word_count(kind, word) for layer in self.layers)

    def resolved(self, term: Term, place: int) -> Term:
        """Give a concept of the layer at a place as it is in the whole vocabulary."""
        return term if place == 0 else self._resolved(term.iri, place)

    def _resolve(self, iri: str, place: int) -> Term:
        term = self.layers[place].terms[iri]
        same = self._same(iri, place)
        if same is not None:
            return same
        above = dict.fromkeys(self._iri(one, place) for one in term.broader)
        return replace(term, broader=tuple(above))

    def _find_same(self, iri: str, place: int) -> Term | None:
        """Find the concept of an earlier layer that one of the layer at a place is."""
        term = self.layers[place].terms[iri]
        for earlier, layer in enumerate(self.layers[:place]):
            for one in (iri, *term.exact_matches):
                same = layer.by_match(term.kind, one)
                if same is not None:
                    return self.resolved(same, earlier)
        return None

    def _iri(self, iri: str, place: int) -> str:
        same = self._same(iri, place) if iri in self.layers[place].terms else None
        return same.iri if same else iri

    def __iter__(self) -> Iterator[Term]:
        """Yield the concepts that come with `kg`, in order of IRI."""
        return iter(self.layers[0].terms.values())

    def ancestors(self, iri: str) -> tuple[str, ...]:
        """All concepts above one, nearest first, each once."""
        above: dict[str, None] = {}
        queue = list(self.terms[iri].broader)
        while queue:
            one = queue.pop(0)
            if one not in above:
                above[one] = None
                term = self.terms.get(one)
                queue += term.broader if term else ()
        return tuple(above)


class _Terms(Mapping[str, Term]):
    """The concepts of all layers by IRI."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def __getitem__(self, iri: str) -> Term:
        for place, layer in enumerate(self._vocabulary.layers):
            term = layer.terms.get(iri)
            if term is not None:
                return self._vocabulary.resolved(term, place)
        raise KeyError(iri)

    def __contains__(self, iri: object) -> bool:
        return any(iri in layer.terms for layer in self._vocabulary.layers)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(iri for layer in self._vocabulary.layers for iri in layer.terms))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def vocabulary_of(terms: Iterable[Term], digest: str) -> Vocabulary:
    """Put terms under their names."""
    return Vocabulary([MemoryLayer(terms, digest)])


def layered(vocabulary: Vocabulary, added: Iterable[Layer]) -> Vocabulary:
    """Put added vocabularies behind one, in the order given."""
    return Vocabulary([*vocabulary.layers, *added])
