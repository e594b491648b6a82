"""Read what the pages show from a graph: eight queries, whatever its size.

A name may stand in many graphs, and the union answers with each copy: what is shared by papers is therefore
read by itself and joined here, not in the query.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.exporters.picture.numbers import share
from kg.exporters.picture.terms import PREDICATES, TYPES
from kg.namespaces import BIBO, DCTERMS, FABIO, FOAF, KG, MLS, NS_IRI, RDFS, SKOS
from kg.rdf import NamedNode
from kg.store import Graph

__all__ = ["Claim", "Contents", "Facts", "Sentence", "Triple", "read_contents"]

Row = Sequence[str]
"""What a query answers, as texts."""

#: A property's IRI -> its values, sorted.
Facts = Mapping[str, tuple[str, ...]]

#: Subject, predicate, object.
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paper that is evidence for something."""

    paper: str
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one assertion says of a triple, and the sentences that say so."""

    triple: Triple
    status: str
    confidence: float | None
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """All that is read from a graph; every tuple and mapping is sorted, so that no order of the store shows."""

    types: Mapping[str, str]
    facts: Mapping[str, Facts]
    authors: Mapping[str, tuple[str, ...]]
    triples: tuple[Triple, ...]
    claims: tuple[Claim, ...]
    results: Mapping[str, Facts]
    sentences: Mapping[str, Sentence]


_FACT_TERMS: Final = (
    *(DCTERMS.title, DCTERMS.issued, BIBO.doi, BIBO.pmid, FABIO.hasArXivID),
    *(KG.category, KG.hasCode, KG.hasData, KG.codeAvailable, KG.authorsComplete, KG.abstractNote),
    *(DCTERMS.creator, BIBO.authorList, FOAF.name),
    *(RDFS.seeAlso, SKOS.prefLabel, SKOS.altLabel, KG.abbreviation, SKOS.definition, SKOS.exactMatch),
)
_RESULT_TERMS: Final = (
    *(KG.reportedIn, KG.ofMethod, MLS.specifiedBy, KG.metricText, MLS.hasValue, KG.valueMax, KG.unit, KG.printed),
    *(KG.comparator, KG.condition, KG.resultKind, KG.onDataset, KG.forTask, KG.confidence, KG.inSentence),
)


def _values(terms: Iterable[NamedNode]) -> str:
    return " ".join(str(term) for term in terms)


_GAP: Final = re.compile(r"\s")
"""Marks count characters, so that each gap stays as wide as it is."""

_TYPES: Final = f"SELECT ?s ?o WHERE {{ VALUES ?o {{ {_values(KG[name] for name in TYPES)} }} ?s a ?o }}"
_FACTS: Final = f"SELECT ?s ?p ?o WHERE {{ VALUES ?p {{ {_values(_FACT_TERMS)} }} ?s ?p ?o }}"
_TRIPLES: Final = f"SELECT ?s ?p ?o WHERE {{ VALUES ?p {{ {_values(each.term for each in PREDICATES)} }} ?s ?p ?o }}"
_RESULTS: Final = f"SELECT ?s ?p ?o WHERE {{ ?s a kg:Result . VALUES ?p {{ {_values(_RESULT_TERMS)} }} ?s ?p ?o }}"
_AUTHORS: Final = """
SELECT ?s ?p ?o WHERE { ?paper bibo:authorList ?s . ?s ?p ?o }"""
_CLAIMS: Final = """
SELECT ?claim ?s ?p ?o ?status ?confidence WHERE {
  ?claim a kg:Assertion ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:status ?status .
  OPTIONAL { ?claim kg:confidence ?confidence }
}"""
_EVIDENCE: Final = """
SELECT ?s ?o WHERE { ?evidence kg:supports ?s ; prov:wasDerivedFrom ?o . ?o a kg:Sentence }"""
_SENTENCES: Final = """
SELECT ?s ?paper ?o WHERE { ?s a kg:Sentence ; oa:exact ?o ; oa:hasSource ?text . ?paper kg:hasText ?text }"""


def read_contents(graph: Graph) -> Contents:
    """Read all that the page shows."""
    types = _types(graph.texts(_TYPES))
    sentences = {iri: Sentence(paper, _GAP.sub(" ", text)) for iri, paper, text in graph.texts(_SENTENCES)}
    facts = _facts(graph.texts(_FACTS))
    return Contents(
        types=types,
        facts={iri: of_node for iri, of_node in facts.items() if iri in types},
        authors=_authors(types, facts, graph.texts(_AUTHORS)),
        triples=tuple(sorted({(subject, predicate, value) for subject, predicate, value in graph.texts(_TRIPLES)})),
        claims=_claims(graph.texts(_CLAIMS), graph.texts(_EVIDENCE), sentences),
        results=_facts(graph.texts(_RESULTS)),
        sentences=sentences,
    )


def _types(rows: Iterable[Row]) -> dict[str, str]:
    """Name the type of every node: where one has several, the first in the order of the legend."""
    pairs = {(TYPES.index(type_name.removeprefix(NS_IRI)), iri) for iri, type_name in rows}
    first = {iri: TYPES[place] for place, iri in sorted(pairs, reverse=True)}
    return dict(sorted(first.items()))


def _facts(rows: Iterable[Row]) -> dict[str, Facts]:
    facts: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in sorted(set(map(tuple, rows))):
        facts[subject][predicate].append(value)
    return {iri: {key: tuple(values) for key, values in found.items()} for iri, found in facts.items()}


def _authors(types: Mapping[str, str], facts: Mapping[str, Facts], rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """List the names of each paper's authors: those whose place is known in their order, then the others."""
    ordered: defaultdict[str, list[str]] = defaultdict(list)
    for _, authors, author in sorted((_place(place), authors, author) for authors, place, author in rows):
        ordered[authors].append(author)
    return {
        iri: _names(iri, facts, ordered) for iri, type_name in types.items() if type_name == "Paper" and iri in facts
    }


def _names(paper: str, facts: Mapping[str, Facts], ordered: Mapping[str, list[str]]) -> tuple[str, ...]:
    own = facts[paper]
    creators = own.get(DCTERMS.creator.value, ())
    placed = [author for authors in own.get(BIBO.authorList.value, ()) for author in ordered.get(authors, ())]
    unique = dict.fromkeys(author for author in (*placed, *creators) if author in creators)
    return tuple(name for author in unique for name in facts.get(author, {}).get(FOAF.name.value, ())[:1])


def _place(member: str) -> int:
    """Read the place of a member of a sequence from its property, rdf:_1 and so on."""
    number = member.rpartition("#_")[2]
    return int(number) if number.isdecimal() else 0


def _claims(rows: Iterable[Row], evidence: Iterable[Row], sentences: Mapping[str, Sentence]) -> tuple[Claim, ...]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for claim, sentence in evidence:
        if sentence in sentences:
            found[claim].add(sentence)
    claims = {
        ((subject, predicate, value), status.removeprefix(NS_IRI), claim, confidence)
        for claim, subject, predicate, value, status, confidence in rows
    }
    return tuple(
        Claim(triple, status, share(confidence), tuple(sorted(found[claim])))
        for triple, status, claim, confidence in sorted(claims)
    )
