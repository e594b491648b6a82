"""The commands about vocabularies: ``vocabulary check``, ``add``, ``list``, ``remove``."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import GRAPH, PATH, note
from kg.errors import UnknownNameError
from kg.records import Kind

if TYPE_CHECKING:
    from kg.store import GraphDirectory
    from kg.vocabulary import AddReport

__all__ = ["vocabulary"]

_SHOWN = 5
"""Names that are shown of a longer list."""


@click.group()
def vocabulary() -> None:
    """Check vocabularies, and add your own to a graph.

    \b
    Example:
        kg vocabulary check
        kg vocabulary add doid.obo --type Disease
        kg vocabulary list
    """


@vocabulary.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=PATH)
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Check vocabularies in SKOS, by default those that come with kg: what is wrong, one line each.

    The exit status is 1 if something is.

    \b
    Example:
        kg vocabulary check
        kg vocabulary check ontology/vocabulary/*.ttl
    """
    from kg.resources import ontology_path
    from kg.vocabulary.checking import check_files

    paths = files or sorted(ontology_path("vocabulary").glob("*.ttl"))
    faults = check_files(paths)
    for fault in faults:
        click.echo(str(fault))
    note(f"{_counted(len(paths), 'file')}, {_counted(len(faults), 'fault')}")
    ctx.exit(1 if faults else 0)


def _kind(_ctx: click.Context, _param: click.Parameter, name: str | None) -> Kind | None:
    if name is None:
        return None
    for kind in Kind:
        if kind.value.lower() == name.lower():
            return kind
    raise UnknownNameError("kind", name, Kind)


@vocabulary.command()
@click.argument("file", metavar="FILE", type=PATH)
@GRAPH
@click.option("--type", "kind", metavar="KIND", callback=_kind, help="Take concepts of this kind; say which they are.")
@click.option("--branch", metavar="CONCEPT", help="Take only this concept, an IRI, id or name, and all below it.")
@click.option("--name", metavar="NAME", help="What to call the vocabulary.  [default: the file's name]")
@click.option("--from", "format_", metavar="FORMAT", help="Format of FILE.  [default: told by name or content]")
def add(file: Path, graph: Path, kind: Kind | None, branch: str | None, name: str | None, format_: str | None) -> None:
    """Add a vocabulary to GRAPH: whatever is built there from now on is matched and linked with it too.

    FILE is OBO, OWL or SKOS in any RDF syntax, SSSOM, or a table (CSV, TSV) with columns such as id, label,
    synonyms, broader and exactMatch, several values split by |.

    \b
    Example:
        kg vocabulary add doid.obo --type Disease
        kg vocabulary add uberon.owl --type Anatomy --branch lung --name lung
        kg vocabulary add ours.csv -g graph
    """
    from kg.namespaces import DATA_IRI
    from kg.store import GraphDirectory
    from kg.vocabulary import AddedVocabularies, Choice

    directory = GraphDirectory(graph)
    with directory.locked():
        manifest = directory.manifest()
        base_iri = manifest.base_iri if manifest else DATA_IRI
        vocabularies = AddedVocabularies(directory.vocabularies)
        report = vocabularies.add(file, Choice(format_, kind, branch), name=name, base_iri=base_iri)
    _tell(report, graph)
    if manifest:
        note("the graph is as it was; the next kg build reads its papers again")


def _tell(report: "AddReport", graph: Path) -> None:
    done = "replaced" if report.replaced else "added"
    note(f"{graph}: {report.name} {done}: {_counted(report.concepts, 'concept')} with {_counted(report.names, 'name')}")
    for what, names in (
        ("everyday words, left out", report.common),
        ("too short or of several concepts, count only beside another name", report.unclear),
    ):
        if names:
            note(f"names that are {what}: {len(names)} ({_some(names)})")
    for what, count in sorted(report.left_out.items()):
        note(f"{what}, left out: {count}")


def _counted(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'s' if count > 1 else ''}"


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (" ..." if len(names) > _SHOWN else "")


def _there(graph: Path) -> "GraphDirectory":
    from kg.errors import UsageError
    from kg.store import GraphDirectory

    if not graph.is_dir():
        raise UsageError(f"{graph}: no graph directory, so no vocabulary was added to it; check the path")
    return GraphDirectory(graph)


@vocabulary.command("list")
@GRAPH
def list_(graph: Path) -> None:
    """List the vocabularies that were added to GRAPH: name, kinds, concepts, names, file, start of the digest.

    \b
    Example:
        kg vocabulary list -g graph
    """
    from kg.vocabulary import AddedVocabularies

    for one in AddedVocabularies(_there(graph).vocabularies):
        told = (one.path.stem, " ".join(one.kinds), len(one), one.name_count, one.about["file"], one.digest[:12])
        click.echo("\t".join(map(str, told)))


@vocabulary.command()
@click.argument("name", metavar="NAME")
@GRAPH
def remove(name: str, graph: Path) -> None:
    """Remove a vocabulary that was added to GRAPH; the next build makes the graph as if it had never been there.

    \b
    Example:
        kg vocabulary remove doid
    """
    from kg.vocabulary import AddedVocabularies

    directory = _there(graph)
    with directory.locked():
        AddedVocabularies(directory.vocabularies).remove(name)
    note(f"{graph}: {name} removed; the next kg build reads its papers again")
