"""The command that compares two graphs: ``diff``."""

from pathlib import Path

import click

from kg.cli.options import GRAPH, OUTPUT, write_output

__all__ = ["diff"]


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="[B]", required=False)
@GRAPH
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="How many of each part to list; 0 for all.",
)
@click.option("--json", "as_data", is_flag=True, help="All differences, with the facts before and after, as JSON.")
@OUTPUT
@click.pass_context
def diff(
    context: click.Context, before: str, after: str | None, graph: Path, limit: int, as_data: bool, output: Path | None
) -> None:
    """Tell what differs from A to B, and why: papers, concepts, claims, results.

    A and B are graph directories, RDF files, or names of snapshots of GRAPH; without B, A is compared with GRAPH. Of
    sentences and mentions only the number is compared. The exit status is 0 if nothing differs, and 1 if something
    does.

    \b
    Example:
        kg diff before-review
        kg diff graph other-graph --limit 0
        kg diff exports/graph.trig graph --json -o changes.json
    """
    from kg.comparing import Comparison, as_json, as_text, find_graph, open_side

    sides = [open_side(path) for path in (find_graph(before, graph), find_graph(after, graph) if after else graph)]
    comparison = Comparison(*sides)
    lines = as_json(comparison) if as_data else (f"{line}\n" for line in as_text(comparison, limit))
    write_output((line.encode() for line in lines), output)
    context.exit(1 if comparison.found else 0)
