"""The question as a user puts it: a claim in three parts, or the IRI of a result or an assertion."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from kg.errors import UsageError
from kg.namespaces import KG
from kg.queries.nodes import find_nodes, find_property, is_known
from kg.queries.why.claims import find_assertions
from kg.queries.why.results import find_results
from kg.queries.why.values import Claim
from kg.store import Graph

__all__ = ["Question", "claims_asked_for", "claims_at", "read_question"]


@dataclass(frozen=True, slots=True)
class Question:
    """A claim asked about, as IRIs; a name that several nodes bear stands for each of them."""

    subjects: tuple[str, ...]
    predicate: str
    objects: tuple[str, ...]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield each subject with each object."""
        yield from product(self.subjects, self.objects)


def read_question(graph: Graph, subject: str, predicate: str, obj: str) -> Question:
    """Find what the three parts of a claim mean in a graph.

    Raises:
        UsageError: The graph tells nothing of the subject or the object.
        UnknownNameError: No claims are made with a predicate of that name.
    """
    return Question(_known(graph, subject), find_property(predicate).value, _known(graph, obj))


def claims_asked_for(graph: Graph, question: Question) -> list[Claim]:
    """Find the claims that a question is about; of one claim there may be several, with different status."""
    found: list[Claim] = []
    for subject, obj in question.pairs():
        if question.predicate == KG.reportsResult.value:
            found += find_results(graph, paper=subject, result=obj)
        else:
            found += find_assertions(graph, subject=subject, predicate=question.predicate, object=obj)
    return found


def claims_at(graph: Graph, value: str) -> list[Claim]:
    """Find the claim that a result or an assertion is.

    Raises:
        UsageError: The graph tells nothing of it, or it is neither.
    """
    found: list[Claim] = []
    for iri in _known(graph, value):
        found += [*find_assertions(graph, assertion=iri), *find_results(graph, result=iri)]
    if not found:
        raise UsageError(f"{value!r} is no result and no assertion; give its IRI, or SUBJECT PREDICATE OBJECT")
    return found


def _known(graph: Graph, value: str) -> tuple[str, ...]:
    nodes = find_nodes(graph, value)
    known = tuple(node.value for node in nodes if is_known(graph, node))
    if not known:
        raise UsageError(f"nothing in the graph has the IRI {nodes[0].value}; give another, or a name")
    return known
