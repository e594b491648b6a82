"""The suites of the W3C for the protocols, against a real server.

Of the 18 entries of ``http-rdf-update`` none is run: they are deprecated in favour of ``graph-store-protocol``, and
told in prose only.
"""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.compare import isomorphic

from tests.cases import SHARED
from tests.serving.server import Server
from tests.serving.w3c import Case, cases_of, play, prepare

_SUITES = SHARED / "eval" / "w3c"
_SD = "http://www.w3.org/ns/sparql-service-description#"
_VARIABLES = ("csvtsv01", "csvtsv02")

pytestmark = pytest.mark.skipif(
    not _SUITES.exists() and not os.environ.get("CI"), reason="the suites are not here (../shared/eval/w3c)"
)


def _cases(*manifests: str) -> list[Case]:
    present = [_SUITES / one for one in manifests if (_SUITES / one).exists()]
    return [case for manifest in present for case in cases_of(manifest)]


def test_the_suites_are_whole() -> None:
    assert len(_cases("protocol/manifest.ttl")) == 34
    assert len(_cases("graph-store-protocol/manifest-direct.ttl", "graph-store-protocol/manifest-indirect.ttl")) == 13


@pytest.mark.parametrize("case", _cases("protocol/manifest.ttl"), ids=str)
def test_sparql_protocol(writable: Server, case: Case) -> None:
    prepare(writable, case)

    play(writable, case)


@pytest.mark.parametrize(
    "case",
    _cases("graph-store-protocol/manifest-direct.ttl", "graph-store-protocol/manifest-indirect.ttl"),
    ids=str,
)
def test_graph_store_protocol(writable: Server, case: Case) -> None:
    writable.ask("POST", "/update", b"DROP ALL", content_type="application/sparql-update")

    play(writable, case)


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_service_description(server: Server, accept: str) -> None:
    answer = server.ask("GET", "/sparql", accept=accept)

    described = Graph().parse(data=answer.text, format=answer.headers["content-type"].partition(";")[0])
    service = next(described.subjects(RDF.type, URIRef(f"{_SD}Service")))
    assert str(described.value(service, URIRef(f"{_SD}endpoint"))) == f"{server.url}sparql"
    for name in ("defaultDataset", "supportedLanguage", "resultFormat", "feature"):
        assert isinstance(described.value(service, URIRef(_SD + name)), URIRef), name
    data = described.value(service, URIRef(f"{_SD}defaultDataset"))
    assert (data, RDF.type, URIRef(f"{_SD}Dataset")) in described


def _answer(server: Server, data: str, query: str, accept: str) -> str:
    loaded = server.ask("PUT", "/store?default", (_SUITES / data).read_bytes(), content_type="text/turtle")
    assert loaded.status == 204, loaded
    server.ask("POST", "/update", b"DROP NAMED", content_type="application/sparql-update")
    return server.query((_SUITES / query).read_text("utf-8"), accept).text


@pytest.mark.parametrize(
    ("number", "query", "data"),
    [("01", "csvtsv01.rq", "data.ttl"), ("02", "csvtsv02.rq", "data.ttl"), ("03", "csvtsv01.rq", "data2.ttl")],
)
@pytest.mark.parametrize(("suffix", "media_type"), [("csv", "text/csv"), ("tsv", "text/tab-separated-values")])
def test_csv_and_tsv_results(
    writable: Server, number: str, query: str, data: str, suffix: str, media_type: str
) -> None:
    answer = _answer(writable, f"csv-tsv-res/{data}", f"csv-tsv-res/{query}", media_type)

    expected = (_SUITES / "csv-tsv-res" / f"csvtsv{number}.{suffix}").read_text("utf-8")
    assert _rows(answer, suffix) == _rows(expected, suffix)


@pytest.mark.parametrize("number", ["01", "02", "03", "04"])
def test_json_results(writable: Server, number: str) -> None:
    answer = _answer(
        writable, "json-res/data.ttl", f"json-res/jsonres{number}.rq", "application/sparql-results+json"
    )

    expected = (_SUITES / "json-res" / f"jsonres{number}.srj").read_text("utf-8")
    assert _solutions(answer) == _solutions(expected)


def _rows(text: str, suffix: str) -> tuple[list[str], list[list[str]]]:
    """The header, and the rows in order; blank nodes are all called the same."""
    reader = csv.reader(io.StringIO(text), delimiter="," if suffix == "csv" else "\t", quoting=_QUOTING[suffix])
    header, *rows = [["_:" if one.startswith("_:") else _plain(one) for one in row] for row in reader]
    return header, sorted(rows)


_QUOTING = {"csv": csv.QUOTE_MINIMAL, "tsv": csv.QUOTE_NONE}


def _plain(value: str) -> str:
    return value


def _solutions(text: str) -> object:
    told = json.loads(text)
    if "boolean" in told:
        return told["boolean"]
    rows = [{name: _term(term) for name, term in row.items()} for row in told["results"]["bindings"]]
    return told["head"]["vars"], sorted(rows, key=str)


def _term(term: dict[str, str]) -> dict[str, str]:
    return {"type": "bnode"} if term["type"] == "bnode" else term


def test_a_graph_that_is_put_is_the_graph_that_is_got(writable: Server) -> None:
    data = (_SUITES / "json-res" / "data.ttl").read_bytes()
    writable.ask("PUT", "/store?graph=urn:x:whole", data, content_type="text/turtle")

    got = writable.ask("GET", "/store?graph=urn:x:whole", accept="application/n-triples").text

    assert isomorphic(Graph().parse(data=got, format="nt"), Graph().parse(data=data))
