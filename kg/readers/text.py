"""Plain text: papers parted by blank lines, each a line with its title and then its abstract.

A title may also stand alone, with a blank line before its abstract. Since any prose could be read so, this format
is the last that is asked, and never of a file that merely lies in a folder.
"""

import re
from collections.abc import Callable, Iterator

from kg.errors import InputError, RecordError
from kg.readers.blocks import Block, blocks
from kg.readers.citation import Citation, paper_of
from kg.readers.reader import Located, Reader
from kg.readers.source import Source

__all__ = ["READER"]

_TITLE = 400
"""Characters; what is longer is an abstract that has no title."""
_PROSE = re.compile(r"(?:\S+\s+){9,}\S*[.?!][)\"'\u2019\u201d]?", re.DOTALL)
"""Ten words or more, to the end of a sentence."""


def _detects(start: str) -> bool:
    """Tell prose from code and data, which have other things at the starts and ends of their lines."""
    paragraphs = [part.strip() for part in re.split(r"\n[ \t\r]*\n", start.strip()) if part.strip()]
    title, _, abstract = (paragraphs[0] if paragraphs else "").partition("\n")
    abstract = abstract or (paragraphs[1] if len(paragraphs) > 1 else "")
    return len(title) <= _TITLE and title[:1].isalnum() and _PROSE.fullmatch(abstract.strip()) is not None


def _read(source: Source, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    title: Block | None = None
    for block in blocks(source, _Gap(), on_bad):
        lines = [line.strip() for line in block.lines]
        filled = [index for index, line in enumerate(lines) if line]
        if not filled:
            continue
        part = Block(block.line + filled[0], [lines[index] for index in filled])
        if title is None and len(part.lines) == 1:
            title = part
            continue
        yield from _located(source, Block(title.line, title.lines + part.lines) if title else part, on_bad)
        title = None
    if title:
        yield from _located(source, title, on_bad)


class _Gap:
    """A block begins with the first line after a blank one."""

    def __init__(self) -> None:
        self._blank = False

    def __call__(self, line: str) -> bool:
        begins, self._blank = self._blank and bool(line.strip()), not line.strip()
        return begins


def _located(source: Source, block: Block, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    place = f"{source.place}:{block.line}"
    title, *abstract = block.lines
    try:
        if len(title) > _TITLE:
            raise RecordError("", f"the first line, the title, has {len(title)} characters")  # noqa: TRY301
        yield Located(place, paper_of(Citation(title=title, abstract=" ".join(abstract))))
    except RecordError as error:
        on_bad(InputError(place, str(error), "begin each paper with a line that is its title, after a blank line"))


READER = Reader(_detects, _read, is_sure=lambda _: False)
