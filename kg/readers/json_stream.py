"""A JSON text read value by value, in memory that does not grow with the file.

Python's own decoder reads each value; where one is cut off by the end of what was read so far, more is read and
the value begun anew, twice as much each time. Event parsers are no help here: they keep the path to where they
are, which grows with the square of the depth of a hostile file.
"""

import codecs
import json
import re
from typing import Any, BinaryIO, Final

from kg.records.jsonl import without_lone_surrogates

__all__ = ["JsonStream"]

_CHUNK: Final = 1 << 20
_LONGEST: Final = 1 << 27
"""Characters of one value; a paper by 10,000 authors with their institutions takes a quarter of it."""


_TAIL: Final = 3
"""Characters behind a number that tell whether it goes on: "1" may be cut off "1e+5"."""

_ESCAPED: Final = re.compile(r"\\u[dD][89a-fA-F]")
"""What may stand for half a character, which no file can hold."""


def _no_number(name: str) -> float:
    raise json.JSONDecodeError(f"{name} is no JSON number", name, 0)


class JsonStream:
    """Reads forward only, from a file of UTF-8."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._text, self._at, self._ended = file, "", 0, False
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._decode = json.JSONDecoder(parse_constant=_no_number).raw_decode

    def peek(self) -> str:
        """The next character that is no white space, which stays where it is; none at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n":
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, *expected: str) -> str:
        """Take the next character, which must be one of the expected.

        Raises:
            ValueError: It is another.
        """
        found = self.peek()
        if found not in expected:
            what = f"{found!r} stands" if found else "the text ends"
            raise ValueError(f"{what} where {' or '.join(map(repr, expected))} is expected")
        self._at += 1
        return found

    def value(self) -> Any:  # noqa: ANN401 - any JSON value
        """Take a whole value.

        Raises:
            ValueError: There is none, it takes more than 128 million characters, or what was read is not UTF-8.
        """
        self.peek()
        while True:
            try:
                start = self._at
                value, end = self._decode(self._text, start)
                if isinstance(value, int | float) and len(self._text) - end < _TAIL and not self._ended:
                    self._more()
                    continue
                self._at = end
            except RecursionError as error:
                raise ValueError("nested too deep") from error
            except ValueError as error:
                if not self._more():
                    raise ValueError(getattr(error, "msg", str(error))) from error
            else:
                return without_lone_surrogates(value) if _ESCAPED.search(self._text, start, self._at) else value

    def _more(self) -> bool:
        """Read as much again as is still unread, and forget what was taken; tell whether there was more."""
        unread = self._text[self._at :]
        if self._ended or len(unread) > _LONGEST:
            return False
        added = self._file.read(max(_CHUNK, len(unread)))
        self._text, self._at, self._ended = unread + self._decoder.decode(added, final=not added), 0, not added
        return not self._ended
