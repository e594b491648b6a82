"""Small reads that claims and results share: rows as text, names, papers, and mentions in a text."""

from collections.abc import Iterable, Mapping

from kg.queries.printing import short_iri
from kg.queries.why.values import Mention, Node, Paper, Sentence
from kg.rdf import NamedNode
from kg.store import Graph

__all__ = ["Row", "mentions_of", "node_at", "paper_at", "rows", "sentences_of"]

Row = Mapping[str, str]
"""The bound variables of a solution, with the text of their terms."""

_NAMES = """
SELECT ?node ?name WHERE { VALUES ?property { skos:prefLabel dcterms:title } ?node ?property ?name }"""
_IDENTIFIERS = "SELECT ?paper ?id WHERE { ?paper dcterms:identifier ?id }"


def rows(graph: Graph, query: str, **bindings: str) -> list[Row]:
    """Run a SELECT with variables bound to IRIs; a row that stands in several named graphs comes once, in order."""
    found = graph.select(query, {name: NamedNode(iri) for name, iri in bindings.items()})
    texts = [{name: term.value for name, term in row.items() if term is not None} for row in found]
    return [dict(pairs) for pairs in sorted({tuple(row.items()) for row in texts})]


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
    made = {Sentence(row["source"], int(row["start"]), int(row["end"]), row["quote"]) for row in found}
    return tuple(sorted(made, key=_place))


def mentions_of(graph: Graph, found: Iterable[Row]) -> tuple[Mention, ...]:
    """Make mentions of rows that also have a ``concept``, in text order."""
    concepts: dict[tuple[str, int, int, str], set[Node]] = {}
    for row in found:
        place = (row["source"], int(row["start"]), int(row["end"]), row["quote"])
        concepts.setdefault(place, set()).add(node_at(graph, row["concept"]))
    made = (Mention(*place, tuple(sorted(nodes, key=_name))) for place, nodes in concepts.items())
    return tuple(sorted(made, key=_place))


def _name(node: Node) -> tuple[str, str]:
    return node.name, node.iri or ""


def _place(one: Sentence | Mention) -> tuple[int, int, str]:
    return one.start, one.end, one.iri
