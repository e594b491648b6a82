"""What makes two strings spellings of one name, whether in one text or across papers: letters, heads, initials."""

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["CLAUSE_END", "GENERIC_HEADS", "HEADS", "abbreviates", "letters_of", "long_form_start", "words_of"]

GENERIC_HEADS: Final = frozenset(
    """algorithm approach architecture baseline benchmark challenge cohort dataset framework function mechanism method
    methodology model paradigm pipeline procedure protocol scheme solution strategy system technique tool toolkit
    variant
    """.split()  # noqa: SIM905 - a list of words reads as one
)
HEADS: Final = GENERIC_HEADS | {"module", "network"}
"""Words a name may have at its end or do without: "Alder" is the "Alder network"."""

_GAPS: Final = re.compile(r"[\s\-\u2010-\u2015/]+")
CLAUSE_END: Final = re.compile(r"[.;:!?]\s|\n|[()]")


def words_of(name: str) -> list[str]:
    """The words of a name, case folded, without the hyphens between.

    >>> words_of("ORF-Net v2")
    ['orf', 'net', 'v2']
    """
    return [word for word in _GAPS.split(name.casefold()) if word]


def letters_of(words: Sequence[str]) -> str:
    """Write words without gaps, but for one between two digits.

    >>> letters_of(["orf", "net", "v2"]), letters_of(["isic", "2018", "19"])
    ('orfnetv2', 'isic2018 19')
    """
    return re.sub(r"(?<!\d) | (?!\d)", "", " ".join(words))


def abbreviates(short: str, long: str) -> bool:
    """Tell whether a short form can stand for a long one.

    What holds the short form itself is not what it stands for.

    >>> abbreviates("MRI", "magnetic resonance imaging"), abbreviates("CT", "CT scans"), abbreviates("CT", "cat")
    (True, False, False)
    """
    longer = letters_of(words_of(long))
    return " " in long and letters_of(words_of(short)) not in longer and long_form_start(long, short) == 0


def long_form_start(text: str, short: str) -> int | None:
    """Find the start of the long form that ends where a text ends.

    From the right, each letter of the short form is sought in the text; the first must begin a word. After Schwartz
    and Hearst (https://psb.stanford.edu/psb-online/proceedings/psb03/schwartz.pdf).
    """
    letters = [char for char in short.lower() if char.isalpha()]
    breaks = [stop.end() for stop in CLAUSE_END.finditer(text)]
    low, place = (breaks[-1] if breaks else 0), len(text)
    for index in range(len(letters) - 1, -1, -1):
        place -= 1
        while place >= low and not _fits(text, place, letters[index], begins_word=index == 0):
            place -= 1
        if place < low:
            return None
    start = max(text.rfind(" ", low, place) + 1, low)
    words = text[start:].split()
    return start if len(words) <= min(len(letters) + 5, len(letters) * 2) and len(text) - start > len(short) else None


def _fits(text: str, place: int, letter: str, *, begins_word: bool) -> bool:
    return text[place].lower() == letter and not (begins_word and place and text[place - 1].isalnum())
