"""The command ``serve``."""

import os
from pathlib import Path

import click

from kg.cli.options import GRAPH, PATH, FiniteRange, note
from kg.errors import UsageError

__all__ = ["serve"]

_MEGABYTE = 1 << 20


@click.command()
@GRAPH
@click.option("--host", metavar="HOST", default="127.0.0.1", show_default=True, help="Name or address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="To listen at; 0 takes a free one."
)
@click.option("--writable", is_flag=True, help="Let requests that show the token write GRAPH, a store of its own.")
@click.option("--token-file", metavar="FILE", type=PATH, help="Read the token from FILE.  [default: KG_TOKEN]")
@click.option(
    "--allow-service", "services", metavar="PREFIX", multiple=True, help="Let SERVICE call addresses under PREFIX."
)
@click.option(
    "--allow-origin", "origins", metavar="ORIGIN", multiple=True, help="Let pages of ORIGIN read answers; * for all."
)
@click.option(
    "--timeout", type=FiniteRange(0.1, 3600), default=30, show_default=True, help="Seconds that a query may take."
)
@click.option(
    "--memory", type=click.IntRange(128), default=1024, show_default=True, help="Megabytes that a query may take."
)
@click.option(
    "--max-result", type=click.IntRange(1, 4095), default=64, show_default=True, help="Megabytes of an answer."
)
@click.option(
    "--max-request", type=click.IntRange(1, 1024), default=16, show_default=True, help="Megabytes of a request."
)
@click.option(
    "--workers", metavar="N", type=click.IntRange(1, 256), default=4, show_default=True, help="Queries at a time."
)
@click.option(
    "--max-nodes",
    metavar="N",
    type=click.IntRange(1),
    default=20_000,
    show_default=True,
    help="Nodes that the explorer shows before one asks for more.",
)
@click.option("--quiet", is_flag=True, help="Log nothing but what went wrong here.")
def serve(
    graph: Path,
    host: str,
    port: int,
    writable: bool,
    token_file: Path | None,
    services: tuple[str, ...],
    origins: tuple[str, ...],
    timeout: float,
    memory: int,
    max_result: int,
    max_request: int,
    workers: int,
    max_nodes: int,
    quiet: bool,
) -> None:
    """Serve GRAPH over HTTP: SPARQL at /sparql, graphs at /store, each node under /id/.

    Only this machine can reach it, it can only be read, and no query reaches out, unless you say otherwise. When
    kg build replaces GRAPH, new queries see the new graph. With --writable, GRAPH is no graph of papers but a store
    of its own, made where there is none, that is written at /update and /store with Authorization: Bearer TOKEN.

    \b
    Example:
        kg serve
        kg serve -g graph --port 8080 --timeout 10
        KG_TOKEN=secret kg serve -g notes --writable
    """
    from kg.serving import Limits, Options
    from kg.serving import serve as run
    from kg.store.guard import service_prefix

    limits = Limits(
        timeout=timeout,
        memory=memory * _MEGABYTE,
        max_result=max_result * _MEGABYTE,
        max_request=max_request * _MEGABYTE,
        workers=workers,
        nodes=max_nodes,
    )
    options = Options(
        host=host,
        port=port,
        token=_token(token_file) if writable else None,
        services=tuple(map(service_prefix, services)),
        origins=origins,
        quiet=quiet,
        limits=limits,
    )
    run(graph, options, lambda address: note(f"serving {graph} at {address} (Ctrl-C ends it)"))


def _token(file: Path | None) -> str:
    try:
        token = os.environ.get("KG_TOKEN", "") if file is None else file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: the token cannot be read ({error}); check the path") from error
    if not token.strip():
        raise UsageError("--writable needs a token; set KG_TOKEN, or name a file that holds it with --token-file")
    return token.strip()
