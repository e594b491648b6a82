"""What a user chooses: papers by name, columns by name, rows by what is in their cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Protocol, TypeVar

from kg.errors import UnknownNameError, UsageError
from kg.tables.document import Cell, Head, Item
from kg.tables.reading import Concepts
from kg.tables.rows import PaperRow
from kg.text import normal_form

__all__ = ["Choice", "choose_heads", "choose_papers", "choose_rows"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a graph is wanted.

    Attributes:
        papers: Names of papers, in the order wanted; none for all, the oldest first.
        columns: Names of columns, in the order wanted; none for the usual ones.
        where: Columns, and values that rows must have in them: all of these.
    """

    papers: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()


class _Row(Protocol):
    @property
    def cells(self) -> Mapping[str, Cell]: ...


_AnyRow = TypeVar("_AnyRow", bound=_Row)


def choose_heads(names: Sequence[str], known: Sequence[Head]) -> tuple[Head, ...]:
    """Find columns by their names, in the order given.

    Raises:
        UnknownNameError: There is no such column.
    """
    by_name = {head.name: head for head in known}
    for name in names:
        if name not in by_name:
            raise UnknownNameError("column", name, by_name)
    return tuple(by_name[name] for name in dict.fromkeys(names))


def choose_papers(papers: Sequence[PaperRow], names: Sequence[str]) -> list[PaperRow]:
    """Find papers by IRI, id, DOI, arXiv id, PMID or title, in the order given; without a name, take all.

    Raises:
        UsageError: No paper has that name, or several have it.
    """
    if not names:
        return list(papers)
    chosen: dict[str, PaperRow] = {}
    for name in names:
        paper = _paper(papers, name)
        chosen[paper.iri] = paper
    return list(chosen.values())


def _paper(papers: Iterable[PaperRow], name: str) -> PaperRow:
    form = normal_form(name)
    found = [one for one in papers if name in one.names or form in map(normal_form, one.names)]
    exact = [one for one in found if name in one.names]
    found = exact or found
    if not found:
        titles = {one.cells["paper"][0].text for one in papers}
        close = get_close_matches(name, sorted(titles), n=1)
        hint = f"did you mean {close[0]!r}?" if close else "give an id, a DOI or a whole title, as kg table shows them"
        raise UsageError(f"no paper in the graph is named {name!r}; {hint}")
    if len(found) > 1:
        iris = ", ".join(one.iri for one in found)
        raise UsageError(f"{name!r} names {len(found)} papers; give one of their IRIs: {iris}")
    return found[0]


def choose_rows(
    rows: Sequence[_AnyRow], wanted: Sequence[tuple[str, str]], known: Sequence[Head], concepts: Concepts
) -> list[_AnyRow]:
    """Keep the rows that have all the values wanted: by any name of a concept, or one that is narrower.

    Args:
        rows: All there are.
        wanted: Columns and values.
        known: The columns that can be asked for.
        concepts: Those that cells may name.

    Raises:
        UnknownNameError: There is no such column.
        UsageError: No row has that value.
    """
    kept = list(rows)
    for column, value in wanted:
        choose_heads([column], known)
        form, meant = normal_form(value), concepts.meant_by(value)

        def has_it(item: Item, form: str = form, meant: frozenset[str] = meant) -> bool:
            return item.concept in meant or normal_form(item.text) == form

        if not any(has_it(item) for row in rows for item in row.cells[column]):
            raise UsageError(_unknown_value(rows, column, value))
        kept = [row for row in kept if any(map(has_it, row.cells[column]))]
    return kept


def _unknown_value(rows: Iterable[_Row], column: str, value: str) -> str:
    there = sorted({item.text for row in rows for item in row.cells[column]})
    close = get_close_matches(value, there, n=3)
    hint = f"did you mean {' or '.join(map(repr, close))}?" if close else "see what there is with: kg table --columns"
    return f"no {column} here is {value!r}; {hint}"
