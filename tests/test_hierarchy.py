"""What is asked of a concept finds the papers on narrower ones, in a graph that was linked."""

from typing import TYPE_CHECKING

import pytest

from kg.queries import find_node, named_query
from kg.records import Kind
from kg.store import Graph, open_graph
from tests.deciding.cases import graph_of, paper

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder: Path = tmp_path_factory.mktemp("hierarchy") / "graph"
    graph_of(
        folder,
        paper("a", (Kind.DISEASE, "tension pneumothorax"), (Kind.MODALITY, "CT"), (Kind.METHOD, "BrookNet")),
        paper("b", (Kind.DISEASE, "lung disease"), (Kind.MODALITY, "low-dose quartz CT"), (Kind.DATASET, "RIVER")),
        paper("c", (Kind.DISEASE, "gallstone"), (Kind.DATASET, "RIVER 2021")),
        paper("d", (Kind.DATASET, "RIVER 2022 challenge")),
    )
    return open_graph(folder)


@pytest.mark.parametrize(
    ("name", "variable", "value", "papers"),
    [
        ("papers-by-disease", "disease", "lung disease", {"a", "b"}),
        ("papers-by-disease", "disease", "pneumothorax", {"a"}),
        ("datasets-and-their-users", "dataset", "RIVER", {"b", "c", "d"}),
        ("datasets-and-their-users", "dataset", "RIVER 2021", {"c"}),
    ],
)
def test_a_query_finds_the_papers_on_narrower_concepts(
    graph: Graph, name: str, variable: str, value: str, papers: set[str]
) -> None:
    rows = graph.select(named_query(name).text, {variable: find_node(graph, value, variable=variable)})

    assert {str(row["title"]).split('"')[1].removeprefix("Paper ") for row in rows} == papers


def test_methods_for_a_disease_in_a_modality_count_those_for_narrower_ones(graph: Graph) -> None:
    bindings = {"disease": find_node(graph, "lung disease"), "modality": find_node(graph, "CT")}

    rows = graph.select(named_query("methods-by-disease-and-modality").text, bindings)

    assert [row["methodName"].value for row in rows if row["methodName"]] == ["BrookNet"]


def test_a_modality_is_counted_alone_and_with_narrower_ones(graph: Graph) -> None:
    (row,) = graph.select(named_query("papers-per-modality").text, {"modality": find_node(graph, "CT")})

    assert [str(row[name]).split('"')[1] for name in ("papers", "papersWithNarrower")] == ["1", "2"]
