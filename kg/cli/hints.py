"""The next sensible step, which the commands of a newcomer name when they end."""

import shlex
import sys
from pathlib import Path

import click
from click.core import ParameterSource

from kg.cli.options import configuration, note

__all__ = ["is_walk", "open_page", "suggest", "suggest_page"]

_PAGE = "graph.html"


def suggest(command: str) -> None:
    """Name a command to go on with."""
    graph = f" -g {shlex.quote(str(click.get_current_context().params['graph']))}" if _is_graph_given() else ""
    note(f"next: {command}{graph}")


def suggest_page() -> None:
    """Name the page that was written with the graph, or the command that writes one."""
    out = configuration().values.get("out")
    page = Path(out, _PAGE) if out else None
    if page and page.exists():
        open_page(page)
    else:
        suggest(f"kg export html -o {_PAGE}")


def open_page(page: Path) -> None:
    """Name a page to look at."""
    note(f"next: open {page} in a browser")


def is_walk() -> bool:
    """Tell whether who reads an answer may want to hear how to go on: it is of the graph one has here.

    At a terminal, an answer that is sent elsewhere is for another program.
    """
    return not _is_graph_given() and sys.stdout.isatty() == sys.stderr.isatty()


def _is_graph_given() -> bool:
    return click.get_current_context().get_parameter_source("graph") is ParameterSource.COMMANDLINE
