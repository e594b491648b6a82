"""The keys under which the names of a vocabulary are matched in running text, word by word."""

import re

from kg.text import split_words
from kg.vocabulary.keys import fold_word

__all__ = ["label_keys"]

_DASHES = re.compile(r"[-\u2010\u2011\u2013]")
_LETTERS_DIGITS = re.compile(r"(?<=[a-z][a-z]) ?(?=\d+\b)")


def label_keys(name: str) -> set[str]:
    """Make the keys of a name, each its folded words with spaces between.

    >>> sorted(label_keys("U-Net")), sorted(label_keys("ResNet-50"))
    (['u net', 'unet'], ['resnet 50', 'resnet50'])
    """
    key = " ".join(map(fold_word, split_words(name)))
    joined = " ".join(fold_word(_DASHES.sub("", part)) for part in name.split() if re.sub(r"\W", "", part))
    keys = {key, " ".join(map(fold_word, split_words(joined)))}
    return {form for one in keys for form in (one, _LETTERS_DIGITS.sub("", one), _LETTERS_DIGITS.sub(" ", one))} - {""}
