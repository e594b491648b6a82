r"""Tables as LaTeX: a whole small document that pdflatex, or any other engine, sets as it is.

A document rather than a fragment, since a fragment cannot be looked at before it is put somewhere. To take the tables
into a paper, load docmute, array, booktabs, longtable and hyperref there, and ``\input`` the file: docmute leaves out
everything but what stands between ``\begin{document}`` and ``\end{document}``. Or copy one of the longtables.
"""

import math
import re
from collections.abc import Sequence
from typing import Final

from kg.tables.document import Cell, Document, Head, Item, Table, cell_text, without_empty
from kg.tables.signs import latex_text

__all__ = ["to_latex"]

_PREAMBLE: Final = r"""% Written by kg: set it as it is, or \input it into a paper
% that loads docmute, array, booktabs, longtable and hyperref.
\documentclass[10pt]{article}
\usepackage[a4paper,landscape,margin=15mm]{geometry}
\usepackage{array,booktabs,longtable}
\usepackage[hidelinks]{hyperref}
\begin{document}
"""
_LINE: Final = 170
"""Characters that stand in a line of the page."""
_NARROW: Final = 12
_SMALLEST: Final = 0.05
_URL_SIGNS: Final = str.maketrans({sign: f"\\{sign}" for sign in "%#&_~"})
_BREAKS: Final = re.compile(r"(?<=[/.=?])(?=\w)|(?<=\\_)")


def to_latex(document: Document) -> bytes:
    """Write a heading, a longtable for each of the tables, and the notes."""
    document = without_empty(document)
    blocks = [rf"\section*{{{latex_text(document.title)}}}"]
    for table in document.tables:
        if table.title:
            blocks.append(rf"\subsection*{{{latex_text(table.title)}}}")
        blocks.append(_table(table, document.heads))
    blocks += (rf"\noindent {latex_text(note)}" for note in document.notes)
    return (_PREAMBLE + "\n\n".join(blocks) + "\n\\end{document}\n").encode("ascii")


def _table(table: Table, heads: Sequence[Head]) -> str:
    names = " & ".join(rf"\textbf{{{latex_text(head.name)}}}" for head in heads)
    rows = (" & ".join(map(_cell, row)) + r" \\[2pt]" for row in table.rows)
    return "\n".join(
        (
            r"{\footnotesize\setlength{\tabcolsep}{3pt}",
            rf"\begin{{longtable}}{{@{{}}{_columns(table, heads)}@{{}}}}",
            rf"\toprule {names} \\ \midrule \endhead",
            r"\bottomrule \endfoot",
            *rows,
            r"\end{longtable}}",
        )
    )


def _columns(table: Table, heads: Sequence[Head]) -> str:
    """Share the width of a line: narrow columns get what they need, the others by the root of their longest cell."""
    longest = [
        max([len(head.name), *(len(cell_text(row[place])) for row in table.rows)]) for place, head in enumerate(heads)
    ]
    needed = {place: (size + 2) / _LINE for place, size in enumerate(longest) if size <= _NARROW}
    roots = {place: math.sqrt(size) for place, size in enumerate(longest) if size > _NARROW}
    left = 1 - sum(needed.values())
    shares = needed | {place: max(_SMALLEST, left * root / sum(roots.values())) for place, root in roots.items()}
    whole = max(1.0, sum(shares.values()))
    widths = (f"{shares[place] / whole:.4f}" for place in range(len(heads)))
    sides = (r"\raggedleft" if head.is_numeric else r"\raggedright" for head in heads)
    return "".join(
        rf">{{{side}\arraybackslash\hspace{{0pt}}}}p{{\dimexpr {width}\linewidth-2\tabcolsep\relax}}"
        for width, side in zip(widths, sides, strict=True)
    )


def _cell(cell: Cell) -> str:
    return "; ".join(map(_item, cell))


def _item(item: Item) -> str:
    text = latex_text(item.text)
    if not item.href:
        return text
    if item.text == item.href:  # an address has no spaces to break a line at
        text = _BREAKS.sub(r"\\allowbreak{}", text)
    return rf"\href{{{_address(item.href)}}}{{{text}}}"


def _address(href: str) -> str:
    r"""Escape an address for ``\href``; what no address holds as it is, is written by its number."""
    coded = "".join(char if char.isascii() and char not in '\\{}"<>|`^ ' else _in_percent(char) for char in href)
    return coded.translate(_URL_SIGNS)


def _in_percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode())
