"""People who decided something (PROV-O)."""

import re
from collections.abc import Iterator
from typing import Final

from kg.mapping.iris import Iris
from kg.mapping.literals import plain
from kg.namespaces import FOAF, ORCID, OWL, PROV, RDF
from kg.rdf import NamedNode, PlainTriple

__all__ = ["agent_iri", "agent_triples"]

_ORCID: Final = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")


def agent_iri(author: str, iris: Iris) -> NamedNode:
    """Of a person, by ORCID where one is given, else by name."""
    orcid = _ORCID.fullmatch(author)
    return NamedNode(f"{iris.base}agent/orcid/{orcid[1]}") if orcid else iris.digest("agent", author)


def agent_triples(author: str, iris: Iris) -> Iterator[PlainTriple]:
    """Yield who a person is."""
    agent, orcid = agent_iri(author, iris), _ORCID.fullmatch(author)
    yield agent, RDF.type, PROV.Agent
    if orcid:
        yield agent, OWL.sameAs, NamedNode(ORCID + orcid[1])
    else:
        yield agent, FOAF.name, plain(author)
