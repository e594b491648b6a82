"""The command that makes tables: ``table``."""

import shutil
import sys
from pathlib import Path

import click

from kg.cli.hints import is_walk, suggest_page
from kg.cli.options import GRAPH, OUTPUT, interruptible, write_output
from kg.errors import UsageError

__all__ = ["table"]

_FORMATS = ["text", "markdown", "csv", "latex", "html"]


@click.command()
@click.argument("kind", metavar="[KIND]", default="papers")
@GRAPH
@click.option(
    "--paper", "papers", metavar="PAPER", multiple=True, help="Only this one: id, DOI, title ...; repeatable."
)
@click.option("--columns", metavar="A,B,C", help="Show these columns, in this order.")
@click.option("--where", metavar="COLUMN=VALUE", multiple=True, help="Only rows that have this value; repeatable.")
@click.option("--format", "format_name", type=click.Choice(_FORMATS), help="[default: told by FILE's name, else text]")
@OUTPUT
def table(
    kind: str,
    graph: Path,
    papers: tuple[str, ...],
    columns: str | None,
    where: tuple[str, ...],
    format_name: str | None,
    output: Path | None,
) -> None:
    """Make tables of GRAPH: KIND is papers (the default), results or leaderboard.

    papers: one beside the other, with what each asserts. results: one number a line, with its sentence. leaderboard:
    numbers that can be compared, the best first, by task or disease, dataset and metric.

    \b
    Columns of papers: paper year author method part used compared dataset introduced
        modality disease anatomy task metric result code data id
    Columns of results and leaderboard: paper year method metric value unit spread dataset
        condition kind status confidence task disease modality id remark sentence, and rank

    \b
    Example:
        kg table -o review.html
        kg table --where disease="lung disease" --columns paper,method,dataset,result
        kg table leaderboard --where metric=Dice -o dice.tex
    """
    from kg.store import open_graph
    from kg.tables import FORMATS, Choice, format_of, make_tables
    from kg.tables.text import to_text

    choice = Choice(papers, _names(columns), tuple(map(_condition, where)))
    name = format_name or format_of(output)
    on_terminal = output is None and sys.stdout.isatty()

    def make() -> bytes:
        made = make_tables(open_graph(graph), kind, choice)
        if name == "text" and on_terminal:
            return to_text(made, width=shutil.get_terminal_size().columns)
        return FORMATS[name](made)

    write_output(interruptible(make), output)
    if name == "text" and output is None and is_walk():
        suggest_page()


def _names(columns: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in columns.split(",")) if columns is not None else ()


def _condition(text: str) -> tuple[str, str]:
    column, _, value = (part.strip() for part in text.partition("="))
    if not (column and value):
        raise UsageError(f"--where {text}: COLUMN=VALUE is expected, such as dataset=LIDC-IDRI")
    return column, value
