"""Lines gathered to records: a record begins where a line says so."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from kg.errors import InputError
from kg.readers.source import Source

__all__ = ["Block", "blocks"]

_LONGEST = 32 << 20
"""Characters of a record; without a limit, one that never ends could fill the memory."""


class Block(NamedTuple):
    """The lines of one record.

    Attributes:
        line: The number of its first line, from 1.
        lines: Without their ends.
    """

    line: int
    lines: list[str]


def blocks(
    source: Source,
    begins: Callable[[str], object],
    on_bad: Callable[[InputError], None],
    *,
    encoding: str = "utf-8",
) -> Iterator[Block]:
    """Cut a source into records; what stands before the first is one too.

    A record with a line that cannot be decoded goes to ``on_bad`` whole: what is left of it would be half a record.

    Raises:
        InputError: The source is empty, or cannot be opened.
    """
    fresh: list[InputError] = []
    block, size, wrong = Block(1, []), 0, list[InputError]()
    for number, line in source.lines(fresh.append, encoding=encoding, lossy=True):
        if begins(line):
            yield from _sound(block, wrong, on_bad)
            block, size, wrong = Block(number, []), 0, []
        wrong += fresh
        fresh.clear()
        size += len(line)
        if size <= _LONGEST:
            block.lines.append(line)
        elif not wrong:
            wrong.append(InputError(f"{source.place}:{block.line}", "the record never ends", "mend it"))
    yield from _sound(block, wrong, on_bad)


def _sound(block: Block, wrong: list[InputError], on_bad: Callable[[InputError], None]) -> Iterator[Block]:
    if wrong:
        on_bad(wrong[0])
    elif block.lines:
        yield block
