"""Disjoint sets of rows: which records were found to be of one paper."""

from collections import defaultdict
from collections.abc import Iterable

__all__ = ["Sets"]


class Sets:
    """Disjoint sets of rows (Tarjan 1975), each known by its least."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def find(self, row: int) -> int:
        """Give the least row of the set that this one is in."""
        while (above := self._above.get(row, row)) != row:
            self._above[row] = self._above.get(above, above)
            row = above
        return row

    def join(self, rows: Iterable[int]) -> None:
        """Make one set of those that these rows are in."""
        roots = sorted({self.find(row) for row in rows})
        self._above.update((root, roots[0]) for root in roots[1:])

    def groups(self, rows: Iterable[int]) -> list[list[int]]:
        """Part these rows by their sets, each part and its rows in order."""
        made = defaultdict[int, list[int]](list)
        for row in sorted(rows):
            made[self.find(row)].append(row)
        return [made[root] for root in sorted(made)]
