"""Component ``kg_abbreviations``: short forms the text defines, and what they stand for.

After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text"
(2003, https://psb.stanford.edu/psb-online/proceedings/psb03/schwartz.pdf), with "SF (long form)" as well.
"""

import re
from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.words import FUNCTION
from kg.records import Interval
from kg.spelling import CLAUSE_END, long_form_start

__all__ = ["LONG_FORMS", "SHORT_FORMS", "AbbreviationFinder", "definitions", "make_abbreviation_finder"]

LONG_FORMS: Final = "kg_long_forms"
SHORT_FORMS: Final = "kg_short_forms"
"""Span groups of equal length: the n-th short form stands for the n-th long form."""

_BRACKET = re.compile(r"\(([^()\n]{2,120})\)")
_SHORT = re.compile(r"[\"'\u201c\u2018]?(?P<short>[^\W_][\w\-+/.&]{0,13}?)(?P<plural>s?)[\"'\u201d\u2019]?$")
_BEFORE = re.compile(r"(?P<word>[^\s()]+) ?$")
_ASIDE = re.compile(r"[,;:]\s")
_NAME_WORD = re.compile(r"[^\W\d_]\w*")
_LONGEST_SHORT = 16
_REACH = 160


@Language.factory("kg_abbreviations", assigns=["doc.spans"])
def make_abbreviation_finder(nlp: Language, name: str) -> "AbbreviationFinder":  # noqa: ARG001 - asked for by spaCy
    """Build the component."""
    return AbbreviationFinder()


class AbbreviationFinder:
    """Marks each place where the text defines a short form."""

    def __call__(self, doc: Doc) -> Doc:
        """Write the pairs to two span groups, in text order, and return the document."""
        longs: list[Span] = []
        shorts: list[Span] = []
        for long_at, short_at in _pairs(doc.text):
            long, short = doc.char_span(*long_at), doc.char_span(*short_at)
            if long is not None and short is not None:
                longs.append(long)
                shorts.append(short)
        doc.spans[LONG_FORMS] = longs
        doc.spans[SHORT_FORMS] = shorts
        return doc


def definitions(doc: Doc) -> list[tuple[Span, Span]]:
    """Give the pairs of long form and short form that the component found."""
    return list(zip(doc.spans[LONG_FORMS], doc.spans[SHORT_FORMS], strict=True))


def _pairs(text: str) -> Iterator[tuple[Interval, Interval]]:
    """Yield where long form and short form stand."""
    for bracket in _BRACKET.finditer(text):
        pair = _long_before(text, bracket) or _long_inside(text, bracket) or _initials_before(text, bracket)
        if pair:
            yield pair


def _long_before(text: str, bracket: re.Match[str]) -> tuple[Interval, Interval] | None:
    """Read "long form (SF)"; what follows a comma or semicolon inside the brackets is not the short form."""
    short = _SHORT.match(_ASIDE.split(bracket[1], maxsplit=1)[0].rstrip())
    if short is None or not _is_short(short["short"]):
        return None
    end = bracket.start()
    while end and text[end - 1] in " \"'\u201d\u2019,":
        end -= 1
    start = long_form_start(text[max(0, end - _REACH) : end], short["short"])
    if start is None:
        return None
    at = bracket.start(1)
    return (max(0, end - _REACH) + start, end), (at + short.start("short"), at + short.end("plural"))


def _long_inside(text: str, bracket: re.Match[str]) -> tuple[Interval, Interval] | None:
    """Read "SF (long form)"."""
    before = _BEFORE.search(text[max(0, bracket.start() - _LONGEST_SHORT) : bracket.start()])
    short = _SHORT.match(before["word"]) if before else None
    long = _ASIDE.split(bracket[1], maxsplit=1)[0].rstrip()
    if before is None or short is None or not _is_short(short["short"]) or long_form_start(long, short["short"]) != 0:
        return None
    at = bracket.start() - len(before[0])
    inside = (bracket.start(1), bracket.start(1) + len(long))
    return inside, (at + short.start("short"), at + short.end("plural"))


def _initials_before(text: str, bracket: re.Match[str]) -> tuple[Interval, Interval] | None:
    """Read "myotonic dystrophy (DM)": initials in the order of another language."""
    short = _SHORT.fullmatch(bracket[1])
    if short is None or not short["short"].isalpha() or not _is_short(short["short"]):
        return None
    reach = max(0, bracket.start() - _REACH)
    clause = CLAUSE_END.split(text[reach : bracket.start()].rstrip())[-1]
    words = [word for word in _NAME_WORD.finditer(clause) if word[0] not in FUNCTION][-len(short["short"]) :]
    if sorted(word[0][0].lower() for word in words) != sorted(short["short"].lower()):
        return None
    end = reach + len(text[reach : bracket.start()].rstrip())
    at = bracket.start(1)
    return (end - len(clause) + words[0].start(), end), (at + short.start("short"), at + short.end("plural"))


def _is_short(word: str) -> bool:
    """Take what has two capitals, or one that is not the first letter as in "mAP"; "Left" is a common word."""
    return len(word) > 1 and any(char.isupper() for char in word[1:])
