"""Papers on their way, kept on disk: all must be known before one can be told from another, memory must not grow."""

import json
import tempfile
from array import array
from contextlib import AbstractContextManager

import msgspec

from kg.readers.reader import Located
from kg.records import Paper

__all__ = ["Spool"]

_IN_MEMORY = 16 << 20
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[str, Paper, str]).decode


class Spool(AbstractContextManager["Spool"]):
    """Records by the number of their row, from 0; closing it forgets them."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with the spool
        self._starts, self._at = array("Q", [0]), 0

    def __len__(self) -> int:
        return len(self._starts) - 1

    def append(self, record: Located) -> None:
        """Keep a record as the last; unknown fields go as JSON, which holds whole numbers of any size."""
        place, paper = record
        extra = json.dumps(paper.extra) if paper.extra else ""
        data = _encode((place, msgspec.structs.replace(paper, extra={}) if extra else paper, extra))
        self._seek(self._starts[-1])
        self._file.write(data)
        self._at += len(data)
        self._starts.append(self._at)

    def __getitem__(self, row: int) -> Located:
        self._seek(self._starts[row])
        place, paper, extra = _decode(self._file.read(self._starts[row + 1] - self._at))
        self._at = self._starts[row + 1]
        return Located(place, msgspec.structs.replace(paper, extra=json.loads(extra)) if extra else paper)

    def _seek(self, start: int) -> None:
        """Go there, unless the last step ended there: to go empties what was read ahead."""
        if start != self._at:
            self._file.seek(start)
            self._at = start

    def __exit__(self, *_: object) -> None:
        self._file.close()
