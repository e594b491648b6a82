"""Rows of tables: a paper with what it claims, a result with what it measures; their cells, by name of the column."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.tables.document import Cell, Head

__all__ = ["PAPER_HEADS", "RANK", "RESULT_HEADS", "PaperRow", "ResultRow"]

PAPER_HEADS: Final = (
    *(Head("paper"), Head("year", is_numeric=True), Head("author"), Head("method"), Head("part"), Head("used")),
    *(Head("compared"), Head("dataset"), Head("introduced"), Head("modality"), Head("disease"), Head("anatomy")),
    *(Head("task"), Head("metric"), Head("result"), Head("code"), Head("data"), Head("id")),
)
"""The columns of a comparison of papers."""

RESULT_HEADS: Final = (
    *(Head("paper"), Head("year", is_numeric=True), Head("method"), Head("metric"), Head("value", is_numeric=True)),
    *(Head("unit"), Head("spread"), Head("dataset"), Head("condition"), Head("kind"), Head("status")),
    *(Head("confidence", is_numeric=True), Head("task"), Head("disease"), Head("modality"), Head("id")),
    *(Head("remark"), Head("sentence", is_long=True)),
)
"""The columns of a table of results."""

RANK: Final = Head("rank", is_numeric=True)
"""The column that leaderboards have besides."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper.

    Attributes:
        iri: The paper's.
        names: What a user may call it: its IRI, its identifiers, its title.
        cells: By name of the column.
    """

    iri: str
    names: tuple[str, ...]
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A result, with what decides where it is ranked.

    Attributes:
        iri: The result's.
        paper: Where it is reported.
        method: The method's IRI, or empty where none is stated; so are dataset and metric.
        subjects: The tasks it is for: its own, else its paper's; of a paper without a task, the diseases.
        subject_kind: ``task`` or ``disease``.
        condition: Its normal form.
        scale: What its values are counted in; only values of one scale can be compared.
        exact: The value on that scale; None where it is no single number of the metric's range.
        step: How far a value may lie from the exact one and be the same in print.
        higher_is_better: Of the metric; where nobody says so, that is the obstacle.
        obstacle: Why it cannot be ranked, whatever stands beside it; empty where it can.
        cells: By name of the column.
    """

    iri: str
    paper: str
    method: str
    metric: str
    dataset: str
    subjects: tuple[str, ...]
    subject_kind: str
    condition: str
    scale: str
    exact: Decimal | None
    step: Decimal
    higher_is_better: bool
    obstacle: str
    cells: Mapping[str, Cell]
