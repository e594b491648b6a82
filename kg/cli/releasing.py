"""The command that packs a graph to be published: ``release``."""

from datetime import date
from pathlib import Path

import click

from kg.cli.exporting import check_folder, write_folder
from kg.cli.options import GRAPH, PATH

__all__ = ["release"]


def _date(ctx: click.Context, param: click.Parameter, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no date such as 2026-03-31.", ctx, param) from error


@click.command()
@GRAPH
@click.option("-o", "--output", metavar="PATH", type=PATH, required=True, help="The folder, or an archive named *.zip.")
@click.option("--date", "published", metavar="DATE", required=True, callback=_date, help="When it is published.")
@click.option("--licence", "--license", metavar="IRI", required=True, help="The address of the licence you give.")
@click.option("--title", metavar="TEXT", default="Knowledge graph of papers", show_default=True, help="Its name.")
@click.option("--author", "authors", metavar="NAME", multiple=True, help="Who made it; repeatable.")
def release(graph: Path, output: Path, published: str, licence: str, title: str, authors: tuple[str, ...]) -> None:
    """Pack GRAPH with its tables, page, decisions and ontology as an RO-Crate, to be put into an archive.

    What it holds is described in ro-crate-metadata.json, and as VoID and DCAT in void.ttl.

    \b
    Example:
        kg release -o release.zip --date 2026-03-31 --licence https://creativecommons.org/licenses/by/4.0/
    """
    from kg.deciding import ledger_of
    from kg.exporters.release import About, release_files
    from kg.store import GraphDirectory, open_graph

    check_folder(output, "a release is several files")
    about = About(title, published, licence, authors)
    ledgers = {}
    opened = open_graph(graph)
    if graph.is_dir():
        directory = GraphDirectory(graph)
        ledgers = {"ledger.sssom.tsv": ledger_of(directory), "decisions.sssom.tsv": directory.decisions(settled=True)}
    write_folder(release_files(opened, about, {name: data for name, data in ledgers.items() if data}), output)
