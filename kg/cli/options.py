"""Options that several commands share, and how they print."""

import queue
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import click

from kg.errors import InputError
from kg.records import Annotation, Paper

__all__ = [
    "FROM",
    "GRAPH",
    "INPUTS",
    "OUTPUT",
    "PATH",
    "SKIP_BAD",
    "WORKERS",
    "interruptible",
    "note",
    "progress_bar",
    "read_inputs",
    "write_output",
]


class _Path(click.ParamType[Path]):
    """A path; the empty text of an unset shell variable is none."""

    name = "path"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if str(value) == "":
            self.fail("the path is empty; name one, or leave the option out.", param, ctx)
        return Path(value)


def _writable(_ctx: click.Context, _param: click.Parameter, output: Path | None) -> Path | None:
    from kg.files import check_writable

    if output is not None and str(output) != "-":
        check_writable(output)
    return output


PATH = _Path()
INPUTS = click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
FROM = click.option("--from", "reader", metavar="FORMAT", help="Format of INPUT.  [default: told by the content]")
SKIP_BAD = click.option("--skip-bad", is_flag=True, help="Name, count and leave out bad records instead of stopping.")
GRAPH = click.option(
    "-g",
    "--graph",
    metavar="GRAPH",
    type=PATH,
    default=Path("graph"),
    show_default=True,
    help="A graph directory; for commands that only read, any RDF file too.",
)
OUTPUT = click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=PATH,
    callback=_writable,
    help="Write to FILE.  [default: standard output]",
)
WORKERS = click.option(
    "--workers", metavar="N", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that extract."
)


def note(message: str) -> None:
    """Tell the user something that is no result: on standard error, whether somebody reads it or not."""
    with suppress(BrokenPipeError):
        click.echo(message, err=True)


def interruptible(work: Callable[[], bytes]) -> bytes:
    """Do work that may stay long in the engine, where Ctrl-C is not heard, and listen meanwhile.

    The engine cannot be stopped: after an interrupt it goes on in its thread until the process ends, at once.
    """
    done: queue.SimpleQueue[bytes | BaseException] = queue.SimpleQueue()

    def run() -> None:
        try:
            done.put(work())
        except BaseException as error:  # noqa: BLE001 - it is raised again where the user waits
            traceback.clear_frames(
                error.__traceback__
            )  # the engine's answers must be dropped in the thread they came to
            done.put(error)

    threading.Thread(target=run, daemon=True).start()
    result = done.get()
    if isinstance(result, BaseException):
        raise result
    return result


def write_output(data: bytes, output: Path | None) -> None:
    """Write a result whole to a file, or to standard output."""
    from kg.files import write_file

    if output is None or str(output) == "-":
        click.echo(data, nl=False)
    else:
        write_file(output, data)


def read_inputs(inputs: Iterable[str], reader: str | None, *, skip_bad: bool) -> list[Paper]:
    """Read all papers before anything is made of them, so that a bad one stops the work at its start."""
    from kg.readers import read_papers

    bad: list[InputError] = []
    found = list(read_papers(inputs, reader=reader, on_bad=bad.append if skip_bad else None))
    for error in bad:
        note(f"skipped: {error}")
    if bad:
        note(f"{len(bad)} bad record{'' if len(bad) == 1 else 's'} skipped")
    unread = sorted({key for paper in found for key in paper.extra})
    if unread:
        note(f"fields that are kept but not read: {', '.join(unread)}")
    if not found:
        raise InputError(", ".join(inputs), "no paper was found", "give files of papers: JSON Lines or an author page")
    return found


def progress_bar(made: Iterable[Annotation], total: int) -> Iterable[Annotation]:
    """Show progress on a terminal; in a pipe, pass through in silence."""
    if not sys.stderr.isatty():
        return made
    from tqdm import tqdm

    return tqdm(made, total=total, unit="paper", desc="reading", leave=False)
