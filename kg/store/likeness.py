"""Which nodes of a graph look the same to its shapes, so that one of them is validated for all.

A shape sees a node with what is told of it, what leads to it, and the classes of what is there. Two nodes look the same
if all of that is the same but for what no shape can see: the names of nodes that no shape names, the words of a text
beyond how many they are, a number beyond how it compares. Whatever is in doubt is kept as it is, so that two nodes that
look the same are valid or not together, while two that look different may still be alike.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.namespaces import RDF
from kg.store.shapes import Sight, number_of

__all__ = ["Surroundings"]

_TYPE: Final = f"{RDF.type} "
_ESCAPED: Final = re.compile(r"\\(?:u.{4}|U.{8}|.)")


_Step = tuple[str, str]
"""A property, and a value of it."""


class Surroundings:
    """The nodes of a graph, each with all that a shape can see from it: one step, and the classes of what is there."""

    def __init__(self, lines: Iterable[str], sight: Sight) -> None:
        """Take in a graph.

        Args:
            lines: In N-Triples as the store writes them; each once.
            sight: What the shapes look at.
        """
        self._sight = sight
        self._told: defaultdict[str, list[str]] = defaultdict(list)
        self._toward: defaultdict[str, list[str]] = defaultdict(list)
        self._classes: defaultdict[str, list[str]] = defaultdict(list)
        self._class_looks: dict[str, str] = {}
        self._bounds = sorted({number for term in sight.terms if (number := number_of(term)) is not None})
        backward = tuple(f"{one} " for one in sight.backward)
        for line in lines:
            node, told = line.split(" ", 1)
            self._told[node].append(told)
            if told.startswith(_TYPE):
                self._classes[node].append(told[len(_TYPE) : -2])
            elif backward and told.startswith(backward):
                self._toward[told.split(" ", 1)[1][:-2]].append(line)

    def __iter__(self) -> Iterator[str]:
        """Yield the nodes that something is told of, in order."""
        return iter(sorted(self._told))

    def seen_from(self, node: str) -> Iterator[str]:
        """Yield the lines that a shape can see from a node; one may come twice."""
        return self._lines(node, self._steps(node))

    def sample_of(self, node: str) -> Iterator[str]:
        """Yield enough of the lines that a shape can see to tell whether the node is valid."""
        found: Counter[_Step] = Counter()
        steps = []
        for path, value, look in self._looks(node):
            found[path, look] += 1
            if found[path, look] <= self._sight.limits.get(path, 1):
                steps.append((path, value))
        return self._lines(node, steps)

    def look_of(self, node: str) -> str:
        """What shapes see of a node: two nodes of one look are valid or not together."""
        looks = [(path, look) for path, _, look in self._looks(node)]
        if len(set(looks)) < len(looks):
            limits = self._sight.limits
            counted = Counter(looks)
            looks = [one for one in counted for _ in range(min(counted[one], limits.get(one[0], 1)))]
        name = self._look_of_node(node, kept=self._sight.names_matter)
        return "\n".join((name, *sorted(map(" ".join, looks))))

    def _looks(self, node: str) -> list[tuple[str, str, str]]:
        """The properties of a node with their values, and what shapes see of these."""
        sight, steps = self._sight, self._steps(node)
        order = self._order(steps)
        paired = [value for path, value in steps if path in sight.paired]
        kept = {node, *(value for value in paired if paired.count(value) > 1)}
        return [(path, value, self._look_of(path, value, kept=value in kept, order=order)) for path, value in steps]

    def _lines(self, node: str, steps: Iterable[_Step]) -> Iterator[str]:
        for path, value in steps:
            yield f"{value} {path[1:]} {node} ." if path.startswith("^") else f"{node} {path} {value} ."
            yield from (f"{value} {_TYPE}{class_} ." for class_ in self._classes.get(value, ()))

    def _steps(self, node: str) -> list[_Step]:
        """The properties of a node with their values; ``^`` stands before one that leads to it, from the value."""
        steps: list[_Step] = []
        for told in self._told[node]:
            path, value = told.split(" ", 1)
            steps.append((path, value[:-2]))
        for line in self._toward.get(node, ()):
            other, path, _ = line.split(" ", 2)
            steps.append((f"^{path}", other))
        return steps

    def _order(self, steps: Iterable[_Step]) -> Sequence[float] | None:
        """The numbers that shapes compare with one another, in order; None if not all of them are numbers."""
        numbers = [number_of(value) for path, value in steps if path in self._sight.ordered]
        known = {number for number in numbers if number is not None}
        return None if None in numbers else sorted(known)

    def _look_of(self, path: str, value: str, *, kept: bool, order: Sequence[float] | None) -> str:
        sight = self._sight
        kept = kept or path in sight.read
        if not value.startswith('"'):
            return self._look_of_node(value, kept=kept or path in sight.measured)
        if kept or value in sight.terms:
            return value
        ordered = path in sight.ordered
        number = None if path in sight.measured or (ordered and order is None) else number_of(value)
        if number is not None:
            place = bisect_left(order, number) if ordered and order is not None else ""
            return f"number {_kind(value)} {self._place(number)} {place}"
        return value if ordered else self._look_of_text(value)

    def _place(self, number: float) -> str:
        """Where a number lies among those that shapes name: at one of them or between two."""
        return f"{bisect_left(self._bounds, number)} {bisect_right(self._bounds, number)}"

    def _look_of_node(self, node: str, *, kept: bool) -> str:
        """Its name, if a shape could see that, and its classes; anything but a name, such as a triple, is kept."""
        terms = self._sight.terms
        shown = node if kept or node in terms or node.startswith("<<") else node[0]
        if node not in self._class_looks:
            self._class_looks[node] = " ".join(sorted(terms.intersection(self._classes.get(node, ()))))
        return f"{shown} {self._class_looks[node]}"

    def _look_of_text(self, value: str) -> str:
        """That it is long enough, whatever its words; what is short, or no text, is kept."""
        text, _, kind = value[1:].rpartition('"')
        length = len(_ESCAPED.sub(".", text) if "\\" in text else text)
        is_text = kind == "" or kind.startswith("@")
        return f"text {kind}" if is_text and length >= self._sight.longest else value


def _kind(literal: str) -> str:
    """Its datatype or language, as in N-Triples."""
    return literal.rpartition('"')[2]
