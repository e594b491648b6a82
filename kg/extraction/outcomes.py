"""Which numbers of a sentence are outcomes of measurement, and what each measures."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from kg.extraction.asides import is_operating_point, is_refused, is_share_of_data
from kg.extraction.bounds import SIGN
from kg.extraction.comparisons import kinds_of
from kg.extraction.metrics import Measure, fits, is_quality, may_have, own_words, words_after, words_before
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
    r"improving|achieving|reaching|yielding|showing|obtaining|having|attaining|increas\w+|reduc\w+|improv\w+)\b",
    re.IGNORECASE,
)
_IS_LABEL = re.compile(r"(?:\s(?:scores?|values?|rates?))?\s?(?:of|was|is|[=:])[\s$~{}]{0,3}")
_LABEL = re.compile(r"\s?(?:of|[=:~\u2248])?[\s$~{}]{0,3}")
"""What stands between a metric in brackets and its own number, "85% (AUC 0.9)"."""
_IN: Final = re.compile(r"\b(?:in|of|on|terms)\b", re.IGNORECASE)
_ON_GROUP = re.compile(r"[\s$]*(?:in|on|for|of)(?: terms of)?(?: the)?\s")
_GAIN_IN = re.compile(r"[\s$)]*(?:[\w-]+\s){0,3}(?:in|of|on|for)\s(?:terms of )?(?:[\w-]+\s){0,3}[(]?")
_OF = re.compile(r"[\s$)]*(?:in|of|for)\s(?:terms of )?(?:the )?(?:[\w-]+\s){0,2}[(]?")
_FROM = re.compile(r"\bfrom[\s$]{1,2}$")
_CLOSED = re.compile(r"[^()]*\d[^()]*\)")
_BOUND = re.compile(rf"[)\s$]{{0,3}}{SIGN}")
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


class _Named(NamedTuple):
    """What a number measures, and how surely."""

    name: str | None
    sure: float


def outcomes_of(text: str, bounds: Interval, numbers: Sequence[Number], measures: Sequence[Measure]) -> list[Outcome]:
    """Give the outcomes of one sentence."""
    scene = lay_out(text, bounds, numbers, measures)
    kinds = kinds_of(scene)
    scene = replace(scene, runs=[part for run in scene.runs for part in _parts(scene, run, kinds)])
    owners = [_owner(scene, run, kinds[run[-1]]) for run in scene.runs]
    found: list[Outcome] = []
    for place, (run, owner) in enumerate(zip(scene.runs, owners, strict=True)):
        beside = {kinds[index]: _territory(scene.runs, owners, kinds, place, kinds[index]) for index in run}
        names = _names(scene, run, owner, [beside[kinds[index]] for index in run])
        for index, (name, sure) in zip(run, names, strict=True):
            if name and _is_outcome(scene, index, run, _Named(name, sure)):
                number = _with_unit(scene.numbers[index], scene.numbers[run[-1]], same=names[-1].name == name)
                found.append(Outcome(number, name, kinds[index], sure, place))
    return found


def _with_unit(number: Number, last: Number, *, same: bool) -> Number:
    """Give a number the unit at the end of its list, "4 and 7 points"; but shares of one are not per cent."""
    shares = same and number.unit is None and last.unit is not None and not (last.unit == "%" and number.value <= 1)
    return replace(number, unit=last.unit) if shares else number


def _parts(scene: Scene, run: Sequence[int], kinds: Sequence[ResultKind]) -> list[Sequence[int]]:
    """Part the last number from a list where both ends have a metric: "a specificity of 88% and 92% sensitivity"."""
    *front, last = run
    at = bisect_left(scene.groups, scene.numbers[run[0]].first, key=lambda group: group[0].start)
    if not front or not at or len(scene.groups[at - 1]) != 1:
        return [run]
    label = scene.text[scene.groups[at - 1][-1].end : scene.numbers[run[0]].first]
    behind = _behind(scene, [last], at, kinds[last])
    is_split = behind is not None and behind.sure == _BEHIND_SURE and len(label) <= _LOOK and _IS_LABEL.fullmatch(label)
    return [front, [last]] if is_split else [run]


def _owner(scene: Scene, run: Sequence[int], kind: ResultKind) -> _Owner | None:
    """Choose between the metrics right before a list, those right behind it, and those earlier in the sentence."""
    first = scene.numbers[run[0]].first
    at = bisect_left(scene.groups, first, key=lambda group: group[0].start)
    if at < len(scene.groups) and scene.groups[at][0].start < scene.numbers[run[0]].stop:
        return _Owner(at, ahead=False, sure=_BEHIND_SURE)  # the unit names the metric: "14.5 GFLOPs"
    behind = _behind(scene, run, at, kind)
    gap = scene.text[scene.groups[at - 1][-1].end : first] if at else ""
    if at and len(gap) <= _LOOK and _STRONG_BEFORE.fullmatch(gap):
        is_label = gap.strip(" $~") not in {"", "("}
        if is_label or behind is None or behind.sure < _BEHIND_SURE:
            return _Owner(at - 1, ahead=True, sure=_BEFORE_SURE)
    return behind or _earlier(scene, run, at, kind)


def _earlier(scene: Scene, run: Sequence[int], at: int, kind: ResultKind) -> _Owner | None:
    """Go back to the nearest metrics that can have the unit of a list."""
    number = scene.numbers[run[0]]
    before = scene.numbers[run[0] - 1].stop if run[0] else scene.low
    for group in range(at - 1, -1, -1):
        end = scene.groups[group][-1].end
        if number.first - end > _REACH:
            break
        names = [one.name for one in scene.groups[group]]
        is_passed_over = group > 0 and _is_passed_over(scene.text[end : number.first], names[-1])
        if not is_passed_over and (kind is ResultKind.GAIN or any(may_have(name, number.unit) for name in names)):
            return _Owner(group, ahead=True, sure=_LOOSE_SURE if group == at - 1 and end > before else _FAR_SURE)
    return None


def _is_passed_over(gap: str, name: str) -> bool:
    """Tell a metric in a bracket that is closed, "(r = 0.8)", and one with a condition, "LVEF < 50%"."""
    return bool(_CLOSED.match(gap)) or bool(_BOUND.match(gap) and not is_quality(name))


def _behind(scene: Scene, run: Sequence[int], at: int, kind: ResultKind) -> _Owner | None:
    """Find the metric that follows a list: "95% accuracy", "a 3% gain in accuracy"."""
    stop = scene.numbers[run[-1]].stop
    while at < len(scene.groups) and scene.groups[at][0].start < stop:
        at += 1
    following = scene.numbers[run[-1] + 1].first if run[-1] + 1 < len(scene.numbers) else scene.high
    if at == len(scene.groups) or scene.groups[at][0].start > min(following, stop + _LOOK):
        return None
    gap = scene.text[stop : scene.groups[at][0].start]
    if "(" in gap and _LABEL.fullmatch(scene.text[scene.groups[at][-1].end : following]):
        return None
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
    runs: Sequence[Sequence[int]],
    owners: Sequence[_Owner | None],
    kinds: Sequence[ResultKind],
    place: int,
    kind: ResultKind,
) -> Sequence[int]:
    """List the numbers, gains or others, that come behind the same group of metrics as a list of numbers."""
    own = owners[place]
    if own is None or not own.ahead:
        return runs[place]
    gain = kind is ResultKind.GAIN
    return [
        index
        for run, owner in zip(runs, owners, strict=True)
        if owner and owner.ahead and owner.group == own.group
        for index in run
        if (kinds[index] is ResultKind.GAIN) == gain
    ]


def _names(scene: Scene, run: Sequence[int], owner: _Owner | None, beside: Sequence[Sequence[int]]) -> list[_Named]:
    """Hand the metrics of a group out to the numbers of a list.

    Args:
        scene: The sentence.
        run: The list.
        owner: The group, if there is one.
        beside: For each number of the list, those of its kind that share the group, itself among them.
    """
    if owner is None:
        first = _literal(scene, run[0])
        return [first if index == run[0] else _later(scene, index, first) for index in run]
    group = scene.groups[owner.group]
    names = [one.name for one in group]
    sure = min(owner.sure, _LIST_SURE) if owner.ahead else owner.sure
    if len(names) > 1 and owner.ahead and _pairs(scene, beside[0]):
        places = [of_kind.index(index) // 2 for index, of_kind in zip(run, beside, strict=True)]
        return [_Named(names[min(place, len(names) - 1)], sure) for place in places]
    if len(names) == len(run) > 1:
        return [_Named(name, sure) for name in names]
    if len(names) > 1 and owner.ahead and all(len(of_kind) % len(names) == 0 for of_kind in beside):
        places = [of_kind.index(index) for index, of_kind in zip(run, beside, strict=True)]
        return [_Named(names[place % len(names)], sure) for place in places]
    name = names[-1] if owner.ahead else names[0]
    return [_named(scene, index, name, owner) for index in run]


def _named(scene: Scene, index: int, name: str, owner: _Owner) -> _Named:
    """Take a metric, unless the number cannot have it, or it is far off and the number has words of its own."""
    number = scene.numbers[index]
    if not fits(name, number.unit):
        return _literal(scene, index)
    if not owner.ahead or owner.sure >= _LIST_SURE:
        return _Named(name, owner.sure)
    low, place, high = _room(scene, index)
    words = own_words(scene.text, max(low, scene.groups[owner.group][-1].end), place, high, name)
    return _Named(words, _WORDS_SURE) if words else _Named(name, owner.sure)


def _room(scene: Scene, index: int) -> tuple[int, Interval, int]:
    """Give where a number may look for words: behind the number before it, and ahead of the one that follows."""
    number = scene.numbers[index]
    low = scene.numbers[index - 1].stop if index else scene.low
    high = scene.numbers[index + 1].first if index + 1 < len(scene.numbers) else scene.high
    return low, (number.first, number.stop), high


def _pairs(scene: Scene, territory: Sequence[int]) -> bool:
    """Tell whether each metric has its two numbers in turn: "from 1 to 2 and from 3 to 4"."""
    return len(territory) > 1 and all(_FROM.search(scene.before(index)) for index in territory[::2])


def _literal(scene: Scene, index: int) -> _Named:
    """Take the words that stand where a metric would."""
    low, (first, stop), high = _room(scene, index)
    return _Named(words_after(scene.text, stop, high) or words_before(scene.text, low, first), _WORDS_SURE)


def _later(scene: Scene, index: int, first: _Named) -> _Named:
    """Let a number of a list measure what the first does, unless it has words of its own."""
    own = _literal(scene, index)
    return own if own.name else first


def _is_outcome(scene: Scene, index: int, run: Sequence[int], named: _Named) -> bool:
    """Refuse what is none, and what is doubtful where its metric is not right beside it."""
    name, sure = named
    if name is None or is_refused(scene, index, run, name):
        return False
    if sure >= _BEHIND_SURE:
        return True
    is_bare = _with_unit(scene.numbers[index], scene.numbers[run[-1]], same=True).bare
    is_doubtful = sure < _LIST_SURE and (is_bare or is_operating_point(scene, index))
    return not is_doubtful and not is_share_of_data(scene, index, run)
