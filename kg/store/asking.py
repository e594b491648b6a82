"""The engine's store as the SPARQL protocols read it: which graphs are seen, what must not be reached, what is written.

The default graph is the union of all graphs unless a query or a request names its own.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from pyoxigraph import DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store, serialize

from kg.errors import GraphError, UsageError
from kg.namespaces import DATA_IRI, PREFIXES
from kg.store.guard import has_keyword, refuse_outbound
from kg.store.media import DATASET_TYPES, RDF_TYPES, RESULT_TYPES
from kg.store.scope import Scope

__all__ = [
    "NotAcceptableError",
    "RawAnswer",
    "StoreGoneError",
    "ask",
    "dump_all",
    "dump_graph",
    "open_to_read",
    "write_answer",
]

RawAnswer = QuerySolutions | QueryBoolean | QueryTriples

_UNION = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class NotAcceptableError(UsageError):
    """There is an answer, but in no format that the client takes."""


class StoreGoneError(GraphError):
    """The store is not there, or is damaged; perhaps it was replaced a moment ago."""


def open_to_read(folder: Path) -> Store:
    """Open the engine's store that lies in a folder, and that nobody writes.

    Raises:
        StoreGoneError: There is none, or it is damaged.
    """
    try:
        return Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:
        raise StoreGoneError(f"{folder}: the store cannot be opened ({error}); build the graph anew") from error


def ask(store: Store, text: str, scope: Scope | None = None, services: Sequence[str] = ()) -> RawAnswer:
    """Run a query; the usual prefixes need not be declared, and relative IRIs stand under `DATA_IRI`.

    Args:
        store: What is asked.
        text: SPARQL.
        scope: The graphs that are seen, whatever the query says; by default what it says, or else the union of all.
        services: Beginnings of the addresses that ``SERVICE`` may call.

    Raises:
        UsageError: The query would call another server.
        SyntaxError: The query is malformed; of the engine.
        ValueError: An IRI of the scope is none.
    """
    refuse_outbound(text, services)
    # The engine reads each prefix that it is given anew: all of them take longer than a small query itself.
    prefixes = {name: iri for name, iri in PREFIXES.items() if f"{name}:" in text}
    if scope is None:
        union = not has_keyword(text, "FROM")
        return store.query(text, base_iri=DATA_IRI, prefixes=prefixes, use_default_graph_as_union=union)
    return store.query(
        text,
        base_iri=DATA_IRI,
        prefixes=prefixes,
        default_graph=[NamedNode(iri) for iri in scope.default],
        named_graphs=[NamedNode(iri) for iri in scope.named],
    )


def write_answer(answer: RawAnswer, file: IO[bytes], result_type: str | None, rdf_type: str | None) -> str:
    """Write an answer and return its media type.

    Args:
        answer: To a query.
        file: Where to; what it raises is passed on.
        result_type: Media type for rows, and yes or no; None if the client takes none there is.
        rdf_type: Media type for triples; likewise.

    Raises:
        NotAcceptableError: The type that is needed is None.
    """
    chosen = rdf_type if isinstance(answer, QueryTriples) else result_type
    if chosen is None:
        offered = RDF_TYPES if isinstance(answer, QueryTriples) else RESULT_TYPES
        raise NotAcceptableError(f"this query is answered as one of {', '.join(offered)}; name one in Accept")
    if isinstance(answer, QueryTriples):
        serialize(answer, file, format=RDF_TYPES[chosen], prefixes=PREFIXES)
    else:
        answer.serialize(file, format=RESULT_TYPES[chosen])
    return chosen


def dump_graph(store: Store, graph: str | None, file: IO[bytes], rdf_type: str, *, union: bool) -> bool:
    """Write out one graph; False, and nothing written, where there is none of that name.

    Args:
        store: What is read.
        graph: IRI; None is the default graph.
        file: Where to; what it raises is passed on.
        rdf_type: Media type.
        union: The default graph is the union of all, not the unnamed graph.

    Raises:
        ValueError: The graph's IRI is none.
    """
    if graph is None and union:
        write_answer(store.query(_UNION, use_default_graph_as_union=True), file, None, rdf_type)
        return True
    name = DefaultGraph() if graph is None else NamedNode(graph)
    if isinstance(name, NamedNode) and not store.contains_named_graph(name):
        return False
    store.dump(file, format=RDF_TYPES[rdf_type], from_graph=name, prefixes=PREFIXES)
    return True


def dump_all(store: Store, file: IO[bytes], rdf_type: str) -> None:
    """Write out all graphs, apart, in one of `DATASET_TYPES`; what the file raises is passed on."""
    store.dump(file, format=DATASET_TYPES[rdf_type], prefixes=PREFIXES)
