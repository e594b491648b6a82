"""Exporters: one output format each, a graph in, bytes out; the same graph gives the same bytes.

A new format is one module with a function, and one line: in `EXPORTERS` where it is one file (`Graph ->
Iterable[bytes]`), in `FOLDERS` where it is several (`Graph -> files by name`). What it cannot hold is told in `_HELD`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final

from kg.errors import UnknownNameError, UsageError
from kg.exporters import networks, rdf
from kg.exporters.evidence import Profile
from kg.exporters.explorer import render_explorer
from kg.exporters.kgx import HELD_STATUSES, KGX_COLUMNS, KGX_TABLES, kgx
from kg.exporters.loss import Held, Loss, loss_of
from kg.exporters.nanopubs import NANOPUB_TABLES, nanopubs
from kg.exporters.neo4j import neo4j
from kg.exporters.packing import zipped
from kg.exporters.parquet import parquet
from kg.exporters.property_graph import USED_TABLES
from kg.exporters.pyvis import render_pyvis
from kg.exporters.spreadsheets import spreadsheets
from kg.exporters.tables import AUTHORS, AUTHORSHIPS, CLAIMS, CONCEPTS, PAPERS, RESULTS, SIZES, TABLES
from kg.records import Status
from kg.store import Graph

__all__ = [
    "ENGINES",
    "EXPORTERS",
    "FOLDERS",
    "Profile",
    "check_format",
    "export_files",
    "exporter",
    "find_loss",
    "streaming_exporter",
]

EXPORTERS: Final[Mapping[str, Callable[[Graph], Iterable[bytes]]]] = MappingProxyType(
    {
        **rdf.WRITERS,
        "html": lambda graph: [render_explorer(graph)],
        "graphml": networks.graphml,
        "gexf": networks.gexf,
        "cyjs": networks.cyjs,
    }
)
"""The formats that are one file, by the name ``kg export`` takes."""

FOLDERS: Final[Mapping[str, Callable[[Graph], Mapping[str, bytes]]]] = MappingProxyType(
    {
        "csv": spreadsheets,
        "kgx": kgx,
        "nanopub": nanopubs,
        "neo4j": neo4j,
        "parquet": parquet,
    }
)
"""The formats that are several files, by the name ``kg export`` takes."""

ENGINES: Final[Mapping[str, Callable[[Graph], Iterable[bytes]]]] = MappingProxyType(
    {"explorer": EXPORTERS["html"], "pyvis": lambda graph: [render_pyvis(graph)]}
)
"""The pages that HTML can be: the explorer, or a small picture drawn by pyvis."""

_UNNAMED: Final = frozenset({"turtle", "ntriples", "rdfxml"})
"""RDF formats that have no names of graphs."""

_NETWORK: Final = Held(tables=USED_TABLES)
_HELD: Final[Mapping[str, Held]] = MappingProxyType(
    {
        "graphml": _NETWORK,
        "gexf": _NETWORK,
        "cyjs": _NETWORK,
        "neo4j": _NETWORK,
        "csv": Held(tables=TABLES),
        "parquet": Held(tables=TABLES),
        "kgx": Held(
            tables=(*KGX_TABLES, AUTHORSHIPS, CLAIMS), columns=KGX_COLUMNS, statuses=HELD_STATUSES, mentions=True
        ),
        "nanopub": Held(tables=NANOPUB_TABLES, statuses=(Status.ASSERTED,)),
    }
)
_PLAIN: Final = (PAPERS, AUTHORS, AUTHORSHIPS, CONCEPTS, RESULTS, SIZES)
"""What stays in RDF without evidence."""


def exporter(name: str, engine: str | None = None) -> Callable[[Graph], bytes]:
    """Find what writes a graph in a format, in one piece: several files as a ZIP archive.

    Raises:
        UnknownNameError: There is no such format or engine.
        UsageError: An engine is named for a format that has none.
    """
    if name in FOLDERS:
        check_format(name, engine=engine)
        return lambda graph: zipped(FOLDERS[name](graph))
    write = streaming_exporter(name, engine)
    return lambda graph: b"".join(write(graph))


def streaming_exporter(
    name: str, engine: str | None = None, profile: Profile | None = None
) -> Callable[[Graph], Iterable[bytes]]:
    """Find what writes a graph as one file, piece by piece.

    Args:
        name: Of a format in `EXPORTERS`.
        engine: Of HTML.
        profile: How RDF holds the evidence; as it is stored, by default.

    Raises:
        UnknownNameError: There is no such format or engine.
        UsageError: An engine, or a way to hold evidence, is named for a format that has none.
    """
    check_format(name, engine=engine, profile=profile)
    if name not in EXPORTERS:
        raise UsageError(f"{name} is several files, which cannot be written one after another; export a folder")
    if profile is not None:
        return partial(rdf.write_rdf, name=name, profile=profile)
    return EXPORTERS[name] if engine is None else ENGINES[engine]


def export_files(name: str, graph: Graph, claims: Sequence[str] = ()) -> Mapping[str, bytes]:
    """Write a graph as several files.

    Args:
        name: Of a format in `FOLDERS`.
        graph: To be written.
        claims: IRIs of the claims to write as nanopublications; all that are asserted, by default.

    Raises:
        UnknownNameError: There is no such format.
        UsageError: A chosen claim is not there, or what a format needs is not installed.
    """
    check_format(name, claims=claims)
    return nanopubs(graph, claims) if name == "nanopub" else FOLDERS[name](graph)


def check_format(
    name: str, *, engine: str | None = None, profile: Profile | None = None, claims: Sequence[str] = ()
) -> None:
    """Check that there is a format, and that it has what is asked of it.

    Raises:
        UnknownNameError: There is no such format or engine.
        UsageError: The format does not have what is asked of it.
    """
    if name not in EXPORTERS and name not in FOLDERS:
        raise UnknownNameError("export format", name, [*EXPORTERS, *FOLDERS, "sssom"])
    if engine is not None and name != "html":
        raise UsageError(f"--engine is for html, not for {name}; leave it out")
    if engine is not None and engine not in ENGINES:
        raise UnknownNameError("engine", engine, ENGINES)
    if profile is not None and name not in rdf.WRITERS:
        raise UsageError(f"--evidence is for {', '.join(rdf.WRITERS)}, not for {name}; leave it out")
    if claims and name != "nanopub":
        raise UsageError(f"--claim is for nanopub, not for {name}; leave it out")


def find_loss(name: str, graph: Graph, profile: Profile | None = None) -> Loss | None:
    """Count what a format cannot hold of a graph; None for a page, which is made to be read."""
    if name in _HELD:
        return loss_of(name, graph, _HELD[name])
    if name not in rdf.WRITERS:
        return None
    held = Held(graphs=name not in _UNNAMED and profile is not Profile.REIFIED)
    if profile is Profile.NONE:
        held = Held(graphs=held.graphs, tables=_PLAIN, every_property=True)
    return loss_of(name, graph, held)
