"""Tables people can use: papers side by side, results, leaderboards; as text, Markdown, CSV, LaTeX and HTML.

The graph is read whole, rows are made and chosen, and one module per format writes them: the same graph, the same
bytes. A new format is one module with a function `Document -> bytes`, and one line in `FORMATS`.
"""

from kg.tables.choosing import Choice
from kg.tables.document import Cell, Document, Head, Item, Table
from kg.tables.making import KINDS, make_tables
from kg.tables.reading import read_contents
from kg.tables.writing import FORMATS, format_of

__all__ = [
    "FORMATS",
    "KINDS",
    "Cell",
    "Choice",
    "Document",
    "Head",
    "Item",
    "Table",
    "format_of",
    "make_tables",
    "read_contents",
]
