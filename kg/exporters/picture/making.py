"""Make nodes and statements of what was read."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.exporters.picture.reading import Claim, Contents, Facts
from kg.exporters.picture.terms import PREDICATES
from kg.namespaces import DCTERMS, KG, NS_IRI, SKOS

if TYPE_CHECKING:
    from kg.exporters.picture.choosing import Triple

__all__ = ["Node", "Picture", "Statement", "make_picture"]

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


def make_picture(contents: Contents) -> Picture:
    """Make nodes of what is chosen, and state what holds between them."""
    papers = _papers(contents)
    nodes = tuple(
        _node(iri, contents.types[iri], contents.facts.get(iri, {}), frozenset(papers[iri])) for iri in contents.chosen
    )
    return Picture(nodes, tuple(_statements(contents)), len(contents.types) - len(nodes))


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


def _statements(contents: Contents) -> list[Statement]:
    """State every triple and every claim between chosen nodes, in the order of the detail panel."""
    places = {iri: place for place, iri in enumerate(contents.chosen)}
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
