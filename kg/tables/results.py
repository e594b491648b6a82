"""Results as rows: the number as printed, and what is needed to compare it with others."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Final

from kg.namespaces import KG, MLS, NS_IRI
from kg.tables.document import Cell, Item
from kg.tables.papers import concept_items
from kg.tables.reading import Concepts, Contents, Facts, first
from kg.tables.rows import PaperRow, ResultRow
from kg.text import normal_form, printable

__all__ = ["OFF_SCALE", "result_rows"]

OFF_SCALE: Final = "no value on the metric's scale"
"""The obstacle that is a fault of the number itself: an AUC of 97.8, say."""

_COMPARATORS: Final = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "~ "}
_BOUNDS: Final = _COMPARATORS.keys() - {"~"}
_COUNTED_IN: Final = {"ms": "s", "min": "s", "minutes": "s", "hours": "s", "h": "s", "k": "", "M": "", "B": ""}
"""What normalised values of a unit are counted in, where that is another."""


def result_rows(contents: Contents, papers: Iterable[PaperRow]) -> list[ResultRow]:
    """Make a row of each result, in order of the papers, then of their numbers; remarks are still to come."""
    by_paper: dict[str, list[str]] = {}
    for iri in sorted(contents.results, key=lambda iri: (len(iri), iri)):  # the 10th result behind the 2nd
        by_paper.setdefault(first(contents.results[iri], KG.reportedIn), []).append(iri)
    return [_row(iri, paper, contents) for paper in papers for iri in by_paper.get(paper.iri, ())]


def _row(iri: str, paper: PaperRow, contents: Contents) -> ResultRow:
    facts, concepts = contents.results[iri], contents.concepts
    metric = first(facts, MLS.specifiedBy)
    better = concepts.inherited(metric, KG.higherIsBetter)
    scale, step = _scale(facts, metric, concepts), _step(facts)
    exact = _exact(facts, metric, concepts)
    kind, subjects = _subjects(facts, paper)
    return ResultRow(
        iri=iri,
        paper=paper.iri,
        method=first(facts, KG.ofMethod),
        metric=metric,
        dataset=first(facts, KG.onDataset),
        subject_kind=kind,
        subjects=subjects,
        condition=normal_form(first(facts, KG.condition)),
        scale=scale,
        exact=exact,
        step=step,
        higher_is_better=better in {"true", "1"},
        obstacle=_obstacle(facts, exact, better),
        cells=_cells(facts, paper, concepts) | {"sentence": _text(contents.sentences.get(iri, ""))},
    )


def _cells(facts: Facts, paper: PaperRow, concepts: Concepts) -> dict[str, Cell]:
    title = paper.cells["paper"][0].text
    metrics = concept_items(facts.get(MLS.specifiedBy.value, ()), concepts)
    tasks = concept_items(facts.get(KG.forTask.value, ()), concepts)
    return {
        **{name: paper.cells[name] for name in ("paper", "year", "disease", "modality", "id")},
        "task": tasks or paper.cells["task"],
        "method": concept_items(facts.get(KG.ofMethod.value, ()), concepts, title),
        "metric": metrics or _text(first(facts, KG.metricText)),
        "value": _text(_printed(facts)),
        "unit": _text(first(facts, KG.unit)),
        "spread": _spread(facts),
        "dataset": concept_items(facts.get(KG.onDataset.value, ()), concepts, title),
        "condition": _text(first(facts, KG.condition)),
        "kind": _text(first(facts, KG.resultKind)),
        "status": _text(first(facts, KG.status).removeprefix(NS_IRI)),
        "confidence": _text(first(facts, KG.confidence)),
    }


def _text(text: str) -> Cell:
    return (Item(line),) if (line := printable(text)) else ()


def _printed(facts: Facts) -> str:
    """The value with its upper end and comparator; a minus sign becomes the one that spreadsheets read."""
    value = first(facts, KG.printed) or first(facts, MLS.hasValue)
    upper = first(facts, KG.valueMax)
    value = value.replace("\N{MINUS SIGN}", "-")
    return _COMPARATORS.get(first(facts, KG.comparator), "") + (f"{value} to {upper}" if upper else value)


def _spread(facts: Facts) -> Cell:
    deviation, low, high = (first(facts, term) for term in (KG.deviation, KG.ciLow, KG.ciHigh))
    level = first(facts, KG.ciLevel)
    interval = f"{level} % CI {low} to {high}" if level else f"CI {low} to {high}"
    return _text(f"± {deviation}" if deviation else "") + _text(interval if low and high else "")


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", "").replace("\N{MINUS SIGN}", "-"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _subjects(facts: Facts, paper: PaperRow) -> tuple[str, tuple[str, ...]]:
    own = facts.get(KG.forTask.value, ())
    tasks, diseases = (tuple(item.concept for item in paper.cells[kind]) for kind in ("task", "disease"))
    return ("task", own or tasks) if own or tasks else ("disease", diseases)


def _exact(facts: Facts, metric: str, concepts: Concepts) -> Decimal | None:
    """The normalised value if the metric's range admits it; where there is none, the value if a range is known."""
    low, high = (_number(concepts.inherited(metric, term)) for term in (KG.minimum, KG.maximum))
    exact = _number(first(facts, KG.normalisedValue))
    unit = first(facts, KG.unit)
    if exact is None and (low is not None or high is not None) and unit not in _COUNTED_IN:
        value = _number(first(facts, MLS.hasValue))
        exact = value / 100 if value is not None and unit == "%" else value
    if exact is None or (low is not None and exact < low) or (high is not None and exact > high):
        return None
    return exact


def _scale(facts: Facts, metric: str, concepts: Concepts) -> str:
    """What values are counted in: shares of a whole are of one scale, whether in per cent or not."""
    unit = first(facts, KG.unit)
    if unit == "%" and concepts.inherited(metric, KG.maximum):
        return ""
    return _COUNTED_IN.get(unit, unit)


def _step(facts: Facts) -> Decimal:
    """Half of the last digit printed, on the scale of the normalised value: 84.1 % may be anything near 0.841."""
    value, exact = _number(first(facts, MLS.hasValue)), _number(first(facts, KG.normalisedValue))
    printed = _number(first(facts, KG.printed))
    shown = value if printed is None else printed
    exponent = shown.as_tuple().exponent if shown is not None else 0
    plain = Decimal("0.01") if first(facts, KG.unit) == "%" else Decimal(1)
    factor = exact / value if value and exact else plain
    return abs(factor) * Decimal(5).scaleb(int(exponent) - 1)


def _obstacle(facts: Facts, exact: Decimal | None, better: str) -> str:
    """Why a result cannot be ranked, or nothing."""
    status, kind = first(facts, KG.status), first(facts, KG.resultKind)
    obstacles = (
        (status != KG.asserted.value, status.removeprefix(NS_IRI) or "status not stated"),
        (kind not in {"score", "baseline"}, kind or "kind not stated"),
        (not first(facts, MLS.specifiedBy), "metric not known"),
        (not first(facts, KG.onDataset), "dataset not stated"),
        (not better, "direction of the metric not known"),
        (bool(first(facts, KG.valueMax)), "a range"),
        (first(facts, KG.comparator) in _BOUNDS, "a bound"),
        (exact is None, OFF_SCALE),
    )
    return printable(next((why for holds, why in obstacles if holds), ""))
