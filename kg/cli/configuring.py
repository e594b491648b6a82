"""The commands about the configuration, ``config`` and ``init``, and how it reaches all the others."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from kg.cli.hints import suggest
from kg.cli.options import configuration, note
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.store import GraphDirectory

__all__ = ["add_vocabularies", "config", "configure", "init"]

_EXTRACTING: Final = ("extract", "build")
_TAKERS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "inputs": ("inputs", ("papers", *_EXTRACTING)),
    "out": ("out", ("build",)),
    "model": ("model", _EXTRACTING),
    "labels": ("labels", _EXTRACTING),
    "fast": ("fast", _EXTRACTING),
    "min-confidence": ("least", _EXTRACTING),
    "base-iri": ("base_iri", ("build",)),
    "workers": ("workers", (*_EXTRACTING, "evaluate")),
}
"""The parameter that a key gives a value, and the commands that have it.

``kg evaluate`` takes from a configuration nothing that decides what is read: a measurement says itself what it
measured. The key ``graph`` gives that of every command that has one by default.
"""


def configure(ctx: click.Context, group: click.Group, path: Path | None) -> None:
    """Make what a configuration says the defaults of all commands.

    Args:
        ctx: Of the group; it keeps the configuration.
        group: The commands.
        path: The file; by default the nearest there is.

    Raises:
        InputError: The file cannot be read, or says what it cannot.
    """
    from kg.configuration import find_configuration, read_configuration

    found = read_configuration(path) if path is not None else find_configuration()
    ctx.obj = found
    ctx.default_map = _defaults(group, found.values)


def _defaults(group: click.Group, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _defaults(command, values) if isinstance(command, click.Group) else _of_command(name, command, values)
        for name, command in group.commands.items()
    }


def _of_command(name: str, command: click.Command, values: Mapping[str, Any]) -> dict[str, Any]:
    taken = {param: _typed(values[key]) for key, (param, by) in _TAKERS.items() if key in values and name in by}
    graph = next((str(param.name) for param in command.params if param.default == Path("graph")), None)
    return {**taken, graph: values["graph"]} if graph and "graph" in values else taken


def _typed(value: object) -> object:
    """Write a value as it is typed after an option."""
    return [f"{label}={kind}" for label, kind in value.items()] if isinstance(value, dict) else value


def add_vocabularies(directory: "GraphDirectory") -> None:
    """Add the configured vocabularies to a graph, those that are not there as they are now."""
    from kg.namespaces import DATA_IRI
    from kg.vocabulary import AddedVocabularies, Choice

    wanted = configuration().values.get("vocabularies", ())
    if not wanted:
        return
    with directory.locked():
        manifest = directory.manifest()
        added = AddedVocabularies(directory.vocabularies)
        for one in wanted:
            file, choice = Path(one.file), Choice(kind=one.kind, branch=one.branch)
            if not added.has(file, choice, name=one.name):
                report = added.add(file, choice, name=one.name, base_iri=manifest.base_iri if manifest else DATA_IRI)
                note(f"{directory.path}: vocabulary {report.name}: {report.concepts} concepts")


@click.command()
def config() -> None:
    """Show what holds here for all commands, and where each value is from: key, value, place.

    The nearest kg.toml counts, or [tool.kg] in pyproject.toml, from this folder upwards; options win over both.

    \b
    Example:
        kg config
        kg --config lab/kg.toml config
    """
    from kg.configuration import KEYS

    found = configuration()
    places = found.places()
    rows = [
        (key, _shown(found.values.get(key, about.default)), places.get(key, "default")) for key, about in KEYS.items()
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _shown(value: object) -> str:
    from kg.configuration import VocabularyFile

    match value:
        case bool():
            return str(value).lower()
        case dict():
            return ", ".join(f"{label}={kind}" for label, kind in value.items())
        case tuple():
            return ", ".join(map(_shown, value))
        case VocabularyFile():
            return " ".join(filter(None, (value.file, value.kind, value.branch, value.name and f"({value.name})")))
        case _:
            return str(value)


@click.command()
def init() -> None:
    """Write a commented kg.toml for the papers of this folder, and ask nothing.

    Files that hold papers become its inputs. A configuration that is there is not touched.

    \b
    Example:
        kg init
        kg build
    """
    from kg.configuration import FILE, template
    from kg.files import write_file
    from kg.readers import files_of_papers

    path, found = Path(FILE), configuration().path
    there = path if path.exists() else found if found and found.parent == Path() else None
    if there:
        raise UsageError(f"{there} configures kg here already; edit it, or remove it first")
    inputs = files_of_papers(Path())
    write_file(path, template(inputs).encode())
    if inputs:
        note(f"{path}: written; it reads {', '.join(inputs)}")
        suggest("kg build")
    else:
        note(f"{path}: written; no papers lie here: put a file of them here, such as library.bib")
        suggest("kg build library.bib")
