"""Which concept of the vocabularies an entity is; none is an answer.

The type is a constraint: no look-up leaves the entity's kind. What the paper spells out decides: an acronym is looked
up by its long form, and by itself only where the paper has none.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kg.linking.approximate import approximate
from kg.linking.names import Use
from kg.linking.readings import readings
from kg.records import ROLES, Entity, Kind
from kg.vocabulary import Term, Vocabulary
from kg.vocabulary.keys import Keys, keys_of

__all__ = ["Grounding", "Step", "agreed", "ground", "ground_use"]


class Step(StrEnum):
    """How the name of an entity met the name of a term, the surest first."""

    EXACT = "exact"
    NORMALISED = "normalised"
    ABBREVIATION = "abbreviation"
    REORDERED = "reordered"
    REWORDED = "reworded"
    AMBIGUOUS = "ambiguous"
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


_STEPS: Final = (Step.EXACT, Step.NORMALISED, Step.NORMALISED, Step.REORDERED, Step.REWORDED, Step.REWORDED)
"""What it is to meet in each of the keys of a name."""
_SCORES: Final = {
    Step.EXACT: 1.0,
    Step.NORMALISED: 0.95,
    Step.ABBREVIATION: 0.95,
    Step.REORDERED: 0.9,
    Step.REWORDED: 0.85,
    Step.AMBIGUOUS: 0.75,
    Step.APPROXIMATE: 0.7,
}
_LOOSEST: Final = {
    Kind.DISEASE: Keys._fields.index("bare"),
    Kind.ANATOMY: Keys._fields.index("alike"),
    Kind.TASK: Keys._fields.index("reordered"),
    Kind.MODALITY: Keys._fields.index("reordered"),
    Kind.METHOD: Keys._fields.index("reordered"),
    Kind.METRIC: Keys._fields.index("joined"),
    Kind.DATASET: Keys._fields.index("joined"),
}
"""The last key that may join names of a kind.

Of the 1,034 texts of the training corpora, 78 pairs of names for one task, modality or method differ in word order
alone, and none of two that annotators keep apart; of metrics 5 do, and "frames per second" is no "seconds per frame".
"""
_MISSPELT: Final = frozenset({Kind.DISEASE, Kind.ANATOMY})
"""Kinds whose names are words of the language: one letter tells methods and datasets apart."""
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


def ground(entity: Entity, vocabulary: Vocabulary, long_forms: Mapping[str, str] = _NONE) -> Grounding | None:
    """Find the term of the vocabulary that an entity is.

    Args:
        entity: With all that its paper calls it.
        vocabulary: Where to look.
        long_forms: What short forms stand for in the paper (`kg.linking.readings.long_forms_of`).
    """
    names = readings(entity, long_forms)
    for name, spelled_out in names.items():
        found = _by_keys(entity.type, name, vocabulary)
        if found:
            return _spelled_out(found) if spelled_out else found
    for name in names:
        term = vocabulary.find_ambiguous(entity.type, name)
        if term:
            return _grounding(term, Step.AMBIGUOUS)
    if entity.type in _MISSPELT:
        for name in names:
            term = approximate(entity.type, name, vocabulary)
            if term:
                return _grounding(term, Step.APPROXIMATE)
    return None


def ground_use(kind: Kind, use: Use, vocabulary: Vocabulary) -> Grounding | None:
    """Find the term of the vocabulary that a paper means by a name."""
    return ground(Entity(kind, use.name, use.surfaces, ROLES[kind][-1]), vocabulary, dict(use.long_forms))


def agreed(found: Iterable[tuple[Grounding, int]]) -> Grounding | None:
    """What most papers that use a name mean by it, then the surest; a name stands for one concept at most.

    Args:
        found: What a use of the name means, and the number of papers that use it so.
    """
    votes: dict[str, list[Grounding]] = {}
    papers: Counter[str] = Counter()
    for one, count in found:
        votes.setdefault(one.term.iri, []).append(one)
        papers[one.term.iri] += count
    if not votes:
        return None
    best = min(votes, key=lambda iri: (-papers[iri], -max(one.score for one in votes[iri]), iri))
    return max(votes[best], key=lambda one: (one.score, one.step))


def _grounding(term: Term, step: Step) -> Grounding:
    return Grounding(term, step, _SCORES[step])


def _spelled_out(found: Grounding) -> Grounding:
    return Grounding(found.term, Step.ABBREVIATION, min(found.score, _SCORES[Step.ABBREVIATION]))


def _by_keys(kind: Kind, name: str, vocabulary: Vocabulary) -> Grounding | None:
    """Look a name up by one key after another; the first that any term has decides."""
    keys = keys_of(name)
    for rank, key in enumerate(keys[: _LOOSEST[kind] + 1]):
        limit = _LOOSEST[kind] - (key == keys.bare != keys.alike)  # of "X disease" and "X syndrome" both heads count
        terms = [term for term in vocabulary.find_key(kind, key) if _rank(term, key) <= limit] if key else []
        if terms:
            term = _meant(terms, keys[: rank + 1], vocabulary)
            return _grounding(term, _STEPS[max(rank, _rank(term, key))]) if term else None
    return None


def _rank(term: Term, key: str) -> int:
    """Tell how loose a key of a term is; one of a name that only another vocabulary gives it counts as exact."""
    return min((keys.index(key) for keys in map(keys_of, term.names) if key in keys), default=0)


def _meant(terms: list[Term], keys: tuple[str, ...], vocabulary: Vocabulary) -> Term | None:
    """Choose among terms that share a key: the one it labels, else the one above all others, else none."""
    labelled = [term for term in terms if keys[-1] in keys_of(term.label)[: len(keys)]]
    if len(labelled) == 1 or len(terms) == 1:
        return (labelled or terms)[0]
    above = [one for one in terms if all(one is other or _is_above(one, other, vocabulary) for other in terms)]
    return above[0] if above else None


def _is_above(one: Term, other: Term, vocabulary: Vocabulary) -> bool:
    return one.iri in vocabulary.ancestors(other.iri)
