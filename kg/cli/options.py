"""Options that several commands share, and how they print."""

import math
import queue
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from kg.errors import InputError, UnknownNameError, UsageError
from kg.records import Kind, Paper

if TYPE_CHECKING:
    from kg.configuration import Configuration

__all__ = [
    "FROM",
    "GRAPH",
    "INPUTS",
    "MAYBE_INPUTS",
    "NO_INPUT",
    "OUTPUT",
    "PATH",
    "SHARE",
    "SKIP_BAD",
    "WORKERS",
    "FiniteRange",
    "configuration",
    "extraction_options",
    "interruptible",
    "label_kinds",
    "note",
    "progress_bar",
    "read_inputs",
    "stream_inputs",
    "tell_skipped",
    "unless",
    "write_output",
]


_SHOWN = 10
"""Contradictions between records that are told one by one."""

_Callback = Callable[[click.Context, click.Parameter, Any], Any]
_Command = TypeVar("_Command", bound=Callable[..., Any])
_Item = TypeVar("_Item")


class _Path(click.ParamType[Path]):
    """A path; the empty text of an unset shell variable is none."""

    name = "path"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if str(value) == "":
            self.fail("the path is empty; name one, or leave the option out.", param, ctx)
        return Path(value)


class FiniteRange(click.FloatRange):
    """A number between bounds; "nan" passes every comparison, and is none."""

    def convert(self, value: float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the number, or tell why it is none."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{number} is not in the range {self._describe_range()}.", param, ctx)
        return number


def _writable(_ctx: click.Context, _param: click.Parameter, output: Path | None) -> Path | None:
    from kg.files import check_writable

    if output is not None and str(output) != "-":
        check_writable(output)
    return output


PATH = _Path()
SHARE = FiniteRange(0, 1)


def _some(_ctx: click.Context, _param: click.Parameter, inputs: tuple[str, ...]) -> tuple[str, ...]:
    if not inputs:
        raise UsageError(NO_INPUT)
    return inputs


def unless(*rivals: str, callback: _Callback = lambda _ctx, _param, value: value) -> _Callback:
    """Make a callback under which a configured value gives way to a given option that it does not go together with.

    Click reads what is given before what is configured.
    """

    def choose(ctx: click.Context, param: click.Parameter, value: object) -> object:
        is_configured = ctx.get_parameter_source(str(param.name)) is ParameterSource.DEFAULT_MAP
        given = (one for one in rivals if ctx.get_parameter_source(one) is ParameterSource.COMMANDLINE)
        gives_way = is_configured and any(ctx.params[one] for one in given)
        return param.default if gives_way else callback(ctx, param, value)

    return choose


NO_INPUT = "no INPUT is given; give files of papers, or name them in kg.toml (kg init writes one)"
MAYBE_INPUTS = click.argument("inputs", metavar="[INPUT]...", nargs=-1, callback=unless("from_shards"))
INPUTS = click.argument("inputs", metavar="[INPUT]...", nargs=-1, callback=_some)
FROM = click.option(
    "--from",
    "reader",
    metavar="FORMAT",
    help="Format of INPUT, as kg papers --help lists them.  [default: told by the content]",
)
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
    "--workers",
    metavar="N",
    type=click.IntRange(min=1),
    help="Processes that extract.  [default: as processors and memory allow; for few papers, 1]",
)


def configuration() -> "Configuration":
    """Give the configuration that holds for the command that runs."""
    from kg.configuration import Configuration

    return click.get_current_context().find_object(Configuration) or Configuration()


def label_kinds(ctx: click.Context, param: click.Parameter, pairs: tuple[str, ...]) -> tuple[tuple[str, Kind], ...]:
    """Read ``DISEASE=Disease``, in order of labels; the callback of options whose metavar is ``LABEL=KIND``."""
    made: dict[str, Kind] = {}
    for pair in pairs:
        label, given, name = (part.strip() for part in pair.rpartition("="))
        if not (label and given and name):
            raise click.BadParameter(f"{pair!r} is not LABEL=KIND, such as Condition=Disease.", ctx, param)
        if name not in set(Kind):
            raise click.BadParameter(f"{pair!r} is not LABEL=KIND: {UnknownNameError('kind', name, Kind)}.", ctx, param)
        kind = Kind(name)
        if made.setdefault(label, kind) is not kind:
            raise click.BadParameter(f"{label!r} stands for {made[label]} and for {kind}; keep one.", ctx, param)
    return tuple(sorted(made.items()))


