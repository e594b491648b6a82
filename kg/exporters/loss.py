"""What a format cannot hold: counted in the graph, and told from what the format is made of."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.exporters.tables import CLAIMS, TABLES, Column, Table
from kg.mapping.statements import CLAIM_PROPERTIES
from kg.namespaces import KG, PREFIXES, RDF, SKOS
from kg.rdf import NamedNode
from kg.store import Graph

__all__ = ["Held", "Loss", "loss_of"]

_NAME: Final = re.compile(r"([a-z]+):(\w+)")
_IMPLIED: Final = {RDF.type.value, SKOS.inScheme.value, KG.reportsResult.value, KG.reportsSize.value, KG.hasText.value}
"""Told again by another column: the kind of a concept, the paper and status of a result."""

_CLASSES: Final[Mapping[str, tuple[NamedNode, ...]]] = {
    **{table.name: table.classes for table in TABLES if table.classes},
    "texts": (KG.Text,),
}
_NAMED: Final = 4
"""Properties that are named on a line."""

_GRAPHS: Final = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


@dataclass(frozen=True, slots=True)
class Held:
    """What a format holds.

    Attributes:
        graphs: Whether it tells in which graph a statement stands.
        tables: The nodes it holds, and by their columns what it holds of them; None for all.
        columns: The names of those columns it holds; None for all of the tables' columns.
        statuses: Of the claims it holds, where it does not hold all.
        mentions: It holds, whatever the status, that a paper mentions something.
        every_property: It holds of its nodes what no column holds, too.
    """

    graphs: bool = False
    tables: tuple[Table, ...] | None = None
    columns: frozenset[str] | None = None
    statuses: tuple[str, ...] | None = None
    mentions: bool = False
    every_property: bool = False


@dataclass(frozen=True, slots=True)
class Loss:
    """What is in a graph and not in a file.

    Attributes:
        format: By the name ``kg export`` takes.
        graphs: Named graphs of which the names are lost.
        nodes: By kind, such as mentions: how many.
        properties: By name, such as skos:note: how many statements about nodes that are kept.
    """

    format: str
    graphs: int
    nodes: Mapping[str, int]
    properties: Mapping[str, int]

    def __str__(self) -> str:
        counted = {"named graphs": self.graphs} if self.graphs else {}
        counted |= self.nodes
        if self.properties:
            counted[f"statements with {_some(list(self.properties))}"] = sum(self.properties.values())
        if not counted:
            return f"{self.format} holds all that is in the graph"
        return f"{self.format} does not hold: " + ", ".join(f"{what} ({number:,})" for what, number in counted.items())


def _some(names: list[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} other properties" if rest > 0 else "")


def loss_of(name: str, graph: Graph, held: Held) -> Loss:
    """Count what a format leaves out of a graph."""
    graphs = 0 if held.graphs else _count(graph, _GRAPHS)
    if held.tables is None:
        return Loss(name, graphs, {}, {})
    kept = {table.name for table in held.tables}
    nodes = {what: _nodes(graph, classes) for what, classes in _CLASSES.items() if what not in kept}
    if held.statuses is not None:
        nodes["claims of another status"] = _claims_beside(graph, held.statuses, mentions=held.mentions)
    properties = {} if held.every_property else _properties(graph, held)
    return Loss(name, graphs, {what: number for what, number in nodes.items() if number}, properties)


def _nodes(graph: Graph, classes: Iterable[NamedNode]) -> int:
    return _count(graph, f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ VALUES ?c {{ {_terms(classes)} }} ?s a ?c }}")


def _claims_beside(graph: Graph, statuses: Iterable[str], *, mentions: bool) -> int:
    kept = ", ".join(str(KG[status]) for status in statuses)
    claim = "?c a kg:Assertion ; kg:status ?status ; rdf:predicate ?p"
    other = f"FILTER(?status NOT IN ({kept}){' && ?p != kg:mentions' if mentions else ''})"
    return _count(graph, f"SELECT (COUNT(DISTINCT ?c) AS ?n) {{ {claim} {other} }}")


def _properties(graph: Graph, held: Held) -> dict[str, int]:
    """The properties of kept nodes that no column reads."""
    tables = held.tables or ()
    columns = (column for table in tables for column in table.columns if _is_read(column, held))
    read = {PREFIXES[prefix] + name for column in columns for prefix, name in _NAME.findall(column.path)} | _IMPLIED
    if CLAIMS in tables:
        read |= {one.value for one in CLAIM_PROPERTIES}
    classes = _terms(one for table in tables for one in table.classes)
    told = f"SELECT DISTINCT ?s ?p ?o {{ VALUES ?c {{ {classes} }} ?s a ?c . ?s ?p ?o }}"
    rows = graph.query(f"SELECT ?p (COUNT(*) AS ?n) {{ {{ {told} }} }} GROUP BY ?p").rows()
    counts = {row["p"].value: int(row["n"].value) for row in rows if row["p"] and row["n"]}
    return {_short(iri): counts[iri] for iri in sorted(counts.keys() - read)}


def _is_read(column: Column, held: Held) -> bool:
    return held.columns is None or column.name in held.columns


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def _terms(terms: Iterable[NamedNode]) -> str:
    return " ".join(str(term) for term in terms)


def _count(graph: Graph, query: str) -> int:
    return sum(int(row["n"].value) for row in graph.query(query).rows() if row["n"] is not None)
