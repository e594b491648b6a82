"""Leaderboards: a table for each board, and in words what stands on none."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from kg.tables.document import Cell, Document, Head, Item, Table, counted
from kg.tables.papers import concept_items
from kg.tables.ranking import Board, Ranked, boards_of
from kg.tables.reading import Concepts
from kg.tables.rows import ResultRow

__all__ = ["leaderboard"]

_FACTS: Final = ("task", "disease", "dataset", "metric", "better")


def leaderboard(rows: Sequence[ResultRow], heads: tuple[Head, ...], concepts: Concepts) -> Document:
    """Lay out the boards of some results, those where most methods meet first."""
    boards = sorted(boards_of(rows), key=lambda board: _place(board, concepts))
    tables = tuple(_table(board, heads, concepts) for board in boards)
    shown = {one.row.iri for board in boards for one in board.ranked}
    title = f"{counted(len(shown), 'result')} on {counted(len(boards), 'leaderboard')}"
    return Document(title, _FACTS, heads, "method", tables, _notes(rows, shown))


def _place(board: Board, concepts: Concepts) -> tuple[object, ...]:
    """The boards where most methods meet come first."""
    methods = {one.row.method or one.row.iri for one in board.ranked if one.rank is not None}
    return (-len(methods), *(fact.casefold() for fact in _facts(board, concepts)), board.dataset, board.metric)


def _facts(board: Board, concepts: Concepts) -> tuple[str, ...]:
    subjects = "; ".join(item.text for item in concept_items(_narrowest(board.subjects, concepts), concepts))
    task, disease = (subjects if board.subject_kind == kind else "" for kind in ("task", "disease"))
    better = "higher" if board.higher_is_better else "lower"
    return task, disease, concepts.label(board.dataset), concepts.label(board.metric), better


def _narrowest(iris: Sequence[str], concepts: Concepts) -> set[str]:
    return set(iris) - {above for iri in iris for above in concepts.above(iri) if above != iri}


def _table(board: Board, heads: tuple[Head, ...], concepts: Concepts) -> Table:
    task, disease, dataset, metric, better = facts = _facts(board, concepts)
    subject = task or disease
    title = f"{f'{subject}: ' if subject else ''}{metric} on {dataset}, {better} is better"
    cells = (_cells(one) for one in board.ranked)
    return Table(title, facts, tuple(tuple(row[head.name] for head in heads) for row in cells))


def _cells(one: Ranked) -> Mapping[str, Cell]:
    cells = one.row.cells
    if one.rank is not None:
        return {**cells, "rank": (Item(str(one.rank)),)}
    return {**cells, "rank": (), "remark": (Item(f"not ranked: {one.row.obstacle}"),)}


def _notes(rows: Sequence[ResultRow], shown: set[str]) -> tuple[str, ...]:
    """Say how many results are on no board, and why, the most frequent reason first."""
    left_out = Counter(row.obstacle or "..." for row in rows if row.iri not in shown)
    if not left_out:
        return ()
    reasons = sorted(left_out.items(), key=lambda pair: (-pair[1], pair[0]))
    why = ", ".join(f"{reason} {number}" for reason, number in reasons)
    total = counted(left_out.total(), "result")
    return (f"On no board: {total} ({why}); kg table results lists them.",)
