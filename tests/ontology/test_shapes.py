"""Every shape bites: one small valid graph, and one fault at a time; two engines agree on all of them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import parse
from rdflib.namespace import SH

from kg.namespaces import PREFIXES
from kg.rdf import NamedNode, Quad, RdfFormat, Triple, serialize
from kg.resources import ontology_path
from kg.store import Graph
from kg.store.validation import Violation, validate
from tests.ontology.faults import FAULTS, ODD_FAULTS

_VALID = (Path(__file__).parent / "valid.trig").read_text("utf-8")
_HEAD = _VALID[: _VALID.index("<graph/")]
_BASE = "https://example.org/kg/id/"

Place = tuple[str, str]
Fault = tuple[str, str, str, Place | None]

_ALL: list[Fault] = [
    *((node, path, values, (node, path)) for node, faults in FAULTS.items() for path, values in faults),
    *ODD_FAULTS,
]


def _copy(number: int) -> str:
    """The base of the copy of the valid graph that has a fault of its own: a validator is asked once for all."""
    return f"{_BASE}{number}/"


def _read(text: str, base: str = _BASE) -> list[Quad]:
    return list(parse(text.replace(_BASE, base, 1), format=RdfFormat.TRIG))


def _iri(term: str, base: str) -> str:
    """The IRI of a term as in the table; ``^`` before a property stands for the way back."""
    if term.startswith("^"):
        return f"^({_iri(term[1:], base)})"
    subject = _read(f"{_HEAD} {term} a {term} .", base)[0].subject if term else NamedNode("none:")
    return subject.value if term and isinstance(subject, NamedNode) else ""


def _with_faults(faults: Iterable[Fault], base: str) -> list[Quad]:
    quads = _read(_VALID, base)
    for node, path, values, _ in faults:
        place = (NamedNode(_iri(node, base)), NamedNode(_iri(path, base)))
        quads = [quad for quad in quads if (quad.subject, quad.predicate) != place]
        quads += _read(f"{_HEAD} {node} {path} {values} .", base) if values else []
    return quads


@cache
def _faulty() -> list[Quad]:
    return [quad for number, fault in enumerate(_ALL) for quad in _with_faults([fault], _copy(number))]


def _packed() -> list[Quad]:
    """All faults in fewer copies, for the engine that is slow: one copy has one fault of each node."""
    copies: defaultdict[int, list[Fault]] = defaultdict(list)
    used: Counter[str] = Counter()
    for fault in _ALL:
        copies[used[fault[0]]].append(fault)
        used[fault[0]] += 1
    return [quad for number, faults in copies.items() for quad in _with_faults(faults, _copy(number))]


@cache
def _found() -> list[Violation]:
    return validate(_faulty())


def _name(fault: Fault) -> str:
    return " ".join(fault[:3])


def test_valid_graph_conforms() -> None:
    assert validate(_read(_VALID)) == []


@pytest.mark.parametrize("fault", _ALL, ids=_name)
def test_fault_is_found_at_its_place(fault: Fault) -> None:
    base = _copy(_ALL.index(fault))
    found = {(one.focus, one.path) for one in _found() if one.focus.startswith(base)}
    expected = fault[3]
    if expected is None:
        assert not found
    else:
        assert (_iri(expected[0], base), _iri(expected[1], base)) in found


def test_every_property_of_every_shape_has_a_fault() -> None:
    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"))
    graph = rdflib.Dataset(default_union=True).parse(data=_VALID, format="trig")
    tried = {
        (str(kind), _iri(path, _BASE))
        for node, path, *_ in _ALL
        for kind in graph.objects(rdflib.URIRef(_iri(node, _BASE)), rdflib.RDF.type)
    }
    told = {
        (str(kind), str(path))
        for shape, kind in shapes.subject_objects(SH.targetClass)
        for path in shapes.objects(shape, SH.property / SH.path)
        if isinstance(path, rdflib.URIRef)
    }
    assert told - tried == set()


def test_second_engine_finds_the_same() -> None:
    pyshacl = pytest.importorskip("pyshacl")
    quads = _packed()
    found = {(one.focus, one.path) for one in validate(quads)}
    assert {_without_copy(one.focus, one.path) for one in _found()} <= {_without_copy(*place) for place in found}
    store = Graph.of(quads)  # as validate() sees them: whole numbers are xsd:integer
    triples = sorted({Triple(*list(quad)[:3]) for quad in store.quads()}, key=str)
    data = rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(ontology_path("shapes.ttl")))
    assert _places(report) == found


def _without_copy(focus: str, path: str) -> Place:
    return re.sub(rf"^{_BASE}\d+/", _BASE, focus), path


def _places(report: rdflib.Graph) -> set[Place]:
    results = report.subjects(rdflib.RDF.type, SH.ValidationResult)
    return {(str(report.value(one, SH.focusNode)), _path(report, report.value(one, SH.resultPath))) for one in results}


def _path(report: rdflib.Graph, path: rdflib.term.Node | None) -> str:
    if isinstance(path, rdflib.BNode):
        return f"^({report.value(path, SH.inversePath)})"
    return str(path or "")


def test_violation_is_one_line_that_says_what_should_hold() -> None:
    quads = _with_faults([("<paper/pmid/1>", "dcterms:issued", '"some\\nday"@en', None)], _BASE)
    (violation,) = validate(quads)
    should = "a date is a day, a month, a year, or text"
    assert str(violation) == f'{_BASE}paper/pmid/1: {should} (dcterms:issued "some day"@en)'


def test_large_graph_is_validated_in_parts_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    quads = [quad for number, fault in enumerate(_ALL[:3]) for quad in _with_faults([fault], _copy(number))]
    whole = validate(quads)
    monkeypatch.setattr("kg.store.validation._TRIPLES_AT_ONCE", 100)
    assert validate(quads) == whole


def test_own_shapes_can_be_given(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        f"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <{PREFIXES['kg']}> . [] a sh:NodeShape ; "
        'sh:targetClass kg:Size ; sh:property [ sh:path kg:unit ; sh:minCount 1 ; sh:message "m" ] .'
    )
    assert [one.message for one in validate(_read(_VALID), shapes)] == ["m"]


def test_nothing_is_valid() -> None:
    assert validate([]) == []


def test_every_violation_has_a_message_of_ours() -> None:
    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"))
    ours = {str(message) for message in shapes.objects(None, SH.message)} | {"such a node is not told this"}
    assert {one.message for one in _found()} <= ours
