"""A row of the ledger: that a name stands for a concept, or does not; why, how sure, and by whom.

The slots are those of SSSOM (https://mapping-commons.github.io/sssom/), as far as `kg` reads and writes them.
"""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Decision", "Justification", "Match", "Row"]


class Match(StrEnum):
    """What a row says of its two ends: one concept, or the second is the broader."""

    EXACT = "exactMatch"
    BROAD = "broadMatch"


class Justification(StrEnum):
    """How a row came about (https://mapping-commons.github.io/semantic-mapping-vocabulary/)."""

    LEXICAL = "LexicalMatching"
    SIMILAR = "LexicalSimilarityThresholdMatching"
    MANUAL = "ManualMappingCuration"


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """A link or a merge.

    Attributes:
        subject: IRI of a name or concept.
        object: IRI of the name or concept it is, or that is broader.
        negated: The row says that it is not so.
        confidence: Between 0 and 1, two decimals.
        author: Who decided; empty for a rule.
        comment: The rule's name, or a person's words.
    """

    subject: str
    object: str
    match: Match = Match.EXACT
    negated: bool = False
    subject_label: str = ""
    object_label: str = ""
    justification: str = Justification.LEXICAL
    confidence: float = 1.0
    author: str = ""
    comment: str = ""

    @property
    def claim(self) -> tuple[str, str, Match, bool]:
        """What is said, without why, how sure, and by whom."""
        return self.subject, self.object, self.match, self.negated

    @property
    def called(self) -> tuple[str, str]:
        """Both ends by label, or by IRI where they have none."""
        return self.subject_label or f"<{self.subject}>", self.object_label or f"<{self.object}>"


@dataclass(frozen=True, slots=True)
class Decision:
    """A row that a person wrote.

    Attributes:
        place: ``file:line``, for messages.
        line: Where its row begins in the file, counted from 1; 0 for one that stands in none.
        settled: The graph was built with it before: it stays good when the papers it speaks of are gone.
    """

    row: Row
    place: str
    line: int = 0
    settled: bool = False
