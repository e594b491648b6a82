"""What a tagger adds to results: which method a paper's numbers are about, and how sure it is of their metrics."""

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace
from spacy.tokens import Doc

from kg.extraction.findings import Findings
from kg.extraction.judge import Judge
from kg.extraction.pairing import Pair, number_pairs
from kg.extraction.passages import passages_of
from kg.extraction.result_rules import Measured, results_of
from kg.extraction.tagger.reading import Reading
from kg.records import Result, ResultKind

__all__ = ["judged_results", "owner_pairs"]

_FAVOUR: Final = 2.0
"""How much it counts towards the main method to be the one that numbers are about."""


def owner_pairs(doc: Doc, found: Findings, reading: Reading, results: Sequence[Result]) -> list[Pair]:
    """Give what the numbers of results may belong to, by the tagger or the rules; the judge has yet to speak."""
    at = {one.name: place for place, one in enumerate(found.concepts)}
    ruled = {
        (number, pair, at[name]): one.confidence
        for number, one in enumerate(results)
        for pair, name in (("ofMethod", one.method), ("ofMetric", one.metric))
        if name in at
    }
    return number_pairs(doc, found, reading, [one.span or (0, 0) for one in results], ruled)


def judged_results(
    doc: Doc, found: Findings, measured: Sequence[Measured], reading: Reading, judge: Judge
) -> tuple[Result, ...]:
    """Attribute results once the main method is known better; how sure they are is how sure their metrics are.

    Args:
        doc: The text.
        found: Its concepts with their roles.
        measured: Its measurements.
        reading: What the tagger says of it.
        judge: What was measured of the tagger.
    """
    passages = passages_of(doc)
    ruled = results_of(measured, found, passages)
    pairs = owner_pairs(doc, found, reading, ruled)
    sure = {
        (pair.subject, found.concepts[pair.object].name): judge.pair(pair.name, pair.traits)
        for pair in pairs
        if pair.name == "ofMetric"
    }
    results = results_of(measured, found, passages, _favour(found, pairs, ruled))
    return tuple(
        replace(one, confidence=sure.get((number, one.metric or ""), one.confidence))
        for number, one in enumerate(results)
    )


def _favour(found: Findings, pairs: Sequence[Pair], ruled: Sequence[Result]) -> dict[str, float]:
    """Tell how much speaks for each method as the main one: `_FAVOUR` for the one that most numbers are about."""
    counts: dict[str, float] = defaultdict(float)
    for pair in pairs:
        if pair.name == "ofMethod" and ruled[pair.subject].kind is not ResultKind.BASELINE:
            counts[found.concepts[pair.object].name] += 1 / (1 + math.exp(-pair.score))
    highest = max(counts.values(), default=0.0)
    return {name: round(_FAVOUR * count / highest, 2) for name, count in counts.items()}
