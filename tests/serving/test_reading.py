"""What a client that only reads relies on: formats, validators, compression, graphs, pages."""

import gzip
import json
import re
from urllib.parse import quote

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph, URIRef

from kg.queries import named_queries
from kg.rdf import NamedNode
from kg.store import Graph as KgGraph
from tests.serving.server import Server

_SELECT = "SELECT ?s ?label { ?s skos:prefLabel ?label } ORDER BY ?s LIMIT 5"
_CONSTRUCT = "CONSTRUCT { ?s skos:prefLabel ?label } WHERE { ?s skos:prefLabel ?label }"


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*;q=0.1, application/sparql-results+xml;q=0.5", "application/sparql-results+xml"),
        ("text/csv;q=0, */*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8"),
    ],
)
def test_rows_come_in_the_format_the_client_would_rather_have(server: Server, accept: str, given: str) -> None:
    answer = server.query(_SELECT, accept)

    assert (answer.status, answer.headers["content-type"]) == (200, given)


@pytest.mark.parametrize(
    "accept",
    [
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/trig",
        "application/n-quads",
    ],
)
def test_triples_come_in_every_rdf_format(server: Server, sample: KgGraph, accept: str) -> None:
    answer = server.query(_CONSTRUCT, accept)

    rdf_format = RdfFormat.from_media_type(accept)
    assert rdf_format is not None
    assert answer.headers["content-type"].partition(";")[0] == accept
    triples = {quad.triple for quad in parse(answer.body, format=rdf_format)}
    assert triples == set(sample.query(_CONSTRUCT).triples())


@pytest.mark.parametrize(
    ("query", "accept"), [(_SELECT, "text/turtle"), (_CONSTRUCT, "text/csv"), ("ASK {}", "image/png")]
)
def test_a_format_that_cannot_be_given_is_refused(server: Server, query: str, accept: str) -> None:
    assert server.query(query, accept).status == 406


def test_named_queries_are_answered_as_on_the_command_line(server: Server, sample: KgGraph) -> None:
    for query in named_queries():
        told = json.loads(server.query(query.text).text)
        assert told == json.loads(sample.query(query.text).serialize("json")), query.name


def test_a_query_that_names_its_graphs_sees_only_them(server: Server, sample: KgGraph) -> None:
    graphs = server.query("SELECT ?g { GRAPH ?g {} } ORDER BY ?g", "text/csv").text.split()[1:]
    count = "SELECT (COUNT(*) AS ?n) FROM <{}> {{ ?s ?p ?o }}"

    alone = [_number(server.query(count.format(one), "text/csv").body) for one in graphs[:2]]
    both = server.ask(
        "GET",
        f"/sparql?query={quote('SELECT (COUNT(*) AS ?n) { ?s ?p ?o }')}"
        f"&default-graph-uri={quote(graphs[0])}&default-graph-uri={quote(graphs[1])}",
        accept="text/csv",
    )

    assert sum(alone) == _number(both.body)
    assert [_number(sample.query(count.format(one)).serialize("csv")) for one in graphs[:2]] == alone
    assert _number(server.query(count.format("urn:x:none"), "text/csv").body) == 0


def _number(answer: bytes) -> int:
    return int(answer.split()[1])


def test_an_answer_the_client_has_is_not_sent_again(server: Server) -> None:
    path = f"/sparql?query={quote(_SELECT)}"
    first = server.ask("GET", path)

    again = server.ask("GET", path, if_none_match=first.headers["etag"])
    other_format = server.ask("GET", path, if_none_match=first.headers["etag"], accept="text/csv")

    assert (again.status, again.body) == (304, b"")
    assert other_format.status == 200


@pytest.mark.parametrize("query", ["SELECT (RAND() AS ?x) {}", "SELECT (NOW() AS ?x) {}", "SELECT (UUID() AS ?x) {}"])
def test_an_answer_that_changes_has_no_validator(server: Server, query: str) -> None:
    assert "etag" not in server.query(query).headers


