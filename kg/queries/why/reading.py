"""Small reads that claims and results share: rows as text, names, papers, and mentions in a text."""

import math
from collections.abc import Iterable, Mapping

from kg.errors import GraphError
from kg.queries.printing import short_iri
from kg.queries.why.values import Mention, Node, Paper, Sentence
from kg.rdf import BlankNode, NamedNode
from kg.store import Graph

__all__ = ["MENTION", "Row", "mentions_of", "node_at", "paper_at", "real", "rows", "sentences_of", "whole"]

Row = Mapping[str, str]
"""The bound variables of a solution, with the text of their terms."""

MENTION = """
  ?source oa:hasBody ?concept ; oa:hasTarget ?target .
  ?target oa:hasSource ?text ; oa:hasSelector ?position, ?words .
  ?position oa:start ?start ; oa:end ?end .
  ?words oa:exact ?quote .
"""
"""Graph pattern of a mention ``?source``: its text, concept, place and quote."""

_NAMES = """
SELECT ?node ?name WHERE { VALUES ?property { skos:prefLabel dcterms:title } ?node ?property ?name }"""
_IDENTIFIERS = "SELECT ?paper ?id WHERE { ?paper dcterms:identifier ?id }"


def rows(graph: Graph, query: str, **bindings: str) -> list[Row]:
    """Run a SELECT with variables bound to IRIs; a row that stands in several named graphs comes once, in order.

    Our graphs have no blank nodes; what others say of theirs is left out, as nobody could ask for it.
    """
    found = graph.select(query, {name: NamedNode(iri) for name, iri in bindings.items()})
    named = (row for row in found if not any(isinstance(term, BlankNode) for term in row.values()))
    texts = [{name: term.value for name, term in row.items() if term is not None} for row in named]
    return [dict(pairs) for pairs in sorted({tuple(row.items()) for row in texts})]


def whole(text: str) -> int:
    """Read a count or an offset of a graph.

    Raises:
        GraphError: It is no whole number; other tools write graphs too.
    """
    try:
        return int(text)
    except ValueError as error:
        raise _not_a(text, "whole number") from error


def real(text: str) -> float:
    """Read a confidence of a graph.

    >>> real("0.85")
    0.85
    >>> real("high")
    Traceback (most recent call last):
        ...
    kg.errors.GraphError: the graph has 'high' where a number is due; find the place with: kg validate

    Raises:
        GraphError: It is no number; other tools write graphs too.
    """
    try:
        number = float(text)
    except ValueError as error:
        raise _not_a(text, "number") from error
    if not math.isfinite(number):
        raise _not_a(text, "number")
    return number


def _not_a(text: str, what: str) -> GraphError:
    return GraphError(f"the graph has {text!r} where a {what} is due; find the place with: kg validate")


def node_at(graph: Graph, iri: str) -> Node:
    """A concept or paper with its name; a name made of the IRI where the graph has none."""
    names = [row["name"] for row in rows(graph, _NAMES, node=iri)]
    return Node(iri, min(names, default=short_iri(iri)))


def paper_at(graph: Graph, iri: str) -> Paper:
    """A paper with its identifier and title."""
    identifiers = [row["id"] for row in rows(graph, _IDENTIFIERS, paper=iri)]
    return Paper(iri, min(identifiers, default=short_iri(iri)), node_at(graph, iri).name)


def sentences_of(found: Iterable[Row]) -> tuple[Sentence, ...]:
    """Make sentences of rows with their ``source``, ``start``, ``end`` and ``quote``, in text order."""
    made = {Sentence(row["source"], whole(row["start"]), whole(row["end"]), row["quote"]) for row in found}
    return tuple(sorted(made, key=_place))


def mentions_of(graph: Graph, found: Iterable[Row]) -> tuple[Mention, ...]:
    """Make mentions of rows that also have a ``concept``, in text order."""
    concepts: dict[tuple[str, int, int, str], set[Node]] = {}
    for row in found:
        place = (row["source"], whole(row["start"]), whole(row["end"]), row["quote"])
        concepts.setdefault(place, set()).add(node_at(graph, row["concept"]))
    made = (Mention(*place, tuple(sorted(nodes, key=_name))) for place, nodes in concepts.items())
    return tuple(sorted(made, key=_place))


def _name(node: Node) -> tuple[str, str]:
    return node.name, node.iri or ""


def _place(one: Sentence | Mention) -> tuple[int, int, str]:
    return one.start, one.end, one.iri
