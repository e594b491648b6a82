"""What people decided about a paper's claims: who said what of which claim, and when.

A decision is told of in the paper's graph, even where it leaves no claim behind: what was rejected stands in it by
name, and in no triple of its own.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.concepts import Linking
from kg.mapping.iris import Iris
from kg.mapping.literals import plain, time
from kg.namespaces import DCTERMS, FOAF, KG, ORCID, OWL, PROV, RDF, RDFS
from kg.rdf import NamedNode, PlainTriple
from kg.records import Annotation, ClaimDecision, Paper, Said

__all__ = ["decision_iri", "decision_triples"]

_ORCID: Final = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")


def decision_iri(decision: str, iris: Iris) -> NamedNode:
    """Of a decision, by its id."""
    return iris.digest("decision", decision)


def decision_triples(paper: Paper, annotation: Annotation, linking: Linking, iris: Iris) -> Iterator[PlainTriple]:
    """Yield each decision that the annotation follows, and who took it."""
    for decision in annotation.decisions or ():
        node = decision_iri(decision.id, iris)
        yield node, RDF.type, KG.Decision
        yield node, RDF.type, PROV.Entity
        yield node, KG.verdict, plain(decision.verdict.value)
        yield node, KG.decidedIn, iris.paper(paper)
        yield node, PROV.generatedAtTime, time(decision.date)
        yield from _agent(decision, node, iris)
        if decision.comment:
            yield node, RDFS.comment, plain(decision.comment)
        if decision.claim is not None:
            yield from _said(paper, decision.claim, node, linking)


def _agent(decision: ClaimDecision, node: NamedNode, iris: Iris) -> Iterator[PlainTriple]:
    orcid = _ORCID.fullmatch(decision.author)
    agent = NamedNode(f"{iris.base}agent/orcid/{orcid[1]}") if orcid else iris.digest("agent", decision.author)
    yield node, PROV.wasAttributedTo, agent
    yield agent, RDF.type, PROV.Agent
    if orcid:
        yield agent, OWL.sameAs, NamedNode(ORCID + orcid[1])
    else:
        yield agent, FOAF.name, plain(decision.author)


def _said(paper: Paper, said: Said, node: NamedNode, linking: Linking) -> Iterator[PlainTriple]:
    """The claim meant, by the names it was shown with, and the concepts that these stand for in the graph."""
    if said.subject is not None:
        yield node, KG.claimSubject, plain(said.subject)
    yield node, KG.claimPredicate, plain(said.predicate)
    yield node, KG.claimObject, plain(said.object)
    yield node, KG.status, KG[said.status.value]
    for name in (said.subject, said.object):
        if name is not None and (paper.id, name) in linking.iris:
            yield node, DCTERMS.subject, NamedNode(linking.iris[paper.id, name])
