"""Rows as a table for people, as wide as its content; nothing is cut."""

from kg.namespaces import DATA_IRI, PREFIXES
from kg.rdf import NamedNode
from kg.store import Answer

__all__ = ["format_table"]


def format_table(answer: Answer) -> str:
    """Lay out the rows of a SELECT under its variables; say yes or no to an ASK.

    IRIs are shortened by the known prefixes, and those of our data to what stands behind the base.
    """
    if answer.boolean is not None:
        return "yes\n" if answer.boolean else "no\n"
    if answer.is_graph:
        lines = [f"{_cell(one.subject)}  {_cell(one.predicate)}  {_cell(one.object)}" for one in answer.triples()]
        return "".join(f"{line}\n" for line in sorted(set(lines)))
    rows = [[_cell(row[name]) for name in answer.variables] for row in answer.rows()]
    widths = [max(map(len, column)) for column in zip(answer.variables, *rows, strict=True)]
    lines = [_line(list(answer.variables), widths), _line(["-" * width for width in widths], widths)]
    lines += [_line(row, widths) for row in rows]
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    return "\n".join([*lines, "", count, ""])


def _line(cells: list[str], widths: list[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _cell(term: object) -> str:
    if term is None:
        return ""
    if not isinstance(term, NamedNode):
        value = getattr(term, "value", str(term))
        return " ".join("".join(char if char.isprintable() else " " for char in value).split())
    for prefix, iri in PREFIXES.items():
        if term.value.startswith(iri) and iri != term.value:
            return f"{prefix}:{term.value.removeprefix(iri)}"
    return term.value.removeprefix(DATA_IRI)
