"""Runs of words between spaces, "U-Net", "contrast-enhanced": what phrases are grown from."""

import re
from typing import Final, NamedTuple

from spacy.tokens import Doc

from kg.extraction.tokens import is_word, plain_words
from kg.extraction.words import BOUNDARY, word_set
from kg.text import singular
from kg.vocabulary.keys import fold_word

__all__ = ["Unit", "grow_left", "grow_right", "is_boundary", "units_of"]

_HYPHENS: Final = frozenset("-\u2010\u2011")
_NUMBER = re.compile(r"\d[\d.,]*%?")
_DESCRIPTIVE: Final = word_set(
    """state-of-the-art end-to-end real-world large-scale small-scale high-quality low-quality well-known easy-to-use
    plug-and-play cost-effective time-consuming multi-center multi-centre multi-institutional single-center in-house
    data-driven widely-used cutting-edge publicly-available high-performance real-time well-established open-source
    """
)
_DESCRIBING: Final = ("-based", "-driven", "-assisted", "-powered", "-trained", "-related", "-level")
_CLOSED: Final = frozenset({("deep", "learning"), ("machine", "learning"), ("artificial", "intelligence")})
"""Names that take no modifier: "surgical deep learning" is deep learning."""

_MOST_MODIFIERS = 5


class Unit(NamedTuple):
    """A word, words joined by hyphens, or a sign; ``text`` as it stands, ``low`` in lower case."""

    start: int
    end: int
    text: str
    low: str
    word: bool
    starts_sentence: bool

    @property
    def folded(self) -> list[str]:
        """Its words as the lexicon folds them."""
        return [fold_word(word) for word in self.low.split("-") if word]

    @property
    def head(self) -> str:
        """The last word without plural s: what "self-attentions" is about."""
        return singular(self.low.rsplit("-", 1)[-1])


def units_of(doc: Doc) -> list[Unit]:
    """Cut a document into units, white space left out; made once for a document."""
    cached: list[Unit] | None = doc.user_data.get("kg_units")
    if cached is None:
        cached = doc.user_data["kg_units"] = _units(doc)
    return cached


def _units(doc: Doc) -> list[Unit]:
    words = plain_words(doc)
    spaced = [bool(token.whitespace_) for token in doc]
    opens = [bool(token.is_sent_start) for token in doc]
    found, start = [], 0
    while start < len(words):
        end = start + 1
        if words[start].isspace():
            start = end
            continue
        word = is_word(words[start])
        while word and _joins(words, spaced, end):
            end += 2
        text = "".join("-" if one in _HYPHENS else one for one in words[start:end])
        found.append(Unit(start, end, text, text.lower(), word, opens[start]))
        start = end
    return found


def _joins(words: list[str], spaced: list[bool], end: int) -> bool:
    """Tell whether a hyphen and one more word follow without a space."""
    return (
        end + 1 < len(words)
        and words[end] in _HYPHENS
        and not spaced[end - 1]
        and not spaced[end]
        and is_word(words[end + 1])
    )


def is_boundary(unit: Unit) -> bool:
    """Tell whether no name goes on over this unit: signs, numbers, function words, verbs, words of praise."""
    if not unit.word or unit.low in BOUNDARY or unit.low in _DESCRIPTIVE or _NUMBER.fullmatch(unit.low):
        return True
    return unit.low.endswith(_DESCRIBING) or (unit.low.endswith("ly") and unit.text.islower())


def grow_left(units: list[Unit], index: int, allowed: frozenset[str] | None = None) -> int:
    """Take the modifiers before a head into the phrase; returns the index of its first unit.

    With ``allowed``, a set of folded words, no other word is taken.
    """
    first = index
    while first > 0 and index - first < _MOST_MODIFIERS and not units[first].starts_sentence:
        before = units[first - 1]
        if (before.low, units[first].head) in _CLOSED:
            return first - 1
        if is_boundary(before) or (allowed is not None and not allowed.issuperset(before.folded)):
            break
        first -= 1
    return first


def grow_right(units: list[Unit], index: int) -> int:
    """Take all that a name can hold from ``index`` on; returns the index behind its last unit."""
    last = index
    while last < len(units) and last - index <= _MOST_MODIFIERS and not is_boundary(units[last]):
        if last > index and units[last].starts_sentence:
            break
        last += 1
    return last
