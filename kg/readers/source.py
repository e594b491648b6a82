"""Where papers are read from: files, the files of a folder or glob, standard input; decoded line by line."""

import glob
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError

__all__ = ["Source", "find_sources"]

_START = 65_536


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input.

    Attributes:
        place: What errors call it.
        path: None where the content was read already.
        optional: True for a file that was found in a folder: it may be something else than papers.
        content: Of what can be read only once, such as standard input or a pipe.
    """

    place: str
    path: Path | None
    optional: bool = False
    content: bytes = b""

    def start(self) -> str:
        """Read the first characters, to tell the format by.

        Raises:
            InputError: It cannot be opened, or is empty or binary; where the source is optional, such a file
                starts with nothing.
        """
        with self._open() as file:
            start = file.read(_START)
        binary = b"\0" in start
        if self.optional and (binary or not start.strip()):
            return ""
        if binary:
            raise InputError(self.place, "is a binary file", "give a text file: JSON Lines or an author page")
        if not start.strip():
            raise InputError(self.place, "is empty", "give a file with papers in it")
        return start.decode("utf-8-sig", errors="ignore")

    def lines(self, on_bad: Callable[[InputError], None]) -> Iterator[tuple[int, str]]:
        """Yield line numbers from 1 and lines without their ends; one that is not UTF-8 goes to ``on_bad``.

        Raises:
            InputError: It is empty, or cannot be opened.
        """
        number = 0
        with self._open() as file:
            for number, raw in enumerate(file, start=1):
                try:
                    line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    place = f"{self.place}:{number}"
                    on_bad(InputError(place, f"not UTF-8 (byte {error.start + 1})", "save the file as UTF-8"))
                else:
                    yield number, line.rstrip("\r\n")
        if not number:
            raise InputError(self.place, "is empty", "give a file with papers in it")

    def _open(self) -> BinaryIO:
        if self.path is None:
            return BytesIO(self.content)
        try:
            return self.path.open("rb")
        except OSError as error:
            raise InputError(self.place, error.strerror or str(error), "check the path") from error


def find_sources(inputs: Iterable[str]) -> list[Source]:
    """Find the sources of the inputs as typed by a user.

    Raises:
        InputError: A path does not exist, a glob matches nothing, or a folder holds no file.
    """
    return [source for one in inputs for source in _sources_of(one)]


def _sources_of(typed: str) -> list[Source]:
    if typed == "-":
        return [Source("standard input", None, content=sys.stdin.buffer.read())]
    if not typed:
        raise InputError("INPUT", "is empty", "give a file, a folder, a glob, or -")
    path = Path(typed)
    if path.is_dir():
        return _in_folder(path)
    if not path.exists() and glob.has_magic(typed):
        found = sorted(Path(one) for one in glob.glob(typed, recursive=True))  # noqa: PTH207 - an absolute glob too
        if not found:
            raise InputError(typed, "matches no file", "check the pattern")
        return [Source(str(one), one) for one in found if one.is_file()]
    if not path.exists():
        raise InputError(typed, "no such file or folder", "check the path")
    if not path.is_file():
        return [_read_once(typed, path)]
    return [Source(typed, path)]


def _read_once(typed: str, path: Path) -> Source:
    try:
        return Source(typed, None, content=path.read_bytes())
    except OSError as error:
        raise InputError(typed, error.strerror or str(error), "check the path") from error


def _in_folder(folder: Path) -> list[Source]:
    files = sorted(one for one in folder.rglob("*") if one.is_file() and not one.name.startswith("."))
    if not files:
        raise InputError(str(folder), "holds no file", "give a folder with files of papers")
    return [Source(str(one), one, optional=True) for one in files]
