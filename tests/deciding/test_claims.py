"""Decisions about claims beside a graph: the page is written from it, and the page's file is taken into it."""

from pathlib import Path

import pytest

from kg.deciding import claim_decisions, take_decisions
from kg.errors import GraphError, InputError
from kg.records import Kind, encode
from kg.store import GraphDirectory
from tests.cli.runner import kg
from tests.deciding.cases import graph_of, paper
from tests.reviewing.cases import line, said

_RECORD = paper("a", (Kind.METHOD, "U-Net"))
_ACCEPT = line("d1", "accept", said(None, "used", "U-Net"), paper=_RECORD[0].key)
_UNDO = line("u1", "undo", undoes="d1", paper=_RECORD[0].key)


@pytest.fixture
def directory(tmp_path: Path) -> GraphDirectory:
    return graph_of(tmp_path / "graph", _RECORD)


def _saved(folder: Path, *told: str) -> Path:
    path = folder / "saved.jsonl"
    path.write_text("".join(f"{one}\n" for one in told), encoding="utf-8")
    return path


def test_a_saved_file_is_taken_once_and_grows(directory: GraphDirectory, tmp_path: Path) -> None:
    assert take_decisions(directory, _saved(tmp_path, _ACCEPT)) == 1
    assert take_decisions(directory, _saved(tmp_path, _ACCEPT)) == 0
    assert take_decisions(directory, _saved(tmp_path, _ACCEPT, _UNDO)) == 1
    assert [one.id for one in claim_decisions(directory)] == ["d1", "u1"]


def test_of_a_file_with_a_fault_nothing_is_taken(directory: GraphDirectory, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"saved\.jsonl:2: "):
        take_decisions(directory, _saved(tmp_path, _ACCEPT, "{"))

    assert claim_decisions(directory) == []


def test_where_there_is_no_graph_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="there is no graph here"):
        take_decisions(GraphDirectory(tmp_path / "none"), _saved(tmp_path, _ACCEPT))

    assert not (tmp_path / "none").exists()


def test_the_page_is_written_and_its_file_is_taken(directory: GraphDirectory, tmp_path: Path) -> None:
    written = kg("review", "-g", directory.path, cwd=tmp_path)
    taken = kg("review", "-g", directory.path, "--take", _saved(tmp_path, _ACCEPT), cwd=tmp_path)
    refused = kg("review", "-g", directory.path, "--take", tmp_path / "none.jsonl", cwd=tmp_path)

    assert (written.returncode, taken.returncode, refused.returncode) == (0, 0, 2)
    assert "U-Net" in (tmp_path / "review.html").read_text("utf-8")
    assert "1 decision added" in taken.stderr
    assert refused.stderr.startswith("error: ")
    assert refused.stderr.count("\n") == 1


def test_saved_decisions_are_in_what_is_exported_outlive_a_build_and_undone_leave_the_former_bytes(
    directory: GraphDirectory, tmp_path: Path
) -> None:
    annotation = tmp_path / "annotation.jsonl"
    annotation.write_text(encode(_RECORD[1]), "utf-8")
    reject = line("d2", "reject", said(None, "used", "U-Net"), paper=_RECORD[0].key)
    undo = line("u2", "undo", undoes="d2", paper=_RECORD[0].key)

    def exported() -> str:
        done = kg("export", "nquads", "-g", directory.path, cwd=tmp_path)
        assert done.returncode == 0
        return done.stdout

    before = exported()
    assert kg("review", "-g", directory.path, "--take", _saved(tmp_path, reject), cwd=tmp_path).returncode == 0
    decided = exported()
    assert "/ns#uses>" in before
    assert "/ns#uses>" not in decided
    assert {"Ada Weir", "2026-03-09T14:05:00Z"} <= set(decided.split('"'))
    assert kg("build", "-g", directory.path, "--annotations", annotation, cwd=tmp_path).returncode == 0
    assert exported() == decided

    assert kg("review", "-g", directory.path, "--take", _saved(tmp_path, reject, undo), cwd=tmp_path).returncode == 0
    assert exported() == before
