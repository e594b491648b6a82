"""Which result of a paper is which: their numbers change when one is added before them."""

from collections.abc import Callable, Hashable, Iterator, Mapping

from kg.comparing.facts import END, START
from kg.comparing.values import Facts

__all__ = ["paired"]

Results = Mapping[str, Facts]
"""The results of a paper, by IRI."""

_MEASURED = ("metric", "metric in words", "method", "dataset", "task", "kind", "condition")


def paired(before: Results, after: Results) -> Iterator[tuple[str | None, str | None]]:
    """Pair the results that differ: those at one place of the text, then those that measure the same thing.

    Results whose facts are equal are left out; what has no counterpart stands alone.
    """
    olds, news = dict(before), dict(after)
    for likeness in (_told, _place, _measured):
        for old, new in list(_alike(olds, news, likeness)):
            if likeness is not _told:
                yield old, new
            del olds[old], news[new]
    yield from ((old, None) for old in olds)
    yield from ((None, new) for new in news)


def told(facts: Facts) -> Facts:
    """The facts of a result without its place, which changes with the text before it."""
    return {name: values for name, values in facts.items() if name not in {START, END}}


def _alike(olds: Results, news: Results, likeness: Callable[[Facts], Hashable]) -> Iterator[tuple[str, str]]:
    free: dict[Hashable, list[str]] = {}
    for new, facts in news.items():
        free.setdefault(likeness(facts), []).append(new)
    for old, facts in olds.items():
        key = likeness(facts)
        if key is not None and free.get(key):
            yield old, free[key].pop(0)


def _told(facts: Facts) -> Hashable:
    return tuple(sorted(told(facts).items()))


def _place(facts: Facts) -> Hashable:
    return (facts[START], facts[END]) if START in facts and END in facts else None


def _measured(facts: Facts) -> Hashable:
    return tuple(facts.get(name) for name in _MEASURED)
