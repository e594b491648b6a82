"""Approximate look-up: a name that differs from a known one by one misspelt word."""

from collections import Counter
from collections.abc import Set as AbstractSet
from typing import Final

from rapidfuzz.distance import OSA

from kg.records import Kind
from kg.vocabulary import Term, Vocabulary
from kg.vocabulary.keys import keys_of

__all__ = ["approximate"]

_MOST_NAMES: Final = 2000
"""Names looked through; a word that more have tells nothing."""
_SAME_START: Final = 4
_SAME_END: Final = 3
"""What comes first and last in a word carries its meaning: hyper- and hypo-, -oma and -itis."""
_LONG: Final = 12


def approximate(kind: Kind, name: str, vocabulary: Vocabulary) -> Term | None:
    """Find the one term with a name of the same words, one of them misspelt.

    A word that any name has is not misspelt, so that "hypotension" is no "hypertension".
    """
    words = keys_of(name).spelled.split()
    counts = {word: vocabulary.word_count(kind, word) for word in words}
    shared = [(count, word) for word, count in counts.items() if count]
    unknown = {word for word, count in counts.items() if not count}
    if len(unknown) != 1 or not shared or min(shared)[0] > _MOST_NAMES:
        return None
    found = {
        term.iri: term
        for candidate, term in vocabulary.with_word(kind, min(shared)[1])
        if candidate.count(" ") == len(words) - 1
        and _differs_by_misspelling(words, keys_of(candidate).spelled.split(), unknown)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _differs_by_misspelling(words: list[str], theirs: list[str], unknown: AbstractSet[str]) -> bool:
    ours, others = Counter(words), Counter(theirs)
    left, right = list((ours - others).elements()), list((others - ours).elements())
    return len(left) == len(right) == 1 and left[0] in unknown and _almost_equal(left[0], right[0])


def _almost_equal(word: str, other: str) -> bool:
    """Compare two words: one slip, in a long one two, and none at the start or the end.

    >>> _almost_equal("pneumonthorax", "pneumothorax"), _almost_equal("hypotension", "hypertension")
    (True, False)
    """
    slips = 1 + (min(len(word), len(other)) >= _LONG)
    return (
        word.isalpha()
        and other.isalpha()
        and word[:_SAME_START] == other[:_SAME_START]
        and word[-_SAME_END:] == other[-_SAME_END:]
        and OSA.distance(word, other, score_cutoff=slips) <= slips
    )
