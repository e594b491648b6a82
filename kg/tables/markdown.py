"""Tables as Markdown, in the dialect of GitHub (https://github.github.com/gfm/#tables-extension-).

Whatever stands in a cell is printed as it is: what Markdown or HTML would read as a sign is escaped.
"""

import re

from kg.tables.document import Cell, Document, Head, Item, Table, without_empty

__all__ = ["to_markdown"]

_SIGNS = re.compile(r"([\\`*_\[\]|~$])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_NOT_IN_TARGET = {ord(char): f"%{ord(char):02X}" for char in " ()<>|\\\"'`"}


def to_markdown(document: Document) -> bytes:
    """Write a heading, a heading and a table for each of the tables, and the notes."""
    document = without_empty(document)
    blocks = [f"# {_escaped(document.title)}"]
    for table in document.tables:
        if table.title:
            blocks.append(f"## {_escaped(table.title)}")
        blocks.append(_table(table, document.heads))
    blocks += map(_escaped, document.notes)
    return ("\n\n".join(blocks) + "\n").encode()


def _table(table: Table, heads: tuple[Head, ...]) -> str:
    rules = ("---:" if head.is_numeric else "---" for head in heads)
    rows = [[head.name for head in heads], rules, *(map(_cell, row) for row in table.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(cell: Cell) -> str:
    return "; ".join(map(_item, cell))


def _item(item: Item) -> str:
    text = _escaped(item.text)
    return f"[{text}]({item.href.translate(_NOT_IN_TARGET)})" if item.href else text


def _escaped(text: str) -> str:
    r"""Escape what Markdown, HTML or a table's bars would take for theirs.

    >>> _escaped("a|b <b> *c*")
    'a\\|b &lt;b&gt; \\*c\\*'
    """
    return _SIGNS.sub(r"\\\1", text).translate(_ENTITIES)
