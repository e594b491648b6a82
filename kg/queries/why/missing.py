"""What to tell a user whose claim is not in the graph: what there is instead, on one line."""

from itertools import product

from kg.namespaces import NS_IRI
from kg.queries.printing import short_iri
from kg.queries.why.question import ANY, Question
from kg.queries.why.reading import Names, rows
from kg.records import Status
from kg.store import Graph
from kg.text import printable

__all__ = ["say_what_there_is"]

_MOST = 5
_PLAIN = "SELECT ?subject ?predicate ?object WHERE { ?subject ?predicate ?object FILTER (isIRI(?object)) }"
_RETRACTION = """
SELECT ?paper ?reason WHERE {
  ?paper prov:wasInvalidatedBy ?retraction . OPTIONAL { ?retraction rdfs:comment ?reason }
}"""
_ASSERTIONS = """
SELECT ?subject ?predicate ?object ?status WHERE {
  ?assertion rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; kg:status ?status .
}"""


def say_what_there_is(graph: Graph, question: Question) -> str:
    """Say that a claim is not in the graph, and what links the two, or else what the subject has instead."""
    names = Names(graph)
    subject, obj = (_name(names, iris[0]) for iris in (question.subjects, question.objects))
    predicate = short_iri(question.predicate) if question.predicate is not None else ANY
    claim = f"{subject} {predicate} {obj}"
    for node in (*question.subjects, *question.objects):
        if node is not None and (reason := _retracted(graph, node)) is not None:
            return f"{_name(names, node)} was retracted{f': {reason}' if reason else ''}; no claim rests on it"
    if question.is_open:
        return f"{claim}: there is no such claim in the graph"
    return _instead(graph, question, claim)


def _instead(graph: Graph, question: Question, claim: str) -> str:
    """What there is between the subject and the object, or else where the predicate leads from the subject."""
    predicate = short_iri(question.predicate or "")
    for one, other in question.pairs():
        if rows(graph, _PLAIN, subject=one, predicate=question.predicate, object=other):
            return f"{claim}: the graph has this from a vocabulary or a paper's record, not from a sentence"
    between = _between(graph, question)
    if between:
        return f"{claim} is not in the graph; between the two there is {', '.join(between)}"
    others = _objects(graph, question)
    if others:
        more = f" and {len(others) - _MOST} more" if len(others) > _MOST else ""
        return f"{claim} is not in the graph; {predicate} leads from there to {', '.join(others[:_MOST])}{more}"
    return f"{claim} is not in the graph, nor does any other claim link the two"


def _name(names: Names, iri: str | None) -> str:
    return printable(names.node(iri).name) if iri is not None else ANY


def _retracted(graph: Graph, node: str) -> str | None:
    """Why a paper was retracted, empty where no reason is told; None where it was not."""
    found = rows(graph, _RETRACTION, paper=node)
    return printable(found[0].get("reason", "")) if found else None


def _between(graph: Graph, question: Question) -> list[str]:
    """The predicates of claims between the two, with what keeps such a claim from being the one asked for."""
    said: set[str] = set()
    for (subject, obj), turned in product(question.pairs(), (False, True)):
        one, other = (obj, subject) if turned else (subject, obj)
        for row in rows(graph, _ASSERTIONS, subject=one, object=other):
            status = row["status"].removeprefix(NS_IRI)
            reasons = {status: status != Status.ASSERTED, "the other way round": turned}
            limits = ", ".join(reason for reason, holds in reasons.items() if holds)
            said.add(f"{printable(short_iri(row['predicate']))}{f' ({limits})' if limits else ''}")
    return sorted(said)


def _objects(graph: Graph, question: Question) -> list[str]:
    """The names of what the subject is linked to by the predicate."""
    names = Names(graph)
    found = {
        row["object"]
        for subject, query in product(question.subjects, (_ASSERTIONS, _PLAIN))
        for row in rows(graph, query, subject=subject, predicate=question.predicate)
    }
    names.learn(found)
    return sorted({_name(names, one) for one in found})
