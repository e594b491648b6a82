"""The keys of a name: the forms it shares with the other spellings of the same name, from exact to loose."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from kg.text import normal_form, singular

__all__ = ["fold_word", "keys_of"]

_ACRONYM_PLURAL = re.compile(r"(?<![A-Z0-9])([A-Z][A-Z0-9]+)s$")
_GREEK_PLURAL = re.compile(r"(?<=[a-z]{3})(os|tas|lys|thes)es$")
_SPELLINGS: Final = (
    (re.compile("tumour"), "tumor"),
    (re.compile("haem(?=o|a)"), "hem"),
    (re.compile("oedema"), "edema"),
    (re.compile("oesoph"), "esoph"),
    (re.compile("(?<=[a-z]{3})isation$"), "ization"),
    (re.compile("^fibre$"), "fiber"),
)


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """Fold accents, case, plural and British spelling of one word.

    >>> [fold_word(word) for word in ("Tumours", "metastases", "WSIs", "diagnosis")]
    ['tumor', 'metastasis', 'wsi', 'diagnosis']
    """
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word.replace("\u2019", "'"))
        word = "".join(char for char in decomposed if not unicodedata.combining(char))
    word = _ACRONYM_PLURAL.sub(r"\1", word)
    word = singular(_GREEK_PLURAL.sub(r"\1is", word.casefold()))
    for spelling, ours in _SPELLINGS:
        word = spelling.sub(ours, word)
    return word


def keys_of(name: str) -> tuple[str, ...]:
    """Make the keys of a name, the most exact first."""
    return (normal_form(name),)
