"""What the Markdown pages of the project promise: commands that run, links that lead somewhere."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt

from tests.cases import ROOT
from tests.cli.runner import kg

__all__ = ["PAGES", "Shown", "anchors", "in_shell", "links", "run", "shown_commands"]

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


def in_shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a user types it."""
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
    """Run a line as it is typed, in a shell if it takes one, and give all that it printed."""
    typed = shlex.shlex(command, posix=True, punctuation_chars=True)
    typed.whitespace_split, typed.commenters = True, ""
    program, *words = typed
    takes_shell = program != "kg" or any(set(word) <= set(typed.punctuation_chars) for word in words)
    done = in_shell(command, folder) if takes_shell else kg(*words, cwd=folder)
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return f"{done.stdout}\n{done.stderr}"


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
