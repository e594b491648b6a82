"""Write ``docs/reference/`` from the code: commands, configuration, named queries; with ``--check`` only compare."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from kg.cli import cli
from kg.configuration import KEYS
from kg.queries import named_queries

_FOLDER: Final = Path(__file__).parent.parent / "docs" / "reference"
_WIDTH: Final = 100
_NOTE: Final = "Written by `make pages` from the code; do not edit.\n"


def commands_page() -> str:
    """Show the help of every command, as a terminal does."""
    parts = ["# Commands\n", _NOTE]
    parts += [f"## {name}\n\n```text\n{text}\n```\n" for name, text in _helps("kg", cli, None)]
    return "\n".join(parts)


def _helps(name: str, command: click.Command, above: click.Context | None) -> Iterator[tuple[str, str]]:
    settings = {**command.context_settings, "terminal_width": _WIDTH, "max_content_width": _WIDTH}
    ctx = click.Context(command, info_name=name, parent=above, **settings)
    yield ctx.command_path, "\n".join(line.rstrip() for line in command.get_help(ctx).splitlines())
    if isinstance(command, click.Group):
        for one in command.list_commands(ctx):
            yield from _helps(one, command.commands[one], ctx)


def configuration_page() -> str:
    """List the keys of the configuration."""
    head = (
        "# Configuration\n\n" + _NOTE + "\n"
        "The nearest `kg.toml` counts, or `[tool.kg]` of a `pyproject.toml`, from the current folder upwards.\n"
        "Paths are relative to the file. Options win over it: `--config FILE` takes another file, `--no-config` none.\n"
        "`kg init` writes a commented file; `kg config` shows what holds, and where each value is from.\n\n"
        "| key | | without it | example |\n|---|---|---|---|\n"
    )
    rows = (f"| `{name}` | {key.about} | {key.default} | `{key.example}` |\n" for name, key in KEYS.items())
    return head + "".join(rows)


def queries_page() -> str:
    """List the named queries with their questions."""
    head = (
        "# Named queries\n\n" + _NOTE + "\n"
        "`kg query --name NAME` asks one; `--set VARIABLE=VALUE` binds a variable to a name or an IRI.\n\n"
        "| name | question | variables |\n|---|---|---|\n"
    )
    rows = (
        f"| `{one.name}` | {one.question} | {', '.join(f'`{variable}`' for variable in one.variables)} |\n"
        for one in named_queries()
    )
    return head + "".join(rows)


def main() -> None:
    """Write the pages, or tell which of them are not as the code says, and exit with 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    pages = {"commands.md": commands_page(), "configuration.md": configuration_page(), "queries.md": queries_page()}
    old = [name for name, text in pages.items() if not _is_current(_FOLDER / name, text)]
    if check and old:
        sys.exit(f"docs/reference: {', '.join(old)} not current; run: make pages")
    for name in old:
        _FOLDER.mkdir(parents=True, exist_ok=True)
        (_FOLDER / name).write_text(pages[name], "utf-8")


def _is_current(path: Path, text: str) -> bool:
    return path.exists() and path.read_text("utf-8") == text


if __name__ == "__main__":
    main()
