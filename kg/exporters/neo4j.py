"""Neo4j: CSV files with types in their headers, for ``neo4j-admin database import``.

The headers follow https://neo4j.com/docs/operations-manual/current/import/#import-tool-header-format. Lists are
parted by U+001F, which stands in no text.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Final

from kg.exporters.property_graph import EDGE_COLUMNS, NODE_TABLES, PropertyGraph, node_columns, property_graph
from kg.exporters.reading import Value
from kg.exporters.tables import CONCEPTS, Column, Holds, Table
from kg.store import Graph

__all__ = ["neo4j"]

_BETWEEN: Final = "\x1f"
_TYPES: Final[Mapping[Holds, str]] = {
    Holds.TEXT: "string",
    Holds.TERM: "string",
    Holds.TEXTS: "string[]",
    Holds.INTEGER: "long",
    Holds.DECIMAL: "double",
    Holds.BOOLEAN: "boolean",
}
_SCRIPT: Final = """\
#!/bin/sh
# Makes a new database of these files: stop Neo4j, go to this folder, then: sh import.sh [DATABASE]
exec neo4j-admin database import full "${{1:-neo4j}}" --multiline-fields=true --array-delimiter=U+001F \\
{nodes}
    --relationships=relationships.csv
"""


def neo4j(graph: Graph) -> Mapping[str, bytes]:
    """Make a file for each class of nodes, one for relationships, and the script that imports them."""
    made = property_graph(graph)
    files = {f"{table.name}.csv": _nodes(made, table) for table in NODE_TABLES}
    script = _SCRIPT.format(nodes="\n".join(f"    --nodes={name} \\" for name in files))
    return files | {"relationships.csv": _relationships(made), "import.sh": script.encode()}


def _nodes(made: PropertyGraph, table: Table) -> bytes:
    columns = node_columns(table)
    header = ["iri:ID", *map(_typed, columns), ":LABEL"]
    rows = (
        [node.iri, *(_cell(node.values[column.name]) for column in columns), _label(table, node.type)]
        for node in made.nodes[table]
    )
    return _csv([header, *rows])


def _label(table: Table, kind: str) -> str:
    return f"Concept{_BETWEEN}{kind}" if table is CONCEPTS else kind


def _relationships(made: PropertyGraph) -> bytes:
    header = [":START_ID", ":TYPE", ":END_ID", *map(_typed, EDGE_COLUMNS)]
    rows = (
        [edge.source, edge.type, edge.target, *(_cell(edge.values.get(column.name)) for column in EDGE_COLUMNS)]
        for edge in made.edges
    )
    return _csv([header, *rows])


def _typed(column: Column) -> str:
    return f"{column.name}:{_TYPES[column.holds]}"


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return _BETWEEN.join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _csv(rows: Iterable[Iterable[str]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue().encode()
