"""GraphML, GEXF and Cytoscape JSON: the property graph for tools that draw and measure networks.

GraphML (http://graphml.graphdrawing.org/specification.html) and GEXF (https://gexf.net/) are written by networkx.
Their attributes are single values: several are joined by " | ".
"""

import io
import json
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import tostring

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg.exporters.property_graph import Edge, Node, PropertyGraph, property_graph
from kg.exporters.reading import Value
from kg.store import Graph

__all__ = ["cyjs", "gexf", "graphml"]

_BETWEEN: Final = " | "
_RESERVED: Final = {"start": "text_start", "end": "text_end", "kind": "result_kind", "iri": "claim"}
"""Names that GEXF takes for times and types of edges."""


def graphml(graph: Graph) -> Iterator[bytes]:
    """Write nodes and edges as GraphML, its ``id`` the IRI."""
    file = io.BytesIO()
    nx.write_graphml(_network(property_graph(graph)), file)
    yield file.getvalue()


def gexf(graph: Graph) -> Iterator[bytes]:
    """Write nodes and edges as GEXF 1.2, without the date on which it was written."""
    writer = GEXFWriter(_network(property_graph(graph)), version="1.2draft")
    writer.xml.find("meta").attrib.pop("lastmodifieddate")
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(writer.xml, encoding="utf-8") + b"\n"


def cyjs(graph: Graph) -> Iterator[bytes]:
    """Write nodes and edges as Cytoscape.js JSON (https://js.cytoscape.org/#notation/elements-json).

    Cytoscape prints ``name`` at a node, and ``interaction`` at an edge.
    """
    made = property_graph(graph)
    nodes = [
        {"data": {"id": node.iri} | _attributes(node) | {"name": node.label}}
        for own in made.nodes.values()
        for node in own
    ]
    edges = [
        {
            "data": {"id": edge.id, "source": edge.source, "target": edge.target}
            | _attributes(edge)
            | {"interaction": edge.type}
        }
        for edge in made.edges
    ]
    network = {"data": {"name": "kg"}, "elements": {"nodes": nodes, "edges": edges}}
    yield json.dumps(network, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n"


def _network(made: PropertyGraph) -> "nx.MultiDiGraph[str]":
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for own in made.nodes.values():
        for node in own:
            network.add_node(node.iri, **_attributes(node))
    for edge in made.edges:
        network.add_edge(edge.source, edge.target, key=edge.id, **_attributes(edge))
    return network


def _attributes(one: Node | Edge) -> dict[str, str | int | float | bool]:
    label = one.label if isinstance(one, Node) else one.type
    told = {_RESERVED.get(name, name): _single(value) for name, value in one.values.items()}
    return {"label": label, "relation" if isinstance(one, Edge) else "class": one.type} | {
        name: value for name, value in told.items() if value is not None
    }


def _single(value: Value) -> str | int | float | bool | None:
    return (_BETWEEN.join(value) or None) if isinstance(value, tuple) else value
