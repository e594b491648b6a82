"""Assertions, each with the evidence that papers give for it."""

from collections.abc import Iterator, Mapping

from kg.namespaces import NS_IRI
from kg.queries.why.reading import MENTION, Names, Row, mentions_of, real, rows, sentences_of, whole
from kg.queries.why.values import Claim, Evidence
from kg.store import Graph

__all__ = ["find_assertions"]

# No class is asked for: the engine would begin with all nodes of the class, and the properties tell them apart.
_TOLD = """{
  ?assertion rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
             kg:status ?status ; kg:confidence ?confidence ; kg:support ?support .
}"""
_ASSERTION = f"SELECT ?assertion ?subject ?predicate ?object ?status ?confidence ?support WHERE {_TOLD}"
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
"""
    + MENTION
    + "?paper kg:hasText ?text . }"
)
_SUREST = (
    "SELECT ?assertion ?evidence ?confidence WHERE { ?evidence kg:supports ?assertion ; kg:confidence ?confidence }"
)
_RUNS = "SELECT ?assertion ?evidence ?run WHERE { ?evidence kg:supports ?assertion ; prov:wasGeneratedBy ?run }"
"""Apart: with an OPTIONAL of it, the other two take three times as long."""


def find_assertions(graph: Graph, most: int | None, **known: str | None) -> Iterator[Claim]:
    """Yield the assertions of which some parts are known: asserted ones first, then by support and confidence.

    Args:
        graph: Where to look.
        most: How many papers to give for each, the surest; None for all.
        known: IRIs, None for any, of ``assertion``, ``subject``, ``predicate``, ``object``.
    """
    names = Names(graph)
    for assertion in _ranked(graph, known):
        for row in rows(graph, _ASSERTION, assertion=assertion):
            yield _claim(graph, names, row, most)


def _ranked(graph: Graph, known: Mapping[str, str | None]) -> list[str]:
    """Which assertions there are, in order; of many, no more is read than the order takes."""
    given = (name for name, iri in known.items() if iri is not None)
    variables = {"assertion", "status", "support", "confidence", *given}
    found = rows(graph, f"SELECT {' '.join(f'?{one}' for one in sorted(variables))} WHERE {_TOLD}", **known)

    def order(row: Row) -> tuple[str, int, float, str]:
        return row["status"], -whole(row["support"]), -real(row["confidence"]), row["assertion"]

    return list(dict.fromkeys(row["assertion"] for row in sorted(found, key=order)))


def _claim(graph: Graph, names: Names, row: Row, most: int | None) -> Claim:
    evidence = _evidence(graph, names, row, most)
    return Claim(
        iri=row["assertion"],
        subject=names.node(row["subject"]),
        predicate=row["predicate"],
        object=names.node(row["object"]),
        status=row["status"].removeprefix(NS_IRI),
        confidence=real(row["confidence"]),
        support=whole(row["support"]),
        evidence=tuple(sorted(evidence, key=lambda one: (-one.confidence, one.paper.iri))),
    )


def _evidence(graph: Graph, names: Names, claim: Row, most: int | None) -> Iterator[Evidence]:
    assertion = claim["assertion"]
    asked = [None] if most is None else _surest(graph, assertion, most)

    def told(query: str) -> list[Row]:
        return [row for one in asked for row in rows(graph, query, assertion=assertion, evidence=one)]

    sentences, mentions = _by_evidence(told(_SENTENCES)), _by_evidence(told(_MENTIONS))
    runs = {row["evidence"]: row["run"] for row in told(_RUNS)}
    names.learn(row["paper"] for found in (*sentences.values(), *mentions.values()) for row in found)
    for one in sorted(sentences.keys() | mentions.keys()):
        first = [*sentences.get(one, ()), *mentions.get(one, ())][0]
        yield Evidence(
            paper=names.paper(first["paper"]),
            confidence=real(first["confidence"]),
            sentences=sentences_of(sentences.get(one, ())),
            mentions=mentions_of(names, mentions.get(one, ())),
            run=names.run(runs[one]) if one in runs else None,
            component="kg_roles" if claim["subject"] == first["paper"] else "kg_relations",
        )


def _surest(graph: Graph, assertion: str, most: int) -> list[str]:
    """The evidence of the papers that are surest of a claim."""
    found = rows(graph, _SUREST, assertion=assertion)
    ranked = sorted(found, key=lambda row: (-real(row["confidence"]), row["evidence"]))
    return [row["evidence"] for row in ranked[:most]]


def _by_evidence(found: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in found:
        grouped.setdefault(row["evidence"], []).append(row)
    return grouped
