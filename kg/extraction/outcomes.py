"""Which numbers of a sentence are outcomes of measurement, and what each measures."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.extraction.comparisons import kinds_of
from kg.extraction.metrics import Measure, fits, words_after, words_before
from kg.extraction.numbers import Number
from kg.extraction.scenes import Scene, lay_out
from kg.records import Interval, ResultKind

__all__ = ["Outcome", "outcomes_of"]

_STRONG_BEFORE = re.compile(
    r"[)\]\"'\u2019]{0,2}[\s-]{0,2}(?:\([^()]{1,20}\)\s?)?"
    r"(?:(?:scores?|values?|rates?|coefficients?|index|results?|metrics?|performance)\s?)?"
    r"(?:\([^()]{1,20}\)\s?)?[\s$]{0,2}"
    r"(?:of|\{?=\}?|:|is|was|were|are|being|reache[sd]|reaching|equals?|equal to|\u2248|\\approx|\\sim|~|-|\u2013|)"
    r"(?:\s(?:only|just|merely|as high as))?[\s$~{}]{0,3}"
)
_AFTER = re.compile(r"[\s$~]{0,3}(?:\(?(?:[A-Za-z][\w/-]*\s){0,3})[(]?")
_AFTER_STOPS = re.compile(
    r"\b(?:and|or|for|with|while|vs|versus|compared|over|than|to|at|by|from|using|as|which|that|but|when|across|"
    r"respectively|alongside|outperform\w*|surpass\w*|is|was|were|under|without|against|between|both|per|along|"
    r"improving|achieving)\b",
    re.IGNORECASE,
)
_IN: Final = re.compile(r"\b(?:in|of|on|terms)\b", re.IGNORECASE)
_ON_GROUP = re.compile(r"[\s$]*(?:in|on|for|of)(?: terms of)?(?: the)?\s")
_GAIN_IN = re.compile(r"[\s$)]*(?:[\w-]+\s){0,3}(?:in|of|on|for)\s(?:terms of )?(?:[\w-]+\s){0,3}[(]?")
_OF = re.compile(r"[\s$)]*(?:in|of|for)\s(?:terms of )?(?:the )?(?:[\w-]+\s){0,2}[(]?")
_PERCENT_OF = re.compile(
    r"[\s$]{0,2}of (?:the |all |our |its |total |available |original |labell?ed |annotated )*"
    r"(?:training|data|dataset|samples?|labels?|images?|cases|patients|annotations?|parameters|population|pixels|slices|women|"
    r"individuals|people|adults|children|deaths|cancers?|time|scans|subjects|participants|annotated|labeled)\b|"
    r"[\s$]{0,2}(?:labell?ed|annotated|training|annotation|unlabell?ed|missing|confidence|data|noise|masking|CI)\b",
    re.IGNORECASE,
)
_AT = re.compile(r"\bat (?:an? )?(?:\w+ (?:of )?)?[\s$~]{0,2}$", re.IGNORECASE)
_LOOK: Final = 70
_REACH: Final = 260

_BEFORE_SURE: Final = 0.92
_BEHIND_SURE: Final = 0.9
_LIST_SURE: Final = 0.85
_GAIN_SURE: Final = 0.8
_LOOSE_SURE: Final = 0.7
_FAR_SURE: Final = 0.6
_WORDS_SURE: Final = 0.35
"""The share of right results of each way to read one, measured on annotated abstracts and rounded down."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A number that measures something.

    Attributes:
        metric: Name of an entity, or literal words.
        sure: How surely the number is the metric's.
        run: The number of the list that it stands in, one list after the other.
    """

    number: Number
    metric: str
    kind: ResultKind
    sure: float
    run: int


@dataclass(frozen=True, slots=True)
class _Owner:
    """The group of metrics that a list of numbers belongs to; ``ahead`` of the list or behind it."""

    group: int
    ahead: bool
    sure: float


_Named = tuple[str | None, float]


def outcomes_of(text: str, bounds: Interval, numbers: Sequence[Number], measures: Sequence[Measure]) -> list[Outcome]:
    """Give the outcomes of one sentence."""
    scene = lay_out(text, bounds, numbers, measures)
    kinds = kinds_of(scene)
    owners = [_owner(scene, run, kinds[run[-1]]) for run in scene.runs]
    found: list[Outcome] = []
    for place, (run, owner) in enumerate(zip(scene.runs, owners, strict=True)):
        names = _names(scene, run, owner, _territory(scene.runs, owners, kinds, place))
        for index, (name, sure) in zip(run, names, strict=True):
            if name and _is_outcome(scene, index, name, sure):
                found.append(Outcome(scene.numbers[index], name, kinds[index], sure, place))
    return found


def _owner(scene: Scene, run: Sequence[int], kind: ResultKind) -> _Owner | None:
    """Choose between the metrics right before a list, those right behind it, and those earlier in the sentence."""
    first = scene.numbers[run[0]].first
    at = bisect_left(scene.groups, first, key=lambda group: group[0].start)
    behind = _behind(scene, run, at, kind)
    gap = scene.text[scene.groups[at - 1][-1].end : first] if at else ""
    if at and len(gap) <= _LOOK and _STRONG_BEFORE.fullmatch(gap):
        is_label = gap.strip(" $~") not in {"", "("}
        if is_label or behind is None or behind.sure < _BEHIND_SURE:
            return _Owner(at - 1, ahead=True, sure=_BEFORE_SURE)
    if behind:
        return behind
    if at and len(gap) <= _REACH:
        near = run[0] == 0 or scene.groups[at - 1][-1].end > scene.numbers[run[0] - 1].stop
        return _Owner(at - 1, ahead=True, sure=_LOOSE_SURE if near else _FAR_SURE)
    return None


def _behind(scene: Scene, run: Sequence[int], at: int, kind: ResultKind) -> _Owner | None:
    """Find the metric that follows a list: "95% accuracy", "a 3% gain in accuracy"."""
    stop = scene.numbers[run[-1]].stop
    while at < len(scene.groups) and scene.groups[at][0].start < stop:
        at += 1
    following = scene.numbers[run[-1] + 1].first if run[-1] + 1 < len(scene.numbers) else scene.high
    if at == len(scene.groups) or scene.groups[at][0].start > min(following, stop + _LOOK):
        return None
    gap = scene.text[stop : scene.groups[at][0].start]
    sure = _closeness(gap, kind, as_many=len(scene.groups[at]) == len(run) > 1)
    return _Owner(at, ahead=False, sure=sure) if sure else None


def _closeness(gap: str, kind: ResultKind, *, as_many: bool) -> float | None:
    """Tell how surely what follows a gap is what is measured; ``as_many``, whether it lists as much as the numbers."""
    if _AFTER.fullmatch(gap) and not _AFTER_STOPS.search(gap) and not _IN.search(gap):
        return _BEHIND_SURE
    if as_many and _ON_GROUP.fullmatch(gap):
        return _LIST_SURE
    if kind is ResultKind.GAIN and _GAIN_IN.fullmatch(gap):
        return _GAIN_SURE
    return _LOOSE_SURE if _OF.fullmatch(gap) else None


def _territory(
    runs: Sequence[Sequence[int]], owners: Sequence[_Owner | None], kinds: Sequence[ResultKind], place: int
) -> Sequence[int]:
    """List the numbers, of one kind or another, that come behind the same group of metrics as a list of numbers."""
    own = owners[place]
    if own is None or not own.ahead:
        return runs[place]
    gain = kinds[runs[place][0]] is ResultKind.GAIN
    return [
        index
        for run, owner in zip(runs, owners, strict=True)
        if owner and owner.ahead and owner.group == own.group
        for index in run
        if (kinds[index] is ResultKind.GAIN) == gain
    ]


def _names(scene: Scene, run: Sequence[int], owner: _Owner | None, territory: Sequence[int]) -> list[_Named]:
    """Hand the metrics of a group out to the numbers of a list."""
    if owner is None:
        first = _literal(scene, run[0])
        return [first if index == run[0] else _later(scene, index, first) for index in run]
    group = scene.groups[owner.group]
    names = [one.name for one in group]
    if len(names) > 1 and not owner.ahead and len(run) == len(names):
        return [(name, owner.sure) for name in names]
    if len(names) > 1 and owner.ahead and len(territory) % len(names) == 0:
        return [(names[territory.index(index) % len(names)], min(owner.sure, _LIST_SURE)) for index in run]
    name = names[-1] if owner.ahead else names[0]
    return [(name, owner.sure) if fits(name, scene.numbers[index].unit) else _literal(scene, index) for index in run]


def _literal(scene: Scene, index: int) -> _Named:
    """Take the words that stand where a metric would."""
    number = scene.numbers[index]
    low = scene.numbers[index - 1].stop if index else scene.low
    high = scene.numbers[index + 1].first if index + 1 < len(scene.numbers) else scene.high
    return words_after(scene.text, number.stop, high) or words_before(scene.text, low, number.first), _WORDS_SURE


def _later(scene: Scene, index: int, first: _Named) -> _Named:
    """Let a number of a list measure what the first does, unless it has words of its own."""
    own = _literal(scene, index)
    return own if own[0] else first


def _is_outcome(scene: Scene, index: int, name: str, sure: float) -> bool:
    """Refuse counts, shares of data, settings, and units the metric cannot have."""
    number = scene.numbers[index]
    if not fits(name, number.unit):
        return False
    if sure >= _BEHIND_SURE:
        return True
    is_share_of_data = number.unit == "%" and _PERCENT_OF.match(scene.after(index))
    is_loose = sure < _LIST_SURE and (number.bare or _AT.search(scene.before(index)))
    return not is_share_of_data and not is_loose
