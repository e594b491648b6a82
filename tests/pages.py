"""What the Markdown pages of the project promise: commands that run, links that lead somewhere."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt

from tests.cases import ROOT

__all__ = ["PAGES", "Shown", "anchors", "links", "run", "shown_commands"]

_IGNORED = {"node_modules", "build", "dist", "out", "graph"}
PAGES = sorted(
    path.relative_to(ROOT)
    for path in ROOT.rglob("*.md")
    if not any(part.startswith(".") or part in _IGNORED for part in path.relative_to(ROOT).parts)
)
"""Every page, from the root of the checkout."""


class Shown(NamedTuple):
    """A command as a page shows it, and the lines it shows of what is printed."""

    command: str
    lines: tuple[str, ...]

    def is_in(self, printed: str) -> bool:
        """Tell whether this was printed; ``...`` stands for anything, and gaps are one space."""
        words = " ".join(printed.split())
        pieces = (" ".join(piece.split()) for line in self.lines for piece in line.split("..."))
        return all(piece in words for piece in pieces)


def shown_commands(text: str) -> Iterator[Shown]:
    """Yield the commands of the blocks marked ``console``, in order."""
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in block.split("$ ")[1:]:
            command, *lines = part.splitlines()
            yield Shown(command, tuple(lines))


def run(command: str, folder: Path) -> str:
    """Run a command as a user does, and give all that it printed."""
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
    return done.stdout


def links(text: str) -> list[str]:
    """Give the targets of all links and pictures."""
    tokens = [child for token in MarkdownIt().parse(text) for child in token.children or ()]
    targets = [token.attrGet("href") or token.attrGet("src") for token in tokens]
    return [str(target) for target in targets if target]


def anchors(text: str) -> set[str]:
    """Give what the headings are called in addresses, as GitHub makes it of them."""
    tokens = MarkdownIt().parse(text)
    made, count = set[str](), dict[str, int]()
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            words = "".join(child.content for child in inline.children or ())
            name = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
            made.add(f"{name}-{count[name]}" if name in count else name)
            count[name] = count.get(name, 0) + 1
    return made
