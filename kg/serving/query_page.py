"""The page on which people ask in SPARQL, and what it needs to know of this server."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.namespaces import DATA_IRI, PREFIXES
from kg.queries import named_queries

if TYPE_CHECKING:
    from kg.serving.service import Service

__all__ = ["PAGES", "answer_examples", "answer_query_page"]

PAGES: Final = Path(__file__).parent / "pages"


async def answer_query_page(request: Request) -> Response:  # noqa: ARG001 - the signature of an endpoint
    """Give the page."""
    return Response((PAGES / "query.html").read_bytes(), media_type="text/html")


async def answer_examples(request: Request) -> Response:
    """Give the named queries, the prefixes that need not be declared, and whose IRIs stand under ``/id/``."""
    service: Service = request.app.state.service
    examples = [
        {"name": query.name, "question": query.question, "variables": query.variables, "text": query.text}
        for query in named_queries()
    ]
    bases = list(dict.fromkeys((service.source.base_iri, DATA_IRI)))
    return JSONResponse({"examples": examples, "prefixes": PREFIXES, "bases": bases})
