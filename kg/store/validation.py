"""Is a graph valid? SHACL Core (https://www.w3.org/TR/shacl/) with the shapes of ``ontology/shapes.ttl``.

Rudof is the engine, loaded when first asked. On 55,000 triples like ours it takes 2 s of processor time where pySHACL
takes 6, and finds the same; but it holds some 10 kB in memory for each triple. So a graph is validated in parts, and of
nodes that look the same to the shapes it gets one: where that is valid all are, where it is not each is asked about.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Store

from kg.namespaces import PREFIXES, RDFS
from kg.rdf import DefaultGraph, Quad, RdfFormat
from kg.resources import ontology_path
from kg.store.likeness import Surroundings
from kg.store.shapes import Shapes, read_shapes
from kg.store.spool import cut_lines

if TYPE_CHECKING:
    from pyrudof import ShaclValidationEntry

__all__ = ["Validator", "Violation", "validate"]

_CLOSED: Final = "http://www.w3.org/ns/shacl#ClosedConstraintComponent"
_TRIPLES_AT_ONCE: Final = 20_000
"""About 200 MB in the engine."""


_SUBCLASS: Final = f"> {RDFS.subClassOf} <"
"""In a line that makes the members of one class targets of another; our graphs have none."""


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
    store = Store()
    store.bulk_extend(Quad(one.subject, one.predicate, one.object) for one in quads)
    return Validator(shapes).violations(cut_lines(store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())))


class Validator:
    """Validates one graph after another, and remembers which looks of nodes are valid."""

    def __init__(self, shapes: Path | None = None) -> None:
        """Read the shapes.

        Args:
            shapes: SHACL Core in Turtle, whose paths are single steps; by default the ontology's.

        Raises:
            InputError: The shapes cannot be read.
        """
        self._shapes = read_shapes(shapes or ontology_path("shapes.ttl"))
        self._valid: set[str] = set()

    def violations(self, lines: Collection[str]) -> list[Violation]:
        """Find all that is not valid in a graph, in order.

        Args:
            lines: In N-Triples as the store writes them; each once.
        """
        if not self._shapes.sight.is_enough or any(_SUBCLASS in line for line in lines):
            return sorted({_violation(entry, self._shapes) for entry in _entries(lines, self._shapes)})
        graph = Surroundings(lines, self._shapes.sight)
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for node in graph:
            look = graph.look_of(node)
            if look not in self._valid:
                alike[look].append(node)
        wrong = {one.focus for one in self._found((nodes[0] for nodes in alike.values()), graph.sample_of)}
        doubtful = {look for look, nodes in alike.items() if _name(nodes[0]) in wrong}
        self._valid |= alike.keys() - doubtful
        return sorted(self._found((node for look in doubtful for node in alike[look]), graph.seen_from))

    def _found(self, nodes: Iterable[str], seen_from: Callable[[str], Iterable[str]]) -> set[Violation]:
        found: set[Violation] = set()
        for names, lines in _parts(nodes, seen_from):
            entries = (_violation(entry, self._shapes) for entry in _entries(lines, self._shapes))
            found |= {one for one in entries if one.focus in names}
        return found


def _parts(nodes: Iterable[str], seen_from: Callable[[str], Iterable[str]]) -> Iterator[tuple[set[str], set[str]]]:
    """Cut nodes, with what can be seen from them, into parts that the engine can hold."""
    names: set[str] = set()
    lines: set[str] = set()
    for node in nodes:
        names.add(_name(node))
        lines.update(seen_from(node))
        if len(lines) >= _TRIPLES_AT_ONCE:
            yield names, lines
            names, lines = set(), set()
    if names:
        yield names, lines


def _entries(lines: Iterable[str], shapes: Shapes) -> "list[ShaclValidationEntry]":
    from pyrudof import RDFFormat, ReaderMode, Rudof, RudofConfig  # noqa: PLC0415 - 60 MB, for this alone

    rudof = Rudof(RudofConfig())
    rudof.read_shacl(shapes.text)
    rudof.read_data("\n".join(lines), RDFFormat.NTriples, reader_mode=ReaderMode.Strict)
    return rudof.validate_shacl().violations


def _name(node: str) -> str:
    """Of a node in N-Triples, as the engine gives it: the IRI."""
    return node[1:-1] if node.startswith("<") else node


def _violation(entry: "ShaclValidationEntry", shapes: Shapes) -> Violation:
    """Take the shape's message over the engine's, which may name values in any order."""
    shape = entry.source_shape or ""
    if entry.constraint_component == _CLOSED:
        message = "such a node is not told this"
    else:
        message = shapes.messages.get(shape) or (entry.message or "").strip('"')
    owner = shapes.owners.get(shape, shape)
    return Violation(entry.focus_node, entry.path or "", entry.value or "", message, owner, entry.severity)


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
