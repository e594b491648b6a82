"""Tables as text for a terminal: a grid of wrapped cells, or, where that would be longer, a block for each row."""

import textwrap
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from kg.tables.document import Document, Head, Table, cell_text, without_empty

__all__ = ["to_text"]

_GAP: Final = "  "
_NARROWEST: Final = 10
_WIDTH: Final = 120


def to_text(document: Document, *, width: int = _WIDTH) -> bytes:
    """Write the title, the tables, each under its own, and the notes.

    Args:
        document: The tables.
        width: Characters there is room for in a line.
    """
    width = max(width, 2 * _NARROWEST)
    document = without_empty(document)
    lines = _wrapped(document.title, width)
    for table in document.tables:
        lines += ["", *_wrapped(table.title, width), ""] if table.title else [""]
        lines += _table(table, document.heads, width)
    for note in document.notes:
        lines += ["", *_wrapped(note, width)]
    return "".join(f"{line}\n" for line in lines).encode()


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]


def _table(table: Table, heads: Sequence[Head], width: int) -> list[str]:
    rows = [[cell_text(cell) for cell in row] for row in table.rows]
    blocks = _blocks(rows, heads, width)
    grid = _grid(rows, heads, width)
    return grid if grid is not None and len(grid) <= len(blocks) else blocks


def _blocks(rows: Sequence[Sequence[str]], heads: Sequence[Head], width: int) -> list[str]:
    """Put the first cell of each row over the others, each behind its name; what is empty or repeated is left out."""
    margin = max(len(head.name) for head in heads) + 2 * len(_GAP)
    lines: list[str] = []
    above = None
    for row in rows:
        lines += [""] if lines else []
        lines += _wrapped(row[0], width) if row[0] != above else []
        above = row[0]
        for head, text in list(zip(heads, row, strict=True))[1:]:
            if text:
                first, *rest = _wrapped(text, max(width - margin, _NARROWEST))
                lines.append(f"{_GAP}{head.name}".ljust(margin) + first)
                lines += [" " * margin + line for line in rest]
    return lines


def _grid(rows: Sequence[Sequence[str]], heads: Sequence[Head], width: int) -> list[str] | None:
    """Lay rows out under their heads, long cells below the rows that share them; None where columns have no room."""
    short = [place for place, head in enumerate(heads) if not head.is_long]
    cells = [[head.name for head in heads], *rows]
    widths = _fitted([max(len(row[place]) for row in cells) for place in short], width)
    if widths is None:
        return None
    lines: list[str] = []
    if short:
        lines += _grid_row([heads[place].name for place in short], short, heads, widths)
        lines.append(_GAP.join("-" * one for one in widths))
    long = [place for place, head in enumerate(heads) if head.is_long]
    for said, same in groupby(rows, key=lambda row: [row[place] for place in long]):
        for row in same:
            lines += _grid_row([row[place] for place in short], short, heads, widths)
        for text in filter(None, said):
            lines += [f"{_GAP * 2}{line}" for line in _wrapped(text, width - 2 * len(_GAP))]
    return lines


def _fitted(widths: list[int], width: int) -> list[int] | None:
    """Narrow the widest columns, all to one width, until a line fits."""
    widest = max(widths, default=0)
    while sum(min(one, widest) for one in widths) + len(_GAP) * (len(widths) - 1) > width:
        if widest <= _NARROWEST:
            return None
        widest -= 1
    return [min(one, widest) for one in widths]


def _grid_row(texts: Sequence[str], places: Sequence[int], heads: Sequence[Head], widths: Sequence[int]) -> list[str]:
    columns = [_wrapped(text, max(width, 1)) for text, width in zip(texts, widths, strict=True)]
    height = max(map(len, columns), default=0)
    padded = [column + [""] * (height - len(column)) for column in columns]
    sides = [str.rjust if heads[place].is_numeric else str.ljust for place in places]
    return [
        _GAP.join(side(text, width) for side, text, width in zip(sides, line, widths, strict=True)).rstrip()
        for line in zip(*padded, strict=True)
    ]
