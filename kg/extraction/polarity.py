"""What a sentence makes of what it names: that it holds, that it does not, that it may, or that others did it.

The method is that of NegEx (Chapman et al., J Biomed Inform 34, 2001) and ConText (Harkema et al., J Biomed Inform
42, 2009): cues with a direction and a scope that ends at certain words, and pseudo-cues that only look like cues. The
cues are those of abstracts rather than of clinical records.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.extraction.bounds import SIGN
from kg.extraction.passages import Part, Passages
from kg.records import Interval, Status

__all__ = ["in_earlier_work", "result_status", "status_at"]


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(phrases)})(?![\w-])", re.IGNORECASE)


_NOT: Final = r"(?:not|cannot|never|(?:do|does|did|is|are|was|were|has|have|ca)n['\u2019]t)"
_QUALITIES: Final = (
    r"loss|loss of|chang\w+|compromis\w+|sacrific\w+|degrad\w+|losing|affecting|increas\w+|decreas\w+|hurting|harming|"
    r"reduc\w+|altering|modif\w+|introducing|incurring|explicit\w*|difficulty|limitation|exception"
)
_MEASURES: Final = (
    r"outperform\w*|surpass\w*|exceed\w*|match\w*|better|worse|differ\w*|improv\w+|gains?|benefits?|superior|inferior|"
    r"reach\w*|chang\w+|increas\w+|decreas\w+|effects?|associat\w+|evidence|affect\w*|degrad\w+|reduc\w+|correlat\w+|"
    r"distinguish\w*"
)
_AMOUNT: Final = r"(?:(?:statistically|clinically|further|consistently?|significant\w*|much|any|a|an|the|be|been) )*"

_PSEUDO: Final = _any(
    r"not (?:only|just|merely|simply|solely|necessarily|limited to|restricted to|least|the case)",
    rf"(?:{_NOT}|no|nor|neither) {_AMOUNT}(?:{_MEASURES})",
    r"no (?:doubt|longer|more|less|fewer|matter|later)",
    r"(?:if|whether|or|may|might|could|would) not",
    rf"without (?:any |the |much |a )?(?:significant\w* |noticeable |substantial\w* |further )?(?:{_QUALITIES})",
    r"non-?inferior(?:ity)?",
    r"with (?:or|and|vs\.?|versus) without",
    r"(?:compared (?:to|with)|in contrast to|versus|vs\.?|than) [^,.;]{0,60}? without",
    r"(?:whether|if|how)(?= )[^.;]{0,120}? (?:could|may|might|would)",
    r"(?:may|could) be (?:found|downloaded|accessed|obtained)",
)
"""Looks like a cue and is none: it adds, or speaks of an amount."""

_TAKES: Final = r"(?:need|requir|us|rely|depend|involv|assum|includ|employ|train|demand)\w*"
_TAKE_OVER: Final = r"(?:require|need|use|utili[sz]e|employ|involve|include|rely on|depend on)\b"
_NOUN_CUES: Final = _any(
    rf"without(?: (?:any|the|an?|additional|extra|explicit|need for|{_TAKES}|on|of))*",
    r"no(?: need (?:for|of|to \w+))?",
    r"in (?:the )?absence of",
    r"instead of(?: (?:an?|the|using|relying on))?",
    r"rather than(?: (?:an?|the|using|relying on|on))?",
    r"free (?:of|from)",
    r"(?:eliminat|avoid|obviat|bypass|circumvent|alleviat)\w*(?: the)? (?:need|requirement|reliance|dependence) "
    r"(?:for|of|on)",
    r"exclud(?:ed|ing)|except(?: for)?",
    rf"{_NOT} {_TAKE_OVER}",
)
"""Denies the noun that follows, up to the next preposition."""

_VERB_CUES: Final = _any(
    rf"{_NOT}(?! {_TAKE_OVER})|neither|nor",
    r"fail(?:s|ed)? to",
)
"""Denies what a verb does and to what: up to the second preposition."""

_AFTER_CUES: Final = re.compile(
    r"-free\b|,?\s(?:is|are|was|were|has been|have been|being) (?:excluded|unnecessary|omitted|avoided|"
    r"(?:not|no longer|never) (?:\w+ly )?(?:used|requir\w+|need\w+|necessary|available|includ\w+|consider\w+|"
    r"evaluat\w+|appl\w+|perform\w+|employ\w+|involv\w+|support\w+|train\w+|test\w+|studied|address\w+))\b",
    re.IGNORECASE,
)
"""Denies the name right before it."""

_HEDGES: Final = _any(
    r"may|might|could|would|potentially|possibly|perhaps|presumably",
    r"(?:has|have|holds?|shows?|offers?|with) (?:(?:a|the|great|strong|significant|high|clear) )*(?:potential|promise) "
    r"(?:to|for|as)",
    r"hypothesi[sz]e[sd]?|speculate|conjecture|envision|anticipate|(?:we|and) (?:believe|expect|plan)",
    r"(?:is|are) (?:expected|planned|intended) to",
    r"pav(?:es?|ing) the way (?:for|to|towards?)",
    r"in (?:the )?future,?|future (?:work|research|stud(?:y|ies)|directions?|developments?|applications?|"
    r"investigations?|experiments?|efforts)",
    r"remains? to be|(?:yet|still) to be|(?:might|could|would) be able to",
)
"""Supposes what follows."""

_GOALS: Final = re.compile(
    r"\b(?:aim\w*|hope\w*|seek\w*|need\w*|expect\w*) (?:to|for) (?:\w+ ){0,5}?\W{0,3}\Z", re.IGNORECASE
)

_ELSEWHERE: Final = (
    r"with|by|in|on|from|into|across|using|to|for|while|when|than|and|but|yet|which|that|it|its|they|we|our|"
    r"is|are|was|were|signific\w+|achieving|reaching|yielding|obtaining|at(?! (?:least|most))"
)
_ONWARD: Final = rf"(?: (?!(?:{_ELSEWHERE})\b)[\w-]+){{0,7}}"
_MISSED: Final = re.compile(
    rf"\b(?:{_NOT}|fail(?:s|ed)? to)(?: \w+)? (?:reach|achieve|attain|obtain)(?:ed)?{_ONWARD}[\s$~(]{{0,3}}\Z",
    re.IGNORECASE,
)
_NONE_BEYOND: Final = re.compile(
    r"(?:\A\W*|[,;:(]\s?|\b(?:and|but|that|while|whereas|although|though|since|as|when|where|was|is|are|were|find|found|"
    r"saw|had|has|have|observed|showed|reported) )"
    rf"(?:no|none|neither)\b(?! (?:more|less|fewer|later|longer)\b){_ONWARD} "
    rf"(?:above|over|beyond|below|under|exceed\w*|(?:more|less|greater|higher|better|larger|lower|fewer|smaller) than|"
    rf"at least|at most|{SIGN}=?)(?: an?| the)?[\s$~{{}}]{{0,3}}\Z",
    re.IGNORECASE,
)
"""Deny what a number bounds: "no net has a Dice above 0.9"."""

_CLAUSE_END: Final = _any(
    r"but|however|although|though|while|whereas|yet|nevertheless|because|since|so that|unless",
    r"and (?:we|it|they|this|these|our)",
)
_COMMA: Final = re.compile(r"[,;:.()](?=\s|\Z)|[()]|\s[\u2013\u2014-]+\s|---?")
_STOP: Final = re.compile(r"[;:.]\s|\(|, (?:and )?(?:we|it|they|this|these|our|with|achieving|reaching|yielding)\b")
_LINK: Final = _any(r"for|in|on|with|by|from|to|as|at|into|across")
_DENIAL_END: Final = _any(
    r"using|during|via|through|between|than|when|where|who|which|that|under|it|we|they|this|about|among|above|below|"
    r"within|after|before|over|and (?:is|are|was|were|has|have|can|thus|therefore|achiev\w+|improv\w+)|is|are|was|were"
)
_NOUN_REACH, _VERB_REACH, _HEDGE_REACH = 40, 60, 140

_OTHERS: Final = _any(
    r"(?:previous|prior|existing|conventional|traditional|earlier|recent|current|past|classical|state-of-the-art|most|"
    r"many|several|other)(?: [\w-]+){0,3}? (?:methods?|approach(?:es)?|works?|stud(?:y|ies)|models?|techniques?|"
    r"efforts?|algorithms?|research|literature|systems?|solutions?|frameworks?|networks|pipelines)",
)
"""Names the work of others."""
_TAKE: Final = _any(
    r"rel(?:y|ies|ied) on|us(?:e|es|ed|ing)|adopt\w*|employ\w*|utili[sz]\w*|leverag\w*|based on|depend\w* on"
)
_WIDELY: Final = re.compile(
    r"[^.;]{0,40}?\b(?:(?:has|have) (?:\w+ )?been|is|are) (?:widely|commonly|often|usually|typically|frequently|"
    r"routinely|extensively|previously) (?:used|applied|adopted|employed|utili[sz]ed)\b",
    re.IGNORECASE,
)
"""Says after a name that others use what it names."""


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where what begins there has a status; ``absence`` where it is denied as a thing rather than by a verb."""

    status: Status
    start: int
    end: int
    absence: bool = False


