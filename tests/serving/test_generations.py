"""A build replaces the graph under a running server: new queries see the new one."""

import os
import signal
import time
from pathlib import Path

from kg.namespaces import SKOS
from kg.rdf import Literal, NamedNode, Quad
from kg.store import Decisions, GraphDirectory, Manifest
from tests.cli.runner import kg_process
from tests.serving.server import Server, running

_BASE = "https://data.example/kg/"
_ASK = "SELECT ?label { ?s skos:prefLabel ?label }"


def _build(directory: GraphDirectory, label: str) -> None:
    node, graph = NamedNode(f"{_BASE}method/one"), NamedNode(f"{_BASE}graph/one")
    with directory.edit() as edit:
        edit.write_anew([Quad(node, SKOS.prefLabel, Literal(label, language="en"), graph)])
        edit.commit(Manifest("run", _BASE), Decisions())


def test_new_queries_see_the_graph_that_a_build_has_put_in_place(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "graph")
    _build(directory, "old")
    with running(directory.path, "--workers", "2", log=tmp_path / "log") as server:
        before = server.query(_ASK, "text/csv")
        drawn = server.ask("GET", "/explore")
        _build(directory, "new")
        after = _next(server, before.headers["etag"])

        assert before.text.split() == ["label", "old"]
        assert after.split() == ["label", "new"]
        assert server.query(_ASK, "text/csv", if_none_match=before.headers["etag"]).status == 200
        for _ in range(4):  # each worker lets go of the old one
            assert server.query(_ASK, "text/csv").text.split() == ["label", "new"]
        assert "new" in server.ask("GET", "/id/method/one", accept="text/html").text
        assert drawn.status == server.ask("GET", "/explore", if_none_match=drawn.headers["etag"]).status == 200


def _next(server: Server, former: str) -> str:
    """The first answer with another validator; the name of the current graph is trusted for a moment."""
    while True:
        answer = server.query(_ASK, "text/csv", if_none_match=former)
        if answer.status == 200:
            return answer.text
        time.sleep(0.01)


def test_a_damaged_store_is_told_of_at_the_start(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "graph")
    _build(directory, "old")
    for file in directory.path.glob("*/store/MANIFEST-*"):
        file.write_bytes(b"not any more")

    done = kg_process("serve", "-g", directory.path, "--port", "0")

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "the store cannot be opened" in done.stderr


def test_a_server_ends_in_good_order_when_its_whole_group_is_told_to(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "graph")
    _build(directory, "old")
    with running(directory.path, "--workers", "1", log=tmp_path / "log") as server:
        for worker in server.workers():
            os.kill(worker, signal.SIGTERM)
        assert server.query(_ASK, "text/csv").status == 200
        workers = server.workers()

    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]
    assert "worker" not in (tmp_path / "log").read_text("utf-8")
