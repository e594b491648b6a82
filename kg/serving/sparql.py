"""SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/): queries, and updates."""

from functools import lru_cache
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.serving.description import describe_service
from kg.serving.jobs import Ask, Update
from kg.serving.reading import (
    FORM,
    Parameters,
    all_of,
    check_token,
    media_type_of,
    parameters_of,
    read_text,
    take,
)
from kg.serving.service import Service
from kg.store.media import RDF_TYPES, RESULT_TYPES, choose_type

__all__ = ["answer_query", "answer_update"]

_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_RESULTS: Final = tuple(RESULT_TYPES)
_RDF: Final = tuple(RDF_TYPES)

_LONG: Final = 4096
"""Bytes; longer questions are not remembered, so that 1,024 of them take some 10 MB at most."""


async def answer_query(request: Request) -> Response:
    """Run a query by GET, by a form or by its text; without one, describe the service."""
    service: Service = request.app.state.service
    accept = request.headers.get("accept", "")
    if request.method == "POST":
        parameters, text = await _operation(request, service, "query", _QUERY)
        if text is None:
            raise HTTPException(400, "there is no query; send it as the parameter query")
        return await service.read(request, _question(text, parameters, accept))
    address = request.scope["query_string"]
    task = (_known_address if len(address) + len(accept) < _LONG else _address)(address, accept)
    return await (describe_service(request) if task is None else service.read(request, task))


def _address(query_string: bytes, accept: str) -> Ask | None:
    """Read what an address asks, if it asks anything."""
    parameters = parameters_of(query_string.decode("latin-1"))
    text = take(parameters, "query")
    return None if text is None else _question(text, parameters, accept)


_known_address: Final = lru_cache(maxsize=1024)(_address)
"""Programs ask the same again and again; what the question is need not be found out each time, the answer is."""


def _question(text: str, parameters: Parameters, accept: str) -> Ask:
    result_type, rdf_type = choose_type(accept, _RESULTS), choose_type(accept, _RDF)
    if result_type is None and rdf_type is None:
        raise HTTPException(406, f"answers come as one of {', '.join((*_RESULTS, *_RDF))}")
    return Ask(text, *_graphs(parameters, "default-graph-uri", "named-graph-uri"), result_type, rdf_type)


async def answer_update(request: Request) -> Response:
    """Run an update, by a form or by its text."""
    service: Service = request.app.state.service
    check_token(request, service.token)
    parameters, text = await _operation(request, service, "update", _UPDATE)
    if text is None:
        raise HTTPException(400, "there is no update; send it as the parameter update")
    default, named = _graphs(parameters, "using-graph-uri", "using-named-graph-uri")
    await service.write(Update(text, default, named))
    return Response(status_code=204)


async def _operation(request: Request, service: Service, name: str, direct: str) -> tuple[Parameters, str | None]:
    """Find the text of the operation, and the parameters beside it.

    Raises:
        HTTPException: It is sent in none of the protocol's ways, or twice.
    """
    parameters = parameters_of(request.scope["query_string"].decode("latin-1"))
    if request.method == "POST":
        media_type = media_type_of(request)
        if media_type == direct:
            return parameters, await read_text(request, service.limits.max_request)
        if media_type != FORM:
            raise HTTPException(415, f"send a form ({FORM}) or {direct}, not {media_type or 'something unnamed'}")
        if name == "update" and take(parameters, name) is not None:
            raise HTTPException(400, "an update stands in the body")
        parameters += parameters_of(await read_text(request, service.limits.max_request))
    return parameters, take(parameters, name)


def _graphs(parameters: Parameters, default: str, named: str) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    graphs = all_of(parameters, default), all_of(parameters, named)
    return graphs if any(graphs) else (None, None)
