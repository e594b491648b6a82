"""The facts of two graphs side by side, sorted on disk, so that memory does not grow with the graphs."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import itemgetter

import msgspec

from kg.exporters.sorting import sorted_lines

__all__ = ["Row", "differing"]

Row = tuple[str, ...]
"""A fact: first what it is told of, then what is told."""


def differing(before: Iterable[Row], after: Iterable[Row]) -> Iterator[tuple[str, list[Row], list[Row]]]:
    """Yield what two graphs tell differently, with the facts of each, all in one order; rows need not be sorted.

    >>> list(differing([("a", "1"), ("b", "1"), ("a", "1")], [("b", "2"), ("a", "1")]))
    [('b', [('1',)], [('2',)])]
    """
    lines = sorted_lines(chain(_lines(before, "0"), _lines(after, "1")))
    rows = map(msgspec.json.Decoder(list[str]).decode, lines)
    for key, told in groupby(rows, key=itemgetter(0)):
        sides: tuple[list[Row], list[Row]] = ([], [])
        for row in told:
            sides[row[-1] == "1"].append(tuple(row[1:-1]))
        if sides[0] != sides[1]:
            yield key, *sides


def _lines(rows: Iterable[Row], side: str) -> Iterator[bytes]:
    encode = msgspec.json.Encoder().encode
    return (encode((*row, side)) + b"\n" for row in rows)