def _named(ctx: click.Context, param: click.Parameter, model: str | None) -> str | None:
    if model == "":
        raise click.BadParameter("the model's name is empty; name one, or leave the option out.", ctx, param)
    return model


_EXTRACTION_OPTIONS = (
    click.option(
        "--fast/--no-fast",
        default=False,
        callback=unless("model", "labels"),
        help="Read with rules and vocabularies alone: quick, and less well.",
    ),
    click.option(
        "--model",
        metavar="NAME",
        default=None,
        callback=unless("fast", callback=_named),
        help="Read with a model made by kg train (its folder), or with a spaCy pipeline.  [default: the shipped one]",
    ),
    click.option(
        "--label",
        "labels",
        metavar="LABEL=KIND",
        multiple=True,
        default=(),
        callback=unless("fast", "model", callback=label_kinds),
        help="What a label of the spaCy pipeline means, such as DISEASE=Disease; can be given again.",
    ),
    click.option(
        "--min-confidence",
        "least",
        metavar="P",
        type=SHARE,
        default=None,
        callback=unless("entities"),
        help="Drop entities that are less sure.  [default: where F1 was highest; with --fast or a spaCy pipeline, 0]",
    ),
)


def extraction_options(command: _Command) -> _Command:
    """Give a command the options that make up `kg.settings.Settings`: fast, model, labels, least."""
    for option in reversed(_EXTRACTION_OPTIONS):
        command = option(command)
    return command


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


def write_output(data: bytes | Iterable[bytes], output: Path | None) -> None:
    """Write a result whole to a file, or to standard output, part by part if it comes in parts."""
    from kg.files import write_file

    if output is None or str(output) == "-":
        for part in [data] if isinstance(data, bytes) else data:
            click.echo(part, nl=False)
    else:
        write_file(output, data)


def read_inputs(inputs: Iterable[str], reader: str | None, *, skip_bad: bool) -> list[Paper]:
    """Read all papers before anything is made of them, so that a bad one stops the work at its start."""
    return list(stream_inputs(inputs, reader, skip_bad=skip_bad))


def stream_inputs(
    inputs: Iterable[str], reader: str | None, *, skip_bad: bool, bad: list[InputError] | None = None
) -> Iterator[Paper]:
    """Give the papers one by one, the first when all are read, and tell at the end what there was to see.

    Args:
        inputs: As typed.
        reader: The format, if it shall not be told by the content.
        skip_bad: Leave bad records out.
        bad: Takes up the errors of these.

    Raises:
        InputError: An input cannot be read, or a bad record shall not be skipped, or no paper was found.
    """
    from kg.readers import read_papers

    bad = [] if bad is None else bad
    conflicts, bare, unread = list[str](), 0, set[str]()
    paper = None
    for paper in read_papers(inputs, reader=reader, on_bad=bad.append if skip_bad else None, on_note=conflicts.append):
        bare += not paper.abstract
        unread |= paper.extra.keys()
        yield paper
    tell_skipped(bad, skip_bad=skip_bad)
    for line in conflicts[:_SHOWN]:
        note(line)
    if len(conflicts) > _SHOWN:
        note(f"{len(conflicts) - _SHOWN} more papers whose records differ")
    if bare:
        note(f"papers without an abstract, of which nothing is claimed: {bare}")
    if unread:
        note(f"fields that are kept but not read: {', '.join(sorted(unread))}")
    if paper is None:
        raise InputError(", ".join(inputs), "no paper was found", "give files of papers; kg papers --help tells which")


def tell_skipped(bad: Sequence[InputError], *, skip_bad: bool) -> None:
    """Name and count bad records that were left out, or stop at the first.

    Raises:
        InputError: There is one, and it shall not be skipped.
    """
    if bad and not skip_bad:
        raise bad[0]
    for error in bad:
        note(f"skipped: {error}")
    if bad:
        note(f"{len(bad)} bad record{'' if len(bad) == 1 else 's'} skipped")


def progress_bar(made: Iterable[_Item], total: int, what: str = "reading", /) -> Iterable[_Item]:
    """Show progress on a terminal, with rate and time left; in a pipe, pass through in silence."""
    if not sys.stderr.isatty():
        return made
    from tqdm import tqdm

    return tqdm(made, total=total or None, unit="paper", desc=what, leave=False)
