"""A graph pushed to another `kg`, which serves a store that may be written."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from kg.pipeline import build
from kg.records import Annotation, Paper
from kg.store import GraphDirectory, open_graph
from tests.cli.runner import kg
from tests.pushing.servers import Front, front
from tests.serving.server import TOKEN, Server, running


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    papers = [Paper(name, f"{name} in CT", f"We propose {name}.") for name in ("PondNet", "RiverNet", "BrookNet")]
    folder = tmp_path_factory.mktemp("push") / "graph"
    build(papers, GraphDirectory(folder), annotations=[Annotation(paper.id) for paper in papers])
    return folder


@pytest.fixture(params=["store", "update"])
def endpoint(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("KG_PUSH_TOKEN", TOKEN)
    with running(tmp_path / "other", "--writable", log=tmp_path / "log", KG_TOKEN=TOKEN) as server:
        yield server


@pytest.fixture
def between(other: Server) -> Iterator[Front]:
    with front(other.url.rstrip("/")) as server:
        yield server


def held(server: Server) -> set[Quad]:
    answer = server.ask("GET", "/store", accept="application/n-quads")
    return set(parse(answer.body, format=RdfFormat.N_QUADS))


def test_a_push_that_is_killed_and_goes_on_leaves_equal_graphs(
    graph: Path, other: Server, between: Front, endpoint: str
) -> None:
    address = f"{between.url}/{endpoint}"
    options = ["--update"] if endpoint == "update" else []
    between.faults = {2: lambda _: process.kill()}
    with subprocess.Popen(
        [sys.executable, "-m", "kg", "push", address, "-g", str(graph), *options], stderr=subprocess.DEVNULL
    ) as process:
        assert process.wait() == -9
    assert held(other) != set(open_graph(graph).quads())

    done = kg("push", address, "-g", graph, *options)

    assert done.returncode == 0, done.stderr
    assert "2 already there" in done.stderr
    assert held(other) == set(open_graph(graph).quads())
