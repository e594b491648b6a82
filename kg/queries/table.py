"""Rows as a table for people: whole in a file or a pipe, cut to the width of a terminal."""

from kg.queries.printing import short_iri
from kg.rdf import NamedNode, Term
from kg.store import Answer
from kg.text import printable

__all__ = ["format_table"]

_GAP = "  "
_NARROWEST = 8


def format_table(answer: Answer, *, width: int | None = None) -> str:
    """Lay out the rows of a SELECT under its variables; say yes or no to an ASK.

    IRIs are shortened by the known prefixes, and those of our data to what stands behind the base.

    Args:
        answer: To a query; it is read up.
        width: Characters there is room for: long cells are cut, and columns of nothing but IRIs left out where
            others say the same in words. By default all is shown.
    """
    if answer.boolean is not None:
        return "yes\n" if answer.boolean else "no\n"
    if answer.is_graph:
        lines = [_GAP.join(map(_cell, (one.subject, one.predicate, one.object))) for one in answer.triples()]
        return "".join(f"{line}\n" for line in sorted(set(lines)))
    rows = list(answer.rows())
    names = list(answer.variables) if width is None else _telling(answer.variables, rows)
    cells = [names, *([_cell(row[name]) for name in names] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    if width is not None:
        widths = _fitted(widths, width)
    lines = [_line(cells[0], widths), _line(["-" * one for one in widths], widths)]
    lines += [_line(row, widths) for row in cells[1:]]
    return "\n".join([*lines, "", f"{len(rows)} row{'' if len(rows) == 1 else 's'}", ""])


def _telling(variables: tuple[str, ...], rows: list[dict[str, Term | None]]) -> list[str]:
    """The variables that hold some words; all where none does."""
    in_words = [name for name in variables if any(row[name] and not isinstance(row[name], NamedNode) for row in rows)]
    return in_words or list(variables)


def _fitted(widths: list[int], width: int) -> list[int]:
    """Cut the widest columns, all to one width, until the line fits."""
    widest = max(widths, default=0)
    while widest > _NARROWEST and sum(min(one, widest) for one in widths) + len(_GAP) * (len(widths) - 1) > width:
        widest -= 1
    return [min(one, widest) for one in widths]


def _line(cells: list[str], widths: list[int]) -> str:
    cut = (cell if len(cell) <= width else f"{cell[: width - 1]}…" for cell, width in zip(cells, widths, strict=True))
    return _GAP.join(cell.ljust(width) for cell, width in zip(cut, widths, strict=True)).rstrip()


def _cell(term: object) -> str:
    if term is None:
        return ""
    return short_iri(term.value) if isinstance(term, NamedNode) else printable(getattr(term, "value", str(term)))
