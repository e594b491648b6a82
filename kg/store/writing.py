"""What a request writes to a plain store: one transaction of the engine, so all of it or nothing."""

from collections.abc import Iterable
from email import message_from_bytes
from email.policy import HTTP
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Store, parse, serialize

from kg.namespaces import DATA_IRI, PREFIXES
from kg.rdf import Triple, check_entities
from kg.store.guard import refuse_outbound_update
from kg.store.media import rdf_format_of
from kg.store.scope import Scope
from kg.store.using import with_using

__all__ = ["has_graph", "parse_body", "remove_graph", "update", "write_graph"]

_BODY: Final = "the request's body"


def update(store: Store, text: str, scope: Scope | None = None) -> None:
    """Run an update; the usual prefixes need not be declared, and relative IRIs stand under `DATA_IRI`.

    Args:
        store: What is written.
        text: SPARQL Update.
        scope: The graphs that its ``WHERE`` sees; by default what it says, or else the store's unnamed graph.

    Raises:
        UsageError: The update would read from another server, or names graphs although the scope does.
        SyntaxError: The update is malformed; of the engine.
        ValueError: An IRI of the scope is none.
        RuntimeError: It cannot be carried out, as there is no such graph; of the engine.
    """
    refuse_outbound_update(text)
    scoped = with_using(text, scope) if scope is not None else text
    prefixes = {name: iri for name, iri in PREFIXES.items() if f"{name}:" in text}
    store.update(scoped, base_iri=DATA_IRI, prefixes=prefixes)


def parse_body(body: bytes, content_type: str, base_iri: str) -> list[Triple] | None:
    """Read the triples of a request's body: one document, or several as ``multipart/form-data``.

    Args:
        body: As sent.
        content_type: The header.
        base_iri: What relative IRIs stand under.

    Returns:
        None where a document is no RDF in UTF-8.

    Raises:
        InputError: XML holds entities that could grow.
        SyntaxError: A document is malformed, or holds named graphs; of the engine.
    """
    if not content_type.lower().startswith("multipart/form-data"):
        return _parse(body, content_type, base_iri)
    triples: list[Triple] = []
    whole = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body, policy=HTTP)
    for part in whole.iter_parts():
        content = part.get_payload(decode=True)
        found = _parse(content if isinstance(content, bytes) else b"", str(part.get("Content-Type", "")), base_iri)
        if found is None:
            return None
        triples += found
    return triples


def _parse(data: bytes, content_type: str, base_iri: str) -> list[Triple] | None:
    rdf_format = rdf_format_of(content_type)
    if rdf_format is None:
        return None
    if rdf_format == RdfFormat.RDF_XML:
        check_entities(data, _BODY)
    quads = parse(data, format=rdf_format, base_iri=base_iri, without_named_graphs=True, rename_blank_nodes=True)
    return [quad.triple for quad in quads]


def write_graph(store: Store, graph: str | None, triples: Iterable[Triple], *, replace: bool) -> None:
    """Add triples to a graph, or put them in place of it.

    Args:
        store: What is written.
        graph: IRI; None is the unnamed graph.
        triples: An empty named graph is remembered too.
        replace: Nothing else stays in the graph.

    Raises:
        ValueError: The graph's IRI is none.
    """
    lines = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
    if graph is None:
        clear, insert = "CLEAR DEFAULT", f"INSERT DATA {{ {lines} }}"
    else:
        name = NamedNode(graph)
        clear, insert = f"CLEAR SILENT GRAPH {name}", f"CREATE SILENT GRAPH {name} ; "
        insert += f"INSERT DATA {{ GRAPH {name} {{ {lines} }} }}"
    store.update(f"{clear} ; {insert}" if replace else insert)


def remove_graph(store: Store, graph: str | None) -> None:
    """Remove a graph; of the unnamed one, its triples.

    Raises:
        ValueError: The graph's IRI is none.
    """
    store.update("CLEAR DEFAULT" if graph is None else f"DROP SILENT GRAPH {NamedNode(graph)}")


def has_graph(store: Store, graph: str | None) -> bool:
    """Tell whether there is a graph; the unnamed one always is.

    Raises:
        ValueError: The graph's IRI is none.
    """
    return graph is None or store.contains_named_graph(NamedNode(graph))
