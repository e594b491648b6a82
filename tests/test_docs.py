"""The documentation cannot rot: its commands run, its links lead somewhere, its reference is the code's."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from kg.cli import cli
from kg.readers import READERS
from tests.cases import ROOT
from tests.pages import PAGES, anchors, links, run, shown_commands

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
_TOOL = ROOT / "tools" / "reference.py"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_leads_somewhere(page: Path) -> None:
    """Addresses on the web are not asked: whether a site is up today says nothing about the page."""
    for link in links((ROOT / page).read_text("utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target.read_text("utf-8")), link


def test_a_heading_is_found_by_its_address() -> None:
    assert anchors("# From `A` to B: *two* steps\n\nText\n\n## More\n## More\n") == {
        "from-a-to-b-two-steps",
        "more",
        "more-1",
    }
    assert links("[a](b.md#c) ![p](d.png) `[no](link)`\n\n```\n[no](link)\n```\n") == ["b.md#c", "d.png"]


@pytest.mark.skipif(not _TOOL.exists(), reason="the tools are not in a source distribution")
def test_the_reference_is_what_the_code_says() -> None:
    done = subprocess.run([sys.executable, str(_TOOL), "--check"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    commands = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
    assert [name for name in cli.commands if f"\n## kg {name}\n" not in commands] == []


def test_every_format_is_on_the_page_of_formats() -> None:
    page = (ROOT / "docs" / "formats.md").read_text("utf-8")

    assert [name for name in READERS if f"`{name}`" not in page] == []


def test_the_tutorial_does_what_it_says_each_command_named_by_the_one_before(tmp_path: Path, browser: Browser) -> None:
    """The newcomer's walk: with ``pip install .`` before, six commands lead to two answers and the page."""
    shutil.copy(ROOT / "examples" / "zotero.bib", tmp_path / "library.bib")
    named, walked = "kg init", list[str]()
    for shown in shown_commands(TUTORIAL):
        printed = run(shown.command, tmp_path)
        assert shown.is_in(printed), f"{shown.command}\n{printed}"
        if shown.command == named:
            walked.append(named)
            named = printed.splitlines()[-1].removeprefix("next: ")

    assert walked == ["kg init", "kg build", "kg query --name proposals-and-their-parts", "kg table"]
    opened = re.fullmatch("open (.*) in a browser", named)
    assert opened
    page = browser.new_page()
    page.goto((tmp_path / opened[1]).as_uri())
    page.get_by_text("BrookFormer").first.wait_for()
    page.close()
