"""Commands about which names are one concept: ``same``, ``different``, ``why-same``."""

import getpass
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from kg.cli.options import GRAPH, note, write_output
from kg.records import Kind

__all__ = ["different", "same", "why_same"]

_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_KIND = click.option("--type", "kind", type=click.Choice([kind.value for kind in Kind]), help="What both are.")
_NAMES = (click.argument("first", metavar="A"), click.argument("second", metavar="B"))
_OPTIONS = (
    *_NAMES,
    GRAPH,
    _KIND,
    click.option(
        "--by", metavar="NAME", help="Who decides: a name or an ORCID.  [default: $KG_AUTHOR, else the login]"
    ),
    click.option("--note", "comment", metavar="TEXT", default="", help="Why."),
    click.option("--undo", "take_back", is_flag=True, help="Take the decision back."),
)


def _with(*options: Callable[..., Any]) -> Callable[..., Any]:
    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.command()
@_with(*_OPTIONS)
def same(first: str, second: str, graph: Path, kind: str | None, by: str | None, comment: str, take_back: bool) -> None:
    """Decide that A and B are one concept of GRAPH.

    A and B are names or IRIs. The decision is a row of decisions.sssom.tsv in GRAPH: it wins over every rule, and
    outlives every build. GRAPH is linked anew at once; no text is read.

    \b
    Example:
        kg same "chest film" "chest X-ray"
        kg same "chest film" "chest X-ray" --undo
    """
    _decide(graph, (first, second, True), kind, by, comment, take_back=take_back)


@click.command()
@_with(*_OPTIONS)
def different(
    first: str, second: str, graph: Path, kind: str | None, by: str | None, comment: str, take_back: bool
) -> None:
    """Decide that the name A does not stand for the concept that B stands for.

    A and B are names or IRIs. The decision is a row of decisions.sssom.tsv in GRAPH: it wins over every rule, and
    outlives every build. GRAPH is linked anew at once; no text is read.

    \b
    Example:
        kg different "ORF-Netv2" "ORF-Net" --note "another network"
        kg different "ORF-Netv2" "ORF-Net" --undo
    """
    _decide(graph, (first, second, False), kind, by, comment, take_back=take_back)


@click.command("why-same")
@_with(*_NAMES, GRAPH, _KIND)
@click.pass_context
def why_same(context: click.Context, first: str, second: str, graph: Path, kind: str | None) -> None:
    """Show why A and B are one concept of GRAPH, or what keeps them apart, and which papers use each name.

    The exit status is 1 if they are two.

    \b
    Example:
        kg why-same CXR "chest radiograph"
    """
    from kg.deciding import explain
    from kg.store import GraphDirectory

    are_one, text = explain(GraphDirectory(graph), first, second, kind=Kind(kind) if kind else None)
    write_output(text.encode(), None)
    context.exit(0 if are_one else 1)


def _decide(
    graph: Path, question: tuple[str, str, bool], kind: str | None, by: str | None, comment: str, *, take_back: bool
) -> None:
    from kg.deciding import Question, decide, undo
    from kg.store import GraphDirectory
    from kg.text import printable

    asked = Question(*question, kind=Kind(kind) if kind else None)
    if take_back:
        done = undo(GraphDirectory(graph), asked)
    else:
        today = datetime.now(UTC).date().isoformat()
        done = decide(GraphDirectory(graph), asked, author=_author(by), note=printable(comment), date=today)
    first, second = map(printable, done.labels)
    are = f"one concept, {first}" if done.one_node else f"two concepts, {first} and {second}"
    note(f"{graph}: {printable(question[0])} and {printable(question[1])} are {are}")


def _author(by: str | None) -> str:
    from kg.errors import UsageError
    from kg.text import printable

    name = printable(by if by is not None else os.environ.get("KG_AUTHOR", ""))
    if by is not None and not name:
        raise UsageError("--by is empty; give a name or an ORCID")
    orcid = _ORCID.fullmatch(name)
    if orcid:
        return f"https://orcid.org/{orcid[1]}"
    try:
        return name or getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("nobody knows who you are here; say it with --by NAME") from error
