"""The vocabularies: every concept whole, in its place, under a name of its own, and matched with terms there are."""

import csv
import re
from collections.abc import Iterator
from importlib import import_module

import pytest

from kg.namespaces import DATA_IRI, DCTERMS, KG, RDF, SKOS
from kg.rdf import NamedNode, PlainTriple, parse_file, plain_triples
from kg.records import Kind
from kg.resources import ontology_path
from kg.store.validation import validate
from kg.text import normal_form, slug
from kg.vocabulary import Term, Vocabulary, read_vocabulary
from kg.vocabulary.checking import check_files
from tests.cases import SHARED

_FILES = sorted(ontology_path("vocabulary").glob("*.ttl"))
_DOID = SHARED / "vocabulary" / "doid.tsv"
_DCM = "http://dicom.nema.org/resources/ontology/DCM/"
_OBO_DOID = "http://purl.obolibrary.org/obo/DOID_"
_MESH = "http://id.nlm.nih.gov/mesh/"
_MESH_ID = re.compile(r"^MESH:|@\d+$")  # some are followed by the year they were last seen in
_MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)
_KNOWN = {
    RDF.type, SKOS.inScheme, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.definition, SKOS.broader, SKOS.note,
    *_MATCHES, KG.abbreviation, KG.ambiguousLabel,
}  # fmt: skip
_KNOWN_OF = {
    Kind.METRIC: {KG.higherIsBetter, KG.minimum, KG.maximum},
    Kind.DATASET: {KG.hasModality, KG.coversDisease, NamedNode("http://www.w3.org/ns/dcat#landingPage")},
}

per_kind = pytest.mark.parametrize("kind", list(Kind), ids=str)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_vocabulary(_FILES)


def _triples(kind: Kind) -> list[PlainTriple]:
    return list(plain_triples(parse_file(ontology_path("vocabulary", f"{kind.value.lower()}.ttl"))))


def _terms(vocabulary: Vocabulary, kind: Kind) -> list[Term]:
    return [term for term in vocabulary if term.kind is kind]


def _values(term: Term, *predicates: NamedNode) -> Iterator[str]:
    return (obj.value for _, predicate, obj in term.statements if predicate in predicates)


def test_there_is_one_file_for_each_kind() -> None:
    assert [path.stem for path in _FILES] == sorted(kind.value.lower() for kind in Kind)


def test_the_check_finds_no_fault() -> None:
    assert [str(fault) for fault in check_files(_FILES)] == []


@per_kind
def test_file_holds_its_scheme_and_the_concepts_of_its_kind(kind: Kind) -> None:
    triples: list[PlainTriple] = list(
        plain_triples(parse_file(ontology_path("vocabulary", f"{kind.value.lower()}.ttl")))
    )
    scheme = NamedNode(f"{DATA_IRI}scheme/{kind.value.lower()}")
    told = {predicate for subject, predicate, _ in triples if subject == scheme}
    assert {RDF.type, DCTERMS.title, DCTERMS.description, DCTERMS.license} <= told
    for concept in {subject for subject, _, _ in triples} - {scheme}:
        own = {(predicate, obj) for subject, predicate, obj in triples if subject == concept}
        assert {(RDF.type, KG[kind.value]), (RDF.type, SKOS.Concept), (SKOS.inScheme, scheme)} <= own, concept


@per_kind
def test_concept_is_named_after_its_label(kind: Kind, vocabulary: Vocabulary) -> None:
    wrong = [t.iri for t in _terms(vocabulary, kind) if t.iri != f"{DATA_IRI}{kind.value.lower()}/{slug(t.label)}"]
    assert wrong == []


@per_kind
def test_concept_is_told_only_what_kg_reads(kind: Kind, vocabulary: Vocabulary) -> None:
    known = _KNOWN | _KNOWN_OF.get(kind, set())
    assert {used for term in _terms(vocabulary, kind) for _, used, _ in term.statements} <= known


@per_kind
def test_concepts_are_in_order(kind: Kind) -> None:
    concepts = list(dict.fromkeys(subject.value for subject, _, _ in _triples(kind)))[1:]
    assert concepts == sorted(concepts)


def test_modalities_and_diseases_of_datasets_are_concepts(vocabulary: Vocabulary) -> None:
    for term in _terms(vocabulary, Kind.DATASET):
        for iri in _values(term, KG.hasModality, KG.coversDisease):
            assert iri in vocabulary.terms, term.iri


def test_concepts_are_valid_by_the_shapes() -> None:
    unprinted = {SKOS.hiddenLabel, KG.ambiguousLabel}
    quads = [quad for path in _FILES for quad in parse_file(path) if quad.predicate not in unprinted]
    assert [str(violation) for violation in validate(quads)] == []


def test_dicom_codes_are_in_the_dictionary(vocabulary: Vocabulary) -> None:
    concepts = import_module("pydicom.sr._concepts_dict").concepts
    codes = {code for by_code in concepts["DCM"].values() for code in by_code}
    matched = {match for term in vocabulary for match in _values(term, *_MATCHES) if match.startswith(_DCM)}
    assert {match.removeprefix(_DCM) for match in matched} <= codes


@pytest.fixture(scope="module")
def doid() -> dict[str, dict[str, str]]:
    if not _DOID.exists():
        pytest.skip("the Disease Ontology is not here")
    with _DOID.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["id"].replace("DOID:", _OBO_DOID): row for row in rows}


def test_disease_ontology_has_the_ids(vocabulary: Vocabulary, doid: dict[str, dict[str, str]]) -> None:
    matched = {match for term in vocabulary for match in _values(term, *_MATCHES) if match.startswith(_OBO_DOID)}
    assert matched <= set(doid)


def test_disease_ontology_has_one_of_the_names_of_an_exact_match(
    vocabulary: Vocabulary, doid: dict[str, dict[str, str]]
) -> None:
    strange = []
    for term in _terms(vocabulary, Kind.DISEASE):
        for match in _values(term, SKOS.exactMatch):
            if match.startswith(_OBO_DOID):
                theirs = {normal_form(one) for one in (doid[match]["name"], *doid[match]["synonyms"].split("|"))}
                if not theirs & {normal_form(name) for name in (*term.names, *term.ambiguous_labels)}:
                    strange.append((term.label, doid[match]["name"]))
    assert strange == []


def test_disease_ontology_has_the_mesh_ids_beside_its_own(
    vocabulary: Vocabulary, doid: dict[str, dict[str, str]]
) -> None:
    strange = []
    for term in _terms(vocabulary, Kind.DISEASE):
        rows = [doid[match] for match in _values(term, SKOS.exactMatch) if match.startswith(_OBO_DOID)]
        theirs = {_MESH + _MESH_ID.sub("", one) for row in rows for one in row["mesh"].split("|") if one}
        ours = {match for match in _values(term, SKOS.exactMatch) if match.startswith(_MESH)}
        if theirs and not ours <= theirs:
            strange.append((term.label, sorted(ours - theirs), sorted(theirs)))
    assert strange == []
