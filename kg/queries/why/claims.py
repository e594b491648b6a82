"""Assertions, each with the evidence that papers give for it."""

from collections.abc import Iterator

from kg.namespaces import NS_IRI
from kg.queries.why.reading import MENTION, Row, mentions_of, node_at, paper_at, real, rows, sentences_of, whole
from kg.queries.why.values import Claim, Evidence
from kg.store import Graph

__all__ = ["find_assertions"]

# No class is asked for: the engine would begin with all nodes of the class, and the properties tell them apart.
_ASSERTIONS = """
SELECT ?assertion ?subject ?predicate ?object ?status ?confidence ?support WHERE {
  ?assertion rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
             kg:status ?status ; kg:confidence ?confidence ; kg:support ?support .
}"""
_SENTENCES = """
SELECT ?assertion ?evidence ?confidence ?paper ?source ?start ?end ?quote WHERE {
  ?evidence kg:supports ?assertion ; kg:confidence ?confidence ; prov:wasDerivedFrom ?source .
  ?paper kg:hasText ?text .
  ?source oa:hasSource ?text ; oa:start ?start ; oa:end ?end ; oa:exact ?quote .
}"""
_MENTIONS = (
    """
SELECT ?assertion ?evidence ?confidence ?paper ?source ?start ?end ?quote ?concept WHERE {
  ?evidence kg:supports ?assertion ; kg:confidence ?confidence ; prov:wasDerivedFrom ?source .
  ?paper kg:hasText ?text .
"""
    + MENTION
    + "}"
)


def find_assertions(graph: Graph, **known: str) -> list[Claim]:
    """Find the assertions of which some parts are known, asserted ones first.

    Args:
        graph: Where to look.
        known: IRIs of ``assertion``, ``subject``, ``predicate``, ``object``.
    """
    claims = [_claim(graph, row) for row in rows(graph, _ASSERTIONS, **known)]
    return sorted(claims, key=lambda one: (one.status, one.iri))


def _claim(graph: Graph, row: Row) -> Claim:
    evidence = sorted(_evidence(graph, row["assertion"]), key=lambda one: (-one.confidence, one.paper.iri))
    return Claim(
        iri=row["assertion"],
        subject=node_at(graph, row["subject"]),
        predicate=row["predicate"],
        object=node_at(graph, row["object"]),
        status=row["status"].removeprefix(NS_IRI),
        confidence=real(row["confidence"]),
        support=whole(row["support"]),
        evidence=tuple(evidence),
    )


def _evidence(graph: Graph, assertion: str) -> Iterator[Evidence]:
    sentences = _by_evidence(rows(graph, _SENTENCES, assertion=assertion))
    mentions = _by_evidence(rows(graph, _MENTIONS, assertion=assertion))
    for one in sorted(sentences.keys() | mentions.keys()):
        first = [*sentences.get(one, ()), *mentions.get(one, ())][0]
        yield Evidence(
            paper=paper_at(graph, first["paper"]),
            confidence=real(first["confidence"]),
            sentences=sentences_of(sentences.get(one, ())),
            mentions=mentions_of(graph, mentions.get(one, ())),
        )


def _by_evidence(found: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in found:
        grouped.setdefault(row["evidence"], []).append(row)
    return grouped
