"""Formats of vocabularies, one module each: a file in, concepts out. Nothing else knows formats.

A new format is one module with a `Reader`, and one line in `FORMATS`.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kg.errors import InputError, UnknownNameError
from kg.vocabulary.formats.found import Found, Reader
from kg.vocabulary.formats.lines import start_of
from kg.vocabulary.formats.obo import read_obo
from kg.vocabulary.formats.rdf import read_rdf
from kg.vocabulary.formats.sssom import read_sssom
from kg.vocabulary.formats.table import columns_of, read_table

__all__ = ["FORMATS", "Found", "Reader", "format_of"]

FORMATS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "csv": read_table,
        "obo": read_obo,
        "owl": read_rdf,
        "skos": read_rdf,
        "sssom": read_sssom,
        "tsv": read_table,
    }
)
"""The formats that can be read, by the name ``--from`` takes."""

_RDF_SUFFIXES: Final = frozenset({".ttl", ".nt", ".nq", ".trig", ".rdf", ".owl", ".xml", ".jsonld"})


def format_of(path: Path, name: str | None = None) -> str:
    """Tell the format of a file, by its name or its first lines.

    Raises:
        UnknownNameError: There is no format of this name.
        InputError: The file is missing, empty, binary or of no format that we know.
    """
    if name is not None and name not in FORMATS:
        raise UnknownNameError("format", name, FORMATS)
    start = start_of(path)
    found = name or _told(path, start)
    if found is None:
        known = f"name it with --from: {', '.join(FORMATS)}"
        raise InputError(str(path), "is of no format that we know", known)
    return found


def _told(path: Path, start: str) -> str | None:
    suffix = path.suffix.lower()
    if suffix in _RDF_SUFFIXES:
        return "owl" if suffix == ".owl" or "owl:Class" in start else "skos"
    if suffix == ".obo" or start.startswith("format-version:"):
        return "obo"
    heading = next((line for line in start.splitlines() if not line.startswith("#")), "")
    cells = heading.split("\t")
    if {"subject_id", "predicate_id", "object_id"} <= set(cells):
        return "sssom"
    if suffix in {".csv", ".tsv"}:
        return suffix.removeprefix(".")
    if "label" in {column for column, _ in columns_of(cells)}:
        return "tsv"
    return "csv" if "label" in {column for column, _ in columns_of(heading.split(","))} else None
