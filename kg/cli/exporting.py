"""The command that writes a graph for other systems: ``export``."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.hints import open_page
from kg.cli.options import GRAPH, PATH, note, write_output
from kg.errors import OutputError, UsageError

__all__ = ["check_folder", "export", "write_folder"]


@click.command()
@click.argument("format_name", metavar="FORMAT")
@GRAPH
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    type=PATH,
    help="A file; of several files the folder, or an archive named *.zip.  [default: standard output]",
)
@click.option(
    "--evidence",
    "profile",
    type=click.Choice(["none", "graph", "reified", "rdf12"]),
    help="Of RDF: how claims and their evidence are held.  [default: graph]",
)
@click.option(
    "--claim", "claims", metavar="IRI", multiple=True, help="Of nanopub: a claim to write; repeatable.  [default: all]"
)
@click.option("--engine", metavar="NAME", help="Of html: explorer, or pyvis for a small picture.  [default: explorer]")
@click.option("--loss", "loss_file", metavar="FILE", type=PATH, help="Write what FORMAT cannot hold to FILE, as JSON.")
def export(
    format_name: str,
    graph: Path,
    output: Path | None,
    profile: str | None,
    claims: tuple[str, ...],
    engine: str | None,
    loss_file: Path | None,
) -> None:
    """Write GRAPH as FORMAT.

    \b
    RDF       turtle, trig, ntriples, nquads, rdfxml, jsonld
    networks  graphml, gexf, cyjs (Cytoscape), neo4j *
    tables    parquet *, csv * (for spreadsheets), kgx * (Biolink)
    claims    nanopub *
    page      html: to search, read, compare and take along what is in GRAPH
    ledger    sssom: every link and merge of names, with its reason

    Those with * are several files. What FORMAT cannot hold is told on standard error.
    docs/exports.md says which to load where.

    \b
    Example:
        kg export turtle --evidence none -o graph.ttl
        kg export parquet -o tables/
        kg export html -g graph -o graph.html
    """
    from kg.deciding import ledger_of
    from kg.exporters import FOLDERS, Profile, check_format, export_files, find_loss, streaming_exporter
    from kg.files import check_writable, write_file
    from kg.store import GraphDirectory, open_graph

    chosen = Profile(profile) if profile else None
    if format_name == "sssom":
        if engine or profile or claims or loss_file:
            raise UsageError("sssom is the ledger as it is, and takes no option but -g and -o; leave the others out")
        write_output(ledger_of(GraphDirectory(graph)), output)
        return
    check_format(format_name, engine=engine, profile=chosen, claims=claims)
    if format_name in FOLDERS:
        check_folder(output, f"{format_name} is several files")
    elif output is not None and str(output) != "-":
        check_writable(output)
    if loss_file is not None:
        check_writable(loss_file)
    opened = open_graph(graph)
    if format_name in FOLDERS:
        write_folder(export_files(format_name, opened, claims), output)
    else:
        write_output(streaming_exporter(format_name, engine, chosen)(opened), output)
    if format_name == "html" and output is not None:
        open_page(output)
    loss = find_loss(format_name, opened, chosen)
    if loss is not None:
        note(str(loss))
    if loss_file is not None:
        told = asdict(loss) if loss is not None else {"format": format_name}
        write_file(loss_file, json.dumps(told, indent=1).encode() + b"\n")


def check_folder(output: Path | None, why: str) -> None:
    """Find out before long work whether several files can be written.

    Raises:
        UsageError: Nothing is said of where they go.
        OutputError: There is a file of that name, or no folder can be made there.
    """
    from kg.files import check_writable

    if output is None:
        raise UsageError(f"{why}; say where they go: -o FOLDER, or -o FILE.zip")
    if str(output) != "-":
        check_writable(output if _is_archive(output) else output / "file")


def write_folder(files: Mapping[str, bytes], output: Path | None) -> None:
    """Write several files into a folder that holds no others, or as one archive; all of them or none.

    Raises:
        OutputError: They cannot be written, or the folder holds other files.
    """
    from kg.exporters.packing import zipped
    from kg.files import write_files

    if output is None or str(output) == "-" or _is_archive(output):
        write_output(zipped(files), output)
        return
    there = (path.relative_to(output).as_posix() for path in output.rglob("*") if not path.is_dir())
    others = sorted(set(there) - files.keys())
    if others:
        raise OutputError(
            str(output), f"holds other files, such as {others[0]}", "name a new folder, or empty this one"
        )
    write_files({output / name: data for name, data in files.items()})


def _is_archive(output: Path) -> bool:
    return output.suffix.lower() == ".zip"
