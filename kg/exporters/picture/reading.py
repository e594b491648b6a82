"""Read what the pages show: of all nodes the outline, and of those that are chosen all else."""

import re
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from kg.exporters.picture.choosing import Outline, Triple, choose, read_outline
from kg.exporters.picture.numbers import share
from kg.exporters.picture.rows import ends, of_class, single
from kg.namespaces import BIBO, DCTERMS, FABIO, FOAF, KG, MLS, NS_IRI, OA, PROV, RDF, RDFS, SKOS
from kg.rdf import NamedNode
from kg.store import Graph

__all__ = ["Claim", "Contents", "Facts", "Sentence", "read_contents", "read_nodes"]

#: A property's IRI -> its values, sorted.
Facts = Mapping[str, tuple[str, ...]]


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
    """All that is read from a graph; every tuple and mapping is sorted, so that no order of the store shows.

    Attributes:
        types: Of all nodes.
        chosen: The nodes that are shown.
        facts: Of nodes that are shown; of other papers, title and date.
        authors: Of papers that are shown.
        triples: Those with an end that is shown.
        claims: Those that tell of a node that is shown.
        results: Of papers that are shown.
        sentences: What claims and results rest on.
        origins: Of each evidence that rests on one of the sentences: the sentences and mentions it was derived from, in
            no stated order.
    """

    types: Mapping[str, str]
    chosen: Sequence[str]
    facts: Mapping[str, Facts]
    authors: Mapping[str, tuple[str, ...]]
    triples: tuple[Triple, ...]
    claims: tuple[Claim, ...]
    results: Mapping[str, Facts]
    sentences: Mapping[str, Sentence]
    origins: Mapping[str, Sequence[str]]


_FACT_TERMS: Final = (
    *(DCTERMS.title, DCTERMS.issued, DCTERMS.license, BIBO.doi, BIBO.pmid, FABIO.hasArXivID),
    *(KG.category, KG.hasCode, KG.hasData, KG.codeAvailable, KG.authorsComplete, KG.abstractNote),
    *(DCTERMS.creator, BIBO.authorList),
    *(RDFS.seeAlso, SKOS.prefLabel, SKOS.altLabel, KG.abbreviation, SKOS.definition, SKOS.exactMatch),
)
_TERMS_OF_OTHERS: Final = (DCTERMS.title, DCTERMS.issued)
_RESULT_TERMS: Final = (
    *(KG.reportedIn, KG.ofMethod, MLS.specifiedBy, KG.metricText, MLS.hasValue, KG.valueMax, KG.unit, KG.printed),
    *(KG.comparator, KG.condition, KG.resultKind, KG.onDataset, KG.forTask, KG.inSentence, KG.confidence),
)

_AUTHORS: Final = f"SELECT ?s ?p ?o WHERE {{ ?paper {BIBO.authorList} ?s . ?s ?p ?o }}"
_GAP: Final = re.compile(r"\s")
"""Marks count characters, so that each gap stays as wide as it is."""


def read_contents(graph: Graph, max_nodes: int) -> Contents:
    """Choose nodes, and read all that a page shows of them."""
    outline = read_outline(graph)
    return _read(graph, outline, choose(outline, max_nodes))


def read_nodes(graph: Graph, nodes: Sequence[str]) -> Contents:
    """Read all that a page shows of some nodes."""
    return _read(graph, read_outline(graph), nodes)


def _read(graph: Graph, outline: Outline, chosen: Sequence[str]) -> Contents:
    shown = frozenset(chosen)
    papers = {iri for iri, name in outline.types.items() if name == "Paper"}
    told = _told(graph, outline, shown, papers - shown)
    results = _results(graph, papers & shown)
    supports = [(evidence, claim) for evidence, claim in ends(graph, KG.supports) if claim in told]
    origins = _origins(graph, {evidence for evidence, _ in supports})
    places = (facts.get(KG.inSentence.value, ()) for facts in results.values())
    sentences = _sentences(graph, {*chain.from_iterable(origins.values()), *chain.from_iterable(places)})
    facts = _facts(_rows(graph, _FACT_TERMS, shown) + _rows(graph, _TERMS_OF_OTHERS, papers - shown))
    return Contents(
        types=outline.types,
        chosen=chosen,
        facts=facts,
        authors=_authors(graph, {iri: facts[iri] for iri in chosen if iri in papers and iri in facts}),
        triples=tuple(sorted(one for one in outline.triples if one[0] in shown or one[2] in shown)),
        claims=_claims(graph, told, _evidence(supports, origins, sentences)),
        results=results,
        sentences=sentences,
        origins=_origins(graph, _resting_on(graph, sentences)),
    )


