"""What the rules say of results: the numbers a paper reports as outcomes of measurement."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from kg.extraction.attribution import Attribution
from kg.extraction.findings import Findings
from kg.extraction.metrics import Measure, is_share, measures_of
from kg.extraction.numbers import Number, read_numbers
from kg.extraction.outcomes import Outcome, outcomes_of
from kg.extraction.passages import Passages
from kg.records import Interval, Result, ResultKind, Status

__all__ = ["results_of"]

_CONDITION = re.compile(
    r"[\s$)]{0,3}(?:[A-Za-z][\w-]*\s){0,2}?"
    r"(?P<words>(?:on|for|in|at|under|over|across|compared (?:to|with)|relative to)\s[^,;:.()\d]{2,60}?)"
    r"(?=[,;:.()]|\s(?:and|while|with|which|or)\b|$)"
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|potentially|would|expected to|aims? to|hypothesi[sz]e\w*)\b[^.;]*$", re.IGNORECASE
)
_HEDGE_REACH: Final = 60
_MOST_NUMBERS: Final = 100
"""A sentence with more numbers is a table that lost its lines; it is not read."""


_NO_FAVOUR: Final[Mapping[str, float]] = MappingProxyType({})


def results_of(found: Findings, passages: Passages, favour: Mapping[str, float] = _NO_FAVOUR) -> tuple[Result, ...]:
    """Give the results of a text, in text order.

    Args:
        found: The concepts and their roles.
        passages: The text.
        favour: What speaks for a method as the main one beside what the rules see, by name.
    """
    text = passages.text
    taken = sorted(mention for one in found.concepts for mention in one.mentions)
    numbers = _outside(read_numbers(text), taken)
    measures = measures_of(text, found)
    attribution = Attribution(text, found, favour)
    results: list[Result] = []
    for bounds, own, within in _sentences(passages, numbers, measures):
        outcomes = outcomes_of(text, bounds, own, within)
        results.extend(_result(outcomes, index, bounds, attribution) for index in range(len(outcomes)))
    return tuple(results)


def _outside(numbers: list[Number], taken: list[Interval]) -> list[Number]:
    """Leave out what is part of a name: "ISIC 2018", "F1"."""
    kept, at, reach = [], 0, 0
    for number in numbers:
        while at < len(taken) and taken[at][0] < number.end:
            reach = max(reach, taken[at][1])
            at += 1
        if reach <= number.start:
            kept.append(number)
    return kept


def _sentences(
    passages: Passages, numbers: list[Number], measures: list[Measure]
) -> Iterator[tuple[Interval, list[Number], list[Measure]]]:
    """Yield the sentences behind the title that hold numbers, with their numbers and metrics."""
    owned: dict[int, tuple[list[Number], list[Measure]]] = {}
    for number in numbers:
        owned.setdefault(passages.number((number.start, number.end)), ([], []))[0].append(number)
    for measure in measures:
        at = passages.number((measure.start, measure.end))
        if at in owned:
            owned[at][1].append(measure)
    for at, (own, within) in sorted(owned.items()):
        if at and len(own) <= _MOST_NUMBERS:
            yield passages.bounds(at), own, within


def _result(outcomes: list[Outcome], index: int, bounds: Interval, attribution: Attribution) -> Result:
    one = outcomes[index]
    number = one.number
    method = attribution.method(outcomes, index, *bounds)
    dataset = attribution.dataset(outcomes, index, *bounds)
    is_other = one.kind is ResultKind.SCORE and attribution.is_compared(method)
    is_drop = one.kind is ResultKind.GAIN and number.printed.startswith("-")
    printed = number.printed[is_drop:]
    return Result(
        method=method,
        metric=one.metric,
        value=abs(number.value) if is_drop else number.value,
        unit=number.unit,
        dataset=dataset,
        condition=_condition(attribution.text, number.stop, bounds[1], dataset),
        kind=ResultKind.BASELINE if is_other else one.kind,
        value_max=number.value_max,
        printed=printed,
        normalised=_normalised(one),
        deviation=number.deviation,
        ci=number.ci,
        comparator=number.comparator,
        status=_status(attribution.text, bounds, number),
        confidence=round(one.sure, 2),
        span=(number.start + is_drop, number.end),
        sentence=bounds,
    )


def _normalised(one: Outcome) -> float | None:
    """Bring the value to a common scale; None where its metric cannot have it, as an AUC of 97.8 without "%"."""
    scaled = one.number.scaled()
    return None if one.number.unit is None and is_share(one.metric) and scaled > 1 else scaled


def _condition(text: str, stop: int, high: int, dataset: str | None) -> str | None:
    """Take the words that follow the value: "on the external cohort", "over nnU-Net"."""
    match = _CONDITION.match(text, stop, high)
    words = match["words"].strip() if match else ""
    return words if words and not (dataset and dataset in words) else None


def _status(text: str, bounds: Interval, number: Number) -> Status:
    before = text[max(bounds[0], number.start - _HEDGE_REACH) : number.start]
    return Status.HYPOTHESISED if _HEDGE.search(before) else Status.ASSERTED
