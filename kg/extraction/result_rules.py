"""What the rules say of results: the numbers a paper reports as outcomes of measurement."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, NamedTuple

from kg.extraction.attribution import Attribution
from kg.extraction.findings import Findings
from kg.extraction.metrics import Measure, is_share, measures_of
from kg.extraction.numbers import Number, read_numbers
from kg.extraction.outcomes import Outcome, outcomes_of
from kg.extraction.passages import Passages
from kg.extraction.polarity import result_status
from kg.extraction.quantities import MINUSES
from kg.records import Interval, Kind, Result, ResultKind

__all__ = ["Measured", "measurements", "results_of"]

_CONDITION = re.compile(
    r"[\s$)]{0,3}(?:[A-Za-z][\w-]*\s){0,2}?"
    r"(?P<words>(?:on|for|in|at|under|over|across|compared (?:to|with)|relative to)\s[^,;:.()\d]{2,60}?)"
    r"(?=[,;:.()]|\s(?:and|while|with|which|or)\b|$)"
)
_MOST_NUMBERS: Final = 100
"""A sentence with more numbers is a table that lost its lines; it is not read."""


_NO_FAVOUR: Final[Mapping[str, float]] = MappingProxyType({})


class Measured(NamedTuple):
    """The outcomes of one sentence, and where it stands."""

    bounds: Interval
    outcomes: list[Outcome]


def measurements(found: Findings, passages: Passages) -> list[Measured]:
    """Read the numbers of a text with their metrics, sentence by sentence; whose they are is another question."""
    text = passages.text
    taken = sorted(mention for one in found.concepts for mention in one.mentions)
    numbers = _outside(read_numbers(text), taken)
    sentences = _sentences(passages, numbers, measures_of(text, found))
    return [Measured(bounds, outcomes_of(text, bounds, own, within)) for bounds, own, within in sentences]


def results_of(
    measured: Iterable[Measured], found: Findings, passages: Passages, favour: Mapping[str, float] = _NO_FAVOUR
) -> tuple[Result, ...]:
    """Say whose outcomes they are: the results of a text, in text order.

    Args:
        measured: Its measurements.
        found: The concepts and their roles.
        passages: The text.
        favour: What speaks for a method as the main one beside what the rules see, by name.
    """
    attribution = Attribution(passages.text, found, favour)
    return tuple(
        _result(outcomes, index, passages, bounds, attribution)
        for bounds, outcomes in measured
        for index in range(len(outcomes))
    )


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


def _result(
    outcomes: list[Outcome], index: int, passages: Passages, bounds: Interval, attribution: Attribution
) -> Result:
    one = _unsigned(outcomes[index])
    number = one.number
    method = attribution.method(outcomes, index, *bounds)
    dataset = attribution.dataset(outcomes, index, *bounds)
    is_other = one.kind is ResultKind.SCORE and attribution.is_compared(method)
    return Result(
        method=method,
        metric=one.metric,
        value=number.value,
        unit=number.unit,
        dataset=dataset,
        condition=_condition(attribution, number.stop, bounds[1], method, dataset),
        kind=ResultKind.BASELINE if is_other else one.kind,
        value_max=number.value_max,
        printed=number.printed,
        normalised=_normalised(one),
        deviation=number.deviation,
        ci=number.ci,
        comparator=number.comparator,
        status=result_status((number.start, number.end), passages),
        confidence=round(one.sure, 2),
        span=(number.start, number.end),
        sentence=bounds,
    )


def _unsigned(one: Outcome) -> Outcome:
    """Leave the minus of a difference away: its kind says that it is one, and its metric which way is better."""
    number = one.number
    if one.kind is not ResultKind.GAIN or number.printed[0] not in MINUSES:
        return one
    low, high, level = number.ci or (0.0, 0.0, 0.0)
    plain = replace(
        number,
        start=number.start + 1,
        printed=number.printed[1:],
        value_max=None if number.value_max is None else abs(number.value_max),
        ci=(-high, -low, level) if number.ci else None,
    )
    return replace(one, number=plain)


def _normalised(one: Outcome) -> float | None:
    """Bring the value to a common scale; None where its metric cannot have it: an AUC of 97.8, an accuracy of 130 %."""
    scaled = one.number.scaled()
    is_score = one.number.unit is None or (one.number.unit == "%" and one.kind is not ResultKind.GAIN)
    return None if is_score and is_share(one.metric) and scaled > 1 else scaled


def _condition(attribution: Attribution, stop: int, high: int, method: str | None, dataset: str | None) -> str | None:
    """Take the words that follow the value: "on the external cohort", "over nnU-Net".

    Those that name the result's own method or dataset say nothing more; behind the method others may follow.
    """
    match = _CONDITION.match(attribution.text, stop, high)
    if match is None:
        return None
    low, end = match.span("words")
    named = (one for one in attribution.places[Kind.METHOD] if one.concept.name == method and low <= one.start < end)
    if own := next(named, None):
        return _condition(attribution, own.end, high, method, dataset)
    words = match["words"].strip()
    return words if words and not (dataset and dataset in words) else None
