"""Which records are of one paper: those that share an identifier, and those of one title that nothing keeps apart.

A title alone joins records only where no two of them, or of what identifiers joined them with, have the same kind
of identifier with different values: a preprint known by its arXiv id and the article known by its DOI meet, two
editorials with a DOI each do not. The order of the records decides nothing.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from kg.records import Paper
from kg.text import form_hint, normal_form

__all__ = ["Index", "groups_of"]


class Index:
    """Remembers 16 bytes for each key of each record: enough to tell which records may share one."""

    def __init__(self) -> None:
        self._hashes, self._rows = array("q"), array("q")

    def add(self, row: int, paper: Paper) -> None:
        """Take note of a paper's keys."""
        for key in _keys(paper):
            self._hashes.append(hash(key))
            self._rows.append(row)

    def shared(self) -> list[int]:
        """Give the rows that may share a key with another, in order; hints and hashes do not tell all apart."""
        hashes, rows = np.frombuffer(self._hashes, np.int64), np.frombuffer(self._rows, np.int64)
        order = np.argsort(hashes, kind="stable")
        alike = np.flatnonzero(hashes[order][1:] == hashes[order][:-1])
        return np.unique(rows[order[np.concatenate([alike, alike + 1])]]).tolist() if len(alike) else []


def groups_of(papers: Iterable[tuple[int, Paper]]) -> list[list[int]]:
    """Group the rows of the papers that are one, each group and its rows in order."""
    sets, identifiers = _Sets(), dict[int, tuple[str, ...]]()
    by_identifier, by_title = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for row, paper in papers:
        identifiers[row] = paper.identifiers
        by_title[normal_form(paper.title) or paper.title].append(row)
        for identifier in paper.identifiers:
            by_identifier[identifier].append(row)
    for rows in by_identifier.values():
        sets.join(rows)
    kinds = defaultdict[int, set[str]](set)
    for row, known in identifiers.items():
        kinds[sets.find(row)].update(identifier.partition("/")[0] for identifier in known)
    for _, rows in sorted(by_title.items()):
        one = _joined_by_title(rows, sets, kinds)
        told = {kind for row in one for kind in kinds[sets.find(row)]}
        sets.join(one)
        kinds[sets.find(one[0] if one else rows[0])] |= told
    return sets.groups(identifiers)


def _joined_by_title(rows: list[int], sets: "_Sets", kinds: Mapping[int, set[str]]) -> list[int]:
    """Of the rows with one title, those that are one paper: all, or else those without any identifier."""
    roots = {sets.find(row) for row in rows}
    told = [kind for root in roots for kind in kinds[root]]
    return rows if len(told) == len(set(told)) else [row for row in rows if not kinds[sets.find(row)]]


def _keys(paper: Paper) -> Iterator[str]:
    yield f"id {paper.id}"
    yield f"title {form_hint(paper.title)}"
    yield from paper.identifiers


class _Sets:
    """Disjoint sets of rows (Tarjan 1975), each known by its least."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def find(self, row: int) -> int:
        while (above := self._above.get(row, row)) != row:
            self._above[row] = self._above.get(above, above)
            row = above
        return row

    def join(self, rows: Iterable[int]) -> None:
        roots = sorted({self.find(row) for row in rows})
        self._above.update((root, roots[0]) for root in roots[1:])

    def groups(self, rows: Iterable[int]) -> list[list[int]]:
        made = defaultdict[int, list[int]](list)
        for row in sorted(rows):
            made[self.find(row)].append(row)
        return [made[root] for root in sorted(made)]
