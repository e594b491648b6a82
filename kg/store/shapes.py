"""A shapes graph, and what it looks at: SHACL Core (https://www.w3.org/TR/shacl/) whose paths are single steps.

A shape sees terms it names, classes, kinds and numbers of values. It sees the words of a value only where the path to
it has a pattern, a length or an order; `Sight` tells where. All terms are held as in N-Triples.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.namespaces import OWL, RDF, RDFS, XSD
from kg.rdf import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse_file, serialize

__all__ = ["Shapes", "Sight", "number_of", "read_shapes"]

_SH: Final = "http://www.w3.org/ns/shacl#"
_MESSAGE: Final = NamedNode(f"{_SH}message")
_PROPERTY: Final = NamedNode(f"{_SH}property")
_PATH: Final = NamedNode(f"{_SH}path")
_INVERSE_PATH: Final = NamedNode(f"{_SH}inversePath")
_TYPE: Final = RDF.type
_CLASSES: Final = {RDFS.Class, OWL.Class}
"""A shape that is a class has its members as targets."""
_ABOUT_ANY: Final = {NamedNode(f"{_SH}{name}") for name in ("targetNode", "targetObjectsOf")}
"""What targets nodes that nothing need be told of."""
_SIBLINGS: Final = NamedNode(f"{_SH}qualifiedValueShapesDisjoint")
_TARGETS: Final = {NamedNode(f"{_SH}target{of}") for of in ("Class", "Node", "SubjectsOf", "ObjectsOf")}
_LENGTHS: Final = {NamedNode(f"{_SH}{name}") for name in ("minLength", "maxLength")}
_COUNTS: Final = {
    NamedNode(f"{_SH}{name}") for name in ("minCount", "maxCount", "qualifiedMinCount", "qualifiedMaxCount")
}
_PAIRS: Final = {NamedNode(f"{_SH}{name}") for name in ("equals", "disjoint")}
_ORDERS: Final = {NamedNode(f"{_SH}{name}") for name in ("lessThan", "lessThanOrEquals")}
_BOUNDS: Final = {
    NamedNode(f"{_SH}{name}") for name in ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")
}
_UNIQUE_LANGUAGE: Final = NamedNode(f"{_SH}uniqueLang")
_PATTERN: Final = NamedNode(f"{_SH}pattern")
_INTEGER: Final = f"^^{XSD.integer}"
_DECIMAL: Final = f"^^{XSD.decimal}"
_NUMBERS: Final = {_INTEGER: re.compile(r"-?[0-9]{1,14}"), _DECIMAL: re.compile(r"-?[0-9]{1,7}(?:\.[0-9]{1,7})?")}
"""No more digits than a float tells apart."""
_NAMELESS: Final = "nameless:"

_Node = NamedNode | BlankNode | Literal | Triple
_Statements = Mapping[_Node, list[Triple]]


@dataclass(frozen=True, slots=True)
class Sight:
    """What shapes look at.

    Attributes:
        terms: All that they name.
        backward: Properties that a path goes against.
        read: Properties of whose values any character may matter; ``^`` stands before one that a path goes against.
        measured: Properties of whose values the length may matter.
        ordered: Properties whose values are compared with one another.
        paired: Properties whose values are looked for among one another's.
        longest: Characters of a text that is longer than any length asked for.
        limits: How many values of a property are more than any number asked for; one, where none is.
        is_enough: They see no further than one step, and look at nothing but what is told of.
        names_matter: The words of a node's own IRI are looked at.
    """

    terms: frozenset[str]
    backward: tuple[str, ...]
    read: frozenset[str]
    measured: frozenset[str]
    ordered: frozenset[str]
    paired: frozenset[str]
    longest: int
    limits: Mapping[str, int]
    names_matter: bool
    is_enough: bool


@dataclass(frozen=True, slots=True)
class Shapes:
    """A shapes graph.

    Attributes:
        text: In N-Triples.
        messages: By shape.
        owners: The shape that a nameless one stands in.
        sight: What they look at.
    """

    text: str
    messages: Mapping[str, str]
    owners: Mapping[str, str]
    sight: Sight


def read_shapes(file: Path) -> Shapes:
    """Read shapes and name the nameless, since the engine gives them another name in every run.

    Raises:
        InputError: The file is missing or malformed.
    """
    triples = [quad.triple for quad in parse_file(file)]
    told = dict.fromkeys(one.subject for one in triples if one.predicate == _MESSAGE)
    names = {node: NamedNode(f"{_NAMELESS}{number}") for number, node in enumerate(told) if isinstance(node, BlankNode)}
    named = [Triple(names.get(s, s), p, names.get(o, o)) for s, p, o in triples]
    return Shapes(
        text=(serialize(named, format=RdfFormat.N_TRIPLES) or b"").decode(),
        messages={_name(s): o.value for s, p, o in named if p == _MESSAGE and isinstance(o, Literal)},
        owners={_name(o): _name(s) for s, p, o in named if p == _PROPERTY and _name(o).startswith(_NAMELESS)},
        sight=_sight(named),
    )


def _name(node: _Node) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


def _sight(triples: Iterable[Triple]) -> Sight:
    of: defaultdict[_Node, list[Triple]] = defaultdict(list)
    for one in triples:
        of[one.subject].append(one)
    every = [one for told in of.values() for one in told]
    paths = [(_step(path, of), list(_constraints(shape, of))) for shape, predicate, path in every if predicate == _PATH]
    limits: defaultdict[str, int] = defaultdict(lambda: 1)
    for path, found in paths:
        limits[path] = max(limits[path], *map(_limit, found))
    targeted = {s for s, p, o in every if p in _TARGETS or (p == _TYPE and o in _CLASSES)}
    own = [one for shape in targeted for one in _constraints(shape, of)]
    return Sight(
        terms=frozenset(str(term) for one in every for term in one),
        backward=tuple(str(o) for _, p, o in every if p == _INVERSE_PATH),
        read=frozenset(path for path, found in paths if any(map(_reads, found))),
        measured=frozenset(path for path, found in paths if any(one.predicate in _LENGTHS for one in found)),
        ordered=_both_sides(paths, _ORDERS),
        paired=_both_sides(paths, _PAIRS),
        longest=1 + max((_number(one) for one in every if one.predicate in _LENGTHS), default=0),
        limits={path: limit for path, limit in limits.items() if limit > 1},
        names_matter=any(_reads(one) or one.predicate in _LENGTHS | _BOUNDS for one in own),
        is_enough=not any(_looks_further(one, of) for one in every),
    )


def _looks_further(one: Triple, of: _Statements) -> bool:
    """Tell whether a statement of the shapes makes them look beyond one step, or at what nothing is told of."""
    shape, predicate, value = one
    if predicate == _PATH:
        inverse = [told.object for told in of.get(value, ()) if told.predicate == _INVERSE_PATH]
        is_step = isinstance(value, NamedNode) or any(isinstance(other, NamedNode) for other in inverse)
        return not is_step or any(told.predicate == _PATH for told in _within(shape, of))
    return predicate in _ABOUT_ANY or predicate == _SIBLINGS


def _within(shape: _Node, of: _Statements) -> Iterator[Triple]:
    """All that is said of what a shape leads to, itself apart."""
    queue = [told.object for told in of.get(shape, ()) if told.predicate != _PATH]
    seen = {shape, *queue}
    for node in queue:
        for told in of.get(node, ()):
            yield told
            if told.object not in seen:
                seen.add(told.object)
                queue.append(told.object)


def _both_sides(paths: Iterable[tuple[str, list[Triple]]], comparing: Container[NamedNode]) -> frozenset[str]:
    found = ((path, str(one.object)) for path, told in paths for one in told if one.predicate in comparing)
    return frozenset(side for sides in found for side in sides)


def _number(constraint: Triple) -> int:
    return int(constraint.object.value) if isinstance(constraint.object, Literal) else 0


def _limit(constraint: Triple) -> int:
    """How many values are too many, or enough; two are too many of one language."""
    if constraint.predicate in _COUNTS:
        return 1 + _number(constraint)
    return 2 if constraint.predicate == _UNIQUE_LANGUAGE else 1


def _step(path: _Node, of: _Statements) -> str:
    """A property, with ``^`` before one that a path goes against."""
    return next((f"^{one.object}" for one in of.get(path, ()) if one.predicate == _INVERSE_PATH), str(path))


def _reads(constraint: Triple) -> bool:
    """Tell whether it may depend on any character of a value: a pattern, or a bound that is no number."""
    predicate, value = constraint.predicate, constraint.object
    number = number_of(str(value)) is not None
    return predicate == _PATTERN or (predicate in _BOUNDS and not number)


def _constraints(shape: _Node, of: _Statements) -> Iterator[Triple]:
    """All that a shape says of the values it is for, also within ``sh:or`` and its like, but not of their values."""
    queue, seen = [shape], {shape}
    while queue:
        for one in of.get(queue.pop(), ()):
            yield one
            deeper = one.object in of and all(inner.predicate != _PATH for inner in of[one.object])
            if deeper and one.object not in seen:
                seen.add(one.object)
                queue.append(one.object)


def number_of(literal: str) -> float | None:
    """The number that a literal certainly is, whatever an engine counts with."""
    text, _, kind = literal[1:].rpartition('"')
    pattern = _NUMBERS.get(kind)
    return float(text) if pattern is not None and pattern.fullmatch(text) else None
