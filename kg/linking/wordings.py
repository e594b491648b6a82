"""What a name may say in other words, whatever paper uses it: another order, short forms spelled out, a paradigm."""

import re
from collections.abc import Iterator
from typing import Final

from kg.linking.names import Name, Use
from kg.linking.readings import spell_out
from kg.text import normal_form

__all__ = ["LITTLE_WORDS", "fuller_forms", "wordings"]

LITTLE_WORDS: Final = frozenset("a an and at by for from in of on or over the to under with".split())  # noqa: SIM905
_LEVEL: Final = re.compile(r"(?<=\w) level (?=\w)")
_PARADIGM: Final = re.compile(r"(.+) (?:supervision|supervised(?: learning)?)")
_ENDINGS: Final = ("supervised learning", "supervised", "supervision")


def wordings(name: Name) -> Iterator[tuple[str, str]]:
    """Yield the normal forms of what says the same as a name, and the rule by which it does."""
    if name.long:
        return
    turned = _turned(name)
    if turned:
        yield turned, "one name in another order"
    spelled_out = {_spelled_out(use) for use in name.uses} - {""}
    if len(spelled_out) == 1:
        yield spelled_out.pop(), "a short form in it spelled out"
    levelled = _LEVEL.sub(" ", name.form)
    if levelled != name.form:
        yield levelled, "a classifier of bags is one at the level of bags"
    paradigm = _PARADIGM.fullmatch(name.form)
    if paradigm:
        for ending in _ENDINGS:
            yield f"{paradigm[1]} {ending}", "supervised learning, supervised or supervision: one paradigm"


def fuller_forms(name: Name) -> set[str]:
    """The normal forms of the longer names that all papers which use a name have for it."""
    return set.intersection(*({*use.fuller} for use in name.uses)) if name.uses and not name.long else set()


def _turned(name: Name) -> str:
    """Turn "segmentation of organs" into "organ segmentation"."""
    what, of, whose = name.form.partition(" of ")
    is_plain = of and " of " in name.label and not LITTLE_WORDS & {*what.split(), *whose.split()}
    return f"{whose} {what}" if is_plain else ""


def _spelled_out(use: Use) -> str:
    """Spell out the short forms in a name; one that is a short form as a whole may mean something else elsewhere."""
    long_forms = dict(use.long_forms)
    form = normal_form(spell_out(use.name, long_forms))
    return "" if use.name in long_forms or form == normal_form(use.name) else form
