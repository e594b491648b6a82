"""Exporters: one output format each, a graph in, bytes out; the same graph gives the same bytes.

A new format is one module with a function `Graph -> Iterable[bytes]`, and one line in `EXPORTERS`.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from kg.errors import UnknownNameError, UsageError
from kg.exporters import rdf
from kg.exporters.explorer import render_explorer
from kg.exporters.pyvis import render_pyvis
from kg.store import Graph

__all__ = ["ENGINES", "EXPORTERS", "exporter", "streaming_exporter"]

EXPORTERS: Final[Mapping[str, Callable[[Graph], Iterable[bytes]]]] = MappingProxyType(
    {
        "turtle": rdf.turtle,
        "trig": rdf.trig,
        "ntriples": rdf.ntriples,
        "nquads": rdf.nquads,
        "rdfxml": rdf.rdfxml,
        "jsonld": rdf.jsonld,
        "html": lambda graph: [render_explorer(graph)],
    }
)
"""The formats a graph can be written in, by the name ``kg export`` takes."""

ENGINES: Final[Mapping[str, Callable[[Graph], Iterable[bytes]]]] = MappingProxyType(
    {"explorer": EXPORTERS["html"], "pyvis": lambda graph: [render_pyvis(graph)]}
)
"""The pages that HTML can be: the explorer, or a small picture drawn by pyvis."""


def exporter(name: str, engine: str | None = None) -> Callable[[Graph], bytes]:
    """Find what writes a graph in a format, in one piece; see `streaming_exporter`.

    Raises:
        UnknownNameError: There is no such format or engine.
        UsageError: An engine is named for a format that has none.
    """
    write = streaming_exporter(name, engine)
    return lambda graph: b"".join(write(graph))


def streaming_exporter(name: str, engine: str | None = None) -> Callable[[Graph], Iterable[bytes]]:
    """Find what writes a graph in a format, and HTML by an engine, piece by piece.

    Raises:
        UnknownNameError: There is no such format or engine.
        UsageError: An engine is named for a format that has none.
    """
    if name not in EXPORTERS:
        raise UnknownNameError("export format", name, EXPORTERS)
    if engine is None:
        return EXPORTERS[name]
    if name != "html":
        raise UsageError(f"--engine is for html, not for {name}; leave it out")
    if engine not in ENGINES:
        raise UnknownNameError("engine", engine, ENGINES)
    return ENGINES[engine]
