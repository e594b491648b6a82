"""Text in the encodings that announce themselves: a byte order mark tells UTF-8, UTF-16 and UTF-32 apart.

Without a mark the text is taken for UTF-8. Nothing is guessed: a guess that is wrong would change names and
numbers without a word.
"""

import codecs
import io
from typing import BinaryIO

from kg.errors import InputError

__all__ = ["as_utf8"]

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its first half
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 65_536


def as_utf8(file: io.BufferedReader, place: str) -> io.BufferedReader:
    """Give the text of a file as UTF-8 without a byte order mark.

    Raises:
        InputError: While reading, where the text breaks the encoding its mark announces.
    """
    start = file.peek(4)
    if start.startswith(codecs.BOM_UTF8):
        file.read(len(codecs.BOM_UTF8))
        return file
    encoding = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    return io.BufferedReader(_Recoded(file, encoding, place)) if encoding else file


class _Recoded(io.RawIOBase):
    """Reads a text in another encoding as UTF-8."""

    def __init__(self, file: BinaryIO, encoding: str, place: str) -> None:
        self._file, self._encoding, self._place = file, encoding, place
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._ready = b""
        self._line = 1

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what io passes
        while not self._ready:
            raw = self._file.read(_CHUNK)
            self._ready = self._recode(raw)
            if not raw:
                break
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _recode(self, raw: bytes) -> bytes:
        try:
            ready = self._decoder.decode(raw, final=not raw).encode()
        except UnicodeError as error:
            name = self._encoding.upper()
            raise InputError(
                f"{self._place}:{self._line}", f"not {name} from about this line on", f"save the file as {name} anew"
            ) from error
        self._line += ready.count(b"\n")
        return ready

    def close(self) -> None:
        self._file.close()
        super().close()
