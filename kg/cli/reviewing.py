"""The command about which claims hold: ``review``."""

from pathlib import Path

import click

from kg.cli.options import GRAPH, OUTPUT, PATH, note, write_output
from kg.errors import UsageError

__all__ = ["review"]

_PAGE = Path("review.html")


@click.command()
@GRAPH
@OUTPUT
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    default=2000,
    show_default=True,
    help="Show the N claims that are least sure.",
)
@click.option("--take", metavar="FILE", type=PATH, help="Add the decisions of FILE to GRAPH's; writes no page.")
def review(graph: Path, output: Path | None, limit: int, take: Path | None) -> None:
    """Write an HTML page on which people accept, reject or correct the claims of GRAPH, by keyboard.

    The page opens from disk and saves a file of decisions. Once taken into GRAPH, where they lie as lines of
    claims.decisions.jsonl, they win over what is read from the texts, and outlive every build.

    \b
    Example:
        kg review -o review.html
        kg review --take claims.decisions.jsonl
    """
    from kg.deciding import claim_decisions, take_decisions
    from kg.exporters.review import render_review
    from kg.store import GraphDirectory

    directory = GraphDirectory(graph)
    if take is not None:
        if output is not None:
            raise UsageError("--take writes no page; leave out -o")
        added = take_decisions(directory, take)
        note(f"{graph}: {added} decision{'' if added == 1 else 's'} added")
        return
    directory.built()
    page = render_review(directory.records(), claim_decisions(directory), limit=limit)
    write_output(page, output if output is not None else _PAGE)
    note(f"{output or _PAGE}: open it in a browser, then: kg review -g {graph} --take claims.decisions.jsonl")
