"""Choose which nodes a picture shows, by what is quickly read of all: the types, and the statements without more."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.exporters.picture.rows import of_class, triples_of
from kg.exporters.picture.terms import PREDICATES, TYPES
from kg.namespaces import KG
from kg.store import Graph

__all__ = ["Outline", "Triple", "choose", "read_outline"]

#: Subject, predicate, object.
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Outline:
    """The type of every node, in the order of their IRIs; and the triples whose predicates are shown."""

    types: Mapping[str, str]
    triples: frozenset[Triple]


def read_outline(graph: Graph) -> Outline:
    """Read the outline of a graph; where a node has several types, the first in the order of the legend."""
    first = {iri: name for name in reversed(TYPES) for iri in of_class(graph, KG[name])}
    types = dict(sorted(first.items()))
    one = {iri: iri for iri in types}  # a node stands in many triples, and need not be kept as many times
    told = triples_of(graph, (each.term for each in PREDICATES))
    return Outline(
        types, frozenset((one.get(subject, subject), term, one.get(value, value)) for subject, term, value in told)
    )


def choose(outline: Outline, max_nodes: int) -> list[str]:
    """Keep the papers, then the concepts, with most statements; at least two fifths of the place is the concepts'."""
    types = outline.types
    degrees = Counter(end for subject, _, value in outline.triples for end in (subject, value))
    ranked = sorted(types, key=lambda iri: (-degrees[iri], iri))
    papers = [iri for iri in ranked if types[iri] == "Paper"]
    concepts = [iri for iri in ranked if types[iri] != "Paper"]
    kept = papers[: max(max_nodes - len(concepts), max_nodes * 3 // 5)]
    kept += concepts[: max_nodes - len(kept)]
    return sorted(kept, key=lambda iri: (TYPES.index(types[iri]), iri))
