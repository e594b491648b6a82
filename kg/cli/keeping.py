"""Commands that keep a graph: ``remove``, ``retract``, ``snapshot``, ``doctor``."""

from pathlib import Path

import click

from kg.cli.options import GRAPH, note, write_output

__all__ = ["doctor", "remove", "retract", "snapshot"]


@click.command()
@click.argument("papers", metavar="PAPER...", nargs=-1, required=True)
@GRAPH
def remove(papers: tuple[str, ...], graph: Path) -> None:
    """Take papers out of GRAPH, with all that only they support; all of them or none.

    PAPER is an id, a DOI, an arXiv id, a PMID, an IRI, or the exact title.

    \b
    Example:
        kg remove 10.1000/182 "A title as it stands"
    """
    from kg.pipeline import remove as remove_papers
    from kg.store import GraphDirectory
    from kg.text import printable

    for paper in remove_papers(GraphDirectory(graph), papers):
        note(f"{graph}: removed {printable(paper.title)}")


@click.command()
@click.argument("paper", metavar="PAPER")
@GRAPH
@click.option("--reason", metavar="TEXT", help="Why it no longer counts.")
@click.option("--by", metavar="NAME", default="", help="Who says so: a name or an ORCID.")
@click.option("--undo", "take_back", is_flag=True, help="Let the paper count again.")
def retract(paper: str, graph: Path, reason: str | None, by: str, take_back: bool) -> None:
    """Take the claims of a paper out of GRAPH, and keep that it was there and why it no longer counts.

    PAPER is an id, a DOI, an arXiv id, a PMID, an IRI, or the exact title. It stays retracted when it is built again.

    \b
    Example:
        kg retract 10.1000/182 --reason "withdrawn by its authors"
        kg retract 10.1000/182 --undo
    """
    from kg.errors import UsageError
    from kg.pipeline import retract as retract_paper
    from kg.store import GraphDirectory, Retraction
    from kg.text import printable

    if take_back == bool(reason and reason.strip()):
        raise UsageError("say why with --reason TEXT, or take a retraction back with --undo")
    retraction = None if take_back else Retraction(printable(reason or "").strip(), printable(by).strip())
    title = printable(retract_paper(GraphDirectory(graph), paper, retraction).title)
    note(f"{graph}: {title} {'counts again' if take_back else 'is retracted'}")


@click.command()
@click.argument("name", metavar="NAME")
@GRAPH
def snapshot(name: str, graph: Path) -> None:
    """Keep GRAPH as it is now under a name, to compare it with kg diff; files that stay the same are shared.

    \b
    Example:
        kg snapshot before-review
        kg diff before-review graph
    """
    from kg.store import GraphDirectory, take_snapshot

    path = take_snapshot(GraphDirectory(graph), name)
    note(f"{path}: {graph} as it is now")


@click.command()
@GRAPH
@click.pass_context
def doctor(context: click.Context, graph: Path) -> None:
    """Check that GRAPH is whole: versions, database, store, and that every paper, quote and claim is as it should be.

    What is wrong is printed, a line each; the exit status then is 1. Nothing is changed.

    \b
    Example:
        kg doctor -g graph
    """
    from kg.pipeline import examine
    from kg.store import GraphDirectory

    findings = 0
    for finding in examine(GraphDirectory(graph)):
        write_output(f"{finding}\n".encode(), None)
        findings += 1
    note(
        f"{graph}: {findings or 'nothing'} {'thing is' if findings == 1 else 'things are' if findings else 'is'} wrong"
    )
    context.exit(1 if findings else 0)
