"""Make tables of a graph: read it, choose papers and rows, and put the columns wanted beside each other."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from kg.errors import UnknownNameError
from kg.store import Graph
from kg.tables.boards import leaderboard
from kg.tables.choosing import Choice, choose_heads, choose_papers, choose_rows
from kg.tables.document import Document, Head, Table, counted
from kg.tables.papers import paper_rows, with_results
from kg.tables.ranking import remarked
from kg.tables.reading import Contents, read_contents
from kg.tables.results import result_rows
from kg.tables.rows import PAPER_HEADS, RANK, RESULT_HEADS, PaperRow, ResultRow

__all__ = ["KINDS", "make_tables"]

KINDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "papers": ("paper", "year", "method", "part", "dataset", "modality", "disease", "task", "result"),
        "results": (
            *("paper", "method", "metric", "value", "unit", "spread", "dataset", "condition", "kind", "status"),
            *("remark", "sentence"),
        ),
        "leaderboard": (
            *("condition", "rank", "method", "value", "unit", "spread", "kind", "paper", "year", "remark"),
            "sentence",
        ),
    }
)
"""The kinds of tables, each with the columns it has unless others are chosen."""

_HEADS: Final = {"papers": PAPER_HEADS, "results": RESULT_HEADS, "leaderboard": (RANK, *RESULT_HEADS)}


def make_tables(source: Graph | Contents, kind: str, choice: Choice) -> Document:
    """Make the tables of a kind, one of `KINDS`.

    Args:
        source: A graph, or what was read from it, where several kinds are made of one.
        kind: Which.
        choice: Of its papers, rows and columns.

    Raises:
        UnknownNameError: There is no such kind or column.
        UsageError: No paper has a name, or no row a value, that is asked for.
    """
    if kind not in KINDS:
        raise UnknownNameError("kind of table", kind, KINDS)
    heads = choose_heads(choice.columns or KINDS[kind], _HEADS[kind])
    contents = read_contents(source) if isinstance(source, Graph) else source
    papers = paper_rows(contents)
    chosen = choose_papers(papers, choice.papers)
    # Remarks come before the choice: a paper that is left out may contradict one that is not.
    results = _of_papers(remarked(result_rows(contents, papers)), chosen)
    if kind == "papers":
        rows = choose_rows(with_results(chosen, results), choice.where, PAPER_HEADS, contents.concepts)
        return _plain(counted(len(rows), "paper"), rows, heads)
    kept = choose_rows(results, choice.where, RESULT_HEADS, contents.concepts)
    if kind == "leaderboard":
        return leaderboard(kept, heads, contents.concepts)
    papers_left = len({row.paper for row in kept})
    return _plain(f"{counted(len(kept), 'result')} of {counted(papers_left, 'paper')}", kept, heads)


def _of_papers(results: Iterable[ResultRow], papers: Iterable[PaperRow]) -> list[ResultRow]:
    by_paper: dict[str, list[ResultRow]] = {}
    for row in results:
        by_paper.setdefault(row.paper, []).append(row)
    return [row for paper in papers for row in by_paper.get(paper.iri, ())]


def _plain(title: str, rows: Iterable[PaperRow | ResultRow], heads: tuple[Head, ...]) -> Document:
    cells = tuple(tuple(row.cells[head.name] for head in heads) for row in rows)
    return Document(title, (), heads, "paper", (Table("", (), cells),))
