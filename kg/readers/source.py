"""One place that papers are read from: its bytes, unpacked, or its text line by line."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kg.errors import InputError
from kg.readers.encoding import as_utf8
from kg.readers.packing import Packed, unpacked

__all__ = ["Source"]

_START = 65_536
_LONGEST = 32 << 20
"""Bytes of a line: a record of ten thousand authors has two million; without a limit one line could fill the memory."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file, one file of an archive, or standard input.

    Attributes:
        place: What errors call it.
        packed: Opens the bytes as they lie there; those of a pipe once, save for the first.
        optional: True for a file that was found in a folder or archive: it may be something else than papers.
    """

    place: str
    packed: Callable[[], Packed]
    optional: bool = False

    def open(self) -> io.BufferedReader:
        """Open the bytes as their author knows them: gzip, bzip2 and xz are unpacked, whatever the suffix says.

        Raises:
            InputError: It cannot be opened; while reading too, where what is packed is damaged or swells too much.
        """
        return unpacked(self.packed(), self.place)

    def utf8(self) -> io.BufferedReader:
        """Open the text as UTF-8 without a byte order mark; with one, UTF-16 and UTF-32 are read as well.

        Raises:
            InputError: As `open`; while reading too, where the text breaks the encoding its mark announces.
        """
        return as_utf8(self.open(), self.place)

    def start(self) -> str:
        """Read the first characters, to tell the format by.

        Raises:
            InputError: It cannot be opened, or is empty or binary; where the source is optional, such a file
                starts with nothing.
        """
        try:
            with self.utf8() as file:
                start = file.read(_START)
        except InputError:
            if self.optional:
                return ""
            raise
        is_pdf, binary = start.startswith(b"%PDF-"), b"\0" in start
        if self.optional and (is_pdf or binary or not start.strip()):
            return ""
        if is_pdf:
            raise InputError(self.place, "is a PDF", "give its record instead, as Zotero and databases export it")
        if binary:
            raise InputError(self.place, "is a binary file", "give a text file of papers; kg papers --help tells which")
        if not start.strip():
            raise InputError(self.place, "is empty", "give a file with papers in it")
        return start.decode(errors="ignore")

    def lines(
        self, on_bad: Callable[[InputError], None], *, encoding: str = "utf-8", lossy: bool = False
    ) -> Iterator[tuple[int, str]]:
        """Yield line numbers from 1 and lines without their ends; one that cannot be decoded goes to ``on_bad``.

        Args:
            on_bad: Takes the error of a line, which is then left out.
            encoding: What the text says it is written in, where it has no byte order mark.
            lossy: Yield a line that cannot be decoded none the less, after its error, with marks in the place of
                what is lost: it may still tell where a record begins.

        Raises:
            InputError: It is empty, or cannot be opened.
        """
        number = 0
        with self.utf8() as file:
            for raw in _lines(file):
                number += 1
                place = f"{self.place}:{number}"
                if len(raw) == _LONGEST and not raw.endswith(b"\n"):
                    on_bad(InputError(place, f"the line is longer than {_LONGEST >> 20} MiB", "break it"))
                    _pass_over(file)
                    continue
                try:
                    line = raw.decode(encoding)
                except UnicodeDecodeError as error:
                    remedy = "save the file as UTF-8, for example with iconv -f WINDOWS-1252 -t UTF-8"
                    on_bad(InputError(place, f"not {encoding.upper()} (byte {error.start + 1})", remedy))
                    if not lossy:
                        continue
                    line = raw.decode(encoding, errors="replace")
                yield number, line.rstrip("\r\n")
        if not number:
            raise InputError(self.place, "is empty", "give a file with papers in it")


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield lines with their ends, which may be single carriage returns, as of Macs and of Excel there."""
    rest = b""
    while raw := file.readline(_LONGEST - len(rest)):
        raw, rest = rest + raw, b""
        if b"\r" in raw[:-2]:
            *whole, rest = raw.splitlines(keepends=True)
            yield from whole
        if rest.endswith(b"\n"):
            raw, rest = rest, b""
        if not rest:
            yield raw
    if rest:
        yield rest


def _pass_over(file: BinaryIO) -> None:
    """Read on to the end of the line."""
    while (rest := file.readline(_LONGEST)) and not rest.endswith(b"\n"):
        pass
