"""The README cannot rot: its commands run, and print what it says they print."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import cli
from tests.cases import ROOT

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


def run(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=os.environ | {"PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    return " ".join(done.stdout.split())


def test_every_command_runs_and_prints_what_the_readme_says(folder: Path) -> None:
    for block in CONSOLE:
        for part in block.split("$ ")[1:]:
            command, *lines = part.splitlines()
            printed = run(command, folder)
            for line in lines:
                assert " ".join(line.replace("...", "").split()) in printed


def test_the_python_example_runs(folder: Path) -> None:
    for number, example in enumerate(PYTHON):
        (folder / f"example{number}.py").write_text(example, "utf-8")
        assert run(f"{sys.executable} example{number}.py", folder)


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
