"""Which concept of the vocabularies an entity is; none is an answer."""

from dataclasses import dataclass
from enum import StrEnum

from kg.records import Entity
from kg.text import is_acronym
from kg.vocabulary import Term, Vocabulary

__all__ = ["Grounding", "Step", "ground"]


class Step(StrEnum):
    """How the name of an entity met the name of a term, the surest first."""

    EXACT = "exact"
    NORMALISED = "normalised"
    REORDERED = "reordered"
    ABBREVIATION = "abbreviation"
    APPROXIMATE = "approximate"


@dataclass(frozen=True, slots=True)
class Grounding:
    """The term an entity is, and why.

    Attributes:
        step: The rule that found it.
        score: How sure, between 0 and 1, two decimals.
    """

    term: Term
    step: Step
    score: float


def ground(entity: Entity, vocabulary: Vocabulary) -> Grounding | None:
    """The vocabulary's concept for a name, else for one of its long forms; acronyms alone do not decide."""
    long_forms = sorted((one for one in entity.surfaces if not is_acronym(one)), key=lambda one: (-len(one), one))
    for name in (entity.name, *long_forms):
        term = vocabulary.find(entity.type, name)
        if term is not None:
            step = Step.EXACT if name == entity.name else Step.ABBREVIATION
            return Grounding(term, step, 1.0)
    return None
