"""What people decided about a paper's claims: who said what of which claim, and when.

A decision is told of in the paper's graph, even where it leaves no claim behind: what was rejected stands in it by
name, and in no triple of its own.
"""

from collections.abc import Iterator, Mapping

from kg.mapping.agents import agent_iri, agent_triples
from kg.mapping.iris import Iris
from kg.mapping.literals import plain, time
from kg.namespaces import DCTERMS, KG, PROV, RDF, RDFS
from kg.rdf import NamedNode, PlainTriple
from kg.records import Annotation, Paper, Said

__all__ = ["decision_iri", "decision_triples"]


def decision_iri(decision: str, iris: Iris) -> NamedNode:
    """Of a decision, by its id."""
    return iris.digest("decision", decision)


def decision_triples(
    paper: Paper, annotation: Annotation, nodes: Mapping[str, str], iris: Iris
) -> Iterator[PlainTriple]:
    """Yield each decision that the annotation follows, and who took it."""
    for decision in annotation.decisions or ():
        node = decision_iri(decision.id, iris)
        yield node, RDF.type, KG.Decision
        yield node, RDF.type, PROV.Entity
        yield node, KG.verdict, plain(decision.verdict.value)
        yield node, KG.decidedIn, iris.paper(paper)
        yield node, PROV.generatedAtTime, time(decision.date)
        yield node, PROV.wasAttributedTo, agent_iri(decision.author, iris)
        yield from agent_triples(decision.author, iris)
        if decision.comment:
            yield node, RDFS.comment, plain(decision.comment)
        if decision.claim is not None:
            yield from _said(decision.claim, node, nodes)


def _said(said: Said, node: NamedNode, nodes: Mapping[str, str]) -> Iterator[PlainTriple]:
    """The claim meant, by the names it was shown with, and the concepts that these stand for in the graph."""
    if said.subject is not None:
        yield node, KG.claimSubject, plain(said.subject)
    yield node, KG.claimPredicate, plain(said.predicate)
    yield node, KG.claimObject, plain(said.object)
    yield node, KG.status, KG[said.status.value]
    for name in (said.subject, said.object):
        if name is not None and name in nodes:
            yield node, DCTERMS.subject, NamedNode(nodes[name])
