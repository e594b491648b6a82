"""Parquet: every table a typed file, for DuckDB, pandas, Polars and Spark (https://parquet.apache.org/docs/)."""

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.exporters.reading import read_table
from kg.exporters.tables import TABLES, Holds, Table
from kg.store import Graph

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["arrow_schema", "arrow_table", "parquet"]


def parquet(graph: Graph) -> Mapping[str, bytes]:
    """Make a file for each table.

    Raises:
        UsageError: pyarrow, of the extra ``parquet``, is not installed.
    """
    try:
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow; install it with: pip install 'kg[parquet]'") from error
    files = {}
    for table in TABLES:
        file = io.BytesIO()
        pq.write_table(arrow_table(graph, table), file, compression="zstd")
        files[f"{table.name}.parquet"] = file.getvalue()
    return files


def arrow_table(graph: Graph, table: Table) -> "pa.Table":
    """Read a table of a graph."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    return pa.Table.from_pylist([dict(row) for row in read_table(graph, table)], schema=arrow_schema(table))


def arrow_schema(table: Table) -> "pa.Schema":
    """The columns of a table with their types."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    types = {
        Holds.TEXT: pa.string(),
        Holds.TERM: pa.string(),
        Holds.TEXTS: pa.list_(pa.string()),
        Holds.INTEGER: pa.int64(),
        Holds.DECIMAL: pa.float64(),
        Holds.BOOLEAN: pa.bool_(),
    }
    return pa.schema([(column.name, types[column.holds]) for column in table.header])
