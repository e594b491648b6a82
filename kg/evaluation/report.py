"""An evaluation as text: a table for people, or JSON."""

import json
from collections.abc import Sequence
from typing import Any

from kg.evaluation.counts import Counts, Measure, in_order
from kg.evaluation.scores import Evaluation, Figure, PaperScore

__all__ = ["as_json", "as_table"]

_HEAD = ("level", "of", "P", "R", "F1", "95 % of F1", "gold", "predicted")
_PAPER_HEAD = ("paper", "F1", "gold", "predicted", "row")
_WORDS = frozenset({"level", "of", "paper", "row"})
"""Heads of columns that hold words; numbers stand to the right."""


def as_table(evaluation: Evaluation, *, by_paper: bool = False) -> str:
    """Lay out the figures that have gold or prediction, a line each; then the rows, and each paper's if wanted."""
    shown = [one for one in evaluation.figures if one.counts.gold or one.counts.predicted]
    lines = _aligned([_HEAD, *map(_cells, shown)])
    if evaluation.rows:
        rows = evaluation.rows
        lines += ["", f"rows that work: {rows.working} of {rows.papers} ({_range(rows.interval)})"]
    if by_paper:
        level = evaluation.headline.measure
        lines += [
            "",
            f"{level} by paper:",
            *_aligned([_PAPER_HEAD, *(_paper_cells(one, level) for one in evaluation.papers)]),
        ]
    return "".join(f"{line}\n" for line in lines)


def as_json(evaluation: Evaluation, *, by_paper: bool = False) -> str:
    """Give every figure under ``LEVEL.LABEL``, numbers to four decimals."""
    made: dict[str, Any] = {"figures": {str(one.measure): _values(one) for one in evaluation.figures}}
    if evaluation.rows:
        rows = evaluation.rows
        made["rows"] = {"working": rows.working, "papers": rows.papers, "interval": _rounded(rows.interval)}
    if by_paper:
        made["papers"] = {one.id: _paper_values(one) for one in evaluation.papers}
    return f"{json.dumps(made, ensure_ascii=False, indent=2)}\n"


def _cells(figure: Figure) -> tuple[str, ...]:
    counts = figure.counts
    parts = (f"{part:.3f}" for part in (counts.precision, counts.recall, counts.f1))
    return (*figure.measure, *parts, _range(figure.interval), str(counts.gold), str(counts.predicted))


def _range(interval: tuple[float, float]) -> str:
    low, high = interval
    return f"{low:.3f}-{high:.3f}"


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    padded = map(_padded, zip(*rows, strict=True))
    return ["  ".join(row).rstrip() for row in zip(*padded, strict=True)]


def _padded(column: Sequence[str]) -> list[str]:
    width = max(map(len, column))
    return [cell.ljust(width) if column[0] in _WORDS else cell.rjust(width) for cell in column]


def _paper_cells(score: PaperScore, measure: Measure) -> tuple[str, ...]:
    counts = score.counts[measure]
    return (score.id, f"{counts.f1:.3f}", str(counts.gold), str(counts.predicted), _verdict(score))


def _verdict(score: PaperScore) -> str:
    """What is wrong with a paper's row, in words; nothing where there is no row."""
    row = score.row
    if row is None:
        return ""
    faults = [f"missing: {', '.join(row.missing)}"] if row.missing else []
    faults += [f"spurious: {', '.join(row.spurious)}"] if row.spurious else []
    if row.results != row.agreed_results:
        faults.append(f"results: {row.results} of {row.agreed_results}")
    if not row.links:
        faults.append("links")
    return "; ".join(faults) or "works"


def _values(figure: Figure) -> dict[str, Any]:
    return {**_count_values(figure.counts), "interval": _rounded(figure.interval)}


def _count_values(counts: Counts) -> dict[str, Any]:
    precision, recall, f1 = _rounded((counts.precision, counts.recall, counts.f1))
    return {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "hits": counts.hits,
        "gold": counts.gold,
        "predicted": counts.predicted,
    }


def _paper_values(score: PaperScore) -> dict[str, Any]:
    made: dict[str, Any] = {"figures": {str(one): _count_values(score.counts[one]) for one in in_order(score.counts)}}
    if score.row:
        row = score.row
        made["row"] = {
            "works": row.works,
            "missing": list(row.missing),
            "spurious": list(row.spurious),
            "results": [row.results, row.agreed_results],
            "links": row.links,
        }
    return made


def _rounded(numbers: tuple[float, ...]) -> list[float]:
    return [round(number, 4) for number in numbers]
