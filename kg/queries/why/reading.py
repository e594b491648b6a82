"""Small reads that claims and results share: rows as text, names, papers, and mentions in a text."""

import math
from collections.abc import Iterable, Mapping

from kg.errors import GraphError
from kg.namespaces import DCTERMS, KG, SKOS
from kg.queries.printing import short_iri
from kg.queries.why.values import Mention, Node, Paper, Run, Sentence
from kg.rdf import BlankNode, NamedNode
from kg.store import Graph

__all__ = ["MENTION", "Names", "Row", "mentions_of", "real", "rows", "sentences_of", "whole"]

Row = Mapping[str, str]
"""The bound variables of a solution, with the text of their terms."""

MENTION = """
  ?source oa:hasBody ?concept ; oa:hasTarget ?target .
  ?target oa:hasSource ?text ; oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end .
  ?target oa:hasSelector ?words . ?words oa:exact ?quote .
"""
"""Graph pattern of a mention ``?source``: its text, concept, place and quote; in an order the engine does well in."""

_TOLD = "SELECT ?node ?value WHERE { VALUES ?node { %s } ?node %s ?value }"
"""One property at a time: for several, the engine would read all that is told of a node, which is much of a hub."""
_LABELS = (SKOS.prefLabel, DCTERMS.title)
_NOTED = (*_LABELS, DCTERMS.identifier, KG.retraction)
_RUN = """
SELECT ?run ?version ?model ?configuration ?vocabulary WHERE {
  ?run a kg:ExtractionActivity .
  OPTIONAL { ?run prov:wasAssociatedWith/schema:softwareVersion ?version }
  OPTIONAL { ?run kg:modelHash ?model }
  OPTIONAL { ?run kg:configurationHash ?configuration }
  OPTIONAL { ?run kg:vocabularyHash ?vocabulary }
}"""


class Names:
    """Names of nodes, titles of papers and runs, each looked up once; many at once cost little more than one."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._told: dict[str, dict[str, str]] = {}  # by node and property
        self._runs: dict[str, Run] = {}

    def learn(self, nodes: Iterable[str]) -> None:
        """Look up the names of nodes that are asked for later."""
        new = sorted(set(nodes) - self._told.keys())
        for node in new:
            self._told[node] = {}
        iris = " ".join(f"<{node}>" for node in new)
        for property_ in _NOTED if new else ():
            for row in rows(self._graph, _TOLD % (iris, property_)):
                self._told[row["node"]].setdefault(property_.value, row["value"])

    def node(self, iri: str) -> Node:
        """A concept or paper with its name; a name made of the IRI where the graph has none."""
        self.learn([iri])
        told = self._told[iri]
        labels = [told[one.value] for one in _LABELS if one.value in told]
        return Node(iri, min(labels, default=short_iri(iri)))

    def paper(self, iri: str) -> Paper:
        """A paper with its identifier and title, and what its source tells of its retraction."""
        name, told = self.node(iri).name, self._told[iri]
        return Paper(iri, told.get(DCTERMS.identifier.value, short_iri(iri)), name, told.get(KG.retraction.value))

    def run(self, iri: str) -> Run:
        """What read a paper."""
        if iri not in self._runs:
            told = next(iter(rows(self._graph, _RUN, run=iri)), {})
            self._runs[iri] = Run(**{"iri": iri} | {name: text for name, text in told.items() if name != "run"})
        return self._runs[iri]


def rows(graph: Graph, query: str, **bindings: str | None) -> list[Row]:
    """Run a SELECT with variables bound to IRIs; a row that stands in several named graphs comes once, in order.

    A variable that is None stays free. Our graphs have no blank nodes; what others say of theirs is left out, as nobody
    could ask for it.
    """
    known = {name: NamedNode(iri) for name, iri in bindings.items() if iri is not None}
    found = graph.select(query, known)
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


def sentences_of(found: Iterable[Row]) -> tuple[Sentence, ...]:
    """Make sentences of rows with their ``source``, ``start``, ``end`` and ``quote``, in text order."""
    made = {Sentence(row["source"], whole(row["start"]), whole(row["end"]), row["quote"]) for row in found}
    return tuple(sorted(made, key=_place))


def mentions_of(names: Names, found: Iterable[Row]) -> tuple[Mention, ...]:
    """Make mentions of rows that also have a ``concept``, in text order."""
    found = list(found)
    names.learn(row["concept"] for row in found)
    concepts: dict[tuple[str, int, int, str], set[Node]] = {}
    for row in found:
        place = (row["source"], whole(row["start"]), whole(row["end"]), row["quote"])
        concepts.setdefault(place, set()).add(names.node(row["concept"]))
    made = (Mention(*place, tuple(sorted(nodes, key=_name))) for place, nodes in concepts.items())
    return tuple(sorted(made, key=_place))


def _name(node: Node) -> tuple[str, str]:
    return node.name, node.iri or ""


def _place(one: Sentence | Mention) -> tuple[int, int, str]:
    return one.start, one.end, one.iri
