"""How far a figure would move with other papers of the same sort: the bootstrap over papers.

Efron & Tibshirani, An Introduction to the Bootstrap (1993), chapter 13: percentile intervals.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Resampling", "f1_intervals", "share_interval"]

_BOUNDS = (0.025, 0.975)

Range = tuple[float, float]
"""The lower and upper end of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Resampling:
    """How often papers are drawn, with replacement, as many as there are; and where chance begins."""

    times: int = 1000
    seed: int = 0

    def totals(self, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """Sum the rows of ``values``, one a paper, over the papers of each draw: one row of sums a draw."""
        generator = np.random.default_rng(self.seed)
        papers = len(values)
        made = np.empty((self.times, values.shape[1]), dtype=np.int64)
        for draw in made:
            draw[:] = np.bincount(generator.integers(papers, size=papers), minlength=papers) @ values
        return made


def f1_intervals(counts: Sequence[Sequence[tuple[int, int, int]]], resampling: Resampling) -> list[Range]:
    """Give the interval of each measure's F1.

    Args:
        counts: For each paper, and in it for each measure: hits, predicted, gold. The order of papers matters.
        resampling: As it is done.
    """
    values = np.array(counts, dtype=np.int64)
    papers, measures, _ = values.shape
    totals = resampling.totals(values.reshape(papers, -1)).reshape(-1, measures, 3)
    return [_f1_interval(totals[:, measure]) for measure in range(measures)]


def share_interval(yes: Sequence[bool], resampling: Resampling) -> Range:
    """Give the interval of the share of papers for which the answer is yes."""
    drawn = resampling.totals(np.array(yes, dtype=np.int64)[:, np.newaxis])[:, 0] / len(yes)
    low, high = np.quantile(drawn, _BOUNDS)
    return float(low), float(high)


def _f1_interval(totals: NDArray[np.int64]) -> Range:
    """Leave out the draws with nothing on either side, which have no F1; 0 where all are such."""
    there = totals[(totals[:, 1] + totals[:, 2]) > 0]
    if not len(there):
        return 0.0, 0.0
    low, high = np.quantile(2 * there[:, 0] / (there[:, 1] + there[:, 2]), _BOUNDS)
    return float(low), float(high)