def status_at(place: Interval, passages: Passages, *, finding: bool = False) -> Status:
    """Tell what its sentence makes of a name; a denial weighs more than a doubt.

    A ``finding`` is what a case may have or not, such as a disease: "patients without it" denies nothing of it.
    """
    number = passages.number(place)
    text, bounds = passages.text, passages.bounds(number)
    scopes = (one for one in _scopes(text, *bounds) if one.start <= place[0] < one.end)
    found = {one.status for one in scopes if not (finding and one.absence)}
    if Status.NEGATED in found or (not finding and _AFTER_CUES.match(text, place[1], bounds[1])):
        return Status.NEGATED
    return Status.HYPOTHESISED if Status.HYPOTHESISED in found and number else Status.ASSERTED


def result_status(place: Interval, passages: Passages) -> Status:
    """Tell what its sentence makes of a number: that it was measured, that it was missed, or that it is hoped for."""
    start, _ = passages.bounds(passages.number(place))
    before = passages.text[start : place[0]]
    if _MISSED.search(before) or _NONE_BEYOND.search(before):
        return Status.NEGATED
    if _GOALS.search(before):
        return Status.HYPOTHESISED
    return status_at(place, passages)


def in_earlier_work(place: Interval, passages: Passages) -> bool:
    """Tell whether others take what is named, by a sentence before the paper's own work is spoken of."""
    if not passages.has_own or passages.part(place) is not Part.BACKGROUND:
        return False
    text, (start, end) = passages.text, passages.bounds(passages.number(place))
    others = _OTHERS.search(text, start, place[0])
    taken = others is not None and _TAKE.search(text, others.end(), place[0]) is not None
    return taken or _WIDELY.match(text, place[1], end) is not None


