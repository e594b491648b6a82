"""Packed bytes unpacked as they are read, with a limit on how much they may swell.

What is packed is told by its first bytes. A bomb, a few kilobytes that unpack to gigabytes, is stopped when it
has shown itself: papers pack to a tenth of their size, and no text of use to a hundredth.
"""

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO, Final, NamedTuple, cast

from kg.errors import InputError

__all__ = ["DAMAGE", "ZIP", "Packed", "check_swelling", "unpacked"]

ZIP: Final = b"PK\x03\x04"
_OPENERS: Final[Mapping[bytes, Callable[[BinaryIO], BinaryIO]]] = MappingProxyType(
    {
        b"\x1f\x8b": lambda file: cast("BinaryIO", gzip.GzipFile(fileobj=file)),
        b"BZh": lambda file: cast("BinaryIO", bz2.BZ2File(file)),
        b"\xfd7zXZ\0": lambda file: cast("BinaryIO", lzma.LZMAFile(file)),  # noqa: SIM115 - closed by who reads it
    }
)
_FREE = 64 << 20
"""Bytes that anything may unpack to."""
_RATIO = 200
DAMAGE = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError)
"""What unpacking raises; of a zip, a RuntimeError for a compression Python lacks and for a member with a password."""
_ANEW = "get the file anew, or unpack it yourself"


class Packed(NamedTuple):
    """An open file as it lies there.

    Attributes:
        file: Its bytes; those of an archive's file are unpacked once.
        size: Of what an archive says it holds packed; None for a file that is its own measure.
    """

    file: BinaryIO
    size: int | None = None


def unpacked(packed: Packed, place: str) -> io.BufferedReader:
    """Unpack what is read, once; what is not packed is passed on.

    Raises:
        InputError: It is an archive within an archive; while reading, it is damaged or swells too much.
    """
    read = _Counted(packed.file)
    size = (lambda: read.count) if packed.size is None else (lambda: packed.size or 0)
    measured: io.BufferedReader = io.BufferedReader(read if packed.size is None else _Guarded(read, place, size))
    start = measured.peek(6)
    if start.startswith(ZIP):
        raise InputError(place, "is a zip archive that cannot be looked into here", "unpack it first")
    for magic, opener in _OPENERS.items():
        if start.startswith(magic):
            return io.BufferedReader(_Guarded(opener(measured), place, size, measured))
    return measured


def check_swelling(place: str, packed: int, made: int) -> None:
    """See that what was packed has not swollen beyond what texts do.

    Raises:
        InputError: It has.
    """
    if made > _FREE and made > _RATIO * packed:
        raise InputError(place, f"unpacks to more than {_RATIO} times its size, as a zip bomb does", "leave it out")


class _Counted(io.RawIOBase):
    """Counts what is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what io passes
        read = self._file.read(len(buffer))
        buffer[: len(read)] = read
        self.count += len(read)
        return len(read)

    def close(self) -> None:
        self._file.close()
        super().close()


class _Guarded(io.RawIOBase):
    """Turns damage into an error that names the place, and stops what swells too much."""

    def __init__(
        self, file: BinaryIO | io.RawIOBase, place: str, size: Callable[[], int], below: BinaryIO | None = None
    ) -> None:
        self._file, self._place, self._size, self._below = file, place, size, below
        self._made = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what io passes
        try:
            read = self._file.read(len(buffer)) or b""
        except DAMAGE as error:
            raise InputError(self._place, f"is damaged ({error})", _ANEW) from error
        self._made += len(read)
        check_swelling(self._place, self._size(), self._made)
        buffer[: len(read)] = read
        return len(read)

    def close(self) -> None:
        self._file.close()
        if self._below is not None:  # what unpacks does not close what it reads
            self._below.close()
        super().close()
