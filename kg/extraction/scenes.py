"""A sentence laid out for reading results: its numbers in lists, its metrics in groups."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.extraction.metrics import Measure
from kg.extraction.numbers import Number
from kg.records import Interval

__all__ = ["ARROW", "Scene", "lay_out"]

ARROW: Final = re.compile(r"[\s$]{0,3}(?:\u2192|->|\\rightarrow|\\to\b)[\s$]{0,3}")

_LIST_GAP = re.compile(r"-?[\s,;/&$~]*(?:and|or|to)?[\s$~]*(?:an? |the )?[\s$]*")
_GROUP_GAP = re.compile(
    r"(?:[\s,/&()\[\]:\-$]|\{\\\w{1,6}\}|\b(?:and|or|the|an?|mean|average|overall|scores?|values?|"
    r"coefficients?|index|rates?|as well as)\b)*"
)
_LONGEST_LIST_GAP: Final = 20
_LONGEST_GROUP_GAP: Final = 40
_LOOK: Final = 70


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its numbers and metrics, both in text order.

    Attributes:
        low: Where the sentence starts.
        high: Where it ends.
        groups: Metrics that are listed, "sensitivity and specificity", or stand alone.
        runs: Places of the numbers that are listed, or stand alone.
    """

    text: str
    low: int
    high: int
    numbers: Sequence[Number]
    groups: Sequence[Sequence[Measure]]
    runs: Sequence[Sequence[int]]

    def before(self, index: int) -> str:
        """The text between the number before, or the sentence's start, and a number."""
        low = self.numbers[index - 1].stop if index else self.low
        return self.text[max(low, self.numbers[index].first - _LOOK) : self.numbers[index].first]

    def after(self, index: int) -> str:
        """The text between a number and the next number, or the sentence's end."""
        high = self.numbers[index + 1].first if index + 1 < len(self.numbers) else self.high
        return self.text[self.numbers[index].stop : min(high, self.numbers[index].stop + _LOOK)]


def lay_out(text: str, bounds: Interval, numbers: Sequence[Number], measures: Sequence[Measure]) -> Scene:
    """Group the numbers and metrics of a sentence."""
    return Scene(text, *bounds, numbers, _groups(text, measures), _runs(text, numbers))


def _groups(text: str, measures: Sequence[Measure]) -> list[list[Measure]]:
    """Join metrics that are listed, "sensitivity, specificity and AUC"; a name said twice counts once."""
    groups: list[list[Measure]] = []
    for one in measures:
        last = groups[-1][-1] if groups else None
        if last and one.start < last.end:
            continue
        gap = text[last.end : one.start] if last else ""
        if last and len(gap) <= _LONGEST_GROUP_GAP and _GROUP_GAP.fullmatch(gap) and "\n" not in gap:
            if one.name == last.name:
                groups[-1][-1] = replace(last, end=one.end)
            else:
                groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _runs(text: str, numbers: Sequence[Number]) -> list[list[int]]:
    """Join numbers with nothing but list signs between them."""
    runs: list[list[int]] = []
    for index, number in enumerate(numbers):
        gap = text[numbers[index - 1].stop : number.first] if index else ""
        if runs and len(gap) <= _LONGEST_LIST_GAP and (_LIST_GAP.fullmatch(gap) or ARROW.fullmatch(gap)):
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs
