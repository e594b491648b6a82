"""Which name of a paper is short for which other, where the reader of its text has not joined the two."""

from typing import Final

from kg.records import Entity, Role
from kg.spelling import abbreviates, letters_of, words_of
from kg.text import is_acronym, normal_form

__all__ = ["has_letters", "is_short_for"]

_OWN: Final = frozenset({Role.PROPOSED, Role.INTRODUCED})
_BETWEEN: Final = 2
"""Characters between two names of which one defines the other: "Long Form (Short", "Short: Long Form"."""
_FEWEST_LETTERS: Final = 3


def is_short_for(entity: Entity, other: Entity) -> bool:
    """Tell whether a name is that of another entity of its paper, shortened.

    Initials tell of any acronym. Of what the paper itself puts forward less will do, for few papers propose two things
    of which one has the other's letters.

    >>> def method(name: str, start: int = 0) -> Entity:
    ...     mentions = ((start, start + len(name)),)
    ...     return Entity("Method", name, (name,), Role.PROPOSED, mentions)
    >>> is_short_for(method("QLR"), method("quiet lake routing"))
    True
    >>> is_short_for(method("QLR"), method("Quiet Multi-Lake Routing"))
    True
    >>> is_short_for(method("Brookformer"), method("Brook Transformer", start=13))
    True
    >>> is_short_for(method("Brookformer"), method("Brook Transformer", start=300))
    False
    """
    short, long = normal_form(entity.name), normal_form(other.name)
    if entity.type is not other.type or " " in entity.name or " " not in other.name or _holds(long, short):
        return False
    if is_acronym(entity.name) and _has_initials(short, other.name):
        return True
    if not entity.role is other.role in _OWN or entity.name.islower() or entity.name.endswith("+"):
        return False
    if _stand_together(entity, other) and abbreviates(short, long):
        return True
    return is_acronym(entity.name) and (has_letters(short, long) or _has_initials_but_one(short, other.name))


def has_letters(short: str, long: str) -> bool:
    """Tell whether each word gives its first letter, and maybe more, to a short form: "DGS" is DiGeorge syndrome."""
    letters = [char for char in short.removesuffix("s").casefold() if char.isalnum()]
    words = normal_form(long).split()
    if not letters or len(words) < 2:  # noqa: PLR2004 - one word is no long form
        return False
    reached = {(0, 0)} if words[0].startswith(letters[0]) else set()  # word, and letter in it
    for letter in letters[1:]:
        within = {
            (at, place)
            for at, last in reached
            for place in range(last + 1, len(words[at]))
            if words[at][place] == letter
        }
        following = {at + 1 for at, _ in reached if at + 1 < len(words)}
        reached = within | {(at, 0) for at in following if words[at].startswith(letter)}
    return any(at == len(words) - 1 for at, _ in reached)


def _holds(long: str, short: str) -> bool:
    """Tell whether a name is another with more to it: "Alder-AID", "Alder"."""
    return letters_of(words_of(short)) in letters_of(words_of(long))


def _has_initials(short: str, name: str) -> bool:
    words = words_of(name)
    return len(words) > 1 and len(words) == len(short) and all(map(str.startswith, words, short))


def _has_initials_but_one(short: str, name: str) -> bool:
    """Tell whether a short form has the first letters of all words but one between the first and the last."""
    initials = "".join(word[0] for word in words_of(name))
    left_out = {initials[:at] + initials[at + 1 :] for at in range(1, len(initials) - 1)}
    return len(short) >= _FEWEST_LETTERS and short in left_out


def _stand_together(entity: Entity, other: Entity) -> bool:
    return any(_BETWEEN in {b[0] - a[1], a[0] - b[1]} for a in entity.mentions for b in other.mentions)
