"""What every format is read into."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from kg.records import Kind

__all__ = ["Found", "Reader"]


class Found(msgspec.Struct, frozen=True, gc=False):
    """A concept as a file tells it.

    Attributes:
        iri: Its own.
        label: The form to print.
        labels: Other names that mean the same or something narrower.
        broader: IRIs of the concepts right above it.
        exact: IRIs of the same concept elsewhere.
        close: IRIs of what corresponds elsewhere.
        kind: Where the file tells it.
        line: Where it stands in the file, counted from 1; 0 where that cannot be known.
    """

    iri: str
    label: str
    labels: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    kind: Kind | None = None
    line: int = 0


class Reader(Protocol):
    """Reads one format.

    Args:
        path: A file that is there, is no binary and is not empty.
        base: The IRI under which ids stand that are no IRIs.
        left_out: Counts, in words, what is not taken.

    Raises:
        InputError: The file, or a place in it, cannot be read; while iterating.
    """

    def __call__(self, path: Path, base: str, left_out: Counter[str], /) -> Iterator[Found]:
        """Yield the concepts that are in use and have a name, in file order."""
