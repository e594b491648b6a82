"""Queries with a name: one file of ``ontology/queries`` per question, its first line the question in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UnknownNameError
from kg.queries.nodes import find_node
from kg.resources import ontology_path

__all__ = ["NamedQuery", "check_variables", "find_node", "named_queries", "named_query"]

_VARIABLE = re.compile(r"#\s*\?(\w+):")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question that can be asked by name.

    Attributes:
        question: In words.
        variables: Those that can be bound, without ``?``.
        text: SPARQL.
    """

    name: str
    question: str
    variables: tuple[str, ...]
    text: str


def named_queries() -> list[NamedQuery]:
    """Read the named queries, in order of name."""
    return [_read(path) for path in sorted(ontology_path("queries").glob("*.rq"))]


def named_query(name: str) -> NamedQuery:
    """Find a query by its name.

    Raises:
        UnknownNameError: There is none of that name.
    """
    queries = {query.name: query for query in named_queries()}
    if name not in queries:
        raise UnknownNameError("query", name, queries)
    return queries[name]


def check_variables(query: NamedQuery, variables: Iterable[str]) -> None:
    """See that a named query has these variables to be bound.

    Raises:
        UnknownNameError: It has no such variable.
    """
    for variable in variables:
        if variable not in query.variables:
            raise UnknownNameError(f"variable of {query.name}", variable, query.variables)


def _read(path: Path) -> NamedQuery:
    text = path.read_text("utf-8")
    question, *rest = text.splitlines()
    variables = tuple(match[1] for line in rest if (match := _VARIABLE.match(line)))
    return NamedQuery(path.stem, question.lstrip("# ").strip(), variables, text)
