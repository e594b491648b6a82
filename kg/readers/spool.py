"""Papers on their way, kept on disk: all must be known before one can be told from another, memory must not grow."""

import pickle
import tempfile
from array import array
from collections.abc import Iterator
from contextlib import AbstractContextManager

from kg.readers.reader import Located

__all__ = ["Spool"]

_IN_MEMORY = 16 << 20


class Spool(AbstractContextManager["Spool"]):
    """Records by the number of their row, from 0; closing it forgets them."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with the spool
        self._starts = array("Q")
        self._end = 0

    def __len__(self) -> int:
        return len(self._starts)

    def append(self, record: Located) -> None:
        """Keep a record as the last."""
        data = pickle.dumps(tuple(record), protocol=pickle.HIGHEST_PROTOCOL)
        self._file.seek(self._end)
        self._file.write(data)
        self._starts.append(self._end)
        self._end += len(data)

    def __getitem__(self, row: int) -> Located:
        self._file.seek(self._starts[row])
        return Located(*pickle.load(self._file))  # noqa: S301 - the file is our own and has no name

    def __iter__(self) -> Iterator[Located]:
        return map(self.__getitem__, range(len(self)))

    def __exit__(self, *_: object) -> None:
        self._file.close()
