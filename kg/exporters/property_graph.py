"""A graph as nodes and edges with attributes, as Neo4j, GraphML, GEXF and Cytoscape hold it.

Nodes are papers, authors, concepts, results and sizes; edges are claims of every status, authorship, and what links
concepts and results. The evidence of a claim lies on its edge: the papers, and the sentences it was read from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from kg.exporters.characters import allowed
from kg.exporters.reading import Row, Value, read_table
from kg.exporters.tables import AUTHORS, AUTHORSHIPS, CLAIMS, CONCEPTS, PAPERS, RESULTS, SIZES, Column, Holds, Table
from kg.store import Graph

__all__ = [
    "EDGE_COLUMNS",
    "NODE_TABLES",
    "USED_TABLES",
    "Edge",
    "Node",
    "PropertyGraph",
    "node_columns",
    "property_graph",
]

NODE_TABLES: Final = (PAPERS, AUTHORS, CONCEPTS, RESULTS, SIZES)
USED_TABLES: Final = (*NODE_TABLES, AUTHORSHIPS, CLAIMS)
"""All that is held, as nodes or edges."""

_LINKS: Final[Mapping[Table, Mapping[str, str]]] = {
    CONCEPTS: {"broader": "broader"},
    RESULTS: {
        "paper": "reportedIn",
        "method": "ofMethod",
        "dataset": "onDataset",
        "task": "forTask",
        "metric": "specifiedBy",
    },
    SIZES: {"paper": "reportedIn", "dataset": "ofDataset"},
}
"""Columns that name other nodes, and the type of the edges they become."""

_LABELS: Final = {PAPERS: "title", AUTHORS: "name", CONCEPTS: "label", RESULTS: "printed", SIZES: "of"}
_TYPES: Final = {PAPERS: "Paper", AUTHORS: "Author", RESULTS: "Result", SIZES: "Size"}

EDGE_COLUMNS: Final = (
    Column("iri", ""),
    *(column for column in CLAIMS.columns if column.name not in {"subject", "predicate", "object"}),
    *(column for column in AUTHORSHIPS.columns if column.holds is Holds.INTEGER),
)
"""The attributes of edges; each has those that fit it."""


class Node(NamedTuple):
    """A node.

    Attributes:
        iri: Unique.
        type: Its class, such as Method.
        label: What to print at it.
        values: Under the names of `node_columns`.
    """

    iri: str
    type: str
    label: str
    values: Row


class Edge(NamedTuple):
    """A directed edge; two nodes may have many.

    Attributes:
        source: A node's IRI.
        type: Its property, such as proposes.
        target: A node's IRI.
        values: Under names of `EDGE_COLUMNS`; a claim has its IRI among them.
    """

    source: str
    type: str
    target: str
    values: Row

    @property
    def id(self) -> str:
        """Unique among the edges."""
        return str(self.values.get("iri") or f"{self.source} {self.type} {self.target}")


@dataclass(frozen=True, slots=True)
class PropertyGraph:
    """Nodes and edges, each in order; every end of an edge is a node."""

    nodes: Mapping[Table, list[Node]]
    edges: list[Edge]


def node_columns(table: Table) -> tuple[Column, ...]:
    """The attributes of the nodes of a table: its columns but for those that are edges."""
    return tuple(column for column in table.columns if column.name not in _LINKS.get(table, {}))


def property_graph(graph: Graph) -> PropertyGraph:
    """Read a graph as nodes and edges."""
    rows = {table: read_table(graph, table) for table in NODE_TABLES}
    nodes = {table: [_node(table, row) for row in own] for table, own in rows.items()}
    known = {node.iri for own in nodes.values() for node in own}
    edges = [*_claims(graph), *_authorships(graph), *(edge for table in _LINKS for edge in _links(table, rows[table]))]
    inside = (edge for edge in edges if edge.source in known and edge.target in known)
    return PropertyGraph(nodes, sorted(inside, key=lambda edge: (edge.source, edge.type, edge.target, edge.id)))


def _node(table: Table, row: Row) -> Node:
    values = {column.name: _allowed(row[column.name]) for column in node_columns(table)}
    kind = str(row["kind"]) if table is CONCEPTS else _TYPES[table]
    return Node(str(row["iri"]), kind, str(values[_LABELS[table]] or row["iri"]), values)


def _allowed(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(map(allowed, value))
    return allowed(value) if isinstance(value, str) else value


def _claims(graph: Graph) -> Iterator[Edge]:
    for row in read_table(graph, CLAIMS):
        values = {column.name: _allowed(row[column.name]) for column in EDGE_COLUMNS if column.name in row}
        yield Edge(str(row["subject"]), str(row["predicate"]), str(row["object"]), values)


def _authorships(graph: Graph) -> Iterator[Edge]:
    for row in read_table(graph, AUTHORSHIPS):
        yield Edge(str(row["paper"]), "creator", str(row["author"]), {"position": row["position"]})


def _links(table: Table, rows: list[Row]) -> Iterator[Edge]:
    for row in rows:
        for name, type_ in _LINKS[table].items():
            value = row[name]
            for target in value if isinstance(value, tuple) else (value,):
                if target is not None:
                    yield Edge(str(row["iri"]), type_, str(target), {})
