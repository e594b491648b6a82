"""The question as a user puts it: a claim in three parts, or the IRI of a result or an assertion."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from kg.errors import UsageError
from kg.namespaces import KG
from kg.queries.nodes import find_nodes, find_property, is_known
from kg.queries.why.claims import find_assertions
from kg.queries.why.results import find_results
from kg.queries.why.values import Claim
from kg.store import Graph

__all__ = ["ANY", "Question", "claims_asked_for", "claims_at", "read_question"]

ANY: Final = "?"
"""Stands for whatever there is."""


@dataclass(frozen=True, slots=True)
class Question:
    """A claim asked about, as IRIs; a name that several nodes bear stands for each of them.

    Attributes:
        predicate: None for any.
    """

    subjects: tuple[str | None, ...]
    predicate: str | None
    objects: tuple[str | None, ...]

    @property
    def is_open(self) -> bool:
        """Whether a part of it may be anything."""
        return None in {*self.subjects, self.predicate, *self.objects}

    def pairs(self) -> Iterator[tuple[str | None, str | None]]:
        """Yield each subject with each object; None for any."""
        yield from product(self.subjects, self.objects)


def read_question(graph: Graph, subject: str, predicate: str, obj: str) -> Question:
    """Find what the three parts of a claim mean in a graph; `ANY` stands for whatever there is.

    Raises:
        UsageError: The graph tells nothing of the subject or the object, or all three are left open.
        UnknownNameError: No claims are made with a predicate of that name.
    """
    if subject == predicate == obj == ANY:
        raise UsageError(f"{ANY} {ANY} {ANY} asks for every claim; name at least one part, or use: kg query")
    subjects, objects = (_known(graph, part) if part != ANY else (None,) for part in (subject, obj))
    return Question(subjects, find_property(predicate).value if predicate != ANY else None, objects)


def claims_asked_for(graph: Graph, question: Question, most: int | None = None) -> Iterator[Claim]:
    """Yield the claims that a question is about; of one claim there may be several, with different status.

    Args:
        graph: Where to look.
        question: What is asked.
        most: How many papers to give for each claim, the surest; None for all.
    """
    for subject, obj in question.pairs():
        if question.predicate != KG.reportsResult.value:
            yield from find_assertions(graph, most, subject=subject, predicate=question.predicate, object=obj)
        if question.predicate in {None, KG.reportsResult.value}:
            yield from find_results(graph, paper=subject, result=obj)


def claims_at(graph: Graph, value: str, most: int | None = None) -> list[Claim]:
    """Find the claim that a result or an assertion is; `most` as in `claims_asked_for`.

    Raises:
        UsageError: The graph tells nothing of it, or it is neither.
    """
    found: list[Claim] = []
    for iri in _known(graph, value):
        found += [*find_assertions(graph, most, assertion=iri), *find_results(graph, result=iri)]
    if not found:
        raise UsageError(f"{value!r} is no result and no assertion; give its IRI, or SUBJECT PREDICATE OBJECT")
    return found


def _known(graph: Graph, value: str) -> tuple[str, ...]:
    nodes = find_nodes(graph, value)
    known = tuple(node.value for node in nodes if is_known(graph, node))
    if not known:
        raise UsageError(f"nothing in the graph has the IRI {nodes[0].value}; give another, or a name")
    return known
