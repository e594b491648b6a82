"""The application: which address is answered by what."""

from collections.abc import Sequence
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.serving.graph_store import answer_graph_store
from kg.serving.query_page import PAGES, answer_examples, answer_query_page
from kg.serving.resources import answer_around, answer_entity, answer_explorer, answer_named, answer_ontology
from kg.serving.service import Service
from kg.serving.shield import Shield
from kg.serving.sparql import answer_query, answer_update
from kg.text import printable

__all__ = ["make_app"]

_LOOPBACK_ORIGINS: Final = r"https?://(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?"
_METHODS: Final = ["GET", "POST", "PUT", "DELETE"]


def make_app(service: Service, *, loopback: bool, origins: Sequence[str] = ()) -> ASGIApp:
    """Put the application together.

    Args:
        service: What all requests share.
        loopback: The server is reached from this machine only.
        origins: Whose pages may read answers, beside those of this machine; ``*`` is everybody.
    """
    routes = [
        Route("/sparql", answer_query, methods=["GET", "POST"]),
        Route("/sparql/", answer_query, methods=["GET", "POST"]),
        Route("/update", answer_update, methods=["POST"]),
        Route("/store", answer_graph_store, methods=_METHODS),
        Route("/store/{path:path}", answer_graph_store, methods=_METHODS),
        Route("/id/{path:path}", answer_entity),
        Route("/ns", answer_ontology),
        Route("/health", _health),
        Route("/metrics", _metrics),
        Route("/.well-known/void", answer_query),
        Route("/", _home),
        Route("/explore", answer_explorer),
        Route("/explore/around", answer_around),
        Route("/explore/named", answer_named),
        Route("/query", answer_query_page),
        Route("/query/examples", answer_examples),
        Mount("/pages", StaticFiles(directory=PAGES)),
        # Modules lie under the same relative addresses here as in the package, so their imports hold in both.
        Mount("/exporters/explorer/web", StaticFiles(packages=[("kg.exporters", "explorer/web")])),
    ]
    cors = Middleware(
        CORSMiddleware,
        allow_origins=list(origins),
        allow_origin_regex=_LOOPBACK_ORIGINS,
        allow_methods=_METHODS,
        allow_headers=["Authorization", "If-None-Match"],
        expose_headers=["ETag", "Location", "Retry-After"],
    )
    app = Starlette(routes=routes, middleware=[cors], exception_handlers={HTTPException: _refuse})
    app.state.service = service
    return Shield(_Direct(app), service.metrics, loopback=loopback)


class _Direct:
    """Answers the queries of programs at once: middleware and routes take 20 of the 70 µs that we spend on one.

    Only pages of other origins need what the middleware adds, and those say where they are from.
    """

    def __init__(self, app: Starlette) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (https://asgi.readthedocs.io/en/latest/specs/www.html)."""
        if not _is_plain_query(scope):
            await self._app(scope, receive, send)
            return
        scope["app"] = self._app
        request = Request(scope, receive, send)
        try:
            response = await answer_query(request)
        except HTTPException as error:
            response = await _refuse(request, error)
        response.headers.add_vary_header("Origin")
        await response(scope, receive, send)


def _is_plain_query(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["path"] == "/sparql"
        and scope["method"] == "GET"
        and all(name != b"origin" for name, _ in scope["headers"])
    )


async def _health(request: Request) -> Response:
    service: Service = request.app.state.service
    await service.source.current()
    return PlainTextResponse("ok\n")


async def _metrics(request: Request) -> Response:
    service: Service = request.app.state.service
    return PlainTextResponse(service.metrics.text(), media_type="text/plain; version=0.0.4")


async def _home(request: Request) -> Response:  # noqa: ARG001 - the signature of an endpoint
    return Response((PAGES / "index.html").read_bytes(), media_type="text/html")


async def _refuse(request: Request, error: Exception) -> Response:  # noqa: ARG001 - likewise
    """Say in one line of plain text why there is no answer."""
    if not isinstance(error, HTTPException):  # pragma: no cover - it is registered for no other
        raise error
    return PlainTextResponse(f"error: {printable(error.detail)}\n", error.status_code, error.headers)
