"""Whether a number is a score, a difference, or the score of what is measured against."""

import re
from itertools import pairwise
from typing import Final

from kg.extraction.numbers import Number
from kg.extraction.quantities import MINUSES
from kg.extraction.scenes import ARROW, Scene
from kg.records import ResultKind

__all__ = ["kinds_of"]

_CHANGES: Final = (
    r"improvements?|increases?|gains?|reductions?|decreases?|drops?|boosts?|speed-?ups?|margins?|declines?|savings?|"
    r"advantages?"
)
_GAIN_BEFORE = re.compile(
    r"\bby(?: an?| the)?(?: average| mean| maximum| margin| factor| additional| absolute| relative)*(?: of)?"
    rf"[\s$~{{}}+]{{1,3}}$|\b(?:{_CHANGES}|differences?|gaps?)"
    r"(?: (?:in|on|for) (?:(?!\bwith\b)[^,;.()]){1,40})?(?: (?:of|by|reaching|is|are|was|:|\())?[\s$~{}+(]{1,3}$",
    re.IGNORECASE,
)
_CHANGED_BY = re.compile(r"\b(?:increased|decreased|improved|rose|fell|dropped|grew|declined)[\s$~]{1,3}$")
_GAIN_AFTER = re.compile(
    r"[\s$~)]{0,3}(?:(?!(?:and|or|for|with|on|by|vs|is|was|were|are|has|have|had|which|that|but|while|outperform\w*|surpass\w*)\b)"
    r"[\w^-]+\s){0,3}?"
    rf"(?:{_CHANGES}|higher|lower|better|worse|faster|slower|fewer|less|more|smaller|larger|shorter|degradation|"
    r"greater|acceleration|over|above)\b",
    re.IGNORECASE,
)
_GAIN_UNITS: Final = frozenset({"x", "points", "pp", "percentage points"})
_SIGNED_GAIN = re.compile(
    r"(?:[(,;]|\b(?:by|of|to|and|an?|with|increases?|them|was|is|were))[\s$+]{0,3}"
    r"(?:\\uparrow|\\downarrow)?[\s$]{0,2}$|^$"
)
_NEGATIVE_SCORE = re.compile(
    r"\b(?:correlations?|coefficients?|bias|(?:mean|median|average) differences?|rho|r|R\^?2|R\u00b2)"
    r"[\s(]{0,2}(?:of|was|were|is|are|=|:)?[\s$]{0,2}$"
)
"""What may be under zero: the minus is part of the value, not the mark of a loss."""
_ACHIEVED = re.compile(r"\b(?:by|achiev\w+|reach\w*|obtain\w*|yield\w*|attain\w*|with|across|metrics)\b", re.IGNORECASE)
_THEN_VERSUS = re.compile(r"[\s$]{0,2}(?:vs\b|versus\b|compared (?:to|with) \d)", re.IGNORECASE)
_GOES_ON = re.compile(
    r"[\s$)]{0,3}(?:\([^()]{1,30}\)|(?:in|for|on|over|using|under|of|overall|on average)\b[^.;:(]{0,50}?)(?:,|,? and)\s"
    r"(?:an? )?(?:additional |by )?[\s$~]{0,2}",
    re.IGNORECASE,
)
_LISTED_BASELINE = re.compile(
    r"[^;.]{0,40}\)(?:,| and|, and)\s[^;.,()]{1,40}\s?\((?:[A-Z][\w-]*\s?[=:]\s?)?[\s$]{0,2}|\sand\s[\s$]?",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom(?: an?| the)?(?: average| mean| baseline)*(?: of)?[\s$~{}]{1,3}$", re.IGNORECASE)
_TO = re.compile(
    r"(?<!compared )(?<!relative )(?<!similar )\bto(?: an?| the)?(?: average| mean)*(?: of)?[\s$~{}]{1,3}$|"
    r"\u2192[\s$]{0,2}$|\\(?:right)?arrow|\\to[\s$]{0,2}$"
)
_VERSUS = re.compile(
    r"\b(?:(?:exceed|surpass|outperform)\w* [^,;]*\b(?:previous|prior|baseline|existing|SOTA|state-of-the-art|best)|"
    r"vs\.?|versus|compared (?:to|with)|than|against|surpassing|exceeding|outperforming|as opposed to)\b"
    r"(?P<rest>[^,;]*)$",
    re.IGNORECASE,
)


def kinds_of(scene: Scene) -> list[ResultKind]:
    """Tell the kinds of all numbers: by what stands around each, then by the list it stands in."""
    kinds: list[ResultKind] = []
    for index in range(len(scene.numbers)):
        kinds.append(_kind(scene, index, kinds[-1] if kinds else ResultKind.SCORE))
    for run in scene.runs:
        if _NEGATIVE_SCORE.search(scene.before(run[0])):
            for index in run:
                if scene.numbers[index].printed[0] in MINUSES:
                    kinds[index] = ResultKind.SCORE
        listed = {kinds[index] for index in run}
        if ResultKind.BASELINE not in listed and ResultKind.GAIN in {kinds[run[0]], kinds[run[-1]]}:
            for index in run:
                kinds[index] = ResultKind.GAIN
        for index, following in pairwise(run):
            if _TO.search(scene.before(following)) or ARROW.fullmatch(scene.before(following)):
                kinds[index], kinds[following] = ResultKind.BASELINE, ResultKind.SCORE
    return kinds


def _kind(scene: Scene, index: int, previous: ResultKind) -> ResultKind:
    number, before, after = scene.numbers[index], scene.before(index), scene.after(index)
    if number.value_max is None and _FROM.search(before):
        return ResultKind.BASELINE
    is_compared = before.endswith("(") and _THEN_VERSUS.match(after)
    if not is_compared and (_is_difference(number, before) or _GAIN_AFTER.match(after)):
        return ResultKind.GAIN
    if _TO.search(before) or _THEN_VERSUS.match(after):
        return ResultKind.SCORE
    if previous is ResultKind.GAIN and number.unit == scene.numbers[index - 1].unit and _GOES_ON.fullmatch(before):
        return ResultKind.GAIN
    listed = previous is ResultKind.BASELINE and _LISTED_BASELINE.fullmatch(before)
    versus = _VERSUS.search(before)
    if listed or (versus and not _ACHIEVED.search(versus["rest"])):
        return ResultKind.BASELINE
    return ResultKind.SCORE


def _is_difference(number: Number, before: str) -> bool:
    is_minus = number.printed[0] in MINUSES
    if is_minus and _NEGATIVE_SCORE.search(before):
        return False
    if number.signed and (not is_minus or (number.value_max is None and _SIGNED_GAIN.search(before))):
        return True
    is_level = number.comparator in {"<", ">"}
    return number.unit in _GAIN_UNITS or bool(
        _GAIN_BEFORE.search(before) or (_CHANGED_BY.search(before) and not is_level)
    )
