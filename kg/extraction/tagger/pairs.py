"""How well two places of a text fit in each relation: the tagger gives every word vectors, and products tell.

For each relation a word has a short vector as its subject and one as its object. A mention has the mean of its
words' vectors; two mentions fit as the product of theirs says, two concepts as the log of the mean over their
mentions of the exponents of that, which is near the best fit (as in Jia et al., "Document-Level N-ary Relation
Extraction with Multiscale Representation Learning", 2019).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.records import Kind, Predicate

__all__ = ["ASKED", "BIAS", "JUDGED", "LIMIT", "NUMBER", "OF_NUMBERS", "PAIRS", "PAIR_WIDTH", "RANK", "READ", "Pairs"]

NUMBER: Final = "number"
"""What a place is that is no concept of any kind."""

OF_NUMBERS: Final = {"ofMethod": Kind.METHOD, "onDataset": Kind.DATASET, "ofMetric": Kind.METRIC}
"""What the number of a result relates to, by the name of that relation."""

PAIRS: Final = (*(one.value for one in Predicate), *OF_NUMBERS)
"""The relations, in the order of their columns."""

JUDGED: Final = (*(one.value for one in Predicate), "ofMetric")
"""Those whose pairs are judged one by one."""

READ: Final = (*JUDGED, "ofMethod")
"""Those that are read off texts: the last tells which method is the main one. The others only help to learn."""

RANK: Final = 16
"""Length of each vector."""

PAIR_WIDTH: Final = 2 * len(PAIRS) * RANK
"""Columns in all: the vectors as subject of each relation, then those as object."""

BIAS: Final = -2.0
"""Added to each product: most pairs are in no relation."""

LIMIT: Final = 12.0
"""A product is held between minus and plus this, so that its exponent is a number."""

_OF_METHODS: Final = {
    Predicate.PART_OF: Kind.METHOD,
    Predicate.BASED_ON: Kind.METHOD,
    Predicate.EVALUATED_ON: Kind.DATASET,
    Predicate.TRAINED_ON: Kind.DATASET,
    Predicate.COMPARED_WITH: Kind.METHOD,
    Predicate.ADDRESSES: Kind.TASK,
    Predicate.APPLIED_TO: Kind.MODALITY,
    Predicate.TARGETS: Kind.DISEASE,
}

ASKED: Final[frozenset[tuple[str, str, str]]] = frozenset(
    {
        *((Kind.METHOD.value, one.value, kind.value) for one, kind in _OF_METHODS.items()),
        (Kind.DATASET.value, Predicate.TARGETS.value, Kind.DISEASE.value),
        (Kind.DATASET.value, Predicate.HAS_MODALITY.value, Kind.MODALITY.value),
        (Kind.DATASET.value, Predicate.COVERS.value, Kind.DISEASE.value),
        *((kind.value, Predicate.NARROWER_THAN.value, kind.value) for kind in Kind),
        *((NUMBER, name, kind.value) for name, kind in OF_NUMBERS.items()),
    }
)
"""Kind of the subject, relation, kind of the object: what can be at all."""


class Pairs:
    """Relates places of one text.

    Args:
        vectors: Tokens x `PAIR_WIDTH`.
        places: For each concept or number its mentions, as half-open ranges of tokens; none is without.
    """

    def __init__(self, vectors: NDArray[np.floating], places: Sequence[Sequence[tuple[int, int]]]) -> None:
        means = [vectors[start:end].mean(axis=0, dtype=np.float32) for own in places for start, end in own]
        table = np.array(means, dtype=np.float32).reshape(len(means), 2, len(PAIRS), RANK)
        self._subjects, self._objects = table[:, 0], table[:, 1]
        self._counts = np.array([len(own) for own in places])
        self._first = np.cumsum(self._counts) - self._counts

    def scores(self, subject: int, relations: Sequence[int], objects: Sequence[int]) -> NDArray[np.float64]:
        """Give the log-odds of some relations between one of the places and some others: relations x objects.

        Args:
            subject: The place that is the subject.
            relations: Which of `PAIRS`.
            objects: The places that may be the object; at least one.
        """
        counts = self._counts[objects]
        first = np.cumsum(counts) - counts
        rows = np.repeat(self._first[objects] - first, counts) + np.arange(counts.sum())  # of all their mentions
        own = slice(self._first[subject], self._first[subject] + self._counts[subject])
        subjects, others = self._subjects[own, relations], self._objects[rows[:, None], relations]
        products = np.einsum("mpk,npk->pmn", subjects, others) / np.sqrt(RANK)
        raised = np.exp(np.clip(products + BIAS, -LIMIT, LIMIT)).sum(axis=1)
        found: NDArray[np.float64] = np.log(np.add.reduceat(raised, first, axis=1) / (len(subjects) * counts))
        return found
