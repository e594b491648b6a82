"""Approximate look-up: a name that differs from a known one by misspelt words only."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import OSA

from kg.records import Kind
from kg.vocabulary import Term, Vocabulary
from kg.vocabulary.keys import keys_of

__all__ = ["approximate"]

_FEWEST_LETTERS: Final = 6
_MOST_NAMES: Final = 500


def approximate(kind: Kind, name: str, vocabulary: Vocabulary) -> Term | None:
    """Find the one term with a name of the same words, misspelt ones among them."""
    words = keys_of(name).reordered.split()
    known = {word: vocabulary.word_count(kind, word) for word in words}
    shared = sorted((count, word) for word, count in known.items() if count)
    if not shared or len(shared) == len(words) or shared[0][0] > _MOST_NAMES:
        return None
    found = {
        term.iri: term
        for candidate, term in vocabulary.with_word(kind, shared[0][1])
        if _misspelt(words, keys_of(candidate).reordered.split(), {word for _, word in shared})
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _misspelt(words: Sequence[str], theirs: Sequence[str], known: set[str]) -> bool:
    """Tell whether two names have the same words, but for one that is unknown and almost theirs."""
    left, right = list(words), list(theirs)
    for word in words:
        if word in right:
            left.remove(word)
            right.remove(word)
    return (
        len(left) == len(right) == 1
        and left[0] not in known
        and min(len(left[0]), len(right[0])) >= _FEWEST_LETTERS
        and left[0].isalpha()
        and left[0][0] == right[0][0]
        and OSA.distance(left[0], right[0]) <= 1 + (len(left[0]) >= 2 * _FEWEST_LETTERS)
    )
