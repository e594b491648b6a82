"""Servers that tests share: one that only reads the sample graph, and one that can be written."""

from collections.abc import Iterator

import pytest

from kg.store import Graph, open_graph
from tests.cases import ROOT
from tests.serving.server import TOKEN, Server, running

GRAPH = ROOT / "tests" / "ontology" / "valid.trig"
"""Small, and each named query finds something in it."""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Reads the sample graph; two workers, and limits that tests can reach."""
    log = tmp_path_factory.mktemp("server") / "log"
    limits = ("--workers", "2", "--timeout", "3", "--memory", "200", "--max-result", "4", "--max-request", "1")
    with running(GRAPH, *limits, log=log) as one:
        yield one


@pytest.fixture(scope="session")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Writes a store of its own; requests show the token unless they say otherwise."""
    folder = tmp_path_factory.mktemp("writable")
    headers = {"authorization": f"Bearer {TOKEN}"}
    options = ("--writable", "--workers", "1", "--timeout", "2", "--max-request", "1")
    with running(folder / "store", *options, log=folder / "log", headers=headers, KG_TOKEN=TOKEN) as one:
        yield one


@pytest.fixture(scope="session")
def sample() -> Graph:
    """The graph that ``server`` serves, read by ourselves."""
    return open_graph(GRAPH)
