"""Invented graphs of any size, shaped like those that `kg build` makes: topics, hubs, evidence for every claim.

Papers belong to topics and speak mostly of their topic's concepts; how often a concept is spoken of falls with its
rank (Zipf). Sentences are made of invented words drawn the same way, which compress about as well as English does.
The same size gives the same graph.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from kg.namespaces import BIBO, DATA_IRI, DCTERMS, FOAF, KG, OA, PROV, RDF, SKOS, XSD
from kg.rdf import Literal, NamedNode, Quad, Term
from kg.store import Graph

__all__ = ["invented_graph"]

_SHARES: Final = {
    "Paper": 0.36,
    "Method": 0.3,
    "Dataset": 0.08,
    "Task": 0.1,
    "Disease": 0.08,
    "Modality": 0.03,
    "Metric": 0.03,
    "Anatomy": 0.02,
}
_OF_PAPER: Final = (
    ("Method", KG.proposes, 0.45),
    ("Method", KG.uses, 1.3),
    ("Dataset", KG.usesDataset, 0.5),
    ("Task", KG.addressesTask, 0.8),
    ("Disease", KG.targetsDisease, 0.7),
    ("Modality", KG.hasModality, 0.6),
    ("Metric", KG.reportsMetric, 0.3),
    ("Anatomy", KG.imagesAnatomy, 0.25),
)
"""Type, predicate, and how many statements a paper makes on average; 4.9 in all, so some 1.9 for each node."""
_BETWEEN: Final = (("Method", KG.evaluatedOn, "Dataset", 0.2), ("Method", KG.basedOn, "Method", 0.25))
_TOPIC: Final = 120  # nodes
_AT_HOME: Final = 0.8  # of a paper's concepts are of its topic
_HUBS: Final = 0.4  # of them are drawn by rank, the rest evenly, so that few stand alone
_SYLLABLES: Final = "ba co di fu la me ni or pa qui re sa ti ul ve xo an den gra li mor pla stru tech vol en si ther"


@dataclass(frozen=True)
class _Node:
    iri: NamedNode
    type: str
    label: str
    topic: int


class _Words:
    """Invented words, the frequent ones first and short."""

    def __init__(self, random: Random) -> None:
        parts = _SYLLABLES.split()
        self._random = random
        self._words = ["".join(random.choices(parts, k=1 + place // 300 % 4)) for place in range(4000)]

    def draw(self, count: int) -> str:
        return " ".join(self._words[int(len(self._words) ** self._random.random()) - 1] for _ in range(count))


def invented_graph(count: int) -> Graph:
    """Make a graph of about ``count`` nodes."""
    return Graph.of(_quads(count))


def _quads(count: int) -> Iterator[Quad]:
    random = Random(count)  # noqa: S311 - no secret
    words = _Words(random)
    nodes = _nodes(count, random, words)
    yield from (quad for nodes_of_type in nodes.values() for node in nodes_of_type for quad in _node(node, random))
    number = 0
    for paper in nodes["Paper"]:
        for subject, predicate, value in _claims(paper, nodes, random):
            yield from _claim(f"{DATA_IRI}claim/{number}", paper, (subject, predicate, value), random, words)
            number += 1


def _nodes(count: int, random: Random, words: _Words) -> dict[str, list[_Node]]:
    topics = max(1, count // _TOPIC)
    made: dict[str, list[_Node]] = {}
    for type_name, share in _SHARES.items():
        made[type_name] = [
            _Node(
                NamedNode(f"{DATA_IRI}{type_name.lower()}/{number}"),
                type_name,
                f"{words.draw(9 if type_name == 'Paper' else random.randint(1, 3))} {number}".capitalize(),
                number % topics,
            )
            for number in range(max(1, round(count * share)))
        ]
    return made


def _node(node: _Node, random: Random) -> Iterator[Quad]:
    yield Quad(node.iri, RDF.type, KG[node.type])
    if node.type != "Paper":
        yield Quad(node.iri, SKOS.prefLabel, Literal(node.label, language="en"))
        return
    year = 2026 - int(14 * random.random() ** 1.7)
    yield Quad(node.iri, DCTERMS.title, Literal(node.label))
    yield Quad(node.iri, DCTERMS.issued, Literal(f"{year}-{random.randint(1, 12):02}-11", datatype=XSD.date))
    yield Quad(node.iri, BIBO.doi, Literal(f"10.1000/{random.randrange(10**7)}"))
    yield Quad(node.iri, KG.hasText, NamedNode(f"{node.iri.value}/text"))
    for _ in range(random.randint(1, 4)):
        author = NamedNode(f"{DATA_IRI}author/{random.randrange(5000)}")
        yield Quad(node.iri, DCTERMS.creator, author)
        yield Quad(author, FOAF.name, Literal(f"Author {author.value.rpartition('/')[2]}"))


def _pick(nodes: list[_Node], topic: int, topics: int, random: Random) -> _Node:
    """Draw a node, those with low numbers far more often; of the topic where it has one of this type."""
    at_home = nodes[topic::topics]
    pool = at_home if at_home and random.random() < _AT_HOME else nodes
    place = len(pool) ** random.random() if random.random() < _HUBS else 1 + random.random() * len(pool)
    return pool[min(int(place), len(pool)) - 1]


def _claims(
    paper: _Node, nodes: dict[str, list[_Node]], random: Random
) -> Iterator[tuple[NamedNode, NamedNode, NamedNode]]:
    topics = max(node.topic for node in nodes["Paper"]) + 1
    for type_name, predicate, mean in _OF_PAPER:
        for _ in range(int(mean) + (random.random() < mean % 1)):
            yield paper.iri, predicate, _pick(nodes[type_name], paper.topic, topics, random).iri
    for subject_type, predicate, object_type, mean in _BETWEEN:
        if random.random() < mean:
            ends = (_pick(nodes[name], paper.topic, topics, random).iri for name in (subject_type, object_type))
            subject, value = ends
            yield subject, predicate, value


def _claim(
    name: str, paper: _Node, triple: tuple[NamedNode, NamedNode, NamedNode], random: Random, words: _Words
) -> Iterator[Quad]:
    """State a triple, and the claim with a sentence and a mention as its evidence."""
    subject, predicate, value = triple
    claim, evidence, sentence, mention, target, selector = (
        NamedNode(f"{name}{part}") for part in ("", "/evidence", "/sentence", "/mention", "/target", "/position")
    )
    text = f"{words.draw(random.randint(10, 19)).capitalize()}."
    start = random.randrange(1500)
    end = start + text.index(" ")
    pairs: tuple[tuple[NamedNode, NamedNode, Term], ...] = (
        (subject, predicate, value),
        (claim, RDF.type, KG.Assertion),
        (claim, RDF.subject, subject),
        (claim, RDF.predicate, predicate),
        (claim, RDF.object, value),
        (claim, KG.status, KG.asserted),
        (claim, KG.confidence, Literal(f"{random.uniform(0.5, 1):.2f}", datatype=XSD.decimal)),
        (evidence, KG.supports, claim),
        (evidence, PROV.wasDerivedFrom, sentence),
        (evidence, PROV.wasDerivedFrom, mention),
        (sentence, RDF.type, KG.Sentence),
        (sentence, OA.exact, Literal(text)),
        (sentence, OA.start, Literal(start)),
        (sentence, OA.end, Literal(start + len(text))),
        (sentence, OA.hasSource, NamedNode(f"{paper.iri.value}/text")),
        (mention, OA.hasBody, value),
        (mention, OA.hasTarget, target),
        (target, OA.hasSelector, selector),
        (selector, OA.start, Literal(start)),
        (selector, OA.end, Literal(end)),
    )
    for subject_term, predicate_term, object_term in pairs:
        yield Quad(subject_term, predicate_term, object_term)
