"""RDF terms and their files, from Oxigraph: the wall behind which the engine's types are changed if ever.

A measured choice: on 400,000 triples Oxigraph parses some 20 times and writes Turtle some 40 to 150 times as
fast as rdflib, which stays the interface to the Python RDF world and the oracle in tests.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.errors import InputError

__all__ = [
    "BlankNode",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "PlainTriple",
    "Quad",
    "RdfFormat",
    "Term",
    "Triple",
    "check_entities",
    "parse",
    "parse_file",
    "plain_triples",
    "serialize",
]

Term = NamedNode | Literal
"""What stands in our graphs: no blank nodes, so that a file is compared line by line."""

PlainTriple = tuple[NamedNode, NamedNode, Term]
"""A statement of our graphs."""

_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdf": RdfFormat.RDF_XML,
    "owl": RdfFormat.RDF_XML,
    "xml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}

_ENTITY = re.compile(rb"<!ENTITY\s+(?:%\s+)?\S+\s+(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
_LONGEST_ENTITY = 255


def parse_file(path: Path) -> Iterator[Quad]:
    """Read the statements of an RDF file, its format told by its suffix.

    Raises:
        InputError: The suffix is unknown, or the file is missing or malformed; raised while iterating.
    """
    rdf_format = _FORMATS.get(path.suffix.removeprefix(".").lower())
    if rdf_format is None:
        raise InputError(str(path), "not a known RDF file", f"use one of .{', .'.join(sorted(_FORMATS))}")
    try:
        if rdf_format == RdfFormat.RDF_XML:
            check_entities(path.read_bytes(), str(path))
        yield from parse(path=path, format=rdf_format)
    except SyntaxError as error:
        line = f"{path}:{error.lineno}" if error.lineno else str(path)
        raise InputError(line, f"not valid {rdf_format.name} ({error.msg})", "mend the file") from error
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error), "check the path") from error


def check_entities(data: bytes, place: str) -> None:
    """Refuse XML whose entities would grow when they are replaced; as short names of namespaces they are common.

    Raises:
        InputError: There is such an entity.
    """
    for found in _ENTITY.finditer(data):
        value = found["double"] or found["single"] or b""
        if b"&" in value or b"%" in value or len(value) > _LONGEST_ENTITY:
            line = data.count(b"\n", 0, found.start()) + 1
            raise InputError(
                f"{place}:{line}", "an XML entity that could grow without bounds", "write its value where it is used"
            )


def plain_triples(statements: Iterable[Quad | Triple]) -> Iterator[PlainTriple]:
    """Yield the statements without their graphs, leaving out those with blank nodes or triple terms."""
    for one in statements:
        if isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode | Literal):
            yield one.subject, one.predicate, one.object
