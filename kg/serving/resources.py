"""The nodes of the graph under their own IRIs, a page for people, RDF for programs; and the explorer of them all.

The IRI ``BASE/method/u-net`` is answered for at ``/id/method/u-net``: a web server that owns the IRIs' host needs to
lead there and nothing else.
"""

from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.namespaces import DATA_IRI
from kg.resources import ontology_path
from kg.serving.jobs import Around, Describe, Explore, Named, Page
from kg.serving.reading import parameters_of, take
from kg.store.media import RDF_TYPES, choose_type

if TYPE_CHECKING:
    from kg.serving.service import Service

__all__ = ["answer_around", "answer_entity", "answer_explorer", "answer_named", "answer_ontology"]

_FORMATS: Final = {"turtle": "text/turtle", "jsonld": "application/ld+json", "html": "text/html"}
"""For links, which cannot say what they accept."""

_HTML: Final = "text/html"
_LONGEST_START: Final = 9

_EXPLORER_POLICY: Final = "frame-ancestors 'none'"
"""What the page, which is to be opened from disk too, cannot say itself; all else its own policy forbids."""


async def answer_entity(request: Request) -> Response:
    """Tell what the graph says of a node."""
    service: Service = request.app.state.service
    chosen = _chosen(request)
    bases = tuple(dict.fromkeys((service.source.base_iri, DATA_IRI)))
    raw = request.scope["raw_path"].decode("latin-1").partition("/id/")[2]
    iris = tuple(dict.fromkeys(base + rest for rest in (raw, request.path_params["path"]) for base in bases))
    if chosen == _HTML:
        return await service.read(request, Page(iris, bases))
    return await service.read(request, Describe(iris, chosen))


async def answer_explorer(request: Request) -> Response:
    """Show the graph as ``kg export html`` does, and let the page ask for what it leaves out."""
    service: Service = request.app.state.service
    response = await service.read(request, Explore(service.limits.nodes))
    response.headers["content-security-policy"] = _EXPLORER_POLICY
    return response


async def answer_around(request: Request) -> Response:
    """Tell the explorer of what lies around a node, which may be missing on its page."""
    service: Service = request.app.state.service
    parameters = parameters_of(request.scope["query_string"].decode("latin-1"))
    node, start = take(parameters, "node"), take(parameters, "from") or "0"
    if not node or not start.isascii() or not start.isdigit() or len(start) > _LONGEST_START:
        raise HTTPException(400, "give node=, and from= a whole number")
    return await service.read(request, Around((node, DATA_IRI + node), int(start)))


async def answer_named(request: Request) -> Response:
    """Tell the explorer of nodes by a part of their name."""
    service: Service = request.app.state.service
    text = take(parameters_of(request.scope["query_string"].decode("latin-1")), "text")
    if not text:
        raise HTTPException(400, "give text=, a part of a name")
    return await service.read(request, Named(text))


async def answer_ontology(request: Request) -> Response:  # noqa: ARG001 - the signature of an endpoint
    """Give the ontology that the graph is written in."""
    return Response(ontology_path("kg.ttl").read_bytes(), media_type="text/turtle; charset=utf-8")


def _chosen(request: Request) -> str:
    wanted = take(parameters_of(request.scope["query_string"].decode("latin-1")), "format")
    if wanted is not None:
        if wanted not in _FORMATS:
            raise HTTPException(400, f"format is one of {', '.join(_FORMATS)}")
        return _FORMATS[wanted]
    chosen = choose_type(request.headers.get("accept", ""), (*RDF_TYPES, _HTML))
    if chosen is None:
        raise HTTPException(406, f"this comes as one of {', '.join((*RDF_TYPES, _HTML))}")
    return chosen
