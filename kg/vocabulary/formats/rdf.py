"""OWL and SKOS in any RDF syntax: classes and concepts, their labels in English, what stands above them.

The synonym properties are those of https://github.com/geneontology/go-ontology/blob/master/contrib/oboInOwl.obo and
of the Information Artifact Ontology.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from kg.namespaces import KG, OWL, RDF, RDFS, SKOS
from kg.rdf import Literal, NamedNode, PlainTriple, Term, parse_file, plain_triples
from kg.records import Kind
from kg.text import printable
from kg.vocabulary.formats.found import Found
from kg.vocabulary.iris import exact_iri, match_iri

__all__ = ["read_rdf"]

_OIO: Final = "http://www.geneontology.org/formats/oboInOwl#"
_IAO_ALTERNATIVE: Final = "http://purl.obolibrary.org/obo/IAO_0000118"
_DEPRECATED: Final = "http://www.w3.org/2002/07/owl#deprecated"
_NARROWER: Final = f"{SKOS.iri}narrower"
_EQUIVALENT: Final = "http://www.w3.org/2002/07/owl#equivalentClass"

_ROLES: Final[Mapping[str, str]] = {
    RDF.type.value: "type",
    SKOS.prefLabel.value: "preferred",
    RDFS.label.value: "label",
    SKOS.altLabel.value: "labels",
    SKOS.hiddenLabel.value: "labels",
    f"{_OIO}hasExactSynonym": "labels",
    f"{_OIO}hasNarrowSynonym": "labels",
    _IAO_ALTERNATIVE: "labels",
    f"{_OIO}hasBroadSynonym": "loose",
    f"{_OIO}hasRelatedSynonym": "loose",
    SKOS.broader.value: "broader",
    RDFS.subClassOf.value: "broader",
    SKOS.exactMatch.value: "exact",
    OWL.sameAs.value: "exact",
    _EQUIVALENT: "exact",
    SKOS.closeMatch.value: "close",
    f"{_OIO}hasDbXref": "close",
    _DEPRECATED: "deprecated",
}
_CONCEPTS: Final = frozenset({SKOS.Concept.value, OWL.Class.value, f"{RDFS.iri}Class"})
_KINDS: Final = {KG[kind.value].value: kind for kind in Kind}
_Told = Mapping[str, list[Term]]


def read_rdf(path: Path, base: str, left_out: Counter[str]) -> Iterator[Found]:  # noqa: ARG001 - RDF has whole IRIs
    """Read the concepts of an RDF file; see `Reader`. Labels in other languages than English are left out."""
    for iri, told in _by_subject(plain_triples(parse_file(path))).items():
        types = {one.value for one in told["type"]}
        if not types & (_CONCEPTS | _KINDS.keys()):
            continue
        if any(one.value in {"true", "1"} for one in told["deprecated"]):
            left_out["obsolete concepts"] += 1
            continue
        found = _found(iri, told, left_out)
        if found is None:
            left_out["concepts without a name"] += 1
        else:
            yield found


def _by_subject(triples: Iterable[PlainTriple]) -> dict[str, defaultdict[str, list[Term]]]:
    told: dict[str, defaultdict[str, list[Term]]] = {}
    for subject, predicate, obj in triples:
        role = _ROLES.get(predicate.value)
        if role:
            told.setdefault(subject.value, defaultdict(list))[role].append(obj)
        elif predicate.value == _NARROWER:
            told.setdefault(obj.value, defaultdict(list))["broader"].append(subject)
    return told


def _found(iri: str, told: _Told, left_out: Counter[str]) -> Found | None:
    labels = [name for role in ("preferred", "label") for name in _english(told[role], left_out)]
    others = _english(told["labels"], left_out)
    if not labels:
        return None
    left_out["broader or related synonyms"] += len(told["loose"])
    kinds = sorted(_KINDS[one.value] for one in told["type"] if one.value in _KINDS)
    return Found(
        iri,
        labels[0],
        (*labels[1:], *others),
        tuple(one.value for one in told["broader"] if isinstance(one, NamedNode)),
        tuple(_matches(told["exact"], exact_iri)),
        tuple(_matches(told["close"], match_iri)),
        kinds[0] if kinds else None,
    )


def _english(literals: Iterable[Term], left_out: Counter[str]) -> list[str]:
    """Keep the names in English or no language, those in English first, then in order of their letters."""
    kept = []
    for one in literals:
        language = one.language if isinstance(one, Literal) else None
        if language is None or language.split("-")[0] == "en":
            kept.append((language is None, printable(one.value)))
        else:
            left_out["names in other languages"] += 1
    return [name for _, name in sorted(kept) if name]


def _matches(terms: Iterable[Term], iri_of: Callable[[str], str | None]) -> Iterator[str]:
    for one in terms:
        iri = one.value if isinstance(one, NamedNode) else iri_of(one.value)
        if iri:
            yield iri
