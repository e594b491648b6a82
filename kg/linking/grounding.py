"""Which concept of the vocabularies an entity is; none is an answer.

The type is a constraint: no look-up leaves the entity's kind. What the paper spells out decides: an acronym counts for
its long form, and alone only where there is none, or where it agrees with it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kg.linking.approximate import approximate
from kg.records import Entity, Kind
from kg.text import is_acronym
from kg.vocabulary import Term, Vocabulary
from kg.vocabulary.keys import Keys, keys_of

__all__ = ["Grounding", "Step", "ground", "long_forms_of"]


class Step(StrEnum):
    """How the name of an entity met the name of a term, the surest first."""

    EXACT = "exact"
    NORMALISED = "normalised"
    REORDERED = "reordered"
    REWORDED = "reworded"
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


_STEPS: Final = Keys(Step.EXACT, Step.NORMALISED, Step.NORMALISED, Step.REORDERED, Step.REWORDED, Step.REWORDED)
"""Which step each key of a name is."""
_SCORES: Final = {
    Step.EXACT: 1.0,
    Step.NORMALISED: 0.95,
    Step.REORDERED: 0.9,
    Step.REWORDED: 0.85,
    Step.ABBREVIATION: 0.9,
    Step.APPROXIMATE: 0.75,
}
_SPOKEN: Final = frozenset({Kind.DISEASE, Kind.ANATOMY})
"""Kinds whose names are phrases of the language; those of others are made up, and word order tells them apart."""
_WORD = re.compile(r"[^\W_][\w\-+/.&]*\w|\w")
_BRACKET = re.compile(r" \(([^\s()]+)\)")
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def ground(entity: Entity, vocabulary: Vocabulary, long_forms: Mapping[str, str] = _NOTHING) -> Grounding | None:
    """Find the term of the vocabulary that an entity is.

    Args:
        long_forms: What the paper's short forms stand for, those of other entities too.
    """
    readings = list(dict.fromkeys(_readings(entity, long_forms)))
    for name, spelled_out in readings:
        found = _by_keys(entity.type, name, vocabulary)
        if found:
            step = Step.ABBREVIATION if spelled_out else found.step
            return Grounding(found.term, step, min(found.score, _SCORES[step]))
    if entity.type in _SPOKEN:
        for name, _ in readings:
            term = approximate(entity.type, name, vocabulary)
            if term:
                return Grounding(term, Step.APPROXIMATE, _SCORES[Step.APPROXIMATE])
    return None


def long_forms_of(entities: Iterable[Entity]) -> dict[str, str]:
    """Tell what the acronyms of a paper's entities stand for: the longest name that is none."""
    found: dict[str, str] = {}
    for entity in entities:
        names = [one for one in entity.surfaces if not is_acronym(one)]
        if names:
            long = min(names, key=lambda one: (-len(one), one))
            found.update((one, long) for one in entity.surfaces if is_acronym(one))
    return found


def _readings(entity: Entity, long_forms: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield what the entity's name says, the fullest first, and whether a short form was spelled out for it."""
    names = [one for one in entity.surfaces if not is_acronym(one)]
    spelled_out = _spell_out(entity.name, long_forms)
    own = is_acronym(entity.name)
    if spelled_out != entity.name:
        yield spelled_out, True
    if not own:
        yield entity.name, False
    for name in sorted(names, key=lambda one: (-len(one), one)):
        yield _spell_out(name, long_forms), own
    if own and not names and spelled_out == entity.name:
        yield entity.name, False


def _spell_out(name: str, long_forms: Mapping[str, str]) -> str:
    """Put long forms in the place of short ones; one that stands in brackets behind its long form goes."""
    name = _BRACKET.sub(lambda bracket: "" if is_acronym(bracket[1]) else bracket[0], name)
    return _WORD.sub(lambda word: long_forms.get(word[0], word[0]), name)


def _by_keys(kind: Kind, name: str, vocabulary: Vocabulary) -> Grounding | None:
    for rank, (key, step) in enumerate(zip(keys_of(name), _STEPS, strict=True)):
        if kind not in _SPOKEN and step in {Step.REORDERED, Step.REWORDED}:
            return None
        terms = vocabulary.find_key(kind, key) if key else ()
        term = _meant(terms, key, rank, vocabulary)
        if terms:
            return Grounding(term, Step(step), _SCORES[Step(step)]) if term else None
    return None


def _meant(terms: tuple[Term, ...], key: str, rank: int, vocabulary: Vocabulary) -> Term | None:
    """Choose among terms that share a key: the one it labels, else the one above all others, else none."""
    if len(terms) < 2:  # noqa: PLR2004 - nothing to choose
        return next(iter(terms), None)
    labelled = [term for term in terms if key in keys_of(term.label)[: rank + 1]]
    if len(labelled) == 1:
        return labelled[0]
    above = [
        one
        for one in terms
        if all(one.iri in vocabulary.ancestors(other.iri) for other in terms if other.iri != one.iri)
    ]
    return above[0] if above else None
