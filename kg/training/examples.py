"""Labelled texts as arrays: windows of word pieces, with the rules' signals and the answers wanted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from tokenizers import Tokenizer

from kg.extraction.annotate import readable
from kg.extraction.numbers import read_numbers
from kg.extraction.tagger.labels import HEADS, Head
from kg.extraction.tagger.pieces import Window, windows
from kg.extraction.tagger.signals import heard, signals
from kg.records import Annotation
from kg.training.corpora import Labelled, Place
from kg.training.relating import Related, measured_by, related, truth_of

__all__ = ["IGNORED", "WINDOW", "Example", "examples_of"]

WINDOW: Final = 448
"""Word pieces that are read at once; longer texts are cut at sentences."""

IGNORED: Final = -100
"""Where no answer is known."""


@dataclass(frozen=True, slots=True)
class Example:
    """One window.

    Attributes:
        signals: A row for each piece.
        answers: By head, for each beginning of a word the index of the label, or `IGNORED`.
        soft: A teacher's probabilities, a row for each beginning of a word, in place of answers.
        related: How concepts and numbers relate, where that is known.
        weight: How much it counts.
    """

    window: Window
    signals: NDArray[np.float32]
    answers: dict[str, NDArray[np.int64]]
    soft: NDArray[np.float32] | None = None
    related: Related | None = None
    weight: float = 1.0


def examples_of(
    labelled: Iterable[Labelled], nlp: Language, tokenizer: Tokenizer, *, weight: float = 1.0
) -> Iterator[Example]:
    """Make the examples of labelled texts; ``nlp`` holds the finders and rules."""
    for one in labelled:
        doc = nlp(readable(one.paper.text))
        rows = signals(doc, one.guideline)
        answers = _answers(doc, one)
        truth = None if one.gold is None else truth_of(doc, one.gold)
        for window in windows(doc, tokenizer, WINDOW):
            tokens = window.tokens[window.first]
            yield Example(
                window,
                heard(rows, window),
                {head: values[tokens] for head, values in answers.items()},
                related=None if truth is None else related(truth, window),
                weight=weight,
            )


def _answers(doc: Doc, one: Labelled) -> dict[str, NDArray[np.int64]]:
    answers = {one.guideline: _borders(doc, one.flat, HEADS[one.guideline])}
    if one.guideline == "kg":
        answers["nested"] = _borders(doc, one.nested, HEADS["nested"])
        answers["role"] = _roles(doc, [*one.nested, *one.flat])
        answers["number"] = _numbers(doc, one.gold)
    return answers


def _borders(doc: Doc, places: Iterable[Place], head: Head) -> NDArray[np.int64]:
    answers = np.zeros(len(doc), dtype=np.int64)
    for place in places:
        span = doc.char_span(place.start, place.end, alignment_mode="expand")
        if span is not None and f"B-{place.label}" in head.labels:
            answers[span.start] = head.labels.index(f"B-{place.label}")
            answers[span.start + 1 : span.end] = head.labels.index(f"I-{place.label}")
    return answers


def _roles(doc: Doc, places: Iterable[Place]) -> NDArray[np.int64]:
    answers = np.full(len(doc), IGNORED, dtype=np.int64)
    for place in places:
        span = doc.char_span(place.start, place.end, alignment_mode="expand")
        if span is not None and place.role:
            answers[span.start] = HEADS["role"].labels.index(place.role)
    return answers


def _numbers(doc: Doc, gold: Annotation | None) -> NDArray[np.int64]:
    """Say of each number what it measures; of the numbers of a text that nobody annotated, only that they are some."""
    answers = np.full(len(doc), IGNORED, dtype=np.int64)
    labels = HEADS["number"].labels
    numbers = read_numbers(doc.text)
    counted = [one.count for one in gold.sizes] if gold else []
    for number, result in zip(numbers, measured_by(gold.results if gold else (), numbers), strict=True):
        span = doc.char_span(number.start, number.end, alignment_mode="expand")
        if span is not None:
            size = "size" if number.value in counted else "none"
            answers[span.start] = labels.index(size if result is None else result.kind.value)
    return answers
