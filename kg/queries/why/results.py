"""Results, each with the sentence it stands in and the mentions of what was measured."""

from collections.abc import Iterator

from kg.namespaces import KG, MLS, NS_IRI, OA
from kg.queries.why.reading import MENTION, Names, Row, mentions_of, real, rows, sentences_of, whole
from kg.queries.why.values import Claim, Evidence, Measured, Mention, Node, Sentence
from kg.rdf import NamedNode
from kg.store import Graph

__all__ = ["find_results"]

_RESULTS = """
SELECT ?paper ?result ?text ?status ?confidence WHERE {
  ?result kg:reportedIn ?paper ; mls:hasValue ?value . ?paper kg:hasText ?text .
  ?result kg:status ?status ; kg:confidence ?confidence .
}"""
_TOLD = "SELECT ?result ?property ?value WHERE { ?result ?property ?value }"
_SENTENCES = """
SELECT ?result ?source ?start ?end ?quote WHERE {
  ?result kg:inSentence ?source .
  ?source oa:start ?start ; oa:end ?end ; oa:exact ?quote .
}"""
_MENTIONS = (
    """
SELECT ?text ?concept ?source ?start ?end ?quote WHERE {
"""
    + MENTION
    + "}"
)


def find_results(graph: Graph, **known: str | None) -> Iterator[Claim]:
    """Yield the results of which some parts are known, in order of IRI.

    Args:
        graph: Where to look.
        known: IRIs, None for any, of ``paper``, ``result``.
    """
    names = Names(graph)
    return (_claim(graph, names, row) for row in rows(graph, _RESULTS, **known))


def _claim(graph: Graph, names: Names, row: Row) -> Claim:
    paper, measured = names.paper(row["paper"]), _measured(graph, names, row["result"])
    sentences = sentences_of(rows(graph, _SENTENCES, result=row["result"]))
    mentions = _mentions(graph, names, row["text"], measured, sentences)
    printed = measured.printed or measured.value
    return Claim(
        iri=row["result"],
        subject=Node(paper.iri, paper.title),
        predicate=KG.reportsResult.value,
        object=Node(row["result"], f"{printed} {measured.unit}" if measured.unit else printed),
        status=row["status"].removeprefix(NS_IRI),
        confidence=real(row["confidence"]),
        support=1,
        evidence=(Evidence(paper, real(row["confidence"]), sentences, mentions, component="kg_results"),),
        result=measured,
    )


def _measured(graph: Graph, names: Names, result: str) -> Measured:
    told = {row["property"]: row["value"] for row in rows(graph, _TOLD, result=result)}

    def text(term: NamedNode) -> str | None:
        return told.get(term.value)

    def offset(term: NamedNode) -> int | None:
        return whole(told[term.value]) if term.value in told else None

    def node(term: NamedNode) -> Node | None:
        return names.node(told[term.value]) if term.value in told else None

    words = text(KG.metricText)
    return Measured(
        value=told[MLS.hasValue.value],
        printed=text(KG.printed),
        start=offset(OA.start),
        end=offset(OA.end),
        unit=text(KG.unit),
        metric=node(MLS.specifiedBy) or (Node(None, words) if words else None),
        method=node(KG.ofMethod),
        dataset=node(KG.onDataset),
        task=node(KG.forTask),
        kind=text(KG.resultKind),
        comparator=text(KG.comparator),
        condition=text(KG.condition),
        value_max=text(KG.valueMax),
        deviation=text(KG.deviation),
        ci_low=text(KG.ciLow),
        ci_high=text(KG.ciHigh),
        ci_level=text(KG.ciLevel),
    )


def _mentions(
    graph: Graph, names: Names, text: str, measured: Measured, sentences: tuple[Sentence, ...]
) -> tuple[Mention, ...]:
    """Where the sentence names what was measured; of a concept it does not name, where the rest of the text does."""
    found: list[Row] = []
    for node in (measured.metric, measured.method, measured.dataset, measured.task):
        if node is not None and node.iri is not None:
            everywhere = rows(graph, _MENTIONS, text=text, concept=node.iri)
            found += [row for row in everywhere if _within(row, sentences)] or everywhere
    return mentions_of(names, found)


def _within(row: Row, sentences: tuple[Sentence, ...]) -> bool:
    return any(one.start <= whole(row["start"]) and whole(row["end"]) <= one.end for one in sentences)
