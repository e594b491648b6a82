"""SPARQL 1.1 Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).

A graph is named by the parameter ``graph``, by ``default``, or by its own address under ``/store/``. Without any of
them all graphs are read, and a graph that is posted gets a name of its own.
"""

import re
import secrets
from typing import Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.serving.jobs import ReadAll, ReadGraph, Remove, Write
from kg.serving.reading import check_token, parameters_of, read_body, take
from kg.serving.service import Service
from kg.store.media import DATASET_TYPES, RDF_TYPES, choose_type

__all__ = ["answer_graph_store"]

_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\]*")
_CREATED: Final = 201


async def answer_graph_store(request: Request) -> Response:
    """Read, replace, extend or remove a graph."""
    service: Service = request.app.state.service
    if request.method in {"GET", "HEAD"}:
        return await _read(request, service)
    check_token(request, service.token)
    graph, named = _target(request)
    if request.method == "DELETE":
        if not named:
            raise HTTPException(400, "name a graph to remove, with graph or default")
        await service.write(Remove(graph))
        return Response(status_code=204)
    return await _write(request, service, graph, named=named)


async def _read(request: Request, service: Service) -> Response:
    graph, named = _target(request)
    offered = tuple(RDF_TYPES if named else DATASET_TYPES)
    chosen = choose_type(request.headers.get("accept", ""), offered)
    if chosen is None:
        raise HTTPException(406, f"this comes as one of {', '.join(offered)}")
    task = ReadGraph(graph, service.source.union, chosen) if named else ReadAll(chosen)
    return await service.read(request, task)


async def _write(request: Request, service: Service, graph: str | None, *, named: bool) -> Response:
    if not named and request.method == "PUT":
        raise HTTPException(400, "name the graph to replace, with graph or default")
    created = None if named else f"{request.base_url}store/{secrets.token_hex(8)}"
    body = await read_body(request, service.limits.max_request)
    reply = await service.write(
        Write(
            graph=graph if named else created,
            base=graph or created or str(request.url),
            content_type=request.headers.get("content-type", ""),
            body=body,
            replace=request.method == "PUT",
        )
    )
    status = reply.status if graph or created else 204  # the default graph was always there
    headers = {"location": created or graph or ""} if status == _CREATED else {}
    return Response(status_code=status, headers={name: quote(value, safe=_SAFE) for name, value in headers.items()})


_SAFE: Final = ":/?#[]@!$&'()*+,;=%-._~"
"""What an IRI may hold in a header as it is."""

_SAFE_IN_PATH: Final = "/:@!$&'()*+,;=-._~"
"""What the path of an IRI may hold as it is (RFC 3986, section 3.3); %, ? and # would name another graph."""


def _target(request: Request) -> tuple[str | None, bool]:
    """The graph a request names, None for the default graph, and whether it names one at all.

    Raises:
        HTTPException: It names two, or what it names is no IRI.
    """
    parameters = parameters_of(request.scope["query_string"].decode("latin-1"))
    graph, default = take(parameters, "graph"), take(parameters, "default")
    path = request.path_params.get("path", "")
    if sum(one is not None for one in (graph, default, path or None)) > 1:
        raise HTTPException(400, "name one graph: by its address, by graph, or by default")
    if path:
        return f"{request.base_url}store/{quote(path, safe=_SAFE_IN_PATH)}", True
    if graph is not None and not _IRI.fullmatch(graph):
        raise HTTPException(400, f"{graph!r} is no absolute IRI")
    return graph, graph is not None or default is not None
