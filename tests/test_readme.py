"""The README cannot rot: its commands run, and print what it says they print."""

import re
import runpy
from pathlib import Path

import pytest

from kg.cli import cli
from tests.cases import ROOT
from tests.cli.runner import kg
from tests.pages import in_shell, run, shown_commands

README = (ROOT / "README.md").read_text("utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
MAKE = re.findall(r"^make (\w+)", README, re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a checkout: the commands stand one after another, each on what the former made."""
    made = tmp_path_factory.mktemp("readme")
    (made / "examples").symlink_to(ROOT / "examples")
    return made


def test_the_command_is_installed_under_its_name(folder: Path) -> None:
    assert in_shell("kg --version", folder).stdout == kg("--version").stdout


def test_every_command_runs_and_prints_what_the_readme_says(folder: Path) -> None:
    for shown in shown_commands(README):
        printed = run(shown.command, folder)
        assert shown.is_in(printed), f"{shown.command}\n{printed}"


def test_the_python_example_runs(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)

    for example in PYTHON:
        (folder / "example.py").write_text(example, "utf-8")
        runpy.run_path("example.py", run_name="__main__")
        assert capsys.readouterr().out


def test_every_make_target_named_is_there() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

    assert set(MAKE) <= set(targets)
    assert MAKE


def test_every_command_is_in_the_readme() -> None:
    assert [name for name in cli.commands if f"kg {name}" not in README] == []
