import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kg.errors import UsageError
from kg.rdf import Literal, NamedNode, Quad
from kg.store import Graph


class Recorder(BaseHTTPRequestHandler):
    """Counts the requests that reach it."""

    hits = 0

    def do_GET(self) -> None:
        Recorder.hits += 1
        self.send_response(200)
        self.end_headers()

    do_POST = do_GET  # noqa: N815 - the name http.server looks for

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def outside() -> Iterator[str]:
    Recorder.hits = 0
    server = HTTPServer(("127.0.0.1", 0), Recorder)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def graph() -> Graph:
    return Graph.of([Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal("SERVICE <http://x> {"))])


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
        "SELECT * { SeRvIcE<URL> { ?s ?p ?o } }",
        "SELECT * { # comment\nSERVICE<URL>{?s ?p ?o} }",
        "SELECT * { BIND(<URL> AS ?u) SERVICE ?u { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '''it's''' . SERVICE <URL> { ?s ?p ?o } }",
        'SELECT * { ?s ?p "\\"" . SERVICE <URL> { ?s ?p ?o } }',
        "SELECT * { FILTER(1 <2) SERVICE <URL> { ?s ?p ?o } FILTER(3> 2) }",
        "SELECT * { SERVICESILENT<URL>{ ?s ?p ?o } }",
        "PREFIX : <BASE> SELECT * { SERVICE:sparql { ?s ?p ?o } }",
        "PREFIX e: <BASE> SELECT * { SERVICEe:sparql { ?s ?p ?o } }",
        "PREFIX e: <BASE> SELECT * { SERVICESILENTe:sparql { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1e0SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE <URL> { ?s ?p ?o } }",
        "PREFIX e: <BASE> SELECT * { ?s ?p e:.SERVICE <URL> { ?s ?p ?o } }",
        "PREFIX : <BASE> SELECT * { FILTER(1<2)SERVICE:sparql#>\n{ ?s ?p ?o } }",
        "SELECT * { \\U00000053ERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { S\\u0065RVICE <URL> { ?s ?p ?o } }",
        "LOAD <URL>",
        "INSERT DATA { <URL> <URL> <URL> }",
    ],
)
def test_no_query_reaches_outside(graph: Graph, outside: str, query: str) -> None:
    with pytest.raises(UsageError):
        list(graph.query(query.replace("URL", outside).replace("BASE", outside.removesuffix("sparql"))).rows())

    assert Recorder.hits == 0


@pytest.mark.parametrize("query", ["SELECT * FROM <URL> { ?s ?p ?o }", "SELECT * FROM NAMED <URL> { ?s ?p ?o }"])
def test_from_names_only_graphs_that_are_here(graph: Graph, outside: str, query: str) -> None:
    list(graph.query(query.replace("URL", outside)).rows())

    assert Recorder.hits == 0


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "SERVICE <http://x> {" }',
        "SELECT ?service { ?service ?p ?o }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://x>",
        "PREFIX service: <http://e/> SELECT * { service:s ?p ?o }",
        "PREFIX e: <http://e/SERVICE#> SELECT * { ?s ?p ?o }",
    ],
    ids=["string", "variable", "comment", "prefix", "iri"],
)
def test_the_word_alone_is_no_crime(graph: Graph, query: str) -> None:
    assert len(graph.select(query)) == 1
