"""What a tagger said of a document, kept with it for the components behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.extraction.candidates import Candidate
from kg.extraction.judge import Judge
from kg.extraction.tagger.decoding import likelihood, stretches
from kg.extraction.tagger.labels import HEADS, WIDTH, softmax, unread
from kg.extraction.tagger.pairs import PAIR_WIDTH
from kg.records import Kind

__all__ = ["Reading", "reading_of", "set_reading"]

_KEY: Final = "kg_tagger"
_FLAT, _NESTED, _ROLE = HEADS["kg"], HEADS["nested"], HEADS["role"]
_BEGINS: Final = {kind: _FLAT.low + _FLAT.labels.index(f"B-{kind}") for kind in Kind}
_BEGINS_NESTED: Final = {
    kind: _NESTED.low + _NESTED.labels.index(f"B-{kind}") for kind in Kind if f"B-{kind}" in _NESTED.labels
}


@dataclass(frozen=True, eq=False)
class Reading:
    """What the network says of each token of a document.

    Attributes:
        probabilities: Tokens x `kg.extraction.tagger.labels.WIDTH`.
        vectors: Tokens x `kg.extraction.tagger.pairs.PAIR_WIDTH`.
    """

    probabilities: NDArray[np.float32]
    vectors: NDArray[np.float16]

    @classmethod
    def unread(cls, tokens: int) -> "Reading":
        """Make a reading in which every token is outside everything."""
        return cls(unread(tokens), np.zeros((tokens, PAIR_WIDTH), dtype=np.float16))

    def add(self, tokens: NDArray[np.int64], logits: NDArray[np.float32]) -> None:
        """Write down what the network says of some tokens: a row of logits for each, the labels' before the pairs'."""
        self.probabilities[tokens] = softmax(logits)
        self.vectors[tokens] = logits[:, WIDTH:]

    def flat(self) -> list[Candidate]:
        """The likeliest places that do not overlap."""
        return self._read(_FLAT.columns, _FLAT.labels)

    def nested(self) -> list[Candidate]:
        """The likeliest places that lie in others."""
        return self._read(_NESTED.columns, _NESTED.labels)

    def _read(self, columns: slice, labels: Sequence[str]) -> list[Candidate]:
        found = stretches(self.probabilities[:, columns], labels)
        return [Candidate(one.start, one.end, Kind(one.label), round(one.score, 2)) for one in found]

    def likelihood(self, start: int, end: int, kind: Kind) -> float:
        """How likely a concept of a kind is named by just these tokens."""
        return likelihood(self.probabilities, start, end, _BEGINS[kind])

    def nested_likelihood(self, start: int, end: int, kind: Kind) -> float:
        """How likely these tokens name a concept inside a longer name."""
        return likelihood(self.probabilities, start, end, _BEGINS_NESTED[kind]) if kind in _BEGINS_NESTED else 0.0

    def outside(self, start: int, end: int) -> float:
        """How likely tokens belong to no concept, on average."""
        return float(np.mean(self.probabilities[start:end, _FLAT.low]))

    def roles(self, starts: Sequence[int]) -> NDArray[np.float32]:
        """Probabilities of each role where mentions begin: mentions x roles."""
        return self.probabilities[list(starts), _ROLE.columns]


def set_reading(doc: Doc, reading: Reading, judge: Judge) -> None:
    """Keep a reading with its document, and what was measured of the tagger it comes from."""
    doc.user_data[_KEY] = reading, judge


def reading_of(doc: Doc) -> tuple[Reading, Judge] | None:
    """Give what a tagger said of the document, None where none has read it."""
    found: tuple[Reading, Judge] | None = doc.user_data.get(_KEY)
    return found
