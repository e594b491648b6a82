"""Graphs on disk and in memory: the only stage that knows the engine."""

from kg.store.directory import Edit, GraphDirectory, Manifest
from kg.store.editing import GraphStore
from kg.store.graph import Answer, Graph, open_graph
from kg.store.records import Record, Records, Retraction

__all__ = [
    "Answer",
    "Edit",
    "Graph",
    "GraphDirectory",
    "GraphStore",
    "Manifest",
    "Record",
    "Records",
    "Retraction",
    "open_graph",
]
