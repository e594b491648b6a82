"""The lines of a text file, and where in it a byte is wrong."""

from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError

__all__ = ["start_of", "text_lines"]

_START = 1 << 16


def start_of(path: Path) -> str:
    """Read the first characters of a file, to tell its format by.

    Raises:
        InputError: The file is missing, empty or binary.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_START)
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error), "check the path") from error
    if b"\0" in start:
        raise InputError(str(path), "is a binary file", "give a vocabulary as text; unpack it if it is packed")
    if not start.strip():
        raise InputError(str(path), "is empty", "give a file with concepts in it")
    return start.decode("utf-8-sig", errors="ignore")


def text_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file with their ends.

    Raises:
        InputError: One is not UTF-8.
    """
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            try:
                yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                reason = f"not UTF-8 (byte {error.start + 1})"
                raise InputError(f"{path}:{number}", reason, "save the file as UTF-8") from error
