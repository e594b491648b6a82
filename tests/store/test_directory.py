import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kg.errors import GraphError, OutputError
from kg.rdf import Literal, NamedNode, Quad
from kg.records import Annotation, Paper
from kg.store import Decisions, GraphDirectory, Manifest, open_graph, take_snapshot

PAPER = Paper("x", "A title", "An abstract")
QUAD = Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal("o"), NamedNode("http://e/g"))
MANIFEST = Manifest("run", "http://e/")


def write(directory: GraphDirectory, abstract: str = "An abstract") -> None:
    paper = Paper("x", "A title", abstract)
    with directory.edit() as edit:
        edit.records.put(paper)
        edit.records.annotate(paper.key, Annotation("x"), "run")
        edit.write_anew([QUAD])
        edit.commit(MANIFEST, Decisions())


def change(directory: GraphDirectory, quads: Iterator[Quad]) -> None:
    with directory.edit() as edit:
        edit.records.put(Paper("y", "Another", ""))
        edit.write_anew(quads)


def generations(directory: GraphDirectory) -> int:
    return len(list(directory.path.glob("generation-*")))


def test_a_graph_comes_back_as_it_was_written(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "deep" / "graph")
    write(directory)

    assert list(directory.records()) == [(PAPER, Annotation("x"))]
    assert directory.manifest() == MANIFEST
    assert list(open_graph(directory.path).quads()) == [QUAD]


def test_a_store_that_is_changed_shares_its_files_with_the_former_one(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path)
    write(directory)
    other = Quad(NamedNode("http://e/other"), NamedNode("http://e/p"), Literal("o"), NamedNode("http://e/g"))
    former = open_graph(tmp_path)

    with directory.edit() as edit:
        edit.change().add([other])
        edit.commit(MANIFEST, Decisions())

    assert set(open_graph(tmp_path).quads()) == {QUAD, other}
    assert set(former.quads()) == {QUAD}


def test_a_folder_holds_one_store_however_often_it_is_built(tmp_path: Path) -> None:
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

    with pytest.raises(OutputError, match="No space left"):
        change(directory, quads())

    assert list(directory.records()) == [(PAPER, Annotation("x"))]
    assert generations(directory) == 1


def test_a_first_build_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "new")

    def quads() -> Iterator[Quad]:
        yield QUAD
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        change(directory, quads())

    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_build_left_behind_is_swept_by_the_next_which_says_so(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path)
    write(directory)
    (tmp_path / "generation-killed").mkdir()
    (tmp_path / "snapshots" / ".killed.12ab").mkdir(parents=True)
    (tmp_path / ".decisions.sssom.tsv.12ab").touch()
    take_snapshot(directory, "whole")

    with directory.edit() as edit:
        assert edit.interrupted
    with directory.edit() as edit:
        assert not edit.interrupted

    assert generations(directory) == 1
    assert [one.name for one in (tmp_path / "snapshots").iterdir()] == ["whole"]
    assert not list(tmp_path.glob(".decisions*"))


def test_papers_that_another_tool_holds_are_not_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = GraphDirectory(tmp_path)
    write(directory)
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *place, **how: connect(*place, **how | {"timeout": 0}))
    with closing(connect(tmp_path / "papers.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OutputError, match=r"cannot be written \(database is locked\)"):
            write(directory)
        assert list(directory.records()) == [(PAPER, Annotation("x"))]


def test_two_builds_at_once_are_refused_and_the_first_is_named(tmp_path: Path) -> None:
    with (
        GraphDirectory(tmp_path).locked(),
        pytest.raises(GraphError, match=f"another build is writing here .process {os.getpid()} on "),
        GraphDirectory(tmp_path).locked(),
    ):
        pass


def test_readers_see_the_former_graph_while_another_is_written(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path)
    write(directory)

    with directory.edit() as edit:
        edit.records.put(Paper("y", "Another", ""))
        edit.write_anew([])
        assert list(directory.records()) == [(PAPER, Annotation("x"))]
        assert list(open_graph(tmp_path).quads()) == [QUAD]


def test_a_graph_in_a_folder_that_cannot_be_written_can_be_read(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "graph")
    write(directory)
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in directory.path.rglob("*"):
        if file.is_file():
            target = copy / file.relative_to(directory.path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
            target.chmod(0o444)

    assert list(open_graph(copy).quads()) == [QUAD]
    assert list(GraphDirectory(copy).records()) == [(PAPER, Annotation("x"))]


def test_a_store_that_is_replaced_while_it_is_opened_is_opened_where_it_is_then(tmp_path: Path) -> None:
    class Slow(GraphDirectory):
        """Somebody changes the graph between the first look and the opening."""

        looks = 0

        def store_path(self) -> Path:
            path = super().store_path()
            self.looks += 1
            if self.looks == 1:
                write(GraphDirectory(tmp_path))
            return path

    write(GraphDirectory(tmp_path))
    directory = Slow(tmp_path)

    assert list(directory.open_store()) == [QUAD]
    assert directory.looks > 1


def open_and_check(directory: GraphDirectory) -> None:
    directory.open_store()
    list(directory.records())


def spoil(path: Path, statement: str) -> None:
    with sqlite3.connect(path / "papers.sqlite") as database:
        database.execute(statement)
    database.close()


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda path: (path / "papers.sqlite").unlink(), "no graph here"),
        (lambda path: spoil(path, "UPDATE state SET value = CAST('gone' AS BLOB) WHERE name = 'store'"), "is missing"),
        (lambda path: spoil(path, "UPDATE state SET value = CAST('{' AS BLOB) WHERE name = 'manifest'"), "manifest"),
        (
            lambda path: (path / "papers.sqlite").write_bytes(b"no database, but as long as the head of one" * 9),
            "papers",
        ),
        (
            lambda path: (path / "papers.sqlite").rename(path / "CURRENT"),
            "made in format 2, and this kg reads format 3",
        ),
        (lambda path: next(path.glob("*/store/CURRENT")).write_text("?"), "cannot be opened"),
        (lambda path: spoil(path, "UPDATE papers SET paper = '{'"), "papers cannot be read"),
    ],
    ids=["no graph", "store gone", "manifest", "no database", "other format", "store", "paper cut"],
)
def test_a_damaged_graph_is_named_in_one_line(tmp_path: Path, damage: Callable[[Path], object], reason: str) -> None:
    directory = GraphDirectory(tmp_path)
    write(directory)
    damage(tmp_path)

    with pytest.raises(GraphError, match=reason):
        open_and_check(directory)
