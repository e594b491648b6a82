"""The service, told in RDF: SPARQL 1.1 Service Description and VoID.

https://www.w3.org/TR/sparql11-service-description/ and https://www.w3.org/TR/void/
"""

from typing import Final
from urllib.parse import quote

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.namespaces import PREFIXES, RDF, XSD, Namespace
from kg.rdf import Literal, NamedNode, Triple, serialize
from kg.serving.jobs import Count, Job
from kg.serving.process import WorkError
from kg.serving.service import Service
from kg.serving.statistics import Statistics
from kg.store.media import RDF_TYPES, RESULT_TYPES, choose_type, content_type

__all__ = ["describe_service"]

_SD: Final = Namespace(
    "http://www.w3.org/ns/sparql-service-description#",
    "Service endpoint supportedLanguage SPARQL11Query SPARQL11Update feature UnionDefaultGraph resultFormat "
    "inputFormat defaultDataset Dataset defaultGraph Graph",
)
_VOID: Final = Namespace(
    "http://rdfs.org/ns/void#",
    "Dataset sparqlEndpoint uriSpace triples distinctSubjects distinctObjects properties classes classPartition "
    "propertyPartition class property entities feature",
)
_FORMATS: Final = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
}
"""Names under http://www.w3.org/ns/formats/ (https://www.w3.org/ns/formats/)."""


async def describe_service(request: Request) -> Response:
    """Describe the endpoint and its data; people are led to the page where they can ask."""
    accept = request.headers.get("accept", "")
    chosen = choose_type(accept, (*RDF_TYPES, "text/html"))
    if chosen is None:
        raise HTTPException(406, f"the description comes as one of {', '.join(RDF_TYPES)}")
    if chosen == "text/html":
        return RedirectResponse("/query")
    service: Service = request.app.state.service
    base = str(request.base_url)
    triples = [*_service(base, writable=service.token is not None), *_data_set(base, service, await _counts(service))]
    prefixes = PREFIXES | {"sd": _SD.iri, "void": _VOID.iri}
    body = serialize(triples, format=RDF_TYPES[chosen], prefixes=prefixes) or b""
    return Response(body, headers={"vary": "Accept"}, media_type=content_type(chosen))


async def _counts(service: Service) -> Statistics | None:
    """Count what is served, once for each version of it; None where that takes too long."""
    store, version = await service.source.current()
    if version not in service.counts:
        try:
            reply, body = await service.pool.run(Job(store, gzip=False, task=Count()))
        except WorkError:
            return None
        if reply.detail:
            return None
        service.counts.clear()
        service.counts[version] = msgspec.json.decode(body, type=Statistics)
    return service.counts[version]


def _service(base: str, *, writable: bool) -> list[Triple]:
    me, data, graph = NamedNode(f"{base}sparql"), NamedNode(f"{base}#dataset"), NamedNode(f"{base}#default")
    triples = [
        Triple(me, RDF.type, _SD.Service),
        Triple(me, _SD.endpoint, me),
        Triple(me, _SD.supportedLanguage, _SD.SPARQL11Query),
        Triple(me, _SD.feature, _SD.UnionDefaultGraph),
        *(Triple(me, _SD.resultFormat, _format(one)) for one in (*RESULT_TYPES, *RDF_TYPES)),
        Triple(me, _SD.defaultDataset, data),
        Triple(data, RDF.type, _SD.Dataset),
        Triple(data, _SD.defaultGraph, graph),
        Triple(graph, RDF.type, _SD.Graph),
    ]
    if writable:
        update = NamedNode(f"{base}update")
        triples += [
            Triple(update, RDF.type, _SD.Service),
            Triple(update, _SD.endpoint, update),
            Triple(update, _SD.supportedLanguage, _SD.SPARQL11Update),
            *(Triple(update, _SD.inputFormat, _format(one)) for one in RDF_TYPES),
        ]
    return triples


def _data_set(base: str, service: Service, counts: Statistics | None) -> list[Triple]:
    data = NamedNode(f"{base}#dataset")
    triples = [
        Triple(data, RDF.type, _VOID.Dataset),
        Triple(data, _VOID.sparqlEndpoint, NamedNode(f"{base}sparql")),
        Triple(data, _VOID.uriSpace, Literal(service.source.base_iri)),
        *(Triple(data, _VOID.feature, _format(one)) for one in RDF_TYPES),
    ]
    if counts is None:
        return triples
    numbers = {
        "triples": counts.triples,
        "distinctSubjects": counts.subjects,
        "distinctObjects": counts.objects,
        "properties": len(counts.properties),
        "classes": len(counts.classes),
    }
    triples += [Triple(data, _VOID[name], _number(number)) for name, number in numbers.items()]
    for iri, number in counts.classes.items():
        triples += _partition(data, "class", iri, "entities", number)
    for iri, number in counts.properties.items():
        triples += _partition(data, "property", iri, "triples", number)
    return triples


def _partition(data: NamedNode, kind: str, iri: str, counted: str, number: int) -> list[Triple]:
    part = NamedNode(f"{data.value}-{kind}-{quote(iri, safe='')}")
    return [
        Triple(data, _VOID[f"{kind}Partition"], part),
        Triple(part, _VOID[kind], NamedNode(iri)),
        Triple(part, _VOID[counted], _number(number)),
    ]


def _format(media_type: str) -> NamedNode:
    return NamedNode(f"http://www.w3.org/ns/formats/{_FORMATS[media_type]}")


def _number(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)
