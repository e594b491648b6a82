"""Decisions that contradict each other: one keeps apart what others join, itself or in a chain."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.errors import InputError
from kg.ledger.rows import Decision, Match

__all__ = ["check_agreement"]

_Joined = Mapping[str, list[tuple[str, Decision]]]
"""What decisions join with each IRI."""


def check_agreement(decisions: Iterable[Decision]) -> None:
    """Raise the first contradiction there is.

    Raises:
        InputError: Two decisions or more cannot all hold.
    """
    joined: dict[str, list[tuple[str, Decision]]] = defaultdict(list)
    apart = []
    for one in decisions:
        if one.row.match is not Match.EXACT:
            continue
        if one.row.negated:
            apart.append(one)
        else:
            joined[one.row.subject].append((one.row.object, one))
            joined[one.row.object].append((one.row.subject, one))
    for one in apart:
        chain = _chain(one.row.subject, one.row.object, joined)
        if chain:
            first, second = one.row.called
            against = ", ".join(other.place for other in chain)
            raise InputError(one.place, f"keeps apart {first} and {second}, which {against} joins", "take one out")


def _chain(start: str, end: str, joined: _Joined) -> list[Decision]:
    """The decisions that lead from one to the other, nearest first; none where no chain does."""
    paths: dict[str, list[Decision]] = {start: []}
    queue = [start]
    for iri in queue:
        for other, decision in joined.get(iri, ()):
            if other not in paths:
                paths[other] = [*paths[iri], decision]
                queue.append(other)
    return paths.get(end, [])
