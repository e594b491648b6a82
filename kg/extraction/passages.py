"""Where in the argument a mention stands: title, background, or the paper's own work."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from spacy.tokens import Doc

from kg.records import Interval

__all__ = ["Part", "Passages", "passages_of"]

_OWN = re.compile(
    r"\b(?:we|our|here|this (?:paper|work|study|article|research|survey|review|thesis|report|challenge)|"
    r"(?:is|are) proposed|the proposed)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:compar\w+|outperform\w*|surpass\w*|than|over|baselines?|versus|vs|superior|exceed\w*|against|"
    r"state-of-the-art|competing|counterparts?)\b",
    re.IGNORECASE,
)

_TAKEN = re.compile(
    r"\b(?:us(?:e[sd]?|ing)|employ\w*|adopt\w*|appl(?:y|ied|ies)|utili[sz]\w*|leverag\w*|based on|built on|"
    r"pre-?trained|fine-?tun\w*|inspired by|such as|including|e\.g|like|various|several|existing|different)\b"
    r"[^.;:]{0,60}$",
    re.IGNORECASE,
)
_TAKEN_REACH = 80


class Part(Enum):
    """The parts of a title with abstract."""

    TITLE = "title"
    BACKGROUND = "background"
    OWN = "own"


@dataclass(frozen=True)
class Passages:
    """The sentences of a text.

    Attributes:
        text: All of it; spaCy would build it anew each time.
        starts: Where each sentence starts; the first is the title.
    """

    text: str
    starts: tuple[int, ...]

    @cached_property
    def own(self) -> int:
        """The number of the first sentence that speaks of the paper's own work."""
        return next((at for at in range(1, len(self.starts)) if _OWN.search(self.sentence(at))), len(self.starts))

    @property
    def has_own(self) -> bool:
        """Whether some sentence speaks of the paper's own work; where none does, background cannot be told from it."""
        return self.own < len(self.starts)

    def sentence(self, number: int) -> str:
        """The text of a sentence."""
        return self.text[slice(*self.bounds(number))]

    def bounds(self, number: int) -> Interval:
        """Where a sentence stands, without the white space around it."""
        start = self.starts[number]
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return start, start + len(self.text[start:end].rstrip())

    def number(self, mention: Interval) -> int:
        """The number of the sentence that a mention starts in."""
        return bisect_right(self.starts, mention[0]) - 1

    def part(self, mention: Interval) -> Part:
        """The part that a mention stands in."""
        number = self.number(mention)
        if number == 0:
            return Part.TITLE
        return Part.OWN if number >= self.own else Part.BACKGROUND

    def is_compared(self, mention: Interval) -> bool:
        """Tell whether a word of comparison stands before the mention in its sentence."""
        return mention[0] >= self._compared_from[self.number(mention)]

    @cached_property
    def _compared_from(self) -> tuple[int, ...]:
        """Where in each sentence its first word of comparison ends; behind the sentence where there is none."""
        found = (_COMPARED.search(self.text, *self.bounds(at)) for at in range(len(self.starts)))
        return tuple(one.end() if one else len(self.text) + 1 for one in found)

    def is_taken(self, mention: Interval) -> bool:
        """Tell whether words such as "using" or "based on" stand not far before the mention in its sentence."""
        start = max(self.starts[self.number(mention)], mention[0] - _TAKEN_REACH)
        return bool(_TAKEN.search(self.text[start : mention[0]]))


def passages_of(doc: Doc) -> Passages:
    """Give the passages of a document whose sentences are marked; made once for a document."""
    cached: Passages | None = doc.user_data.get("kg_passages")
    if cached is None:
        starts = tuple(token.idx for token in doc if token.is_sent_start)
        cached = doc.user_data["kg_passages"] = Passages(doc.text, starts)
    return cached
