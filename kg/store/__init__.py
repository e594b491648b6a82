"""Graphs on disk and in memory: the only stage that knows the engine."""

from kg.store.directory import GraphDirectory, Manifest
from kg.store.graph import Answer, Graph, open_graph

__all__ = ["Answer", "Graph", "GraphDirectory", "Manifest", "open_graph"]
