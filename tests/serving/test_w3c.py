"""The suites of the W3C for the protocols, against a real server.

Of the 18 entries of ``http-rdf-update`` none is run: they are deprecated in favour of ``graph-store-protocol``, and
told in prose only.
"""

import csv
import io
import json
import os
import re

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.compare import isomorphic

from tests.cases import SHARED
from tests.serving.server import Server
from tests.serving.w3c import Case, cases_of, play, prepare

_SUITES = SHARED / "eval" / "w3c"
_SD = "http://www.w3.org/ns/sparql-service-description#"

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
    answer = _answer(writable, "json-res/data.ttl", f"json-res/jsonres{number}.rq", "application/sparql-results+json")

    expected = (_SUITES / "json-res" / f"jsonres{number}.srj").read_text("utf-8")
    assert _solutions(answer) == _solutions(expected)


def _rows(text: str, suffix: str) -> list[list[tuple[str, str]]]:
    """The rows in order, each with its columns in order, as SELECT * has none; blank nodes are all called the same."""
    if suffix == "csv":
        rows = csv.DictReader(io.StringIO(text))
    else:
        rows = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    return sorted(sorted((name, _value(one)) for name, one in row.items()) for row in rows)


_NUMBER = re.compile(r'"([^"]*)"\^\^<http://www\.w3\.org/2001/XMLSchema#(?:double|negativeInteger)>')


def _value(text: str) -> str:
    """A value to compare: the engine keeps numbers by value, 1.0E6 as 1000000 and a negativeInteger as an integer."""
    if text.startswith("_:"):
        return "_:"
    try:
        return str(float(_NUMBER.sub(r"\1", text)))
    except ValueError:
        return text


def _solutions(text: str) -> object:
    told = json.loads(text)
    if "boolean" in told:
        return told["boolean"]
    rows = [sorted((name, _term(term)) for name, term in row.items()) for row in told["results"]["bindings"]]
    return sorted(told["head"]["vars"]), sorted(rows)


def _term(term: dict[str, str]) -> list[tuple[str, str]]:
    return [("type", "bnode")] if term["type"] == "bnode" else sorted(term.items())


def test_a_graph_that_is_put_is_the_graph_that_is_got(writable: Server) -> None:
    data = (
        _SUITES / "protocol" / "data1.nt"
    ).read_bytes() + b'<urn:x:s> <urn:x:p> "a\\u0041\\\\u0041\\n\\"", _:a . _:a <urn:x:p> _:b .'
    writable.ask("PUT", "/store?graph=urn:x:whole", data, content_type="text/turtle")

    got = writable.ask("GET", "/store?graph=urn:x:whole", accept="application/n-triples").text

    assert isomorphic(Graph().parse(data=got, format="nt"), Graph().parse(data=data))
