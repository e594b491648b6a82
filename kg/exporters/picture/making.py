"""Make nodes and statements of what was read, and leave out the least connected where there are too many."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.exporters.picture.reading import Claim, Contents, Facts, Triple
from kg.exporters.picture.terms import PREDICATES, TYPES
from kg.namespaces import DCTERMS, KG, NS_IRI, SKOS

__all__ = ["Node", "Picture", "Statement", "make_picture", "picture_of"]

ASSERTED: Final = KG.asserted.value.removeprefix(NS_IRI)

_SHORT: Final = 30
_HEAD: Final = 24
_PLACES: Final = {each.term.value: place for place, each in enumerate(PREDICATES)}


@dataclass(frozen=True, slots=True)
class Node:
    """A paper or concept; its papers are those that say anything of it."""

    iri: str
    type: str
    name: str
    label: str
    facts: Facts
    papers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple between two nodes, by their places, with what is known of it.

    It is drawn as an edge where the graph holds the plain triple.
    """

    subject: int
    predicate: int
    object: int
    drawn: bool
    status: str
    confidence: float | None
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The nodes and statements of the page, and how many nodes it leaves out."""

    nodes: tuple[Node, ...]
    statements: tuple[Statement, ...]
    left_out: int


def make_picture(contents: Contents, max_nodes: int) -> Picture:
    """Choose the nodes, papers first and then by the number of their edges, and state what holds between them."""
    return picture_of(contents, _choose(contents, max_nodes))


def picture_of(contents: Contents, chosen: Sequence[str]) -> Picture:
    """State what holds between some nodes."""
    papers = _papers(contents)
    nodes = tuple(
        _node(iri, contents.types[iri], contents.facts.get(iri, {}), frozenset(papers[iri])) for iri in chosen
    )
    return Picture(nodes, tuple(_statements(contents, chosen)), len(contents.types) - len(nodes))


def _choose(contents: Contents, max_nodes: int) -> list[str]:
    """Keep the papers, then the concepts, with most statements; at least two fifths of the place is the concepts'."""
    degrees = Counter(end for subject, _, value in contents.triples for end in (subject, value))
    ranked = sorted(contents.types, key=lambda iri: (-degrees[iri], iri))
    papers = [iri for iri in ranked if contents.types[iri] == "Paper"]
    concepts = [iri for iri in ranked if contents.types[iri] != "Paper"]
    kept = papers[: max(max_nodes - len(concepts), max_nodes * 3 // 5)]
    kept += concepts[: max_nodes - len(kept)]
    return sorted(kept, key=lambda iri: (TYPES.index(contents.types[iri]), iri))


def _papers(contents: Contents) -> Mapping[str, set[str]]:
    """Tell for every node which papers speak of it: as subject of a statement, or as its evidence."""
    papers: defaultdict[str, set[str]] = defaultdict(set)
    stated = {*contents.triples, *(claim.triple for claim in contents.claims)}
    for subject, _, value in stated:
        if contents.types.get(subject) == "Paper":
            papers[value].add(subject)
    for claim in contents.claims:
        of_claim = {contents.sentences[sentence].paper for sentence in claim.sentences}
        papers[claim.triple[0]] |= of_claim
        papers[claim.triple[2]] |= of_claim
    return papers


def _node(iri: str, type_name: str, facts: Facts, papers: frozenset[str]) -> Node:
    key = DCTERMS.title if type_name == "Paper" else SKOS.prefLabel
    name = " ".join(facts.get(key.value, (iri.rpartition("/")[2],))[0].split())
    return Node(iri, type_name, name, _shorten(name) if type_name == "Paper" else name, facts, papers)


def _shorten(title: str) -> str:
    """Shorten a title to the name before its colon, or to its first words.

    >>> _shorten("LungSegNet: a transformer for lung fields")
    'LungSegNet'
    >>> _shorten("A survey of methods that find small nodules in chest CT")
    'A survey of methods that find…'
    """
    head, colon, _ = title.partition(": ")
    if colon and len(head) <= _HEAD:
        return head
    if len(title) <= _SHORT:
        return title
    return re.sub(r"\W+\w*$", "", title[: _SHORT + 1]) + "…"


def _statements(contents: Contents, chosen: Sequence[str]) -> list[Statement]:
    """State every triple and every claim between chosen nodes, in the order of the detail panel."""
    places = {iri: place for place, iri in enumerate(chosen)}
    plain = frozenset(contents.triples)
    claims: dict[Triple, list[Claim]] = {triple: [] for triple in contents.triples}
    for claim in contents.claims:
        claims.setdefault(claim.triple, []).append(claim)
    found = []
    for triple, about in claims.items():
        subject, predicate, value = triple
        if subject not in places or value not in places or predicate not in _PLACES or subject == value:
            continue
        where = places[subject], _PLACES[predicate], places[value]
        drawn = triple in plain
        found += [
            Statement(*where, drawn and claim.status == ASSERTED, claim.status, claim.confidence, claim.sentences)
            for claim in about
        ]
        if drawn and not any(claim.status == ASSERTED for claim in about):
            found.append(Statement(*where, True, ASSERTED, None, ()))
    return sorted(found, key=lambda each: (not each.drawn, each.subject, each.predicate, each.object, each.status))
