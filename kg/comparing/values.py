"""What there is to say of a difference between two graphs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Cause", "Change", "Facts", "Part", "Reason", "Way"]

Facts = Mapping[str, tuple[str, ...]]
"""What is told of something: the values by the name of the fact, in order."""


class Part(StrEnum):
    """What two graphs are compared by."""

    PAPERS = "papers"
    CONCEPTS = "concepts"
    CLAIMS = "claims"
    RESULTS = "results"


class Way(StrEnum):
    """What became of something."""

    CAME = "came"
    WENT = "went"
    CHANGED = "changed"


class Cause(StrEnum):
    """Why something differs, in words that people read."""

    NEW_PAPER = "new paper"
    REMOVED = "paper removed"
    RETRACTED = "paper retracted"
    REINSTATED = "retraction taken back"
    PAPER_CHANGED = "paper changed"
    NEW_DECISION = "new decision"
    OLD_DECISION = "decision taken back"
    MODEL = "new model"
    CONFIGURATION = "new configuration"
    VOCABULARY = "new vocabulary"
    VERSION = "new version of kg"
    OTHERWISE = "read or linked otherwise"


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """Why something differs.

    Attributes:
        paper: IRI of the paper it comes from; empty where it is none's.
        told: What a person gave as the reason of a retraction or a decision; empty where nothing is told.
    """

    cause: Cause
    paper: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        iris: Of what differs: ``paper``; ``concept``; ``subject``, ``predicate`` and ``object``; ``result`` and
            ``paper``.
        name: For people.
        before: What was told of it; of what changed, only what is told otherwise now.
        after: What is told of it, likewise.
        reasons: In order, each once.
    """

    part: Part
    way: Way
    iris: Mapping[str, str]
    name: str
    before: Facts
    after: Facts
    reasons: tuple[Reason, ...]
