"""Why two graphs differ: another set of papers, another reading of the same papers, or what people decided."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from kg.comparing.sides import Run, Side
from kg.comparing.values import Cause, Reason

__all__ = ["Reasons", "run_causes"]

_CAUSES: Final = {
    "model": Cause.MODEL,
    "configuration": Cause.CONFIGURATION,
    "vocabulary": Cause.VOCABULARY,
    "version": Cause.VERSION,
}


class Reasons:
    """Finds out why something differs.

    Attributes:
        papers: Why a paper differs, by its IRI; to be filled before anything else is asked about.
    """

    def __init__(self, before: Side, after: Side) -> None:
        self.papers: dict[str, Reason] = {}
        self._before, self._after = before, after

    def of_read(self, papers: Collection[str], about: Iterable[str]) -> tuple[Reason, ...]:
        """Why what is read off papers differs.

        Args:
            papers: Those whose text says otherwise than before.
            about: IRIs of what differs, about which people may have decided.
        """
        found = {one for paper in papers for one in self._of_paper(paper)}
        if not self.papers.keys() >= set(papers) or not papers:
            found |= set(self._decided(about))
        return tuple(sorted(found)) or (Reason(Cause.OTHERWISE),)

    def of_node(self, papers: Collection[str], about: Iterable[str]) -> tuple[Reason, ...]:
        """Why a concept differs.

        Args:
            papers: All that name it; few of them may differ.
            about: Its IRI, and what else people may have decided about.
        """
        found = {self.papers[paper] for paper in papers if paper in self.papers} | set(self._decided(about))
        if not found:
            found = {Reason(cause) for cause in run_causes(self._before.runs.values(), self._after.runs.values())}
        return tuple(sorted(found)) or (Reason(Cause.OTHERWISE),)

    def _of_paper(self, paper: str) -> Iterator[Reason]:
        if paper in self.papers:
            yield self.papers[paper]
            return
        old, new = self._before.run_of(paper), self._after.run_of(paper)
        if old != new and old is not None and new is not None:
            for cause in run_causes([self._before.runs.get(old, {})], [self._after.runs.get(new, {})]):
                yield Reason(cause, paper)

    def _decided(self, about: Iterable[str]) -> Iterator[Reason]:
        for node in about:
            old, new = self._before.decisions.get(node, set()), self._after.decisions.get(node, set())
            yield from (Reason(Cause.NEW_DECISION, told=told) for told in new - old)
            yield from (Reason(Cause.OLD_DECISION, told=told) for told in old - new)


def run_causes(before: Collection[Run], after: Collection[Run]) -> list[Cause]:
    """What differs between the runs that made two graphs, or that read a paper; nothing where one is not told."""
    if not before or not after:
        return []
    told = {name: [{run.get(name) for run in runs} for runs in (before, after)] for name in _CAUSES}
    return [_CAUSES[name] for name, (old, new) in told.items() if old != new]
