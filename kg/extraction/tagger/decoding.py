"""From probabilities word by word to labelled stretches of words."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Stretch", "likelihood", "stretches"]


class Stretch(NamedTuple):
    """Words ``start`` to ``end`` (half-open) that bear a label, with the probability that all of them do."""

    start: int
    end: int
    label: str
    score: float


def stretches(probabilities: NDArray[np.float32], labels: Sequence[str]) -> list[Stretch]:
    """Read off the likeliest sequence of BIO labels (Viterbi 1967) in which every I follows its own kind.

    Args:
        probabilities: Words x labels, rows summing to one; the labels are O and a B and an I of each kind in turn.
        labels: Names of the columns.
    """
    if not len(probabilities):
        return []
    path = _likeliest(np.log(np.maximum(probabilities, 1e-6)))
    found = []
    start = 0
    while start < len(path):
        end = start + 1
        if path[start]:
            inside = path[start] + 1
            while end < len(path) and path[end] == inside:
                end += 1
            score = likelihood(probabilities, start, end, path[start])
            found.append(Stretch(start, end, labels[path[start]][2:], score))
        start = end
    return found


def _likeliest(log: NDArray[np.float32]) -> list[int]:
    count = log.shape[1]
    begins = np.arange(1, count, 2)
    inside = begins + 1
    best = log[0].copy()
    best[inside] = -np.inf
    back = np.zeros(log.shape, dtype=np.int64)
    for at in range(1, len(log)):
        from_any = int(best.argmax())
        back[at] = from_any
        score = np.full(count, best[from_any], dtype=log.dtype)
        goes_on = best[inside] > best[begins]
        back[at, inside] = np.where(goes_on, inside, begins)
        score[inside] = np.maximum(best[inside], best[begins])
        best = score + log[at]
    path = [int(best.argmax())]
    for at in range(len(log) - 1, 0, -1):
        path.append(int(back[at, path[-1]]))
    return path[::-1]


def likelihood(probabilities: NDArray[np.float32], start: int, end: int, begins: int) -> float:
    """Multiply the chances that a stretch begins at ``start``, goes on, and ends before ``end``.

    Args:
        probabilities: Words x labels.
        start: Its first word.
        end: The word behind its last.
        begins: The column of its B; that of its I is the next.
    """
    score = float(probabilities[start, begins]) * float(np.prod(probabilities[start + 1 : end, begins + 1]))
    return score * (1 - float(probabilities[end, begins + 1])) if end < len(probabilities) else score
