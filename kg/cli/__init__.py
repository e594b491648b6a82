"""The command line: each command parses, calls, and prints; it holds no logic of its own."""

import click

from kg import __version__
from kg.cli.asking import export, query, stats, validate, why
from kg.cli.building import build, extract, papers
from kg.cli.deciding import different, same, why_same
from kg.cli.evaluating import evaluate
from kg.cli.fetching import fetch
from kg.cli.serving import serve
from kg.cli.tabling import table
from kg.cli.training import train
from kg.cli.vocabulary import vocabulary

__all__ = ["Interrupted", "ReaderGone", "cli"]


class Interrupted(Exception):  # noqa: N818 - no error, but the user's wish
    """Ctrl-C came while a command ran; click's own handling would print a line break."""


class ReaderGone(Exception):  # noqa: N818 - no error: whoever read our output has seen enough
    """Standard output was closed; click's own handling would exit with 1, which says "no"."""


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as interrupt:
            raise Interrupted from interrupt
        except BrokenPipeError as error:
            raise ReaderGone from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="kg %(version)s")
def cli() -> None:
    """Build an RDF knowledge graph, with evidence for every claim, from the abstracts of papers.

    \b
    Example:
        kg build papers.jsonl --out exports/
        kg query --list
        kg query --name papers-with-code
    """


for command in (
    fetch,
    papers,
    extract,
    build,
    query,
    why,
    same,
    different,
    why_same,
    table,
    export,
    validate,
    stats,
    serve,
    evaluate,
    vocabulary,
    train,
):
    cli.add_command(command)
