"""Graphs on disk and in memory: the only stage that knows the engine."""

from kg.store.directory import GraphDirectory
from kg.store.edit import Decisions, Edit, Manifest
from kg.store.editing import GraphStore, as_held
from kg.store.graph import Answer, Graph, open_graph
from kg.store.records import Record, Records, Retraction
from kg.store.snapshots import take_snapshot
from kg.store.spool import Spool
from kg.store.unfinished import Unfinished

__all__ = [
    "Answer",
    "Decisions",
    "Edit",
    "Graph",
    "GraphDirectory",
    "GraphStore",
    "Manifest",
    "Record",
    "Records",
    "Retraction",
    "Spool",
    "Unfinished",
    "as_held",
    "open_graph",
    "take_snapshot",
]
