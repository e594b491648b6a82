import os
from collections.abc import Callable, Iterator
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
    with directory.locked():
        directory.replace([(paper, Annotation("x"))], [QUAD], MANIFEST)


def generations(directory: GraphDirectory) -> int:
    return len(list(directory.path.glob("generation-*")))


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

    assert generations(directory) == 1
    assert [paper.abstract for paper, _ in directory.records()] == ["one"]


def test_a_build_that_breaks_leaves_the_former_graph(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path)
    write(directory)

    def quads() -> Iterator[Quad]:
        yield QUAD
        raise OSError(28, os.strerror(28))

    with pytest.raises(OutputError, match="No space left"), directory.locked():
        directory.replace([], quads(), MANIFEST)

    assert list(directory.records()) == [(PAPER, Annotation("x"))]
    assert generations(directory) == 1


def test_a_first_build_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "new")

    with pytest.raises(ValueError, match="broken"), directory.locked():
        raise ValueError("broken")

    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_build_left_behind_is_swept_by_the_next(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path)
    write(directory)
    (tmp_path / "generation-killed").mkdir()

    write(directory)

    assert generations(directory) == 1


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    with (
        GraphDirectory(tmp_path).locked(),
        pytest.raises(GraphError, match="another build is writing here"),
        GraphDirectory(tmp_path).locked(),
    ):
        pass


def open_and_check(directory: GraphDirectory) -> None:
    directory.open_store()
    list(directory.records())


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda path: (path / "CURRENT").unlink(), "no graph here"),
        (lambda path: (path / "CURRENT").write_text("gone"), "is missing"),
        (lambda path: next(path.glob("*/manifest.json")).write_text("{"), "damaged"),
        (lambda path: next(path.glob("*/manifest.json")).write_text('{"run":"","base_iri":"","format":99}'), "format"),
        (lambda path: next(path.glob("*/store/CURRENT")).write_text("?"), "cannot be opened"),
        (lambda path: next(path.glob("*/papers.jsonl")).write_text(""), "records cannot be read"),
        (lambda path: next(path.glob("*/papers.jsonl")).write_text("{"), "records cannot be read"),
    ],
    ids=["no graph", "generation gone", "manifest", "other format", "store", "papers gone", "papers cut"],
)
def test_a_damaged_graph_is_named_in_one_line(tmp_path: Path, damage: Callable[[Path], object], reason: str) -> None:
    directory = GraphDirectory(tmp_path)
    write(directory)
    damage(tmp_path)

    with pytest.raises(GraphError, match=reason):
        open_and_check(directory)
