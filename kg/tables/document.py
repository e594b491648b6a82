"""Tables as values: what every writer is given, and all it needs to know."""

from dataclasses import dataclass, replace

__all__ = ["Cell", "Document", "Head", "Item", "Table", "cell_text", "counted", "without_empty"]


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a cell.

    Attributes:
        text: On one line, of printable characters.
        href: An address of the web that it leads to, or empty.
        concept: The IRI of the concept it names, or empty.
    """

    text: str
    href: str = ""
    concept: str = ""


Cell = tuple[Item, ...]
"""The values of one column in one row."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its name, whether its cells are numbers, and whether they are as long as a sentence."""

    name: str
    is_numeric: bool = False
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the heads of the document.

    Attributes:
        title: Empty where the document's says all.
        facts: What holds of every row, one for each of the document's facts.
        rows: A cell for each of the document's heads.
    """

    title: str
    facts: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Tables of one kind, with what is to be known about them.

    Attributes:
        facts: Names of what a table says of all its rows; where there is no room for titles they are columns too.
        heads: The columns of every table.
        row_head: The name of the column that tells rows apart, if it is there.
        notes: Sentences to stand under the tables.
    """

    title: str
    facts: tuple[str, ...]
    heads: tuple[Head, ...]
    row_head: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()


def cell_text(cell: Cell) -> str:
    """The values of a cell on one line."""
    return "; ".join(item.text for item in cell)


def counted(number: int, noun: str) -> str:
    """Such as "1 paper" and "2 papers"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def without_empty(document: Document) -> Document:
    """Leave out the columns that hold nothing in any row: people have no use for them. One always stays."""
    rows = [row for table in document.tables for row in table.rows]
    kept = [place for place in range(len(document.heads)) if any(row[place] for row in rows)] or [0]
    tables = (
        replace(table, rows=tuple(tuple(row[place] for place in kept) for row in table.rows))
        for table in document.tables
    )
    return replace(document, heads=tuple(document.heads[place] for place in kept), tables=tuple(tables))
