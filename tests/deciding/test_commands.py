"""The commands ``same``, ``different``, ``why-same`` and ``export sssom``, as a user runs them."""

from pathlib import Path

import pytest

from kg.records import Kind
from kg.store import GraphDirectory
from tests.cli.runner import kg
from tests.deciding.cases import exports, graph_of, paper


@pytest.fixture
def directory(tmp_path: Path) -> GraphDirectory:
    return graph_of(tmp_path / "graph", paper("a", (Kind.METHOD, "BrookNet")), paper("b", (Kind.METHOD, "PondNet")))


def test_a_decision_is_told_explained_exported_and_taken_back(
    directory: GraphDirectory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = exports(directory)
    monkeypatch.setenv("KG_AUTHOR", "Ada Weir")

    done = kg("same", "PondNet", "BrookNet", "--note", "as they say", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "PondNet and BrookNet are one concept" in done.stderr
    why = kg("why-same", "BrookNet", "PondNet", cwd=tmp_path)
    assert why.returncode == 0
    assert "PondNet = BrookNet (by Ada Weir, ManualMappingCuration, 1): as they say" in why.stdout
    assert "skos:exactMatch" in kg("export", "sssom", cwd=tmp_path).stdout

    done = kg("same", "BrookNet", "PondNet", "--undo", cwd=tmp_path)
    assert "are two concepts" in done.stderr
    assert exports(directory) == before


def test_who_decides_can_be_an_orcid_and_two_names_are_answered_with_1(directory: GraphDirectory) -> None:
    done = kg("different", "PondNet", "BrookNet", "--by", "0000-0002-1825-0097", "-g", directory.path)

    assert done.returncode == 0
    assert b"\torcid:0000-0002-1825-0097\t" in directory.decisions()
    why = kg("why-same", "PondNet", "BrookNet", "-g", directory.path)
    assert why.returncode == 1
    assert "PondNet is not BrookNet (by https://orcid.org/0000-0002-1825-0097" in why.stdout


def test_without_a_graph_nothing_is_made(tmp_path: Path) -> None:
    done = kg("same", "A", "B", "-g", "none", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr == "error: none: there is no graph here; make one with: kg build INPUT -g none\n"
    assert list(tmp_path.iterdir()) == []


def test_a_build_stops_at_a_bad_decision_before_it_reads_a_text(directory: GraphDirectory, tmp_path: Path) -> None:
    before, current = exports(directory), directory.current()
    directory.decisions_path.write_text("subject_id\tobject_id\n")
    (tmp_path / "papers.jsonl").write_text('{"id": "x", "title": "New", "abstract": "We use CT."}\n')

    done = kg("build", "papers.jsonl", "-g", directory.path, "--fast", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {directory.decisions_path}:1: the column mapping_justification is missing")
    assert done.stderr.count("\n") == 1
    assert directory.current() == current
    assert exports(directory) == before


@pytest.mark.parametrize(
    "command", [("remove", "{}"), ("retract", "{}", "--reason", "x"), ("why-same", "{}", "BrookNet")]
)
def test_a_name_whose_bytes_are_no_text_is_refused_in_one_line(directory: GraphDirectory, command: list[str]) -> None:
    done = kg(*(word.format("q\udcff") for word in command), "-g", directory.path)

    assert (done.returncode, done.stderr) == (2, "error: q\\udcff: is not UTF-8; write it in UTF-8\n")
