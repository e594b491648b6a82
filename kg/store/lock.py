"""Who writes in a folder: one process at a time, which leaves its name there."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from kg.errors import GraphError
from kg.files import writing

__all__ = ["held"]

_LOCK: Final = ".lock"
_HOLDER: Final = ".lock-holder"


@contextmanager
def held(folder: Path, *, kept_for: str) -> Iterator[None]:
    """Be the only one who writes in a folder, made where there is none.

    Args:
        folder: Where to write.
        kept_for: The file without which a folder that was made is gone again at the end.

    Raises:
        GraphError: Another process is at work.
        OutputError: The folder cannot be made or written.
    """
    made = not folder.exists()
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / _LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            who = _holder(folder)
            raise GraphError(f"{folder}: another build is writing here{who}; wait until it is done") from error
        (folder / _HOLDER).write_text(f"process {os.getpid()} on {socket.gethostname()}", "utf-8")
    try:
        yield
    finally:
        (folder / _HOLDER).unlink(missing_ok=True)
        lock.release()
        if made and not (folder / kept_for).exists():
            (folder / _LOCK).unlink(missing_ok=True)
            with suppress(OSError):  # somebody else has put something here
                folder.rmdir()


def _holder(folder: Path) -> str:
    with suppress(OSError):
        return f" ({(folder / _HOLDER).read_text('utf-8')})"
    return ""
