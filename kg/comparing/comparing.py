"""The differences between two graphs, one after the other."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache, partial
from itertools import islice
from typing import Final

from kg.comparing.facts import LINKS, RETRACTED, claims, concepts, grouped, papers, results
from kg.comparing.reasons import Reasons
from kg.comparing.results import paired, told
from kg.comparing.sides import Side
from kg.comparing.streams import Row, differing
from kg.comparing.values import Cause, Change, Facts, Part, Reason, Way
from kg.queries.printing import short_iri

__all__ = ["Comparison"]

_AT_ONCE: Final = 100
"""Differences whose reasons are looked up together."""

_NAMED: Final = "ASK { GRAPH ?graph { ?subject ?predicate ?object } }"
_NAMES: Final = 10_000
"""Names that are remembered."""

_Names = Callable[[str], str]
_Difference = tuple[str, list[Row], list[Row]]


class Comparison:
    """Two graphs side by side.

    Iterating finds what came, went or changed: papers, concepts, claims, results, each in order of IRI. Memory grows
    with the number of papers that differ, not with the graphs. Of sentences and mentions only the number is compared.

    Attributes:
        counts: How many differences have been found so far.
    """

    def __init__(self, before: Side, after: Side) -> None:
        self.before, self.after = before, after
        self.counts: Counter[tuple[Part, Way]] = Counter()

    def __iter__(self) -> Iterator[Change]:
        """Find the differences anew."""
        self.counts.clear()
        for change in _differences(self.before, self.after):
            self.counts[change.part, change.way] += 1
            yield change

    @cached_property
    def statements(self) -> tuple[int, int]:
        """How many statements each graph has."""
        return len(self.before.graph), len(self.after.graph)

    @property
    def found(self) -> bool:
        """Whether the graphs differ, once the differences have been gone through."""
        return self.counts.total() > 0 or self.others

    @property
    def others(self) -> bool:
        """Whether one graph has more statements; not told of a file without named graphs, which has each only once."""
        before, after = self.statements
        named = {side.graph.query(_NAMED).boolean for side in (self.before, self.after)}
        return before != after and len(named) == 1


def _differences(before: Side, after: Side) -> Iterator[Change]:
    reasons = Reasons(before, after)
    names = lru_cache(_NAMES)(partial(_name, before, after))
    yield from _papers(before, after, reasons)
    yield from _concepts(before, after, reasons)
    yield from _claims(before, after, reasons, names)
    yield from _results(before, after, reasons, names)


def _papers(before: Side, after: Side, reasons: Reasons) -> Iterator[Change]:
    for paper, *sides in differing(papers(before.graph), papers(after.graph)):
        old, new = map(grouped, sides)
        reason = _paper_reason(paper, old, new)
        if reason is not None:
            reasons.papers[paper] = reason
        why = (reason,) if reason is not None else reasons.of_read([paper], [paper])
        name = (*new.get("title", ()), *old.get("title", ()), short_iri(paper))[0]
        yield _change(Part.PAPERS, {"paper": paper}, name, (old, new), why)


def _paper_reason(paper: str, old: Facts, new: Facts) -> Reason | None:
    """Why a paper differs; None if only in what was read off its text."""
    if RETRACTED in new:
        return Reason(Cause.RETRACTED, paper, " ".join(new[RETRACTED]))
    if RETRACTED in old and new:
        return Reason(Cause.REINSTATED, paper)
    if not old or not new:
        return Reason(Cause.REMOVED if old else Cause.NEW_PAPER, paper)
    return Reason(Cause.PAPER_CHANGED, paper) if _without_links(old) != _without_links(new) else None


def _without_links(facts: Facts) -> Facts:
    return {name: values for name, values in facts.items() if name not in LINKS}


def _concepts(before: Side, after: Side, reasons: Reasons) -> Iterator[Change]:
    for batch in _batches(differing(concepts(before.graph), concepts(after.graph))):
        nodes = [node for node, *_ in batch]
        naming = [side.named_by(nodes) for side in (before, after)]
        for node, *sides in batch:
            old, new = map(grouped, sides)
            by = {paper for side in naming for paper, _ in side.get(node, ())}
            name = (*new.get("label", ()), *old.get("label", ()), short_iri(node))[0]
            yield _change(Part.CONCEPTS, {"concept": node}, name, (old, new), reasons.of_node(by, [node]))


def _claims(before: Side, after: Side, reasons: Reasons, names: _Names) -> Iterator[Change]:
    for batch in _batches(differing(claims(before.graph), claims(after.graph))):
        assertions = [row[-1] for _, *sides in batch for side in sides for row in side]
        evidence = [side.evidence(assertions) for side in (before, after)]
        for key, *sides in batch:
            olds, news = (
                {(row[0], *one) for row in rows for one in given.get(row[-1], ())}
                for rows, given in zip(sides, evidence, strict=True)
            )
            iris = dict(zip(("subject", "predicate", "object"), key.split(" "), strict=True))
            about = [iris["subject"], iris["object"], *{row[-1] for side in sides for row in side}]
            why = reasons.of_read({paper for _, paper, _ in olds ^ news}, about)
            name = f"{names(iris['subject'])} {short_iri(iris['predicate'])} {names(iris['object'])}"
            old, new = map(_claim_facts, sides)
            yield _change(Part.CLAIMS, iris, name, (old, new), why)


def _claim_facts(rows: list[Row]) -> Facts:
    """The status of a claim, its confidence and its support; where papers disagree, one value for each status."""
    return dict(zip(("status", "confidence", "support"), zip(*(row[:3] for row in rows), strict=True), strict=False))


def _results(before: Side, after: Side, reasons: Reasons, names: _Names) -> Iterator[Change]:
    for paper, *sides in differing(results(before.graph), results(after.graph)):
        olds, news = map(_by_result, sides)
        for was, now in paired(olds, news):
            old, new = told(olds[was]) if was else {}, told(news[now]) if now else {}
            iris = {"result": now or was or "", "paper": paper}
            name = _measured(new or old, names)
            why = reasons.of_read([paper], [one for one in (was, now) if one])
            yield _change(Part.RESULTS, iris, name, (old, new), why)


def _by_result(rows: list[Row]) -> dict[str, Facts]:
    found: dict[str, list[Row]] = {}
    for result, *fact in rows:
        found.setdefault(result, []).append(tuple(fact))
    return {result: grouped(told_of_it) for result, told_of_it in found.items()}


def _measured(facts: Facts, names: _Names) -> str:
    """A result in words: value and metric, of what, on what."""
    value = " ".join((*facts.get("value", ("?",)), *facts.get("unit", ())))
    metric = (*map(names, facts.get("metric", ())), *facts.get("metric in words", ()))
    of = (f"of {names(one)}" for one in facts.get("method", ()))
    on = (f"on {names(one)}" for one in facts.get("dataset", ()))
    return " ".join((value, *metric, *of, *on))


def _change(
    part: Part, iris: dict[str, str], name: str, facts: tuple[Facts, Facts], reasons: tuple[Reason, ...]
) -> Change:
    """Make a difference; of what changed, only the facts that did are kept."""
    old, new = facts
    way = _way(old, new)
    if way is Way.CHANGED:
        names = [one for one in sorted(old.keys() | new.keys()) if old.get(one) != new.get(one)]
        old, new = ({one: side[one] for one in names if one in side} for side in facts)
    return Change(part, way, iris, name, old, new, reasons)


def _way(old: Facts, new: Facts) -> Way:
    """What became of something; a paper that was retracted is gone, though its tombstone came."""
    was, is_ = (bool(side) and RETRACTED not in side for side in (old, new))
    if old and new and was == is_:
        return Way.CHANGED
    return Way.WENT if was or not new else Way.CAME


def _name(before: Side, after: Side, iri: str) -> str:
    return after.name(iri) or before.name(iri) or short_iri(iri)


def _batches(found: Iterable[_Difference]) -> Iterator[list[_Difference]]:
    left = iter(found)
    while batch := list(islice(left, _AT_ONCE)):
        yield batch
