"""Other people's clients, and another engine, get what `kg query` gives."""

import csv
import io
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from rdflib.term import Literal, Variable
from SPARQLWrapper import CSV, JSON, POST, SPARQLWrapper
from SPARQLWrapper import XML as SPARQL_XML

from kg.namespaces import PREFIXES
from kg.queries import named_queries, named_query
from kg.store import Graph
from tests.serving.server import TOKEN, Server

_NAMES = [query.name for query in named_queries()]
_DECLARED = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())

Rows = list[tuple[tuple[str, str], ...]]


def _expected(sample: Graph, query: str) -> Rows:
    rows = sample.select(query)
    return sorted(tuple(sorted((name, term.value) for name, term in row.items() if term)) for row in rows)


def _converted(client: SPARQLWrapper) -> Any:  # noqa: ANN401 - it is of another type for each format
    return client.query().convert()


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_gets_the_same_rows(server: Server, sample: Graph, method: str) -> None:
    client = SPARQLWrapper(f"{server.url}sparql")
    client.setMethod(method)
    for name in _NAMES:
        client.setQuery(named_query(name).text)
        client.setReturnFormat(JSON)
        rows = _converted(client)["results"]["bindings"]
        told = sorted(tuple(sorted((key, term["value"]) for key, term in row.items())) for row in rows)
        assert told == _expected(sample, named_query(name).text)


def test_sparqlwrapper_reads_the_other_formats(server: Server) -> None:
    client = SPARQLWrapper(f"{server.url}sparql")
    client.setQuery("SELECT ?s { ?s a kg:Metric } ORDER BY ?s")
    client.setReturnFormat(CSV)
    rows = list(csv.reader(io.StringIO(_converted(client).decode())))
    client.setReturnFormat(SPARQL_XML)
    document = _converted(client)

    assert rows[0] == ["s"]
    assert len(document.getElementsByTagName("result")) == len(rows) - 1


def test_rdflib_reads_the_graph_through_its_own_client(server: Server, sample: Graph) -> None:
    store = SPARQLStore(f"{server.url}sparql", returnFormat="json")
    for name in _NAMES:
        answer = store.query(_DECLARED + named_query(name).text)
        told = sorted(
            tuple(sorted((str(key), str(term)) for key, term in row.items() if term is not None))
            for row in answer.bindings
        )
        assert told == _expected(sample, named_query(name).text)


def test_rdflib_writes_a_store_through_its_own_client(writable: Server) -> None:
    store = SPARQLUpdateStore(
        f"{writable.url}sparql", f"{writable.url}update", headers={"Authorization": f"Bearer {TOKEN}"}, autocommit=True
    )
    store.update('INSERT DATA { <urn:x:s> <urn:x:p> "written by rdflib" }')

    answer = store.query("SELECT ?o { <urn:x:s> <urn:x:p> ?o }")
    assert [row[Variable("o")] for row in answer.bindings] == [Literal("written by rdflib")]


def test_another_engine_that_loads_our_dump_gives_the_same_rows(server: Server, sample: Graph, tmp_path: Path) -> None:
    oxigraph = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert oxigraph is not None
    dump = tmp_path / "dump.nq"
    dump.write_bytes(server.ask("GET", "/store", accept="application/n-quads").body)
    store = tmp_path / "store"
    subprocess.run([oxigraph, "load", "--location", str(store), "--file", str(dump)], check=True, capture_output=True)
    for name in _NAMES:
        command = [oxigraph, "query", "--location", str(store), "--union-default-graph", "--results-format", "csv"]
        query = _DECLARED + named_query(name).text
        done = subprocess.run([*command, "--query", query], check=True, capture_output=True, text=True)
        told = [
            tuple(sorted((key, value) for key, value in row.items() if value))
            for row in csv.DictReader(io.StringIO(done.stdout))
        ]
        assert sorted(told) == _expected(sample, named_query(name).text)
