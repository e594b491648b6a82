"""Sorting of more lines than memory holds: sorted runs on disk, merged (Knuth, TAOCP vol. 3, 5.4)."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from typing import IO, Final

__all__ = ["sorted_lines"]

_RUN: Final = 64 << 20
"""Bytes that are sorted in memory at once."""


def sorted_lines(lines: Iterable[bytes], *, run: int = _RUN) -> Iterator[bytes]:
    """Yield each distinct line once, in the order of their bytes, which for UTF-8 is that of code points.

    Args:
        lines: Each with its line feed at the end and none within.
        run: Bytes held in memory; what goes beyond lies in temporary files until all is read.
    """
    with ExitStack() as files:
        runs: list[IO[bytes]] = []
        held: list[bytes] = []
        size = 0
        for line in lines:
            held.append(line)
            size += len(line)
            if size >= run:
                runs.append(files.enter_context(_written(sorted(held))))
                held, size = [], 0
        held.sort()
        for line, _ in groupby(heapq.merge(held, *runs) if runs else held):
            yield line


def _written(lines: list[bytes]) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.writelines(lines)
    file.seek(0)
    return file
