"""The README cannot rot: its commands run, and print what it says they print."""

import os
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import cli
from tests.cases import ROOT
from tests.cli.runner import kg

README = (ROOT / "README.md").read_text("utf-8")
CONSOLE = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
MAKE = re.findall(r"^make (\w+)", README, re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a checkout: the commands stand one after another, each on what the former made."""
    made = tmp_path_factory.mktemp("readme")
    (made / "examples").symlink_to(ROOT / "examples")
    return made


def in_shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def run(command: str, folder: Path) -> str:
    """Run a line as it is typed, in a shell if it takes one, and give what it prints with white space evened out."""
    typed = shlex.shlex(command, posix=True, punctuation_chars=True)
    typed.whitespace_split, typed.commenters = True, ""
    program, *words = typed
    takes_shell = program != "kg" or any(set(word) <= set(typed.punctuation_chars) for word in words)
    done = in_shell(command, folder) if takes_shell else kg(*words, cwd=folder)
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return " ".join(f"{done.stdout}\n{done.stderr}".split())


def test_the_command_is_installed_under_its_name(folder: Path) -> None:
    assert in_shell("kg --version", folder).stdout == kg("--version").stdout


def test_every_command_runs_and_prints_what_the_readme_says(folder: Path) -> None:
    for block in CONSOLE:
        for part in block.split("$ ")[1:]:
            command, *lines = part.splitlines()
            printed = run(command, folder)
            for line in lines:
                assert " ".join(line.replace("...", "").split()) in printed


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


@pytest.mark.parametrize(
    "page",
    ["README.md", "CONTRIBUTING.md", "docs/exports.md", "docs/formats.md", "ontology/README.md", "exports/README.md"],
)
def test_every_local_link_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")

    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert ((ROOT / page).parent / target).exists(), target


def test_every_command_is_in_the_readme() -> None:
    assert [name for name in cli.commands if f"kg {name}" not in README] == []
