"""Exporters: one output format each, a graph in, bytes out; the same graph gives the same bytes.

A new format is one module with a function `Graph -> Iterable[bytes]`, and one line in `EXPORTERS`.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from kg.errors import UnknownNameError
from kg.exporters import rdf
from kg.exporters.html import render_html
from kg.store import Graph

__all__ = ["EXPORTERS", "exporter", "streaming_exporter"]

EXPORTERS: Final[Mapping[str, Callable[[Graph], Iterable[bytes]]]] = MappingProxyType(
    {
        "turtle": rdf.turtle,
        "trig": rdf.trig,
        "ntriples": rdf.ntriples,
        "nquads": rdf.nquads,
        "rdfxml": rdf.rdfxml,
        "jsonld": rdf.jsonld,
        "html": lambda graph: [render_html(graph)],
    }
)
"""The formats a graph can be written in, by the name ``kg export`` takes."""


def exporter(name: str) -> Callable[[Graph], bytes]:
    """Find what writes a graph in a format, in one piece.

    Raises:
        UnknownNameError: There is no such format.
    """
    write = streaming_exporter(name)
    return lambda graph: b"".join(write(graph))


def streaming_exporter(name: str) -> Callable[[Graph], Iterable[bytes]]:
    """Find what writes a graph in a format, piece by piece.

    Raises:
        UnknownNameError: There is no such format.
    """
    if name not in EXPORTERS:
        raise UnknownNameError("export format", name, EXPORTERS)
    return EXPORTERS[name]
