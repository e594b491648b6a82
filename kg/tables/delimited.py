"""Tables as CSV (RFC 4180, UTF-8): one header, one line a row; what a table says of all its rows stands in each.

Spreadsheets run a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, whatever the quotes around it; so
such a cell gets an apostrophe in front, which says that it is text (https://owasp.org/www-community/attacks/CSV_Injection).
A signed number in a column of numbers stays as it is: it is data, and no formula by itself. Titles and notes are left
out, so that programs read nothing but rows.
"""

import csv
import io
import re

from kg.tables.document import Document, cell_text

__all__ = ["harmless", "to_csv"]

_RUNS = tuple(
    "=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)?")


def to_csv(document: Document) -> bytes:
    """Write all tables of a document as one."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([*document.facts, *(head.name for head in document.heads)])
    for table in document.tables:
        facts = [harmless(fact) for fact in table.facts]
        for row in table.rows:
            pairs = zip(document.heads, row, strict=True)
            writer.writerow([*facts, *(harmless(cell_text(cell), is_numeric=head.is_numeric) for head, cell in pairs)])
    return file.getvalue().encode()


def harmless(text: str, *, is_numeric: bool = False) -> str:
    """Mark as text what would run.

    >>> harmless("=1+1"), harmless("-0.5", is_numeric=True), harmless("-0.5+A1", is_numeric=True)
    ("'=1+1", '-0.5', "'-0.5+A1")
    """
    is_number = is_numeric and _NUMBER.fullmatch(text)
    return f"'{text}" if text.startswith(_RUNS) and not is_number else text
