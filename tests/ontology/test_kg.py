"""The ontology: every term told, the same as in the code, and nothing in it or in a valid graph that contradicts it."""

import io
import os
import shutil
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD

from kg.namespaces import KG, NS_IRI
from kg.resources import ontology_path

_VALID = Path(__file__).parent / "valid.trig"
_ONTOLOGY = rdflib.Graph().parse(ontology_path("kg.ttl"))
_TERMS = sorted({str(one) for one in _ONTOLOGY.subjects() if str(one).startswith(NS_IRI)})
_BASE = rdflib.Namespace("https://example.org/kg/id/")
_KG = rdflib.Namespace(NS_IRI)


def test_terms_are_those_of_the_code() -> None:
    assert {term.removeprefix(NS_IRI) for term in _TERMS} == set(KG)


@pytest.mark.parametrize("term", _TERMS)
def test_term_has_a_label_and_a_comment_in_english(term: str) -> None:
    for predicate in (RDFS.label, RDFS.comment):
        (text,) = _ONTOLOGY.objects(rdflib.URIRef(term), predicate)
        assert isinstance(text, rdflib.Literal)
        assert text.language == "en"
        assert text.strip() == str(text) != ""


def test_properties_and_classes_have_labels_of_their_own() -> None:
    labels = [str(label) for term in _TERMS for label in _ONTOLOGY.objects(rdflib.URIRef(term), RDFS.label)]
    assert len(set(labels)) == len(labels)


def test_header_names_version_licence_and_makers() -> None:
    (ontology,) = _ONTOLOGY.subjects(RDF.type, OWL.Ontology)
    assert str(ontology) == NS_IRI.rstrip("#")
    assert str(_ONTOLOGY.value(ontology, OWL.versionIRI)) == f"{ontology}/{_ONTOLOGY.value(ontology, OWL.versionInfo)}"
    assert str(_ONTOLOGY.value(ontology, rdflib.DCTERMS.license)) == "https://www.apache.org/licenses/LICENSE-2.0"
    assert str(_ONTOLOGY.value(ontology, rdflib.DCTERMS.creator)) == "The kg maintainers"


def test_every_term_in_use_is_declared_as_owl_2_dl_wants() -> None:
    told_by = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
    used = {one for predicate in told_by for one in _ONTOLOGY.objects(None, predicate)} | set(_ONTOLOGY.predicates())
    built_in = tuple(str(one) for one in (RDF, RDFS, OWL, XSD))
    declared = set(_ONTOLOGY.subjects(RDF.type, None))
    assert {one for one in used if not str(one).startswith(built_in)} - declared == set()


def test_no_class_stands_under_a_reserved_term() -> None:
    above = {one for predicate in (RDFS.subClassOf, RDFS.domain) for one in _ONTOLOGY.objects(None, predicate)}
    assert not [one for one in above if str(one).startswith((str(RDF), str(RDFS)))]


def test_a_term_is_aligned_with_another_vocabulary_at_most_one_way() -> None:
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        assert not set(_ONTOLOGY.subject_objects(predicate)) & set(_ONTOLOGY.subject_objects(SKOS.closeMatch))


@pytest.fixture
def java(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # it lives but a second
    found = shutil.which("java")
    if found is None and os.environ.get("CI"):
        pytest.fail("the reasoner needs java, and CI must have it")
    return found or pytest.skip("the reasoner needs java")


def _is_consistent(graph: rdflib.Graph, java: str) -> bool:
    """Ask HermiT; a class that can have no member counts as a contradiction too."""
    import owlready2  # noqa: PLC0415 - slow, and for these tests alone

    owlready2.JAVA_EXE = java
    world = owlready2.World()
    world.get_ontology(NS_IRI.rstrip("#")).load(fileobj=io.BytesIO(graph.serialize(format="xml").encode()))
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    return not list(world.inconsistent_classes())


def _with_data() -> rdflib.Graph:
    """The ontology with what the small valid graph tells in its terms; RDF's own vocabulary is beyond OWL 2 DL."""
    graph = rdflib.Graph() + _ONTOLOGY
    for triple in rdflib.Dataset(default_union=True).parse(_VALID, format="trig").triples((None, None, None)):
        if triple[1] == RDF.type or str(triple[1]).startswith(NS_IRI):
            graph.add(triple)
    return graph


def test_ontology_has_no_contradiction(java: str) -> None:
    assert _is_consistent(_ONTOLOGY, java)


def test_valid_graph_does_not_contradict_the_ontology(java: str) -> None:
    assert _is_consistent(_with_data(), java)


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("paper/pmid/1", "proposes", _BASE["dataset/river-5"]),
        ("method/u-net", "coversDisease", _BASE["disease/gallstone"]),
        ("assertion/1", "status", _BASE["method/u-net"]),
        ("paper/pmid/1/size/1", "count", rdflib.Literal("many")),
    ],
)
def test_reasoner_finds_a_contradiction(subject: str, predicate: str, value: rdflib.term.Node, java: str) -> None:
    graph = _with_data()
    graph.add((_BASE[subject], _KG[predicate], value))
    assert not _is_consistent(graph, java)
