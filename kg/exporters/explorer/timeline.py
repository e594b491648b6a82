"""The second arrangement: a column for each year, in it the nodes of that year from top to bottom as in the first."""

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

__all__ = ["Timeline", "place_by_year"]

_GAP: Final = 40
_BETWEEN: Final = 90  # columns of years
_HEIGHT: Final = 0.75  # of the whole, as a share of the side of a square that holds all nodes


class Timeline(NamedTuple):
    """Places of the nodes, in their order, and where the column of each year has its middle; None: without a year."""

    places: list[tuple[int, int]]
    columns: list[tuple[int, int | None]]


def place_by_year(places: Sequence[tuple[int, int]], years: Sequence[int | None]) -> Timeline:
    """Lay nodes out by year, keeping the order that their places have from top to bottom.

    Args:
        places: Of the nodes in the first arrangement.
        years: Of the nodes; those without one get the last column.
    """
    of_year: defaultdict[int | None, list[int]] = defaultdict(list)
    for node in sorted(range(len(places)), key=lambda node: (places[node][1], places[node][0], node)):
        of_year[years[node]].append(node)
    rows = max(4, round(_HEIGHT * math.sqrt(len(places))))
    spots: dict[int, tuple[int, int]] = {}
    columns, left = [], 0
    for year in sorted(of_year, key=lambda year: (year is None, year or 0)):
        nodes = of_year[year]
        wide = math.ceil(len(nodes) / rows)
        high = math.ceil(len(nodes) / wide)
        for place, node in enumerate(nodes):
            row, column = divmod(place, wide)
            spots[node] = left + column * _GAP, round((row - (high - 1) / 2) * _GAP)
        columns.append((left + (wide - 1) * _GAP // 2, year))
        left += (wide - 1) * _GAP + _BETWEEN
    middle = (left - _BETWEEN) // 2
    return Timeline(
        [(spots[node][0] - middle, spots[node][1]) for node in range(len(places))],
        [(x - middle, year) for x, year in columns],
    )
