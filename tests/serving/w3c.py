"""Reads the test suites of the W3C's RDF Test community group, and runs what they tell against a server.

Requests are described in HTTP Vocabulary in RDF (https://www.w3.org/TR/HTTP-in-RDF10/).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.term import Node

from tests.serving.server import TOKEN, Answer, Server

__all__ = ["Case", "Request", "cases_of", "play", "prepare"]

_MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_HT: Final = Namespace("http://www.w3.org/2011/http#")
_CNT: Final = Namespace("http://www.w3.org/2011/content#")
_UT: Final = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
_RDFS: Final = Namespace("http://www.w3.org/2000/01/rdf-schema#")

_CODES: Final = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}
_FORMATS: Final = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml"),
}


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[str, ...]
    boolean: bool | None
    form: str | None
    content_type: str | None
    content: str | None
    location: str | None


@dataclass(frozen=True)
class Case:
    name: str
    data: tuple[tuple[str, Path], ...]
    requests: tuple[Request, ...]

    def __str__(self) -> str:
        return self.name


def cases_of(manifest: Path) -> list[Case]:
    """The cases of a manifest that are sequences of requests, in its order."""
    graph = Graph().parse(manifest, publicID=manifest.as_uri())
    entries = graph.value(predicate=_MF.entries, object=None, subject=None) or graph.value(
        URIRef(manifest.as_uri()), _MF.entries
    )
    assert entries is not None
    return [_case(graph, one) for one in Collection(graph, entries)]


def _case(graph: Graph, entry: Node) -> Case:
    data = tuple(
        (str(graph.value(one, _RDFS.label)), Path(str(graph.value(one, _UT.graph)).removeprefix("file://")))
        for one in graph.objects(entry, _UT.graphData)
    )
    requests = graph.value(graph.value(entry, _MF.action), _HT.requests)
    assert requests is not None
    name = str(entry).rpartition("#")[2]
    return Case(name, data, tuple(_request(graph, one) for one in Collection(graph, requests)))


def _request(graph: Graph, node: Node) -> Request:
    answer = graph.value(node, _HT.resp)
    boolean = graph.value(answer, _MF.expectedBoolean)
    body = graph.value(node, _HT.body)
    return Request(
        method=str(graph.value(node, _HT.methodName)),
        path=str(graph.value(node, _HT.absolutePath)),
        headers=dict(_headers(graph, node)),
        body=None if body is None else _text(graph, body).encode(str(graph.value(body, _CNT.characterEncoding))),
        statuses=tuple(str(one).rpartition("#")[2] for one in graph.objects(answer, _MF.expectedStatus)),
        boolean=bool(boolean.value) if isinstance(boolean, Literal) else None,
        form=_optional(graph.value(answer, _MF.expectedFormat)),
        content_type=dict(_headers(graph, answer)).get("content-type"),
        content=None if (content := graph.value(answer, _HT.body)) is None else _text(graph, content),
        location=_optional(graph.value(answer, _MF.expectedLocation)),
    )


def _headers(graph: Graph, node: Node | None) -> Iterator[tuple[str, str]]:
    headers = graph.value(node, _HT.headers)
    for one in Collection(graph, headers) if headers is not None else ():
        yield str(graph.value(one, _HT.fieldName)).lower(), str(graph.value(one, _HT.fieldValue))


def _text(graph: Graph, body: Node) -> str:
    return str(graph.value(body, _CNT.chars))


def _optional(node: Node | None) -> str | None:
    return None if node is None else str(node)


def prepare(server: Server, case: Case) -> None:
    """Put the data of a case, and nothing else, into the server's store."""
    server.ask("POST", "/update", b"CLEAR ALL", content_type="application/sparql-update")
    for graph, file in case.data:
        answer = server.ask(
            "PUT", f"/store?graph={quote(graph, safe='')}", file.read_bytes(), content_type="text/turtle"
        )
        assert answer.status in {201, 204}, answer


def play(server: Server, case: Case) -> None:
    """Send the requests of a case one after another, and check each answer."""
    location = ""
    for request in case.requests:
        path = _path(request).replace("$LOCATION$", location)
        headers = {"authorization": f"Bearer {TOKEN}"} | request.headers
        answer = server.ask(request.method, path, request.body, **headers)
        _check(request, answer)
        location = answer.headers.get("location", location)


def _path(request: Request) -> str:
    """Where this server has what stands at ``/sparql/`` or ``/gsp`` in the suites."""
    body = (request.body or b"").decode("latin-1")
    content_type = request.headers.get("content-type", "")
    is_update = "sparql-update" in content_type or body.startswith("update=") or "?update=" in request.path
    is_update = is_update or re.search(r"\b(?:CLEAR|INSERT|DELETE|DROP)\b", body) is not None
    path = request.path.replace("/sparql/", "/update" if is_update else "/sparql/", 1)
    return re.sub(r"^/gsp", "/store", path)


def _check(request: Request, answer: Answer) -> None:
    codes = tuple(_CODES.get(one, one.removeprefix("StatusCode")) for one in request.statuses)
    assert any(re.fullmatch(code.replace("x", r"\d"), str(answer.status)) for code in codes), (codes, answer)
    media_type = answer.headers.get("content-type", "").partition(";")[0]
    if request.form is not None:
        assert media_type in _FORMATS[request.form], answer
    if request.boolean is not None:
        assert json.loads(answer.text)["boolean"] is request.boolean, answer
    if request.content_type is not None:
        assert answer.headers["content-type"] == request.content_type
    if request.content is not None:
        assert isomorphic(Graph().parse(data=answer.text), Graph().parse(data=request.content)), answer.text
    if request.location is not None:
        assert answer.headers.get("location"), answer
