"""When two names count as one, and which entity of one record is which of another.

`kg.text.normal_form` joins more spellings than these do: a measure must stay what it was when linking gets better.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.records import Entity

__all__ = ["EXACT", "LENIENT", "Forms", "folded", "forms_of", "likeness", "matched"]

EXACT = 1.0
LENIENT = 0.5
"""Half of the words in common: an error at the bounds of a name is forgiven."""

Forms = frozenset[frozenset[str]]
"""The words of each way in which an entity is named; their order does not count."""

_GAP = re.compile(r"[\s\-\u2010-\u2015_/]+")
_EDGE = " .,;:()[]\"'"
_ARTICLES = frozenset({"the", "a", "an", "our"})
_SHORTEST_PLURAL = 4


@lru_cache(maxsize=1 << 16)
def folded(name: str) -> str:
    """Fold case, dashes, an article in front, and the plural s of each word.

    >>> folded("The Chest X-rays"), folded("chest x ray."), folded("loss analysis")
    ('chest x ray', 'chest x ray', 'loss analysis')
    """
    words = _GAP.sub(" ", name.casefold()).strip(_EDGE).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        del words[0]
    return " ".join(map(_singular, words))


def _singular(word: str) -> str:
    is_plural = len(word) >= _SHORTEST_PLURAL and word[-1] == "s" and word[-2] not in "sui"
    return word[:-1] if is_plural else word


def forms_of(entity: Entity) -> Forms:
    """The folded words of an entity's name and of each surface, without those of which nothing is left."""
    return frozenset(frozenset(folded(name).split()) for name in (entity.name, *entity.surfaces)) - {frozenset()}


def likeness(one: Forms, other: Forms) -> float:
    """The share of words that the two most similar forms have in common, from 0 to 1.

    >>> likeness(frozenset({frozenset({"lung", "ct"})}), frozenset({frozenset({"ct"}), frozenset({"mri"})}))
    0.5
    """
    if one & other:
        return EXACT
    return max((len(mine & theirs) / len(mine | theirs) for mine in one for theirs in other), default=0.0)


def matched(predicted: Sequence[Entity], gold: Sequence[Entity], least: float) -> dict[int, int]:
    """Pair entities of one kind, each at most once, the most alike first and equals in the order given.

    Returns:
        For the index of each predicted entity that has a partner, the index of that in the gold.
    """
    golds = [(index, entity.type, forms_of(entity)) for index, entity in enumerate(gold)]
    pairs = []
    for mine, entity in enumerate(predicted):
        forms = forms_of(entity)
        alike = ((likeness(forms, theirs), index) for index, kind, theirs in golds if kind is entity.type)
        pairs += [(-score, mine, index) for score, index in alike if score >= least]
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for _, mine, index in sorted(pairs):
        if mine not in partners and index not in taken:
            partners[mine] = index
            taken.add(index)
    return partners
