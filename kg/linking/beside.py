"""Which names of one paper are one thing, called once in full and then with less."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import permutations
from typing import Final

from kg.linking.readings import spell_out
from kg.records import Entity, Kind, Role
from kg.text import normal_form

__all__ = ["fuller_names"]

_ROLES: Final = {Kind.METHOD: Role.PROPOSED, Kind.TASK: Role.ADDRESSED}
"""What a paper puts forward and what it is about: of these it seldom has two of nearly the same name."""

_OF_THE_FIELD: Final = frozenset({"biomedical", "data", "image", "imaging", "medical"})
_OF_ITS_MAKE: Final = frozenset("convolutional deep fully neural self semi supervised unsupervised weakly".split())  # noqa: SIM905
_LEFT_OUT: Final = _OF_THE_FIELD | _OF_ITS_MAKE
"""Words that a paper leaves out of a name once it has said them: of the whole field, or of how a method is made."""

_HOW: Final = frozenset({"aware", "based", "driven", "guided"})
"""Second halves of words in front of a name that say how a method works: "uncertainty-guided"."""

_PREPOSITIONS: Final = frozenset({"by", "for", "from", "in", "of", "on", "using", "via", "with"})
_FEWEST_WORDS: Final = 2


def fuller_names(entities: Iterable[Entity], long_forms: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Find the normal forms of the longer names that a paper has for an entity, by the entity's name.

    Args:
        entities: Of one paper.
        long_forms: What short forms stand for there (`kg.linking.readings.long_forms_of`).
    """
    beside: dict[Kind, list[tuple[str, list[str]]]] = defaultdict(list)
    for entity in entities:
        if entity.role is _ROLES.get(entity.type):
            words = normal_form(spell_out(entity.name, long_forms)).split()
            beside[entity.type].append((entity.name, words))
    found: dict[str, set[str]] = defaultdict(set)
    for kind, names in beside.items():
        for (name, words), (other, others) in permutations(names, 2):
            if _is_shorter(words, others, kind):
                found[name].add(normal_form(other))
    return {name: tuple(sorted(forms)) for name, forms in found.items()}


def _is_shorter(words: list[str], others: list[str], kind: Kind) -> bool:
    """Tell whether the one name is the other with less: "grounded reading", "grounded reading of images"."""
    if not _FEWEST_WORDS <= len(words) < len(others):
        return False
    adds_detail = others[: len(words)] == words and others[len(words)] in _PREPOSITIONS
    says_how = others[2:] == words and others[1] in _HOW
    return (kind is Kind.METHOD and (adds_detail or says_how)) or _leaves_out(words, others)


def _leaves_out(words: list[str], others: list[str]) -> bool:
    """Tell whether the one name is the other without words that say little, between its first and its last."""
    rest, left_out = iter(others), set[str]()
    for word in words:
        while (one := next(rest, None)) != word:
            if one is None:
                return False
            left_out.add(one)
    return words[0] == others[0] and words[-1] == others[-1] and next(rest, None) is None and left_out <= _LEFT_OUT
