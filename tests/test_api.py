import re
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import GraphError, UsageError
from kg.records import Paper, encode
from kg.settings import Settings
from kg.store import open_graph
from tests.cases import ROOT

PAPER = Paper("river", "RiverNet", "We propose RiverNet for CT.")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("api")
    (made / "papers.jsonl").write_text(f"{encode(PAPER)}\n", "utf-8")
    kg.build(made / "papers.jsonl", made / "graph", settings=Settings(fast=True))
    return made


def test_the_examples_of_the_page_run(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "papers.jsonl").write_text(f"{encode(PAPER)}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.api.build", lambda *_: kg.open(folder / "graph"))  # built once
    (tmp_path / "graph").symlink_to(folder / "graph")

    code = "\n".join(re.findall(r"```python\n(.*?)```", (ROOT / "docs/python.md").read_text("utf-8"), re.DOTALL))
    exec(code, {})  # noqa: S102 - our own page


def test_rdflib_reads_the_same_store(folder: Path) -> None:
    dataset = kg.open(folder / "graph").to_rdflib()

    assert len(list(dataset.quads())) == len(open_graph(folder / "graph"))
    found = dataset.query("SELECT ?t { ?p a kg:Paper ; dcterms:title ?t }").bindings
    assert [str(term) for row in found for term in row.values()] == ["RiverNet"]


def test_the_network_holds_what_the_paper_names(folder: Path) -> None:
    network = kg.open(folder / "graph").to_networkx()

    edges = {
        (network.nodes[a]["label"], str(told["predicate"]).rpartition("#")[2])
        for a, _, told in network.edges(data=True)
    }
    assert ("RiverNet", "hasModality") in edges
    assert {kind for _, kind in network.nodes(data="kind")} >= {"Paper", "Method", "Modality"}


def test_without_pandas_the_error_tells_how_to_get_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(UsageError, match="pip install pandas"):
        kg.open(folder / "graph").to_pandas()


def test_where_there_is_no_graph_opening_says_so(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="there is no graph here"):
        kg.open(tmp_path / "none")


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, kg; print(sorted({'spacy', 'rdflib', 'networkx', 'pyoxigraph', 'pandas'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"
