"""Which results can be compared, which of them are better, and which contradict each other.

Only like is ranked with like: asserted scores of one metric on one dataset, under one condition, counted on one scale.
A claim is a method's score in such a group; two numbers for one claim that no rounding explains are both flagged.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from kg.tables.document import Item, cell_text
from kg.tables.results import OFF_SCALE
from kg.tables.rows import ResultRow

__all__ = ["Board", "Ranked", "boards_of", "remarked"]


class _Claim(NamedTuple):
    """What a number is the value of."""

    method: str
    metric: str
    dataset: str
    condition: str
    scale: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A result with its rank among those it can be compared with: None where it cannot be ranked."""

    rank: int | None
    row: ResultRow


@dataclass(frozen=True, slots=True)
class Board:
    """What is reported for a metric on a dataset, in one task (or on one disease, where no task is stated).

    Attributes:
        subject_kind: ``task`` or ``disease``.
        subjects: IRIs; several where the very same results are for each of them.
        ranked: Those without a condition first, then by condition, the best of each first; at the end what has no rank.
    """

    higher_is_better: bool
    subject_kind: str
    subjects: tuple[str, ...]
    dataset: str
    metric: str
    ranked: tuple[Ranked, ...]


def remarked(rows: Sequence[ResultRow]) -> list[ResultRow]:
    """Say in each row what is wrong with its number: off the metric's scale, or contradicted."""
    others = _contradictions(rows)
    return [replace(row, cells={**row.cells, "remark": _remark(row, others.get(row.iri, ()))}) for row in rows]


def boards_of(rows: Iterable[ResultRow]) -> list[Board]:
    """Make the boards on which something is ranked, in no order that means something.

    A result of several tasks is on the board of each; a board that another one holds whole is left out.
    """
    measured: defaultdict[tuple[str, str, str], list[ResultRow]] = defaultdict(list)
    for row in rows:
        if row.metric and row.dataset:
            measured[row.dataset, row.metric, row.subject_kind].append(row)
    return [
        Board(members[0].higher_is_better, kind, subjects, dataset, metric, _ranked(members))
        for (dataset, metric, kind), same in measured.items()
        for subjects, members in _by_subject(same)
        if not all(row.obstacle for row in members)
    ]


def _by_subject(rows: Sequence[ResultRow]) -> list[tuple[tuple[str, ...], list[ResultRow]]]:
    members: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        for subject in row.subjects or ("",):
            members[subject].add(row.iri)
    subjects: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for subject in sorted(members):
        subjects[frozenset(members[subject])].append(subject)
    whole = [one for one in subjects if not any(one < other for other in subjects)]
    return [(tuple(filter(None, subjects[one])), [row for row in rows if row.iri in one]) for one in whole]


def _ranked(rows: Iterable[ResultRow]) -> tuple[Ranked, ...]:
    groups: defaultdict[tuple[str, str], list[ResultRow]] = defaultdict(list)
    apart = []
    for row in rows:
        if row.obstacle:
            apart.append(Ranked(None, row))
        else:
            groups[row.condition, row.scale].append(row)
    return (*(one for key in sorted(groups) for one in _in_order(groups[key])), *apart)


def _in_order(rows: Iterable[ResultRow]) -> list[Ranked]:
    """Rank by how many claims are better: a number that is repeated, by whomever, pushes nobody down."""
    ranked: list[Ranked] = []
    better = 0
    ordered = sorted(rows, key=_goodness, reverse=True)  # stable: equals stay in order of their papers
    for _, equals in groupby(ordered, key=_goodness):
        level = list(equals)
        ranked += [Ranked(1 + better, row) for row in level]
        better += len({row.method or row.iri for row in level})
    return ranked


def _goodness(row: ResultRow) -> Decimal:
    exact = row.exact if row.exact is not None else Decimal(0)
    return exact if row.higher_is_better else -exact


def _remark(row: ResultRow, contradicting: Iterable[ResultRow]) -> tuple[Item, ...]:
    """Name the numbers it disagrees with, those of its own paper apart: there, what told them apart was not read."""
    where: dict[str, list[str]] = {"in the same paper": [], "in another paper": []}
    for other in contradicting:
        where["in the same paper" if other.paper == row.paper else "in another paper"].append(_value(other))
    faults = [OFF_SCALE] if row.obstacle == OFF_SCALE else []
    faults += [f"disagrees with {', '.join(dict.fromkeys(said))} {place}" for place, said in where.items() if said]
    return tuple(map(Item, faults))


def _contradictions(rows: Iterable[ResultRow]) -> dict[str, list[ResultRow]]:
    claims: defaultdict[_Claim, list[ResultRow]] = defaultdict(list)
    for row in rows:
        if row.method and not row.obstacle:
            claims[_Claim(row.method, row.metric, row.dataset, row.condition, row.scale)].append(row)
    return {row.iri: [other for other in same if _differs(row, other)] for same in claims.values() for row in same}


def _differs(one: ResultRow, other: ResultRow) -> bool:
    return abs(_goodness(one) - _goodness(other)) > max(one.step, other.step)


def _value(row: ResultRow) -> str:
    return " ".join(filter(None, (cell_text(row.cells["value"]), cell_text(row.cells["unit"]))))
