import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.errors import KgError
from kg.exporters import EXPORTERS, FOLDERS
from kg.rdf import RdfFormat, serialize
from tests.exporters.graphs import TWO_PAPERS, stored_graph


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exporting") / "graph.trig"
    path.write_bytes(serialize(stored_graph(TWO_PAPERS).quads(), format=RdfFormat.TRIG) or b"")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)])


def refused(*arguments: str | Path) -> str:
    error = run(*arguments).exception
    assert isinstance(error, KgError)
    return str(error)


def test_several_files_go_into_a_folder_or_an_archive(file: Path, tmp_path: Path) -> None:
    assert run("export", "kgx", "-g", file, "-o", tmp_path / "kgx").exit_code == 0
    assert run("export", "kgx", "-g", file, "-o", tmp_path / "kgx").exit_code == 0  # again, over its own files
    assert run("export", "kgx", "-g", file, "-o", tmp_path / "kgx.zip").exit_code == 0

    with zipfile.ZipFile(tmp_path / "kgx.zip") as archive:
        assert archive.namelist() == ["edges.tsv", "nodes.tsv"]
        for name in archive.namelist():
            assert archive.read(name) == (tmp_path / "kgx" / name).read_bytes()


def test_a_folder_of_other_files_is_left_alone(file: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()

    assert "holds other files, such as mine.txt" in refused("export", "kgx", "-g", file, "-o", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_several_files_need_a_place_to_go(file: Path) -> None:
    assert "say where they go: -o FOLDER, or -o FILE.zip" in refused("export", "neo4j", "-g", file)


def test_what_is_not_held_is_told_and_written(file: Path, tmp_path: Path) -> None:
    lossy = run("export", "turtle", "-g", file, "--loss", tmp_path / "loss.json")
    whole = run("export", "trig", "-g", file, "-o", tmp_path / "graph.trig")

    assert lossy.stderr == "turtle does not hold: named graphs (3)\n"
    assert json.loads((tmp_path / "loss.json").read_text("utf-8")) == {
        "format": "turtle",
        "graphs": 3,
        "nodes": {},
        "properties": {},
    }
    assert whole.stderr == "trig holds all that is in the graph\n"


def test_evidence_is_left_out_where_that_is_asked_for(file: Path) -> None:
    with_evidence, without = (
        run("export", "turtle", "-g", file, "--evidence", profile).stdout for profile in ("graph", "none")
    )

    assert "kg:Assertion" in with_evidence
    assert "kg:Assertion" not in without
    assert "kg:proposes method:lobenet" in without


def test_an_unknown_format_lists_all_of_them(file: Path) -> None:
    message = refused("export", "graphmk", "-g", file)

    assert "did you mean graphml?" in message
    assert all(name in message for name in (*EXPORTERS, *FOLDERS, "sssom"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("graphml", "--engine", "pyvis"), "--engine is for html"),
        (("sssom", "--engine", "pyvis"), "takes no option but -g and -o"),
        (("parquet", "--evidence", "none"), "--evidence is for turtle"),
        (("turtle", "--claim", "http://e/c"), "--claim is for nanopub"),
    ],
)
def test_an_option_that_does_not_fit_is_refused(file: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in refused("export", *arguments, "-g", file)


def test_a_release_needs_a_date_and_a_licence(file: Path, tmp_path: Path) -> None:
    licence = ("--licence", "https://creativecommons.org/licenses/by/4.0/")

    assert run("release", "-g", file, "-o", tmp_path / "r.zip", "--date", "soon", *licence).exit_code == 2
    assert run("release", "-g", file, "-o", tmp_path / "r.zip", "--date", "2026-03-31").exit_code == 2
    assert run("release", "-g", file, "-o", tmp_path / "r.zip", "--date", "2026-03-31", *licence).exit_code == 0
    with zipfile.ZipFile(tmp_path / "r.zip") as archive:
        assert {"ro-crate-metadata.json", "void.ttl", "graph.trig", "graph.html"} <= set(archive.namelist())
