"""What runs the parts of a stage."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

__all__ = ["Counts", "Engine", "LocalEngine", "Work"]

Counts = Mapping[str, int]
"""What was done, as sums to be added up."""

Work = Callable[[int], Counts]
"""Does one part of a stage, by its number."""


class Engine(Protocol):
    """Runs parts somewhere, any number at a time, each as often as it takes until it is done once."""

    def run(self, work: Work, parts: Iterable[int]) -> Iterator[Counts]:
        """Do all parts, in any order, and give what each of them says.

        Raises:
            KgError: What a part raises; others are not begun any more.
        """


class LocalEngine:
    """Runs one part after another in this process."""

    def run(self, work: Work, parts: Iterable[int]) -> Iterator[Counts]:
        """Do all parts."""
        return map(work, parts)