@lru_cache(maxsize=256)
def _scopes(text: str, start: int, end: int) -> tuple[_Scope, ...]:
    pseudo = [match.span() for match in _PSEUDO.finditer(text, start, end)]
    return tuple(one for one, cue in _cues(text, start, end) if not any(low <= cue < high for low, high in pseudo))


def _cues(text: str, start: int, end: int) -> Iterator[tuple[_Scope, int]]:
    """Yield the scope behind each cue, with the place of the cue."""
    for match in _NOUN_CUES.finditer(text, start, end):
        stop = _end(text, match.end(), end, _NOUN_REACH, 0)
        yield _Scope(Status.NEGATED, match.end(), stop, absence=True), match.start()
    for match in _VERB_CUES.finditer(text, start, end):
        yield _Scope(Status.NEGATED, match.end(), _end(text, match.end(), end, _VERB_REACH, 1)), match.start()
    for match in _HEDGES.finditer(text, start, end):
        low, high = match.end(), min(end, match.end() + _HEDGE_REACH)
        stops = (one.start() for pattern in (_CLAUSE_END, _STOP) for one in pattern.finditer(text, low, high))
        yield _Scope(Status.HYPOTHESISED, low, min(stops, default=high)), match.start()


def _end(text: str, start: int, end: int, reach: int, links: int) -> int:
    """Find where a denial ends: with the clause, or at a preposition, some of them let through."""
    end = min(end, start + reach)
    ends = (_CLAUSE_END, _COMMA, _DENIAL_END)
    stops = [one.start() for pattern in ends for one in pattern.finditer(text, start, end)]
    further = [one.start() for one in _LINK.finditer(text, start, end)][links:]
    return min([*stops, *further], default=end)
