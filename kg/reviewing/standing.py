"""Which decisions stand: those that are neither taken back nor contradicted by a later one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from kg.records import ClaimDecision, Paper, Said, Verdict
from kg.text import normal_form

__all__ = ["Standing"]

_Slot = tuple[str | None, str | None, str]


class Standing:
    """The decisions that stand, by paper.

    Args:
        decisions: All of a file, in its order.
    """

    def __init__(self, decisions: Iterable[ClaimDecision]) -> None:
        self._by_paper: dict[str, list[ClaimDecision]] = defaultdict(list)
        for decision in _not_undone(list(decisions)):
            self._by_paper[decision.paper].append(decision)

    def of(self, paper: Paper) -> tuple[ClaimDecision, ...]:
        """Those about a paper, in order, whichever of its identifiers they name it by."""
        names = [name for name in _names(paper) if name in self._by_paper]
        if len(names) == 1:
            return _uncontradicted(self._by_paper[names[0]])
        everything = (one for found in self._by_paper.values() for one in found) if names else ()
        return _uncontradicted([one for one in everything if one.paper in names])

    def unused(self, papers: Iterable[Paper]) -> tuple[ClaimDecision, ...]:
        """Those that are about none of the papers, which may come yet, or come back."""
        known = {name for paper in papers for name in _names(paper)}
        return tuple(one for paper, found in self._by_paper.items() if paper not in known for one in found)


def _names(paper: Paper) -> list[str]:
    """The key of a paper, and what would be its key if it had fewer identifiers, each once."""
    quoted = (f"{kind}/{quote(value, safe='')}" for kind, _, value in (one.partition("/") for one in paper.identifiers))
    return list(dict.fromkeys([paper.key, *quoted, paper.title_key]))


def _not_undone(decisions: Sequence[ClaimDecision]) -> list[ClaimDecision]:
    """Walk from the end, so that an undo that is undone itself withdraws nothing."""
    undone: set[str] = set()
    kept = []
    for decision in reversed(decisions):
        if decision.id in undone:
            continue
        if decision.undoes is not None:
            undone.add(decision.undoes)
        else:
            kept.append(decision)
    return kept[::-1]


def _uncontradicted(decisions: Sequence[ClaimDecision]) -> tuple[ClaimDecision, ...]:
    """Leave out what a later decision contradicts, that is, decides otherwise or again."""
    kept: list[ClaimDecision] = []
    for decision in reversed(decisions):
        if not any(_contradict(decision, later) for later in kept):
            kept.append(decision)
    return tuple(reversed(kept))


def _contradict(first: ClaimDecision, second: ClaimDecision) -> bool:
    """One claim cannot be decided twice, and what holds of a pair, or as a paper's role to a concept, is one thing."""
    if first.claim is None or second.claim is None:
        return False
    if Verdict.REJECT in {first.verdict, second.verdict}:
        same_status = first.claim.status is second.claim.status
        return same_status and _said(first.claim) == _said(second.claim)
    return _slot(first.claim) == _slot(second.claim)


def _said(said: Said) -> _Slot:
    return (None if said.subject is None else normal_form(said.subject), said.predicate, normal_form(said.object))


def _slot(said: Said) -> _Slot:
    subject, predicate, obj = _said(said)
    return (subject, None if subject is None else predicate, obj)
