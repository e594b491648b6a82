"""Turtle and TriG made to be read: papers first, a blank line between subjects, one property a line.

The engine's own writer is faster, but it gives one unbroken block of long lines, and rdflib's readable one needs
seconds for a graph of 40 papers. What is written here is the subset of https://www.w3.org/TR/turtle/ without
blank nodes, and the triple terms of RDF 1.2; the escapes of literals are the engine's. It works on the lines of
N-Quads, in the order of their subjects, and holds no more than one subject in memory, so that a graph may be larger
than that.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import lru_cache
from itertools import groupby
from typing import Final

from kg.exporters.sorting import sorted_lines
from kg.namespaces import DATA_IRI, KG, PREFIXES, RDF, SKOS, XSD
from kg.records import Kind

__all__ = ["trig_text", "turtle_text"]

_ALL_PREFIXES = PREFIXES | {name: f"{DATA_IRI}{name}/" for name in (*(kind.value.lower() for kind in Kind), "scheme")}
_NAMESPACE_AND_NAME = re.compile(r"(.*[/#])([A-Za-z0-9_](?:[A-Za-z0-9_\-]*[A-Za-z0-9_])?)")
_PREFIX_OF = {iri: prefix for prefix, iri in _ALL_PREFIXES.items()}
_RELATIVE = re.compile(r"[A-Za-z0-9_\-~%]+(?:/[A-Za-z0-9_\-.~%]*[A-Za-z0-9_\-~%])*")
_SHORT_FORMS = {
    XSD.boolean.value: re.compile(r"true|false"),
    XSD.integer.value: re.compile(r"[+-]?\d+"),
    XSD.decimal.value: re.compile(r"[+-]?\d*\.\d+"),
}
_WIDTH = 120
_TRIPLE: Final = "<<( "
"""Begins a triple term of RDF 1.2 (https://www.w3.org/TR/rdf12-turtle/#triple-terms); ours are of three IRIs."""
_TYPE = f"<{RDF.type.value}>"

_RANKS: dict[str, int] = {
    f"<{KG.Paper.value}>": 0,
    f"<{KG.Author.value}>": 1,
    **{f"<{KG[kind.value].value}>": 2 for kind in Kind},
    f"<{SKOS.ConceptScheme.value}>": 3,
    f"<{KG.Assertion.value}>": 4,
}
_TITLES = ("Papers", "Authors", "Concepts", "Schemes", "Assertions", "Runs")
_CHUNK: Final = 1 << 16

_END: Final = "\x01"
_STEP: Final = "\x02"
"""Stand for the end of a subject and for its slashes while lines are sorted: what lies under a node follows it."""

_Property = tuple[str, str]
"""A predicate and an object as N-Triples writes them."""


def turtle_text(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Write the union of all graphs as Turtle.

    Args:
        lines: Of N-Quads, in any order, each statement in a named graph and without blank nodes.
    """
    yield _header()
    blocks = groupby(sorted_lines(_by_subject(line)[1] for line in lines), key=_subject)
    yield from _sections(blocks, indent="")


def trig_text(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Write all graphs as TriG (https://www.w3.org/TR/trig/), in order of name; lines as for `turtle_text`."""
    yield _header()
    keyed = (graph + _END.encode() + rest for graph, rest in map(_by_subject, lines))
    for graph, own in groupby(sorted_lines(keyed), key=lambda line: line.partition(_END.encode())[0]):
        skipped = len(graph) + 1
        yield f"\n{_iri(graph.decode())} {{\n".encode()
        yield from _sections(groupby((line[skipped:] for line in own), key=_subject), indent="    ")
        yield b"}\n"


def _header() -> bytes:
    prefixes = [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(_ALL_PREFIXES.items())]
    return "".join([f"@base <{DATA_IRI}> .\n", *prefixes]).encode()


def _by_subject(line: bytes) -> tuple[bytes, bytes]:
    """Part a line into the name of its graph and the statement, under a key that sorts by subject."""
    end = line.index(b"> ")
    at = line.rindex(b" <")
    subject = line[1:end].replace(b"/", _STEP.encode())
    return line[at + 2 : line.rindex(b">")], subject + _END.encode() + line[end + 2 : at] + b"\n"


def _subject(line: bytes) -> bytes:
    return line.partition(_END.encode())[0]


def _sections(blocks: Iterable[tuple[bytes, Iterable[bytes]]], *, indent: str) -> Iterator[bytes]:
    """Yield the blocks of all subjects under a heading per class, in order of IRI."""
    with ExitStack() as files:
        sections = [files.enter_context(tempfile.SpooledTemporaryFile(max_size=_CHUNK)) for _ in _TITLES]
        paper = _END  # under which nothing stands
        for key, lines in blocks:
            name = key.decode()
            properties = [_property(line[len(key) + 1 : -1].decode()) for line in lines]
            rank = min((_RANKS[obj] for used, obj in properties if used == _TYPE and obj in _RANKS), default=None)
            if rank == 0:
                paper = name + _STEP
            elif rank is None:
                rank = 0 if name.startswith(paper) else len(_TITLES) - 1
            sections[rank].write(_block(name.replace(_STEP, "/"), properties, indent).encode())
        for title, section in zip(_TITLES, sections, strict=True):
            if section.tell():
                section.seek(0)
                yield f"\n{indent}# {title}\n".encode()
                while chunk := section.read(_CHUNK):
                    yield chunk


def _property(rest: str) -> _Property:
    predicate, _, obj = rest.partition(" ")
    return predicate, obj


def _block(subject: str, properties: list[_Property], indent: str) -> str:
    """Write all that is told of one subject, its classes first."""
    properties.sort(key=lambda one: (one[0] != _TYPE, one[0][:-1], one[1]))
    inner = f"{indent}    "
    lines = []
    for predicate, same in groupby(properties, key=lambda one: one[0]):
        name = "a" if predicate == _TYPE else _common(predicate)
        objects = [_term(obj) for _, obj in same]
        line = f"{inner}{name} {', '.join(objects)}"
        if len(objects) > 1 and len(line) > _WIDTH:
            line = f"{inner}{name}\n" + ",\n".join(f"{inner}    {one}" for one in objects)
        lines.append(line)
    return f"\n{indent}{_iri(subject)}\n" + " ;\n".join(lines) + " .\n"


@lru_cache(maxsize=1 << 12)
def _common(term: str) -> str:
    """A predicate or datatype, of which there are few."""
    return _iri(term[1:-1])


def _term(term: str) -> str:
    if term.startswith(_TRIPLE):
        parts = term.removeprefix(_TRIPLE).removesuffix(" )>>").split()
        return f"{_TRIPLE}{' '.join(_iri(part[1:-1]) for part in parts)} )>>"
    return _iri(term[1:-1]) if term[0] == "<" else _literal(term)


def _iri(iri: str) -> str:
    match = _NAMESPACE_AND_NAME.fullmatch(iri)
    if match and (prefix := _PREFIX_OF.get(match[1])):
        return f"{prefix}:{match[2]}"
    relative = iri.removeprefix(DATA_IRI)
    return f"<{relative}>" if relative is not iri and _RELATIVE.fullmatch(relative) else f"<{iri}>"


def _literal(literal: str) -> str:
    if literal[-1] != ">":  # a plain string, or one with a language
        return literal
    quoted, _, datatype = literal.rpartition("^^")
    short = _SHORT_FORMS.get(datatype[1:-1])
    if short and short.fullmatch(quoted[1:-1]):
        return quoted[1:-1]
    return f"{quoted}^^{_common(datatype)}"
