"""Exporters: one output format each, a graph in, bytes out; the same graph gives the same bytes.

A new format is one module with a function `Graph -> bytes`, and one line in `EXPORTERS`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from kg.errors import UnknownNameError
from kg.exporters import rdf
from kg.exporters.explorer import render_explorer
from kg.store import Graph

__all__ = ["EXPORTERS", "exporter"]

EXPORTERS: Final[Mapping[str, Callable[[Graph], bytes]]] = MappingProxyType(
    {
        "turtle": rdf.turtle,
        "trig": rdf.trig,
        "ntriples": rdf.ntriples,
        "nquads": rdf.nquads,
        "rdfxml": rdf.rdfxml,
        "jsonld": rdf.jsonld,
        "html": render_explorer,
    }
)
"""The formats a graph can be written in, by the name ``kg export`` takes."""


def exporter(name: str) -> Callable[[Graph], bytes]:
    """Find the exporter of a format by its name.

    Raises:
        UnknownNameError: There is no such format.
    """
    if name not in EXPORTERS:
        raise UnknownNameError("export format", name, EXPORTERS)
    return EXPORTERS[name]
