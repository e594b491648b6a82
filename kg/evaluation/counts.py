"""What every measure comes down to: how many were found, how many were said, how many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from kg.records import Kind, Predicate

__all__ = ["ALL", "CARD", "CARD_KINDS", "LEVELS", "Counts", "Measure", "in_order"]

ALL = "all"
CARD = "card"

CARD_KINDS = frozenset({Kind.METHOD, Kind.DATASET, Kind.MODALITY, Kind.DISEASE})
"""The four kinds whose concepts make the headline figure, `CARD`."""

LEVELS = ("mention", "concept", "concept~", "statement", "relation", "result", "result+", "link")
"""From the characters of the text up to what a graph says; in this order they are shown."""

_LABELS = (*(kind.value for kind in Kind), *(predicate.value for predicate in Predicate))


class Measure(NamedTuple):
    """What is measured.

    Attributes:
        level: One of `LEVELS`.
        label: A kind, a predicate, a label of a corpus, `CARD` or `ALL`.
    """

    level: str
    label: str = ALL

    def __str__(self) -> str:
        return f"{self.level}.{self.label}"


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one measure, in one paper or in many.

    >>> Counts(hits=3, predicted=4, gold=6).f1
    0.6

    Attributes:
        hits: What both say.
        predicted: What the prediction says.
        gold: What the gold says.
    """

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.hits + other.hits, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """The part of the predicted that is right; 0 where nothing is predicted."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The part of the gold that is found; 0 where there is no gold."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where there is nothing on either side."""
        return 2 * self.hits / (self.predicted + self.gold) if self.predicted + self.gold else 0.0


def in_order(measures: Iterable[Measure]) -> list[Measure]:
    """Sort measures as they are shown: by level; kinds and predicates as the guide lists them, then what sums them up.

    >>> [str(one) for one in in_order([Measure("link"), Measure("mention"), Measure("mention", "Task")])]
    ['mention.Task', 'mention.all', 'link.all']
    """
    return sorted(set(measures), key=_rank)


def _rank(measure: Measure) -> tuple[int, int, int, str]:
    sums = (CARD, ALL).index(measure.label) + 1 if measure.label in {CARD, ALL} else 0
    place = _LABELS.index(measure.label) if measure.label in _LABELS else len(_LABELS)
    return LEVELS.index(measure.level), sums, place, measure.label
