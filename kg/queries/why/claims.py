"""Assertions, each with the evidence that papers give for it."""

from collections.abc import Iterator

from kg.namespaces import NS_IRI
from kg.queries.why.reading import MENTION, Names, Row, mentions_of, real, rows, sentences_of, whole
from kg.queries.why.values import Claim, Evidence
from kg.store import Graph

__all__ = ["find_assertions"]

# What is optional comes last: before the rest, the engine would join the two by reading all there is.
# No class is asked for: the engine would begin with all nodes of the class, and the properties tell them apart.
_ASSERTIONS = """
SELECT ?assertion ?subject ?predicate ?object ?status ?confidence ?support WHERE {
  ?assertion rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
             kg:status ?status ; kg:confidence ?confidence ; kg:support ?support .
}"""
_SENTENCES = """
SELECT ?assertion ?evidence ?confidence ?run ?paper ?source ?start ?end ?quote WHERE {
  ?evidence kg:supports ?assertion ; kg:confidence ?confidence ; prov:wasDerivedFrom ?source .
  ?paper kg:hasText ?text .
  ?source oa:hasSource ?text ; oa:start ?start ; oa:end ?end ; oa:exact ?quote .
  OPTIONAL { ?evidence prov:wasGeneratedBy ?run }
}"""
_MENTIONS = (
    """
SELECT ?assertion ?evidence ?confidence ?run ?paper ?source ?start ?end ?quote ?concept WHERE {
  ?evidence kg:supports ?assertion ; kg:confidence ?confidence ; prov:wasDerivedFrom ?source .
"""
    + MENTION
    + "?paper kg:hasText ?text . OPTIONAL { ?evidence prov:wasGeneratedBy ?run } }"
)


def find_assertions(graph: Graph, **known: str | None) -> list[Claim]:
    """Find the assertions of which some parts are known, asserted ones first, then by name.

    Args:
        graph: Where to look.
        known: IRIs, None for any, of ``assertion``, ``subject``, ``predicate``, ``object``.
    """
    names, found = Names(graph), rows(graph, _ASSERTIONS, **known)
    names.learn(row[part] for row in found for part in ("subject", "object"))
    claims = [_claim(graph, names, row) for row in found]
    return sorted(claims, key=lambda one: (one.status, one.subject.name, one.predicate, one.object.name, one.iri))


def _claim(graph: Graph, names: Names, row: Row) -> Claim:
    evidence = sorted(_evidence(graph, names, row["assertion"]), key=lambda one: (-one.confidence, one.paper.iri))
    return Claim(
        iri=row["assertion"],
        subject=names.node(row["subject"]),
        predicate=row["predicate"],
        object=names.node(row["object"]),
        status=row["status"].removeprefix(NS_IRI),
        confidence=real(row["confidence"]),
        support=whole(row["support"]),
        evidence=tuple(evidence),
    )


def _evidence(graph: Graph, names: Names, assertion: str) -> Iterator[Evidence]:
    sentences = _by_evidence(rows(graph, _SENTENCES, assertion=assertion))
    mentions = _by_evidence(rows(graph, _MENTIONS, assertion=assertion))
    names.learn(row["paper"] for found in (*sentences.values(), *mentions.values()) for row in found)
    for one in sorted(sentences.keys() | mentions.keys()):
        first = [*sentences.get(one, ()), *mentions.get(one, ())][0]
        yield Evidence(
            paper=names.paper(first["paper"]),
            confidence=real(first["confidence"]),
            sentences=sentences_of(sentences.get(one, ())),
            mentions=mentions_of(names, mentions.get(one, ())),
            run=names.run(first["run"]) if "run" in first else None,
        )


def _by_evidence(found: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in found:
        grouped.setdefault(row["evidence"], []).append(row)
    return grouped
