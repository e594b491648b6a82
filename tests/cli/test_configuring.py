"""A configuration holds for every command, options win over it, and a newcomer is led by the hand."""

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.cli.configuring import _TAKERS
from kg.configuration import KEYS
from kg.errors import KgError
from kg.pipeline import BuildReport
from tests.cases import PAPER
from tests.cli.runner import kg
from tests.readers.citations import WRITERS

OTHER = "@article{b, title={Glaucoma Screening}, year={2023}, abstract={We review U-Net for glaucoma.}}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "library.bib").write_text(WRITERS["bibtex"]([PAPER]), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    done = CliRunner().invoke(cli, arguments)
    assert done.exception is None or isinstance(done.exception, (KgError, SystemExit, click.ClickException))
    return done


def configure(text: str) -> None:
    Path("kg.toml").write_text(text, "utf-8")


@pytest.mark.usefixtures("folder")
def test_what_is_configured_need_not_be_given_and_what_is_given_wins() -> None:
    Path("other.bib").write_text(OTHER, "utf-8")
    configure('inputs = ["library.bib"]')

    assert json.loads(run("papers").stdout)["title"] == PAPER.title
    assert json.loads(run("papers", "other.bib").stdout)["title"] == "Glaucoma Screening"
    assert "no INPUT is given" in str(run("--no-config", "papers").exception)


@pytest.mark.usefixtures("folder")
def test_every_key_reaches_its_commands() -> None:
    for key, (param, commands) in _TAKERS.items():
        assert key in KEYS
        assert all(param in {one.name for one in cli.commands[name].params} for name in commands)
    assert {"graph", "vocabularies", *_TAKERS} == set(KEYS)
    configure('graph = "lab"')
    for command in (
        ["stats"],
        ["query", "ASK {}"],
        ["table"],
        ["validate"],
        ["vocabulary", "list"],
        ["export", "trig"],
    ):
        assert str(run(*command).exception).startswith("lab: ")
    assert str(run("stats", "-g", "ours").exception).startswith("ours: ")


@pytest.mark.parametrize(
    ("arguments", "taken"),
    [
        ([], (False, "ours", (("A", "Disease"),), 0.7)),
        (["--fast"], (True, None, (), 0.7)),
        (["--model", "other"], (False, "other", (), 0.7)),
        (["--label", "B=Method"], (False, "ours", (("B", "Method"),), 0.7)),
        (["--entities", "made.jsonl"], (False, "ours", (("A", "Disease"),), None)),
        (["--no-fast", "--min-confidence", "0"], (False, "ours", (("A", "Disease"),), 0)),
    ],
)
@pytest.mark.usefixtures("folder")
def test_an_option_drops_what_is_configured_and_does_not_go_together_with_it(
    arguments: list[str], taken: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    got, names = list[tuple[object, ...]](), ("fast", "model", "labels", "least")
    extract = cli.commands["extract"]
    monkeypatch.setattr(extract, "callback", lambda **given: got.append(tuple(given[name] for name in names)))
    configure('inputs = ["library.bib"]\nmodel = "ours"\nmin-confidence = 0.7\nlabels = { A = "Disease" }')

    run("extract", *arguments)

    assert got == [taken]


@pytest.mark.usefixtures("folder")
def test_config_shows_what_holds_and_where_it_is_from() -> None:
    configure('# ours\ninputs = [\n  "library.bib",\n  "more/",\n]\nfast = true\n[labels]\nA = "Disease"')

    lines = [re.split(r"  +", line) for line in run("config").stdout.splitlines()]

    assert [line[0] for line in lines] == list(KEYS)
    assert ["inputs", "library.bib, more", "kg.toml:2"] in lines
    assert ["fast", "true", "kg.toml:6"] in lines
    assert ["labels", "A=Disease", "kg.toml:7"] in lines
    assert ["workers", "as the machine allows", "default"] in lines
    Path("below").mkdir()
    shown = run("--config", "kg.toml", "config").stdout
    assert shown == run("config").stdout
    assert "kg.toml" not in run("--no-config", "config").stdout


def test_a_fault_in_the_configuration_stops_every_command_but_not_the_help(folder: Path) -> None:
    configure("wokers = 2")

    assert kg("stats", cwd=folder).stderr.startswith("error: kg.toml:1: unknown key 'wokers'; did you mean workers?")
    assert kg("stats", cwd=folder).returncode == 2
    assert "Example:" in run("build", "--help").stdout
    assert "kg config" in run("--help").stdout


@pytest.mark.usefixtures("folder")
def test_init_writes_what_it_finds_and_touches_no_configuration() -> None:
    Path("notes.txt").write_text("Buy milk.", "utf-8")
    Path("empty.json").write_text("{}", "utf-8")

    assert run("init").stderr == "kg.toml: written; it reads library.bib\nnext: kg build\n"
    written = Path("kg.toml").read_bytes()
    assert "kg.toml configures kg here already" in str(run("init").exception)
    assert Path("kg.toml").read_bytes() == written
    Path("kg.toml").unlink()
    Path("library.bib").unlink()
    assert run("init").stderr.endswith("next: kg build library.bib\n")
    Path("kg.toml").unlink()
    Path("pyproject.toml").write_text("[tool.kg]\nworkers = 2", "utf-8")
    assert "pyproject.toml configures kg here already" in str(run("init").exception)


@pytest.mark.usefixtures("folder")
def test_configured_vocabularies_are_added_by_the_build_and_again_when_they_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.pipeline.build", lambda *_, **__: BuildReport(1, 0, 0, 1, 1))  # what it reads is no matter
    Path("ours.csv").write_text("id,label\nx1,Snarkwell syndrome\n", "utf-8")
    configure('inputs = ["library.bib"]\nvocabularies = [{ file = "ours.csv", type = "Disease" }]')

    assert "graph: vocabulary ours: 1 concepts" in run("build").stderr
    assert "vocabulary" not in run("build").stderr
    Path("ours.csv").write_text("id,label\nx1,Snarkwell syndrome\nx2,Boojum fever\n", "utf-8")
    assert "graph: vocabulary ours: 2 concepts" in run("build").stderr
