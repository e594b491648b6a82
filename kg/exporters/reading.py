"""Read a graph's tables: one query a column, whatever the size of the graph; rows in order of IRI."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress

from kg.exporters.tables import AUTHORSHIPS, CLAIMS, Column, Holds, Table
from kg.mapping.statements import CLAIM_PROPERTIES
from kg.namespaces import NS_IRI, RDF
from kg.records import Status
from kg.store import Graph

__all__ = ["Row", "Value", "read_table"]

Value = str | int | float | bool | tuple[str, ...] | None
"""What stands in a cell; None where the graph says nothing."""

Row = Mapping[str, Value]
"""A value for each column of the table's header, by its name."""


def read_table(graph: Graph, table: Table) -> list[Row]:
    """Read all rows of a table.

    After the claims follow those statements of their kind that no paper makes, as of a vocabulary: without an IRI.
    """
    if table is AUTHORSHIPS:
        return _authorships(graph)
    classes = " ".join(str(one) for one in table.classes)
    typed = _pairs(graph, f"SELECT ?s ?o {{ VALUES ?o {{ {classes} }} ?s a ?o }}")
    found = {column: _values(graph, classes, column) for column in table.columns}
    rows: list[Row] = []
    for iri in sorted(typed):
        row: dict[str, Value] = {"iri": iri}
        if len(table.classes) > 1:
            row["kind"] = _cell(Holds.TERM, typed[iri])
        row |= {column.name: _cell(column.holds, found[column].get(iri, ())) for column in table.columns}
        rows.append(row)
    return [*rows, *_unclaimed(graph, rows)] if table is CLAIMS else rows


def _unclaimed(graph: Graph, claims: Iterable[Row]) -> list[Row]:
    """Statements that are told as plain triples alone."""
    told = {(row["subject"], row["predicate"], row["object"]) for row in claims}
    properties = " ".join(map(str, CLAIM_PROPERTIES))
    triples = set()
    for found in graph.query(f"SELECT ?s ?p ?o {{ VALUES ?p {{ {properties} }} ?s ?p ?o }}").rows():
        subject, predicate, obj = (term.value if term else "" for term in found.values())
        triples.add((subject, predicate.removeprefix(NS_IRI), obj))
    empty: Row = {column.name: _cell(column.holds, ()) for column in CLAIMS.header}
    return [
        {**empty, "subject": subject, "predicate": predicate, "object": obj, "status": Status.ASSERTED.value}
        for subject, predicate, obj in sorted(triples - told)
    ]


def _values(graph: Graph, classes: str, column: Column) -> dict[str, list[str]]:
    return _pairs(graph, f"SELECT ?s ?o {{ VALUES ?class {{ {classes} }} ?s a ?class . ?s {column.path} ?o }}")


def _pairs(graph: Graph, query: str) -> dict[str, list[str]]:
    """The distinct values of each node, sorted."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in graph.query(query).rows():
        node, value = row["s"], row["o"]
        if node is not None and value is not None:
            found[node.value].add(value.value)
    return {node: sorted(values) for node, values in found.items()}


def _cell(holds: Holds, values: Iterable[str]) -> Value:
    texts = tuple(values)
    if holds is Holds.TEXTS:
        return texts
    if not texts:
        return None
    first = texts[0]
    match holds:
        case Holds.TERM:
            return first.removeprefix(NS_IRI)
        case Holds.BOOLEAN:
            return first in {"true", "1"}
        case Holds.INTEGER | Holds.DECIMAL:
            return _number(first, whole=holds is Holds.INTEGER)
        case _:
            return first


def _number(text: str, *, whole: bool) -> int | float | None:
    """Read a number that every target can hold; what is none in a graph of somebody else is left out.

    >>> _number("0.50", whole=False), _number("NaN", whole=False), _number("about 3", whole=True)
    (0.5, None, None)
    """
    with suppress(ValueError, OverflowError):
        number = int(text) if whole else float(text)
        return number if math.isfinite(number) else None
    return None


def _authorships(graph: Graph) -> list[Row]:
    query = f"""SELECT ?paper ?author (MIN(?n) AS ?position) {{
      ?paper dcterms:creator ?author
      OPTIONAL {{
        ?paper bibo:authorList ?list . ?list ?member ?author
        FILTER(STRSTARTS(STR(?member), "{RDF.iri}_"))
        BIND(xsd:integer(STRAFTER(STR(?member), "{RDF.iri}_")) AS ?n)
      }}
    }} GROUP BY ?paper ?author"""
    found = []
    for row in graph.query(query).rows():
        paper, author, position = row["paper"], row["author"], row["position"]
        if paper is not None and author is not None:
            place = None if position is None else _number(position.value, whole=True)
            found.append((paper.value, place, author.value))
    ordered = sorted(found, key=lambda one: (one[0], one[1] is None, one[1] or 0, one[2]))
    return [{"paper": paper, "author": author, "position": place} for paper, place, author in ordered]
