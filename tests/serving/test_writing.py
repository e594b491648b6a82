"""What a store that can be written promises: only with the token, all of a request or nothing, and seen at once."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import GraphError
from kg.rdf import Literal, NamedNode, Quad, Triple
from kg.store import Decisions, GraphDirectory, Manifest, open_graph
from kg.store.plain import plain_store
from kg.store.scope import Scope
from kg.store.using import with_using
from kg.store.writing import write_graph
from tests.cli.runner import kg, kg_process
from tests.serving.server import TOKEN, Server, running

_UPDATE = "application/sparql-update"
_NO_TOKEN = " "  # noqa: S105 - the point is that it is none
_TRIPLE = b"<urn:x:s> <urn:x:p> <urn:x:o> ."


def _count(server: Server, graph: str) -> int:
    query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    told = json.loads(server.query(query).text)
    return int(told["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer \u00e9"])
def test_nothing_is_written_without_the_token(writable: Server, shown: str) -> None:
    header = {"authorization": shown.encode("latin-1").decode("latin-1")}
    update = writable.ask("POST", "/update", b"INSERT DATA { <urn:x:a> a <urn:x:b> }", content_type=_UPDATE, **header)
    put = writable.ask("PUT", "/store?graph=urn:x:secret", _TRIPLE, content_type="text/turtle", **header)

    assert (update.status, put.status) == (401, 401)
    assert "Bearer" in update.headers["www-authenticate"]
    assert TOKEN not in update.text
    assert writable.ask("GET", "/store?graph=urn:x:secret").status == 404


def test_a_query_sees_what_was_written_before_it(writable: Server) -> None:
    for number in range(1, 4):
        body = f"INSERT DATA {{ GRAPH <urn:x:seen> {{ <urn:x:s> <urn:x:p> {number} }} }}".encode()
        assert writable.ask("POST", "/update", body, content_type=_UPDATE).status == 204
        assert _count(writable, "urn:x:seen") == number


@pytest.mark.parametrize("name", ["a%5Bb%5D", "100%25", "a%3Fb", "a%23b", "caf%C3%A9/%09"])
def test_a_graph_can_have_any_address_under_the_store(writable: Server, name: str) -> None:
    written = writable.ask("PUT", f"/store/{name}", _TRIPLE, content_type="text/turtle")

    assert written.status == 201, written.text
    assert written.headers["location"] == f"{writable.url}store/{name}"
    assert _count(writable, f"{writable.url}store/{name}") == 1
    assert writable.ask("GET", f"/store/{name}").status == 200


def test_an_update_that_fails_half_way_changes_nothing(writable: Server) -> None:
    halves = b"INSERT DATA { GRAPH <urn:x:half> { <urn:x:s> a <urn:x:t> } } ; CREATE GRAPH <urn:x:seen2> ;"

    answer = writable.ask("POST", "/update", halves + b"CREATE GRAPH <urn:x:seen2>", content_type=_UPDATE)

    assert answer.status == 400
    assert writable.ask("GET", "/store?graph=urn:x:half").status == 404


def test_a_document_that_breaks_off_changes_nothing(writable: Server) -> None:
    writable.ask("PUT", "/store?graph=urn:x:doc", _TRIPLE, content_type="text/turtle")

    answer = writable.ask(
        "PUT", "/store?graph=urn:x:doc", b"<urn:x:a> a <urn:x:b> . <urn:x", content_type="text/turtle"
    )

    assert answer.status == 400
    assert _count(writable, "urn:x:doc") == 1


def test_a_runaway_update_is_cut_off_and_changes_nothing(writable: Server) -> None:
    many = " ".join(f"<urn:x:s{number}> <urn:x:p> {number} ." for number in range(400)).encode()
    writable.ask("PUT", "/store?graph=urn:x:many", many, content_type="text/turtle")
    pattern = "GRAPH <urn:x:many> { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    runaway = f"INSERT {{ GRAPH <urn:x:run> {{ ?a ?b ?l }} }} WHERE {{ {pattern} FILTER(?c > ?l && ?f > ?i) }}"

    answer = writable.ask("POST", "/update", runaway.encode(), content_type=_UPDATE)

    assert answer.status in {503, 504}
    assert writable.ask("GET", "/store?graph=urn:x:run").status == 404
    assert _count(writable, "urn:x:many") == 400


def test_writers_and_readers_at_the_same_time_all_succeed(writable: Server) -> None:
    def write(number: int) -> int:
        body = f"<urn:x:s> <urn:x:p> {number} .".encode()
        return writable.ask("POST", "/store?graph=urn:x:together", body, content_type="text/turtle").status

    with ThreadPoolExecutor(6) as threads:
        written = list(threads.map(write, range(12)))
        read = list(threads.map(lambda _: writable.query("ASK { ?s ?p ?o }").status, range(12)))

    assert set(written) <= {201, 204}
    assert set(read) == {200}
    assert _count(writable, "urn:x:together") == 12


def test_a_store_can_be_read_when_no_server_writes_it(tmp_path: Path) -> None:
    graph = tmp_path / "notes"
    header = {"authorization": f"Bearer {TOKEN}"}
    with running(graph, "--writable", "--workers", "1", log=tmp_path / "log", headers=header, KG_TOKEN=TOKEN) as server:
        server.ask("PUT", "/store?graph=urn:x:g", _TRIPLE, content_type="text/turtle")
        refused = kg("query", "ASK { ?s ?p ?o }", "-g", graph)

    assert refused.returncode == 2
    assert "a server writes here" in refused.stderr
    assert [str(quad.triple) for quad in open_graph(graph).quads()] == ["<urn:x:s> <urn:x:p> <urn:x:o>"]


def test_a_graph_of_papers_is_never_written(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "graph")
    with directory.edit() as edit:
        edit.write_anew([])
        edit.commit(Manifest("run", "https://example.org/kg/id/"), Decisions())

    done = kg_process("serve", "-g", directory.path, "--writable", "--port", "0", KG_TOKEN=TOKEN)

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "built from papers" in done.stderr


def test_a_folder_of_other_things_is_never_written(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", "utf-8")

    with pytest.raises(GraphError, match="neither empty nor a store"), plain_store(tmp_path):
        pass


def test_a_server_that_is_to_be_written_needs_a_token(tmp_path: Path) -> None:
    done = kg_process("serve", "-g", tmp_path / "new", "--writable", "--port", "0", KG_TOKEN=_NO_TOKEN)

    assert done.returncode == 2
    assert "KG_TOKEN" in done.stderr
    assert not (tmp_path / "new").exists()


_GRAPHS = Scope(("http://x/a",), ("http://x/b",))
_USING = "USING <http://x/a> USING NAMED <http://x/b> "


@pytest.mark.parametrize(
    ("update", "scoped"),
    [
        ("INSERT {} WHERE { ?s ?p ?o }", f"INSERT {{}} {_USING}WHERE {{ ?s ?p ?o }}"),
        ("DELETE WHERE { ?s ?p 'WHERE {' }", f"DELETE {{ ?s ?p 'WHERE {{' }} {_USING}WHERE {{ ?s ?p 'WHERE {{' }}"),
        ("DELETE { ?s ?p 1 } where { }", f"DELETE {{ ?s ?p 1 }} {_USING}where {{ }}"),
        ("CLEAR GRAPH where:x # WHERE\n", "CLEAR GRAPH where:x # WHERE\n"),
        ("INSERT DATA { <where> a 'WHERE' }", "INSERT DATA { <where> a 'WHERE' }"),
    ],
)
def test_the_graphs_of_a_request_are_written_into_the_update(update: str, scoped: str) -> None:
    assert with_using(update, _GRAPHS) == scoped


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(_texts, st.sampled_from(["en", "de-AT", None])), max_size=5), st.booleans())
def test_a_graph_that_is_written_holds_just_what_was_sent(values: list[tuple[str, str | None]], replace: bool) -> None:
    store, graph, subject = Store(), NamedNode("urn:x:g"), NamedNode("urn:x:s")
    former = Quad(subject, subject, Literal("former"), graph)
    store.add(former)
    objects = [Literal(text, language=language) if language else Literal(text) for text, language in values]
    triples = [Triple(subject, subject, one) for one in objects]

    write_graph(store, graph.value, triples, replace=replace)

    kept = set() if replace else {former.object}
    assert {quad.object for quad in store} == kept | set(objects)
    assert store.contains_named_graph(graph)


def test_a_store_that_was_copied_away_is_served_again(tmp_path: Path) -> None:
    with plain_store(tmp_path / "one") as folder:
        store = Store(str(folder))
        write_graph(store, "urn:x:g", [Triple(*map(NamedNode, ("urn:x:s", "urn:x:p", "urn:x:o")))], replace=True)
        store.flush()
        del store
    shutil.copytree(tmp_path / "one", tmp_path / "two")

    assert len(open_graph(tmp_path / "two")) == 1
