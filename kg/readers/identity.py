"""Which records are of one paper: those that share an identifier, and those of one title that nothing keeps apart.

A title alone joins records only where no two of them, or of what identifiers joined them with, have the same kind
of identifier with different values: a preprint known by its arXiv id and the article known by its DOI meet, two
editorials with a DOI each do not. A title that many papers bear, such as "Editorial" or "Reply to the authors", says
too little: there an author's family name must be the same too, or where a record names nobody, the year must be near.
The order of the records decides nothing.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from kg.readers.sets import Sets
from kg.readers.told_apart import Told, parts_of, says_little
from kg.records import Paper
from kg.text import form_hint, normal_form

__all__ = ["Index", "groups_of", "keys_of"]


class Index:
    """Remembers 16 bytes for each key of each record: enough to tell which records may share one."""

    def __init__(self) -> None:
        self._hashes, self._rows = array("q"), array("q")

    def add(self, row: int, paper: Paper) -> None:
        """Take note of a paper's keys."""
        for key in keys_of(paper):
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
    sets, identifiers = Sets(), dict[int, tuple[str, ...]]()
    by_identifier, by_title = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    told = dict[int, Told]()
    for row, paper in papers:
        identifiers[row] = paper.identifiers
        title = normal_form(paper.title) or paper.title
        by_title[title].append(row)
        if says_little(title):
            told[row] = Told.of(paper)
        for identifier in paper.identifiers:
            by_identifier[identifier].append(row)
    for rows in by_identifier.values():
        sets.join(rows)
    kinds = defaultdict[int, set[str]](set)
    for row, known in identifiers.items():
        kinds[sets.find(row)].update(identifier.partition("/")[0] for identifier in known)
    for title, rows in sorted(by_title.items()):
        _join_by_title(parts_of(rows, told) if says_little(title) else [rows], sets, kinds)
    return sets.groups(identifiers)


def _join_by_title(parts: Iterable[Sequence[int]], sets: Sets, kinds: Mapping[int, set[str]]) -> None:
    """Join the rows of each part of a title, unless their identifiers say that they are of several papers.

    Rows without any identifier that are not joined to others are one: in a graph, nothing but the title names them.
    """
    unknown: list[int] = []
    for part in parts:
        held = [kind for root in {sets.find(row) for row in part} for kind in kinds[root]]
        if held and len(held) == len(set(held)):
            sets.join(part)
            kinds[sets.find(part[0])].update(held)
        else:
            unknown += (row for row in part if not kinds[sets.find(row)])
    sets.join(unknown)


def keys_of(paper: Paper) -> Iterator[str]:
    """Yield keys of which two records have one in common if they may be of one paper."""
    yield f"id {paper.id}"
    yield f"title {form_hint(paper.title)}"
    yield from paper.identifiers
