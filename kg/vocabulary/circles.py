"""Concepts that stand above themselves."""

from collections.abc import Iterator, Mapping, Sequence

__all__ = ["circles"]


def circles(broader: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield circles, each concept in them right below the next and the last below the first.

    Without recursion, since a hierarchy may be as deep as it is large. Whoever breaks every circle that is yielded
    has broken them all.

    >>> list(circles({"a": ["b"], "b": ["c", "d"], "c": ["a"], "d": []}))
    [['a', 'b', 'c']]
    """
    done: set[str] = set()
    for start in broader:
        path: dict[str, Iterator[str]] = {} if start in done else {start: iter(broader[start])}
        while path:
            last = next(reversed(path))
            above = next((one for one in path[last] if one in broader and one not in done), None)
            if above is None:
                done.add(last)
                del path[last]
            elif above in path:
                iris = list(path)
                yield iris[iris.index(above) :]
            else:
                path[above] = iter(broader[above])
