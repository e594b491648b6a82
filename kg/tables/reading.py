"""Ask a graph for what tables show: a few queries, whatever its size.

A name may stand in many graphs, and the union answers with each copy: what papers share is therefore read by itself
and joined here, not in the query.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.namespaces import BIBO, DCTERMS, FABIO, KG, MLS, SKOS
from kg.rdf import NamedNode
from kg.store import Graph
from kg.text import normal_form, printable

__all__ = ["Concepts", "Contents", "Facts", "first", "read_contents"]

Facts = Mapping[str, tuple[str, ...]]
"""A property's IRI -> its values, sorted."""

_PAPER_TERMS: Final = (
    *(DCTERMS.title, DCTERMS.issued, DCTERMS.identifier, BIBO.doi, FABIO.hasArXivID, BIBO.pmid, KG.hasCode, KG.hasData),
    *(KG.proposes, KG.uses, KG.comparedWith, KG.introduces, KG.usesDataset, KG.addressesTask, KG.reportsMetric),
    *(KG.hasModality, KG.targetsDisease, KG.imagesAnatomy),
)
_RESULT_TERMS: Final = (
    *(KG.reportedIn, KG.ofMethod, KG.onDataset, KG.forTask, MLS.specifiedBy, KG.metricText, MLS.hasValue, KG.valueMax),
    *(KG.printed, KG.unit, KG.normalisedValue, KG.deviation, KG.ciLow, KG.ciHigh, KG.ciLevel, KG.comparator),
    *(KG.condition, KG.resultKind, KG.status, KG.confidence),
)
_CONCEPT_TERMS: Final = (SKOS.prefLabel, SKOS.altLabel, SKOS.broader, KG.higherIsBetter, KG.minimum, KG.maximum)


def _about(terms: Iterable[NamedNode], pattern: str = "") -> str:
    return f"SELECT ?s ?p ?o WHERE {{ VALUES ?p {{ {' '.join(map(str, terms))} }} {pattern} ?s ?p ?o }}"


_PAPERS: Final = _about(_PAPER_TERMS, "?s a kg:Paper .")
_RESULTS: Final = _about(_RESULT_TERMS, "?s a kg:Result .")
_CONCEPTS: Final = _about(_CONCEPT_TERMS)
_PAPER_IRIS: Final = "SELECT ?s WHERE { ?s a kg:Paper }"
_REPORTED: Final = "SELECT ?s ?o WHERE { ?s kg:reportedIn ?o }"
_PARTS: Final = "SELECT ?s ?p ?o WHERE { BIND (kg:partOf AS ?p) ?s ?p ?o }"
_SENTENCES: Final = "SELECT ?s ?p ?o WHERE { ?s a kg:Result ; kg:inSentence ?at . ?at ?p ?o FILTER (?p = oa:exact) }"
_AUTHORS: Final = """
SELECT ?paper ?place ?name WHERE {
  ?paper a kg:Paper ; dcterms:creator ?author .
  ?author foaf:name ?name .
  OPTIONAL { ?paper bibo:authorList ?list . ?list ?place ?author }
}"""


def first(facts: Facts, term: NamedNode) -> str:
    """The first value of a property, or nothing."""
    return facts.get(term.value, ("",))[0]


class Concepts:
    """Names, hierarchy and scales of the concepts of a graph."""

    def __init__(self, facts: Mapping[str, Facts]) -> None:
        self._facts = facts

    def label(self, iri: str) -> str:
        """The name to print; of a node without one, the end of its IRI."""
        label = first(self._facts.get(iri, {}), SKOS.prefLabel)
        return printable(label) or printable(iri.rstrip("/").rpartition("/")[2]) or printable(iri)

    def above(self, iri: str) -> tuple[str, ...]:
        """All concepts that are broader, nearest first."""
        found: dict[str, None] = {}
        queue = [iri]
        while queue:
            for one in self._facts.get(queue.pop(0), {}).get(SKOS.broader.value, ()):
                if one not in found:
                    found[one] = None
                    queue.append(one)
        return tuple(found)

    def inherited(self, iri: str, term: NamedNode) -> str:
        """The value of a property: a concept's own, else that of the nearest broader one that has it."""
        values = (first(self._facts.get(one, {}), term) for one in (iri, *self.above(iri)))
        return next(filter(None, values), "")

    def meant_by(self, name: str) -> frozenset[str]:
        """The concepts that have a name or IRI, and all that are narrower."""
        meant = self._named.get(normal_form(name), frozenset()) | {name}
        return frozenset(iri for iri in {*self._facts, *meant} if iri in meant or not meant.isdisjoint(self.above(iri)))

    @cached_property
    def _named(self) -> Mapping[str, frozenset[str]]:
        named: defaultdict[str, set[str]] = defaultdict(set)
        for iri, facts in self._facts.items():
            for term in (SKOS.prefLabel, SKOS.altLabel):
                for name in facts.get(term.value, ()):
                    named[normal_form(name)].add(iri)
        return {form: frozenset(iris) for form, iris in named.items()}


@dataclass(frozen=True, slots=True)
class Contents:
    """What is read from a graph, sorted, so that no order of the store shows.

    Attributes:
        papers: What is told of each paper, by IRI.
        authors: Names of each paper's authors: those whose place is known in their order, then the others.
        results: What is told of each result, by IRI.
        sentences: The sentence each result stands in, by the result's IRI.
        wholes: The methods each method is a part of, by IRI.
    """

    papers: Mapping[str, Facts]
    authors: Mapping[str, tuple[str, ...]]
    results: Mapping[str, Facts]
    sentences: Mapping[str, str]
    wholes: Mapping[str, frozenset[str]]
    concepts: Concepts


def read_contents(graph: Graph, papers: Container[str] | None = None) -> Contents:
    """Read what tables show.

    Args:
        graph: The graph to read.
        papers: IRIs of the papers that are meant, if not all are.
    """
    results = None if papers is None else {one for one, paper in graph.texts(_REPORTED) if paper in papers}
    read: dict[str, Facts] = {row[0]: {} for row in _of(papers, graph.texts(_PAPER_IRIS))}
    parts = _facts(graph.texts(_PARTS))
    sentences = _facts(_of(results, graph.texts(_SENTENCES)))
    return Contents(
        papers=read | _facts(_of(papers, graph.texts(_PAPERS))),
        authors=_authors(_of(papers, graph.texts(_AUTHORS))),
        results=_facts(_of(results, graph.texts(_RESULTS))),
        sentences={iri: printable(next(iter(facts.values()))[0]) for iri, facts in sentences.items()},
        wholes={iri: frozenset(facts[KG.partOf.value]) for iri, facts in parts.items()},
        concepts=Concepts(_facts(graph.texts(_CONCEPTS))),
    )


def _of(subjects: Container[str] | None, rows: Iterable[list[str]]) -> Iterable[list[str]]:
    return rows if subjects is None else (row for row in rows if row[0] in subjects)


def _facts(rows: Iterable[list[str]]) -> dict[str, Facts]:
    facts: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in sorted({(subject, predicate, value) for subject, predicate, value in rows}):
        facts[subject][predicate].append(value)
    return {iri: {key: tuple(values) for key, values in found.items()} for iri, found in facts.items()}


def _authors(rows: Iterable[list[str]]) -> dict[str, tuple[str, ...]]:
    placed: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for paper, member, name in rows:
        number = member.rpartition("#_")[2]
        place = int(number) if number.isdecimal() else float("inf")
        placed[paper].append((place, printable(name)))
    return {paper: tuple(dict.fromkeys(name for _, name in sorted(names))) for paper, names in placed.items()}
