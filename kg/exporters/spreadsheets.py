"""CSV tables for spreadsheets: what a spreadsheet would run as a formula is marked as text.

Several values of a cell are parted by " | ".
"""

import csv
import io
from collections.abc import Mapping
from typing import Final

from kg.exporters.characters import allowed
from kg.exporters.reading import Value, read_table
from kg.exporters.tables import TABLES, Table
from kg.store import Graph
from kg.tables.delimited import harmless

__all__ = ["spreadsheets"]

_BETWEEN: Final = " | "


def spreadsheets(graph: Graph) -> Mapping[str, bytes]:
    """Make a file for each table."""
    return {f"{table.name}.csv": _csv(graph, table) for table in TABLES}


def _csv(graph: Graph, table: Table) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([column.name for column in table.header])
    for row in read_table(graph, table):
        writer.writerow([_cell(row[column.name]) for column in table.header])
    return file.getvalue().encode()


def _cell(value: Value) -> str:
    if isinstance(value, str | tuple):
        return harmless(allowed(value if isinstance(value, str) else _BETWEEN.join(value)))
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
