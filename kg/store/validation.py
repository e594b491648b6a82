"""Is a graph valid? SHACL Core (https://www.w3.org/TR/shacl/) with the shapes of ``ontology/shapes.ttl``.

Rudof is the engine, loaded when first asked. On 55,000 triples like ours it takes 2 s of processor time where pySHACL
takes 6, and finds the same; but it holds some 10 kB in memory for each triple. So a graph is validated in parts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Store

from kg.namespaces import PREFIXES, RDF
from kg.rdf import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse_file, serialize
from kg.resources import ontology_path

if TYPE_CHECKING:
    from pyrudof import ShaclValidationEntry

__all__ = ["Violation", "validate"]

_SH: Final = "http://www.w3.org/ns/shacl#"
_MESSAGE: Final = NamedNode(f"{_SH}message")
_PROPERTY: Final = NamedNode(f"{_SH}property")
_INVERSE_PATH: Final = NamedNode(f"{_SH}inversePath")
_CLOSED: Final = f"{_SH}ClosedConstraintComponent"
_NAMELESS: Final = "nameless:"
_TRIPLES_AT_ONCE: Final = 20_000
"""About 200 MB in the engine."""

_Node = NamedNode | BlankNode


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing wrong with a graph; what does not apply is empty.

    Attributes:
        focus: IRI of the node that is not as it should be.
        path: IRI of the property at fault; one that leads here stands as ``^(IRI)``.
        value: The value at fault: an IRI, or a literal as in N-Triples.
        message: What should hold.
        shape: IRI of the shape, or of the one that a nameless shape stands in.
        severity: ``Violation``, ``Warning`` or ``Info``.
    """

    focus: str
    path: str
    value: str
    message: str
    shape: str
    severity: str

    def __str__(self) -> str:
        value = "" if self.value == self.focus else " ".join(self.value.split())
        place = " ".join(_short(one) for one in (self.path, value) if one)
        return f"{self.focus}: {self.message}{f' ({place})' if place else ''}"


def validate(quads: Iterable[Quad], shapes: Path | None = None) -> list[Violation]:
    """Find all that is not valid in the union of the quads' graphs, in order.

    Args:
        quads: Their graphs do not matter. They are looked at as the store keeps them: whole numbers are xsd:integer.
        shapes: SHACL Core in Turtle, whose paths are single steps; by default the ontology's.

    Raises:
        InputError: The shapes cannot be read.
    """
    rules = _read_shapes(shapes or ontology_path("shapes.ttl"))
    store = Store()
    store.bulk_extend(Quad(one.subject, one.predicate, one.object) for one in quads)
    found: set[Violation] = set()
    for nodes, triples in _parts(store, rules.backward):
        entries = (_violation(entry, rules) for entry in _entries(triples, rules))
        found |= {one for one in entries if one.focus in nodes}
    return sorted(found)


@dataclass(frozen=True, slots=True)
class _Shapes:
    """A shapes graph.

    Attributes:
        text: In N-Triples.
        messages: By shape.
        owners: The shape that a nameless one stands in.
        backward: Properties that a path goes against.
    """

    text: str
    messages: Mapping[str, str]
    owners: Mapping[str, str]
    backward: tuple[NamedNode, ...]


def _read_shapes(file: Path) -> _Shapes:
    """Read shapes and name the nameless, since the engine gives them another name in every run."""
    triples = [quad.triple for quad in parse_file(file)]
    told = dict.fromkeys(one.subject for one in triples if one.predicate == _MESSAGE)
    names = {node: NamedNode(f"{_NAMELESS}{number}") for number, node in enumerate(told) if isinstance(node, BlankNode)}
    named = [Triple(names.get(s, s), p, names.get(o, o)) for s, p, o in triples]
    return _Shapes(
        text=(serialize(named, format=RdfFormat.N_TRIPLES) or b"").decode(),
        messages={_name(s): o.value for s, p, o in named if p == _MESSAGE and isinstance(o, Literal)},
        owners={_name(o): _name(s) for s, p, o in named if p == _PROPERTY and _name(o).startswith(_NAMELESS)},
        backward=tuple(o for _, p, o in named if p == _INVERSE_PATH and isinstance(o, NamedNode)),
    )


def _parts(store: Store, backward: Iterable[NamedNode]) -> Iterator[tuple[set[str], set[Triple]]]:
    """Cut a graph into nodes and all that a shape can see from them: one step, and the classes of what is there."""
    nodes: set[str] = set()
    triples: set[Triple] = set()
    for node in sorted({quad.subject for quad in store}, key=str):
        nodes.add(_name(node))
        triples |= _seen_from(node, store, backward)
        if len(triples) >= _TRIPLES_AT_ONCE:
            yield nodes, triples
            nodes, triples = set(), set()
    if nodes:
        yield nodes, triples


def _seen_from(node: _Node | Triple, store: Store, backward: Iterable[NamedNode]) -> set[Triple]:
    own = [quad.triple for quad in store.quads_for_pattern(node, None, None)]
    toward = [quad.triple for one in backward for quad in store.quads_for_pattern(None, one, node)]
    others = {one.object for one in own} | {one.subject for one in toward}
    nodes = [one for one in others if isinstance(one, NamedNode | BlankNode)]
    classes = [quad.triple for one in nodes for quad in store.quads_for_pattern(one, RDF.type, None)]
    return {*own, *toward, *classes}


def _entries(triples: Iterable[Triple], shapes: _Shapes) -> "list[ShaclValidationEntry]":
    from pyrudof import RDFFormat, ReaderMode, Rudof, RudofConfig  # noqa: PLC0415 - 60 MB, for this alone

    rudof = Rudof(RudofConfig())
    rudof.read_shacl(shapes.text)
    data = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    rudof.read_data(data.decode(), RDFFormat.NTriples, reader_mode=ReaderMode.Strict)
    return rudof.validate_shacl().violations


def _violation(entry: "ShaclValidationEntry", shapes: _Shapes) -> Violation:
    """Take the shape's message over the engine's, which may name values in any order."""
    shape = entry.source_shape or ""
    if entry.constraint_component == _CLOSED:
        message = "such a node is not told this"
    else:
        message = shapes.messages.get(shape) or (entry.message or "").strip('"')
    owner = shapes.owners.get(shape, shape)
    return Violation(entry.focus_node, entry.path or "", entry.value or "", message, owner, entry.severity)


def _name(node: _Node | Literal | Triple) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


def _short(iri: str) -> str:
    """Write an IRI of a known namespace with its prefix.

    >>> _short("http://purl.org/dc/terms/title"), _short("^(https://example.org/kg/ns#supports)")
    ('dcterms:title', '^kg:supports')
    """
    if iri.startswith("^("):
        return f"^{_short(iri[2:-1])}"
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
