"""Read what the pages show from a graph, one predicate after the other, and join it here.

A query for one predicate costs the engine a look at each of its statements; a query that joined five would look up
every claim five times, which takes three times as long in memory and longer on disk. A name may stand in many graphs,
and the union answers with each copy, so that nothing here minds being told the same twice.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

from kg.exporters.picture.numbers import share
from kg.exporters.picture.terms import PREDICATES, TYPES
from kg.namespaces import BIBO, DCTERMS, FABIO, FOAF, KG, MLS, NS_IRI, OA, PROV, RDF, RDFS, SKOS
from kg.rdf import NamedNode
from kg.store import Graph

__all__ = ["Claim", "Contents", "Facts", "Sentence", "Triple", "ends", "read_contents", "single"]

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
    origins: Mapping[str, Sequence[str]]
    """Of each evidence: the sentences and mentions it was derived from, in no stated order."""


_FACT_TERMS: Final = (
    *(DCTERMS.title, DCTERMS.issued, DCTERMS.license, BIBO.doi, BIBO.pmid, FABIO.hasArXivID),
    *(KG.category, KG.hasCode, KG.hasData, KG.codeAvailable, KG.authorsComplete, KG.abstractNote),
    *(DCTERMS.creator, BIBO.authorList, FOAF.name),
    *(RDFS.seeAlso, SKOS.prefLabel, SKOS.altLabel, KG.abbreviation, SKOS.definition, SKOS.exactMatch),
)
_RESULT_TERMS: Final = (
    *(KG.reportedIn, KG.ofMethod, MLS.specifiedBy, KG.metricText, MLS.hasValue, KG.valueMax, KG.unit, KG.printed),
    *(KG.comparator, KG.condition, KG.resultKind, KG.onDataset, KG.forTask, KG.inSentence),
)


_AUTHORS: Final = f"SELECT ?s ?p ?o WHERE {{ ?paper {BIBO.authorList} ?s . ?s ?p ?o }}"
_GAP: Final = re.compile(r"\s")
"""Marks count characters, so that each gap stays as wide as it is."""


def read_contents(graph: Graph) -> Contents:
    """Read all that the page shows."""
    types = _types(graph)
    sentences = _sentences(graph)
    facts = _facts(_triples(graph, _FACT_TERMS))
    origins = _origins(graph)
    confidences = single(ends(graph, KG.confidence))
    return Contents(
        types=types,
        facts={iri: of_node for iri, of_node in facts.items() if iri in types},
        authors=_authors(types, facts, graph.texts(_AUTHORS)),
        triples=tuple(sorted(set(_triples(graph, (each.term for each in PREDICATES))))),
        claims=_claims(graph, confidences, _evidence(graph, origins, sentences)),
        results=_results(graph, confidences),
        sentences=sentences,
        origins=origins,
    )


def single(rows: Sequence[list[str]]) -> dict[str, str]:
    """Map what has one value to it; should it have several, to the first in their order.

    >>> single([["a", "2"], ["a", "1"], ["b", "3"]])["a"]
    '1'
    """
    found = {subject: value for subject, value in rows}  # noqa: C416 - dict() takes pairs, and these are lists
    return found if len(found) == len(rows) else single(_least(rows))


def _least(rows: Iterable[list[str]]) -> list[list[str]]:
    """Keep of the rows of each subject the first in their order."""
    return [next(of_subject) for _, of_subject in groupby(sorted(rows), key=itemgetter(0))]


def ends(graph: Graph, predicate: NamedNode) -> list[list[str]]:
    """List what stands at both ends of a predicate, in no stated order and perhaps more than once."""
    return graph.texts(f"SELECT ?s ?o WHERE {{ ?s {predicate} ?o }}")


def _of_class(graph: Graph, name: NamedNode) -> set[str]:
    return {iri for (iri,) in graph.texts(f"SELECT ?s WHERE {{ ?s {RDF.type} {name} }}")}


def _triples(graph: Graph, predicates: Iterable[NamedNode]) -> Iterable[Triple]:
    return ((subject, each.value, value) for each in predicates for subject, value in ends(graph, each))


def _types(graph: Graph) -> dict[str, str]:
    """Name the type of every node: where one has several, the first in the order of the legend."""
    first = {iri: name for name in reversed(TYPES) for iri in _of_class(graph, KG[name])}
    return dict(sorted(first.items()))


def _sentences(graph: Graph) -> dict[str, Sentence]:
    """Read every sentence whose text and paper are known."""
    texts, sources = single(ends(graph, OA.exact)), single(ends(graph, OA.hasSource))
    papers = single([row[::-1] for row in ends(graph, KG.hasText)])
    return {
        iri: Sentence(papers[sources[iri]], _in_one_line(texts[iri]))
        for iri in _of_class(graph, KG.Sentence)
        if iri in texts and sources.get(iri) in papers
    }


def _in_one_line(text: str) -> str:
    return text if text.isprintable() else _GAP.sub(" ", text)


def _origins(graph: Graph) -> dict[str, list[str]]:
    origins: defaultdict[str, list[str]] = defaultdict(list)
    for evidence, origin in ends(graph, PROV.wasDerivedFrom):
        origins[evidence].append(origin)
    return dict(origins)


def _facts(triples: Iterable[Triple]) -> dict[str, Facts]:
    facts: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in sorted(set(triples)):
        facts[subject][predicate].append(value)
    return {iri: {key: tuple(values) for key, values in found.items()} for iri, found in facts.items()}


def _results(graph: Graph, confidences: Mapping[str, str]) -> dict[str, Facts]:
    results = _of_class(graph, KG.Result)
    sure = ((iri, KG.confidence.value, confidences[iri]) for iri in results if iri in confidences)
    told = _triples(graph, _RESULT_TERMS) if results else ()
    return _facts((*(triple for triple in told if triple[0] in results), *sure))


def _authors(
    types: Mapping[str, str], facts: Mapping[str, Facts], rows: Iterable[Sequence[str]]
) -> dict[str, tuple[str, ...]]:
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


def _evidence(
    graph: Graph, origins: Mapping[str, Sequence[str]], sentences: Mapping[str, Sentence]
) -> Mapping[str, set[str]]:
    """Tell of each claim which sentences support it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for evidence, claim in ends(graph, KG.supports):
        found[claim].update(origin for origin in origins.get(evidence, ()) if origin in sentences)
    return found


def _claims(graph: Graph, confidences: Mapping[str, str], evidence: Mapping[str, set[str]]) -> tuple[Claim, ...]:
    subjects, predicates, objects, statuses = (
        single(ends(graph, term)) for term in (RDF.subject, RDF.predicate, RDF.object, KG.status)
    )
    return tuple(
        Claim(
            (subjects[claim], predicates[claim], objects[claim]),
            statuses[claim].removeprefix(NS_IRI),
            share(confidences.get(claim)),
            tuple(sorted(evidence.get(claim, ()))),
        )
        for claim in sorted(_of_class(graph, KG.Assertion))
        if claim in subjects and claim in predicates and claim in objects and claim in statuses
    )
