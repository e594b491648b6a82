"""The command line: each command parses, calls, and prints; it holds no logic of its own."""

from pathlib import Path

import click

from kg import __version__
from kg.cli.asking import query, stats, validate, why
from kg.cli.building import build, extract, papers
from kg.cli.comparing import diff
from kg.cli.configuring import config, configure, init
from kg.cli.deciding import different, same, why_same
from kg.cli.evaluating import evaluate
from kg.cli.exporting import export
from kg.cli.fetching import fetch
from kg.cli.keeping import doctor, remove, retract, snapshot
from kg.cli.options import PATH
from kg.cli.pushing import push
from kg.cli.releasing import release
from kg.cli.reviewing import review
from kg.cli.serving import serve
from kg.cli.tabling import table
from kg.cli.training import train
from kg.cli.vocabulary import vocabulary
from kg.errors import UsageError

__all__ = ["Interrupted", "ReaderGone", "cli"]


class Interrupted(Exception):  # noqa: N818 - no error, but the user's wish
    """Ctrl-C came while a command ran; click's own handling would print a line break."""


class ReaderGone(Exception):  # noqa: N818 - no error: whoever read our output has seen enough
    """Standard output was closed; click's own handling would exit with 1, which says "no"."""


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        try:
            if not ctx.params["no_config"] and not {*ctx.args} & {*ctx.help_option_names}:  # help is there in any case
                configure(ctx, self, ctx.params["path"])
            return super().invoke(ctx)
        except KeyboardInterrupt as interrupt:
            raise Interrupted from interrupt
        except BrokenPipeError as error:
            raise ReaderGone from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="kg %(version)s")
@click.option("--config", "path", metavar="FILE", type=PATH, help="Configuration.  [default: see kg config --help]")
@click.option("--no-config", is_flag=True, help="Read no configuration.")
def cli(path: Path | None, no_config: bool) -> None:
    """Build an RDF knowledge graph, with evidence for every claim, from the abstracts of papers.

    \b
    Example:
        kg init
        kg build
        kg build papers.jsonl --out exports/
        kg query --list
        kg query --name papers-with-code
    """
    if path is not None and no_config:
        raise UsageError("--config names a configuration, and --no-config wants none; leave out one")


for command in (
    init,
    config,
    fetch,
    papers,
    extract,
    build,
    remove,
    retract,
    snapshot,
    doctor,
    query,
    why,
    same,
    different,
    why_same,
    diff,
    review,
    table,
    export,
    release,
    push,
    validate,
    stats,
    serve,
    evaluate,
    vocabulary,
    train,
):
    cli.add_command(command)