def test_a_long_answer_is_compressed_for_clients_that_take_it(server: Server) -> None:
    query = "SELECT ?s { ?s ?p ?o } LIMIT 500"
    plain, packed = server.query(query), server.query(query, accept_encoding="br, gzip")

    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 3
    assert "Accept-Encoding" in packed.headers["vary"]


def test_a_client_that_wants_no_gzip_gets_none(server: Server) -> None:
    answer = server.query("SELECT ?s { ?s ?p ?o } LIMIT 500", accept_encoding="gzip;q=0, identity")

    assert "content-encoding" not in answer.headers


def test_head_tells_what_get_would(server: Server) -> None:
    path = f"/sparql?query={quote(_SELECT)}"
    got, told = server.ask("GET", path), server.ask("HEAD", path)

    assert told.body == b""
    assert (told.status, told.headers) == (got.status, got.headers)


def test_a_graph_of_a_paper_can_be_read_alone_and_all_together(server: Server, sample: KgGraph) -> None:
    graph = next(quad.graph_name for quad in sample.quads() if isinstance(quad.graph_name, NamedNode))

    alone = server.ask("GET", f"/store?graph={quote(graph.value)}", accept="application/n-triples")
    union = server.ask("GET", "/store?default", accept="application/n-triples")
    apart = server.ask("GET", "/store", accept="application/n-quads")

    assert {quad.triple for quad in parse(alone.body, format=RdfFormat.N_TRIPLES)} == {
        quad.triple for quad in sample.quads() if quad.graph_name == graph
    }
    assert {quad.triple for quad in parse(union.body, format=RdfFormat.N_TRIPLES)} == {
        quad.triple for quad in sample.quads()
    }
    assert set(parse(apart.body, format=RdfFormat.N_QUADS)) == set(sample.quads())


def test_a_graph_that_is_not_there_is_not_found(server: Server) -> None:
    assert server.ask("GET", "/store?graph=urn:x:none").status == 404


def test_a_server_that_only_reads_refuses_every_write(server: Server) -> None:
    body = b"<urn:x:s> <urn:x:p> <urn:x:o> ."
    asked = [
        server.ask("POST", "/update", b"CLEAR ALL", content_type="application/sparql-update"),
        server.ask("PUT", "/store?default", body, content_type="text/turtle"),
        server.ask("POST", "/store", body, content_type="text/turtle"),
        server.ask("DELETE", "/store?default"),
    ]

    assert [one.status for one in asked] == [403] * 4


def test_a_node_is_told_of_in_rdf_to_programs(server: Server) -> None:
    answer = server.ask("GET", "/id/method/u-net", accept="text/turtle")

    told = Graph().parse(data=answer.text)
    node = URIRef("https://example.org/kg/id/method/u-net")
    label = URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    assert str(told.value(node, label)) == "U-Net"


def test_a_node_is_told_of_on_a_page_to_people(server: Server) -> None:
    page = server.ask("GET", "/id/method/brooknet", accept="text/html,*/*;q=0.8")

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>BrookNet</h1>" in page.text
    assert "Claims and their evidence" in page.text
    assert re.search(r"<summary>.*kg:proposes.*BrookNet.*asserted, confidence", page.text)
    assert re.search(r"<blockquote>[^<]+</blockquote>", page.text)
    assert '<a href="/id/method/pondnet">PondNet</a>' in page.text


def test_nothing_is_told_of_a_node_that_is_not_there(server: Server) -> None:
    assert server.ask("GET", "/id/method/no-such-thing").status == 404


def test_void_counts_what_is_there(server: Server, sample: KgGraph) -> None:
    told = Graph().parse(data=server.ask("GET", "/.well-known/void", accept="text/turtle").text)

    count = next(told.objects(None, URIRef("http://rdfs.org/ns/void#triples")))
    assert int(str(count)) == len(sample)


def test_health_and_metrics_are_told(server: Server) -> None:
    assert server.ask("GET", "/health").text == "ok\n"
    assert 'kg_requests_total{method="GET",status="200"}' in server.ask("GET", "/metrics").text
