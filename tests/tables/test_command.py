"""The command ``kg table``, as a user runs it."""

from pathlib import Path

import pytest

from kg.exporters import exporter
from tests.cli.runner import kg
from tests.tables.graphs import two_papers


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a graph in a file."""
    made = tmp_path_factory.mktemp("tables")
    (made / "g.ttl").write_bytes(exporter("turtle")(two_papers()))
    return made


def test_papers_are_the_default_and_text(folder: Path) -> None:
    done = kg("table", "-g", "g.ttl", cwd=folder)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 papers\n\n")


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("t.md", "# 2 papers"),
        ("t.csv", "paper,year,"),
        ("t.tex", "% Written by kg"),
        ("t.HTML", "<!doctype html>"),
        ("t.txt", "2 papers"),
    ],
)
def test_the_name_of_the_file_tells_the_format(folder: Path, name: str, beginning: str) -> None:
    assert kg("table", "-g", "g.ttl", "-o", name, cwd=folder).stdout == ""
    assert (folder / name).read_text("utf-8").startswith(beginning)


def test_a_format_that_is_named_comes_first(folder: Path) -> None:
    kg("table", "results", "-g", "g.ttl", "--format", "csv", "-o", "t.data", cwd=folder)

    assert (folder / "t.data").read_bytes().startswith(b"paper,method,metric,value,unit,spread,dataset,condition,")


def test_columns_rows_and_papers_can_be_chosen(folder: Path) -> None:
    chosen = ("--columns", "rank, value", "--where", "method=brooknet", "--where", "kind = score", "--paper", "brook")
    done = kg("table", "leaderboard", "-g", "g.ttl", "--format", "csv", *chosen, cwd=folder)

    assert done.stdout.splitlines() == [
        "task,disease,dataset,metric,better,rank,value",
        "segmentation,,RIVER-5,Dice,higher,1,84.10",
        "segmentation,,RIVER-5,Dice,higher,1,86",
        "segmentation,,RIVER-5,Dice,higher,,99",
        "segmentation,,RIVER-5,Dice,higher,,97.8",
    ]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ("graph", "unknown kind of table 'graph'"),
        ("--columns paper,datasets", "unknown column 'datasets'; did you mean dataset?"),
        ("--columns paper,,year", "unknown column ''"),
        ("--where dataset", "--where dataset: COLUMN=VALUE is expected"),
        ("--where dataset=", "--where dataset=: COLUMN=VALUE is expected"),
        ("--where size=3", "unknown column 'size'"),
        ("--where dataset=RIVER-9", "no dataset here is 'RIVER-9'; did you mean 'RIVER-5'?"),
        ("--paper lake", "no paper in the graph is named 'lake'"),
        ("--format pdf", "'pdf' is not one of"),
        ("-g gone", "gone: there is no graph here"),
    ],
)
def test_bad_input_costs_one_line(folder: Path, arguments: str, line: str) -> None:
    done = kg("table", "-g", "g.ttl", *arguments.split(), cwd=folder)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert line in done.stderr
