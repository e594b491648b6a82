import os
from pathlib import Path

import pytest

from kg.errors import GraphError, OutputError
from kg.rdf import Literal, NamedNode, Quad
from kg.records import Annotation, Paper
from kg.store import GraphDirectory, Manifest, open_graph

PAPER = Paper("x", "A title", "An abstract")
QUAD = Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal("o"), NamedNode("http://e/g"))
MANIFEST = Manifest("run", "http://e/")


def write(directory: GraphDirectory, abstract: str = "An abstract") -> None:
    paper = Paper("x", "A title", abstract)
    directory.replace([(paper, Annotation("x"))], [QUAD], MANIFEST)


def test_a_graph_comes_back_as_it_was_written(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "deep" / "graph")
    write(directory)

    assert list(directory.records()) == [(PAPER, Annotation("x"))]
    assert directory.manifest() == MANIFEST
    assert list(open_graph(directory.path).quads()) == [QUAD]


def test_a_folder_holds_one_generation_however_often_it_is_built(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path)
    for abstract in ("one", "one", "two", "one"):
        write(directory, abstract)

    assert len(list(tmp_path.iterdir())) == 2  # CURRENT and the generation
    assert [paper.abstract for paper, _ in directory.records()] == ["one"]


def test_a_build_that_breaks_leaves_the_former_graph(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path)
    write(directory)

    def quads() -> object:
        yield QUAD
        raise OSError(28, os.strerror(28))

    with pytest.raises(OutputError, match="No space left"):
        directory.replace([], quads(), MANIFEST)  # type: ignore[arg-type]  # a generator that fails midway

    assert list(directory.records()) == [(PAPER, Annotation("x"))]
    assert len(list(tmp_path.iterdir())) == 2


def test_a_first_build_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"):
        GraphDirectory(tmp_path / "new").replace([], (int("broken") for _ in "x"), MANIFEST)  # type: ignore[misc]

    assert list(tmp_path.iterdir()) == []


def open_and_check(directory: GraphDirectory) -> None:
    directory.manifest()
    directory.open_store()


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda path: (path / "CURRENT").unlink(), "no graph here"),
        (lambda path: (path / "CURRENT").write_text("gone"), "is missing"),
        (lambda path: next(path.glob("*/manifest.json")).write_text("{"), "damaged"),
        (lambda path: next(path.glob("*/manifest.json")).write_text('{"run":"","base_iri":"","format":99}'), "format"),
        (lambda path: next(path.glob("*/store/CURRENT")).write_text("?"), "cannot be opened"),
    ],
    ids=["no graph", "generation gone", "manifest", "other format", "store"],
)
def test_a_damaged_graph_is_named_in_one_line(tmp_path: Path, damage: object, reason: str) -> None:
    directory = GraphDirectory(tmp_path)
    write(directory)
    damage(tmp_path)  # type: ignore[operator]  # a lambda of the table

    with pytest.raises(GraphError, match=reason):
        open_and_check(directory)
