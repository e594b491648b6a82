"""Queries with a name: one file of ``ontology/queries`` per question, its first line the question in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UnknownNameError, UsageError
from kg.namespaces import KG, PREFIXES
from kg.rdf import Literal, NamedNode, Term
from kg.records import Kind
from kg.resources import ontology_path
from kg.store import Graph
from kg.text import normal_form

__all__ = ["NamedQuery", "check_variables", "find_node", "named_queries", "named_query"]

_VARIABLE = re.compile(r"#\s*\?(\w+):")
_IRI = re.compile(r"<([^<>\s]+)>|((?:https?|urn):\S+)")

_LABELLED = """
SELECT DISTINCT ?node ?label ?type ?preferred WHERE {
  VALUES (?property ?preferred) {
    (skos:prefLabel true) (dcterms:title true) (dcterms:identifier true) (foaf:name true) (skos:altLabel false)
  }
  ?node ?property ?label ; a ?type .
  FILTER (STRSTARTS(STR(?type), STR(kg:)))
}
"""


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


def find_node(graph: Graph, value: str, *, variable: str = "") -> Term:
    """Find what a user means by an IRI or a name: a concept, a paper or an author of the graph.

    Args:
        graph: Where to look.
        value: An IRI, with ``<>`` or without, such as ``kg:uses`` too, or a label as people write it.
        variable: What it shall be bound to; one named like a kind (``disease``) asks for that kind.

    Raises:
        UsageError: No node has that name, or several have it.
    """
    prefix, colon, name = value.partition(":")
    if colon and prefix in PREFIXES:
        value = PREFIXES[prefix] + name
    if match := _IRI.fullmatch(value):
        try:
            return NamedNode(match[1] or match[2])
        except ValueError as error:
            raise UsageError(f"{value!r} is no IRI ({error}); give a whole IRI, or a name") from error
    form = normal_form(value)
    rows = [row for row in graph.select(_LABELLED) if _text(row["label"]) and normal_form(_text(row["label"])) == form]
    kinds = {kind.value.lower(): KG[kind.value] for kind in Kind} | {"paper": KG.Paper, "author": KG.Author}
    for narrower in (
        [row for row in rows if row["type"] == kinds.get(variable)],
        [row for row in rows if _text(row["preferred"]) == "true"],
    ):
        rows = narrower or rows
    nodes = sorted({row["node"].value for row in rows if isinstance(row["node"], NamedNode)})
    if not nodes:
        raise UsageError(f"nothing in the graph is named {value!r}; give another name, or an IRI")
    if len(nodes) > 1:
        raise UsageError(f"{value!r} names {len(nodes)} nodes; give one of their IRIs: {', '.join(nodes)}")
    return NamedNode(nodes[0])


def _read(path: Path) -> NamedQuery:
    text = path.read_text("utf-8")
    question, *rest = text.splitlines()
    variables = tuple(match[1] for line in rest if (match := _VARIABLE.match(line)))
    return NamedQuery(path.stem, question.lstrip("# ").strip(), variables, text)


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal | NamedNode) else ""
