"""What the tagger's outputs stand for: columns of one row of numbers a word, cut into heads."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.records import Kind, ResultKind, Role

__all__ = ["HEADS", "WIDTH", "Head", "softmax", "unread"]


class Head(NamedTuple):
    """Columns that answer one question.

    Attributes:
        guideline: The guideline the question is asked under.
        labels: What the columns stand for, in order.
        low: The first column.
    """

    guideline: str
    labels: tuple[str, ...]
    low: int

    @property
    def columns(self) -> slice:
        """Its columns."""
        return slice(self.low, self.low + len(self.labels))

    def places(self, border: str) -> list[int]:
        """Columns of the labels with a border, ``B`` or ``I``."""
        return [self.low + at for at, label in enumerate(self.labels) if label.startswith(f"{border}-")]


def _borders(*kinds: str) -> tuple[str, ...]:
    """Name the labels of a flat reading after the BIO scheme (Ramshaw and Marcus 1995): outside comes first."""
    return ("O", *(f"{border}-{kind}" for kind in kinds for border in "BI"))


_QUESTIONS: Final = {
    "kg": ("kg", _borders(*Kind)),
    "nested": ("kg", _borders(Kind.MODALITY, Kind.DISEASE, Kind.ANATOMY)),
    "role": ("kg", tuple(Role)),
    "number": ("kg", ("none", *ResultKind, "size")),
    "ncbi-disease": ("ncbi-disease", _borders("Disease")),
    "bc5cdr": ("bc5cdr", _borders("Disease", "Chemical")),
    "tdmsci": ("tdmsci", _borders("TASK", "DATASET", "METRIC")),
    "scirex-abstracts": ("scirex-abstracts", _borders("Method", "Task", "Metric", "Material")),
}


def _heads() -> dict[str, Head]:
    heads, low = {}, 0
    for name, (guideline, labels) in _QUESTIONS.items():
        heads[name] = Head(guideline, labels, low)
        low += len(labels)
    return heads


HEADS: Final = _heads()
"""Heads by name: the flat reading of each guideline; of ours also what lies nested in it, the role of what begins
at a word, and what a number measures."""


def unread(tokens: int) -> NDArray[np.float32]:
    """Make a table of probabilities, tokens x `WIDTH`, in which every token is outside everything."""
    table = np.zeros((tokens, WIDTH), dtype=np.float32)
    for head in HEADS.values():
        table[:, head.low] = 1
    return table


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn logits into probabilities of two decimals, words x `WIDTH`: those of each head sum to about one.

    What is decided on them is then the same where sums differ in their last digits. Columns behind are left out.
    """
    table = np.empty((len(logits), WIDTH), dtype=np.float32)
    for head in HEADS.values():
        part = np.exp(logits[:, head.columns] - logits[:, head.columns].max(axis=1, keepdims=True))
        table[:, head.columns] = part / part.sum(axis=1, keepdims=True)
    return table.round(2)


WIDTH: Final = sum(len(head.labels) for head in HEADS.values())
"""Columns in all."""
