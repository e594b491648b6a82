"""Runs the real command: in this process, or in one of its own where the process itself is the point."""

import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, TextIO
from unittest.mock import patch

import pytest

from kg.__main__ import main

__all__ = ["kg", "kg_process"]


def kg(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``kg`` with these arguments as a process would, but here, where spaCy and the model are loaded once.

    Standard output and error are files, no terminals, and there is no standard input.
    """
    words = ["kg", *map(str, arguments)]
    with TemporaryFile() as output, TemporaryFile() as errors:
        with (
            Path(os.devnull).open(encoding="utf-8") as nothing,
            _text(output) as stdout,
            _text(errors) as stderr,
            redirect_stdout(stdout),
            redirect_stderr(stderr),
            patch.multiple(sys, argv=words, stdin=nothing),
            chdir(cwd or "."),
        ):
            status = _status()
        return subprocess.CompletedProcess(words, status, _written(output), _written(errors))


def kg_process(
    *arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``kg`` with these arguments in a process of its own and wait for it; output is decoded as UTF-8."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "kg", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
        env=os.environ | environment,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def _status() -> int:
    with pytest.raises(SystemExit) as end:
        main()
    assert isinstance(end.value.code, int)
    return end.value.code


def _text(file: BinaryIO) -> TextIO:
    # A descriptor of its own: kg points that of its standard output elsewhere when it cannot write there.
    return os.fdopen(os.dup(file.fileno()), "w", encoding="utf-8", newline="")


def _written(file: BinaryIO) -> str:
    file.seek(0)
    return file.read().decode()
