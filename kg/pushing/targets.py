"""The two ways a server takes a graph: the Graph Store Protocol, and SPARQL Update."""

import re
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Final, Protocol
from urllib.parse import quote

from kg.pushing.sending import Sender

__all__ = ["GraphStore", "Target", "UpdateEndpoint"]

_CHUNK: Final = 4 << 20
"""Bytes of statements in one update; servers commonly take requests of 10 MB and more."""

_ESCAPED_U: Final = re.compile(rb"(?<!\\)((?:\\\\)+)([uU])")


class Target(Protocol):
    """A server that holds named graphs."""

    def replace(self, graph: str, triples: IO[bytes]) -> None:
        """Let a graph hold these triples, lines of N-Triples, and no others."""

    def delete(self, graph: str) -> None:
        """Let there be no such graph; there need be none."""


class GraphStore:
    """A server of the Graph Store Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).

    Args:
        url: Of the store; graphs are named in its query.
        sender: Reaches it.
    """

    def __init__(self, url: str, sender: Sender) -> None:
        self._url, self._sender = url, sender

    def replace(self, graph: str, triples: IO[bytes]) -> None:
        """Put the graph, in one request."""
        self._sender.send("PUT", self._place(graph), triples, "text/turtle")  # each store reads it; N-Triples is some

    def delete(self, graph: str) -> None:
        """Delete the graph."""
        self._sender.send("DELETE", self._place(graph), absent=True)

    def _place(self, graph: str) -> str:
        return f"{self._url}{'&' if '?' in self._url else '?'}graph={quote(graph, safe='')}"


class UpdateEndpoint:
    """A server of SPARQL Update (https://www.w3.org/TR/sparql11-protocol/#update-operation).

    Args:
        url: Of the endpoint.
        sender: Reaches it.
        chunk: Bytes of statements in one request; a graph that fits is replaced in one, at once or not at all.
    """

    def __init__(self, url: str, sender: Sender, *, chunk: int = _CHUNK) -> None:
        self._url, self._sender, self._chunk = url, sender, chunk

    def replace(self, graph: str, triples: IO[bytes]) -> None:
        """Drop the graph and insert the triples, in as few requests as the size of a chunk allows."""
        clear = f"DROP SILENT GRAPH <{graph}> ;\n"
        triples.seek(0)
        for lines in _chunks(triples, self._chunk):
            self._update(clear, f"INSERT DATA {{ GRAPH <{graph}> {{\n", *map(_for_sparql, lines), "} }\n")
            clear = ""

    def delete(self, graph: str) -> None:
        """Drop the graph."""
        self._update(f"DROP SILENT GRAPH <{graph}>")

    def _update(self, *parts: str | bytes) -> None:
        with tempfile.SpooledTemporaryFile(2 * self._chunk) as body:
            body.writelines(part.encode() if isinstance(part, str) else part for part in parts)
            self._sender.send("POST", self._url, body, "application/sparql-update")


def _chunks(lines: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    held: list[bytes] = []
    length = 0
    for line in lines:
        if held and length + len(line) > size:
            yield held
            held, length = [], 0
        held.append(line)
        length += len(line)
    if held:
        yield held


def _for_sparql(line: bytes) -> bytes:
    r"""Keep a written backslash before a u from being read as the escape of a character.

    SPARQL replaces those before it reads strings (https://www.w3.org/TR/sparql11-query/#codepointEscape), N-Triples
    within them.

    >>> _for_sparql(rb'<a:s> <a:p> "C:\\users" .')
    b'<a:s> <a:p> "C:\\\\\\u0075sers" .'
    """
    return _ESCAPED_U.sub(lambda found: found[1] + rb"\u%04X" % found[2][0], line)
