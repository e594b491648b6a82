"""The command ``push``."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import GRAPH, note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.rdf import NamedNode

__all__ = ["push"]


@click.command()
@click.argument("url", metavar="URL")
@GRAPH
@click.option("--update", is_flag=True, help="URL is a SPARQL update endpoint.  [default: a graph store]")
@click.option("--full", is_flag=True, help="Send what the server is known to hold too.")
@click.option("--insecure", is_flag=True, help="Show credentials over http to other machines.")
def push(url: str, graph: Path, update: bool, full: bool, insecure: bool) -> None:
    """Make a server hold GRAPH, a graph directory: one named graph for each paper, and one for what they share.

    URL is a SPARQL 1.1 Graph Store, or an update endpoint. Only what changed since the last push to URL is sent;
    papers that left GRAPH are deleted there; other graphs are not touched. Interrupted, run again, it goes on where
    it stopped. Credentials are read from KG_PUSH_TOKEN, or KG_PUSH_USER and KG_PUSH_PASSWORD, or netrc.

    \b
    Example:
        kg push http://localhost:7878/store
        KG_PUSH_TOKEN=secret kg push https://lab.example/store -g graph
        kg push --update https://lab.example/sparql/update
    """
    from kg.pushing import GraphStore, Sender, UpdateEndpoint, check_address, find_credentials
    from kg.pushing import push as push_graph

    credentials = find_credentials(check_address(url), os.environ, insecure=insecure)
    sender = Sender(credentials, on_note=note)
    target = UpdateEndpoint(url, sender) if update else GraphStore(url, sender)
    did = push_graph(graph, url, target, full=full, progress=_shown)
    note(f"{url}: {did.replaced} graphs sent, {did.deleted} deleted, {did.left} already there")


def _shown(graphs: "Sequence[NamedNode]") -> "Iterable[NamedNode]":
    if not sys.stderr.isatty():
        return graphs
    from tqdm import tqdm

    return tqdm(graphs, unit="graph", desc="pushing", leave=False)