def _told(graph: Graph, outline: Outline, shown: Container[str], hidden: Container[str]) -> dict[str, Triple]:
    """Find the claims that tell of a node that is shown, and what they claim.

    What a hidden paper states in a plain triple is no news of it: that the paper speaks of the node is known.
    """
    subjects = single(ends(graph, RDF.subject))
    values = single(ends(graph, RDF.object, subjects))
    near = {claim for claim, value in values.items() if value in shown or subjects[claim] in shown}
    predicates = single(ends(graph, RDF.predicate, near))
    told = {
        claim: (subjects[claim], predicates[claim], values[claim])
        for claim in of_class(graph, KG.Assertion)
        if claim in predicates
    }
    return {claim: triple for claim, triple in told.items() if triple[0] not in hidden or triple not in outline.triples}


def _rows(graph: Graph, terms: Iterable[NamedNode], of: Container[str]) -> list[Triple]:
    return [(subject, term.value, value) for term in terms for subject, value in ends(graph, term, of)]


def _facts(triples: Iterable[Triple]) -> dict[str, Facts]:
    facts: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in sorted(set(triples)):
        facts[subject][predicate].append(value)
    return {iri: {key: tuple(values) for key, values in found.items()} for iri, found in facts.items()}


def _sentences(graph: Graph, meant: Collection[str]) -> dict[str, Sentence]:
    """Read those that are meant and whose text and paper are known."""
    texts, sources = single(ends(graph, OA.exact, meant)), single(ends(graph, OA.hasSource, meant))
    papers = single(row[::-1] for row in ends(graph, KG.hasText))
    return {
        iri: Sentence(papers[sources[iri]], _in_one_line(texts[iri]))
        for iri in of_class(graph, KG.Sentence)
        if iri in texts and sources.get(iri) in papers
    }


def _in_one_line(text: str) -> str:
    return text if text.isprintable() else _GAP.sub(" ", text)


def _origins(graph: Graph, meant: Container[str]) -> dict[str, list[str]]:
    origins: defaultdict[str, list[str]] = defaultdict(list)
    for evidence, origin in ends(graph, PROV.wasDerivedFrom, meant):
        origins[evidence].append(origin)
    return dict(origins)


def _resting_on(graph: Graph, sentences: Container[str]) -> set[str]:
    """Find all evidence in some sentences, whatever it supports."""
    return {evidence for evidence, origin in ends(graph, PROV.wasDerivedFrom) if origin in sentences}


def _results(graph: Graph, papers: Container[str]) -> dict[str, Facts]:
    papers_of = single(ends(graph, KG.reportedIn))
    meant = {iri for iri in of_class(graph, KG.Result) if papers_of.get(iri) in papers}
    return _facts(_rows(graph, _RESULT_TERMS, meant)) if meant else {}


def _authors(graph: Graph, papers: Mapping[str, Facts]) -> dict[str, tuple[str, ...]]:
    """List the names of each paper's authors: those whose place is known in their order, then the others."""
    lists = {one for facts in papers.values() for one in facts.get(BIBO.authorList.value, ())}
    creators = {one for facts in papers.values() for one in facts.get(DCTERMS.creator.value, ())}
    names = single(ends(graph, FOAF.name, creators))
    ordered: defaultdict[str, list[str]] = defaultdict(list)
    rows = [row for row in graph.texts(_AUTHORS) if row[0] in lists] if lists else []
    for _, authors, author in sorted((_place(place), authors, author) for authors, place, author in rows):
        ordered[authors].append(author)
    return {iri: _names(facts, names, ordered) for iri, facts in papers.items()}


def _names(own: Facts, names: Mapping[str, str], ordered: Mapping[str, list[str]]) -> tuple[str, ...]:
    creators = own.get(DCTERMS.creator.value, ())
    placed = [author for authors in own.get(BIBO.authorList.value, ()) for author in ordered.get(authors, ())]
    unique = dict.fromkeys(author for author in (*placed, *creators) if author in creators)
    return tuple(names[author] for author in unique if author in names)


def _place(member: str) -> int:
    """Read the place of a member of a sequence from its property, rdf:_1 and so on."""
    number = member.rpartition("#_")[2]
    return int(number) if number.isdecimal() else 0


def _evidence(
    supports: Iterable[tuple[str, str]], origins: Mapping[str, Sequence[str]], sentences: Container[str]
) -> Mapping[str, set[str]]:
    """Tell of each claim which sentences support it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for evidence, claim in supports:
        found[claim].update(origin for origin in origins.get(evidence, ()) if origin in sentences)
    return found


def _claims(graph: Graph, told: Mapping[str, Triple], evidence: Mapping[str, set[str]]) -> tuple[Claim, ...]:
    statuses, confidences = single(ends(graph, KG.status, told)), single(ends(graph, KG.confidence, told))
    return tuple(
        Claim(
            told[claim],
            statuses[claim].removeprefix(NS_IRI),
            share(confidences.get(claim)),
            tuple(sorted(evidence.get(claim, ()))),
        )
        for claim in sorted(told)
        if claim in statuses
    )
