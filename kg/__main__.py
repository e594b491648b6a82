"""The command ``kg``: runs the command line and turns every failure into one line and an exit status.

0 done, 1 the answer is "no", 2 bad usage or input, 130 interrupted, 143 terminated.
"""

import os
import signal
import sys
from typing import NoReturn

__all__ = ["main"]

BAD = 2
INTERRUPTED = 130
TERMINATED = 143


class _Terminated(KeyboardInterrupt):
    """SIGTERM came; whatever tidies up after Ctrl-C does so after this."""


def main() -> None:
    """Run ``kg`` with the arguments of the process, and exit."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        status = _run()
    except KeyboardInterrupt as interrupt:
        status = _interrupted(interrupt)
    sys.exit(status)


def _terminate(*_: object) -> NoReturn:
    raise _Terminated


def _run() -> int:
    try:
        return _command()
    except OSError as error:
        _drop_output()
        place = error.filename or "standard output"
        return _fail(f"{place}: {error.strerror or error}; check the path, rights and free space", BAD)
    except Exception as error:
        if os.environ.get("KG_DEBUG"):
            raise
        if isinstance(error, UnicodeEncodeError) and (word := _no_text()):
            return _fail(f"{word}: is not UTF-8; write it in UTF-8", BAD)
        what = f"kg itself failed ({type(error).__name__}: {error})"
        return _fail(f"{what}; set KG_DEBUG=1 to see where, and report it", BAD)


def _no_text() -> str | None:
    """The first word of the command line whose bytes are no text; as a path it may serve, as a name it cannot."""
    words = (word.encode("utf-8", "backslashreplace").decode() for word in sys.argv)
    return next((shown for word, shown in zip(sys.argv, words, strict=True) if word != shown), None)


def _command() -> int:
    import click

    from kg.cli import Interrupted, ReaderGone, cli
    from kg.errors import KgError

    try:
        status = cli.main(prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 0
    except Interrupted as interrupted:
        return _interrupted(interrupted.__cause__)
    except (ReaderGone, BrokenPipeError):
        _drop_output()
        return 0
    except (click.ClickException, KgError) as error:
        return _fail(_one_line(error), BAD)
    return status if isinstance(status, int) else 0


def _drop_output() -> None:
    """Let what is still held for standard output go nowhere: it would be written, and fail, again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _one_line(error: Exception) -> str:
    import click

    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "kg"
        return f"{error.format_message()} See: {command} --help"
    return error.format_message() if isinstance(error, click.ClickException) else str(error)


def _interrupted(cause: BaseException | None) -> int:
    # Python notes an interrupt that passes through code given as text, as dataclasses are, and then ends by the
    # signal although it was caught; other code given as text makes it forget (CPython, pythonrun.c).
    exec("")  # noqa: S102 - there is nothing in it
    if isinstance(cause, _Terminated):
        return _fail("terminated; no file is half written", TERMINATED)
    return _fail("interrupted; no file is half written", INTERRUPTED)


def _fail(message: str, status: int) -> int:
    sys.stderr.write(f"error: {' '.join(message.split())}\n")
    return status


if __name__ == "__main__":
    main()
