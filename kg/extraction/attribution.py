"""Whose outcome a number is, and on which dataset: the methods and datasets that stand around it."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extraction.findings import Concept, Findings
from kg.extraction.outcomes import Outcome
from kg.records import Kind, ResultKind, Role

__all__ = ["Attribution"]

_LISTED = re.compile(r"(?:[\s,;/&]|\([^()]{0,30}\)|\b(?:and|or|the|datasets?|benchmarks?|challenges?|cohorts?)\b)*")
_ON = re.compile(
    r"[^;]*?(?:\b(?:on|for|in|from|across|over|with|using|of|by)\b[^,;]{0,50}?|[(\[,:]\s?|and\s)", re.IGNORECASE
)
_PRETRAINED = re.compile(r"\bpre-?train\w*\b[^.;]{0,50}$", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:external|private|in-house|internal|independent|institutional|unseen|clinical|other|proprietary)\s"
    r"(?:[\w-]+\s){0,2}(?:cohorts?|datasets?|test|data|validation|sets?|evaluation|centers?)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:our|proposed|this) (?:[\w-]+ ){0,2}(?:model|method|approach|framework|network|system|pipeline)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"(?:\s[\w-]+){0,2}\s?\([^()]{0,20}")
_COSTS: Final = frozenset({"x", "M", "B", "k", "s", "ms", "min", "minutes", "hours", "GB", "MB", "mJ", "fps"})
_BEHIND_REACH = 150
_COMPARING_REACH = 40
_LABEL_REACH = 40
_LABELS = re.compile(
    r"(?:\s(?:model|network|baseline|method)s?)?"
    r"(?:\s?\([^()]*|\s(?:[\w-]+\s){0,2}?[\w-]+\s?[:=]\s?|\s?[:=-]\s)[\s$]{0,2}"
)
_OF_METHOD = re.compile(
    r"[\s$%)]{0,3}(?:(?:in|for|with|by|of|from|using)\s(?:the |our |a )?(?:[\w-]+\s){0,2}|\()(?:the )?", re.IGNORECASE
)
_COMPARING = re.compile(
    r"\b(?:outperform\w*|surpass\w*|exceed\w*|compared (?:to|with)|than|versus|vs|over|against|unlike|relative to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    concept: Concept


class Attribution:
    """Finds method and dataset of an outcome in its sentence.

    Args:
        text: The whole text.
        found: The concepts and their roles.
        favour: What else speaks for a method as the main one, by name.
    """

    def __init__(self, text: str, found: Findings, favour: Mapping[str, float]) -> None:
        self.text, self.roles = text, found.roles
        self.places = {
            kind: sorted(
                (_Place(*mention, one) for one in found.concepts if one.kind is kind for mention in one.mentions),
                key=lambda place: (place.start, place.end),
            )
            for kind in (Kind.METHOD, Kind.DATASET)
        }
        self.main = _main(found, text.find("\n"), favour)
        datasets = {place.concept.name for place in self.places[Kind.DATASET] if not self._is_source(place)}
        self.only_dataset = datasets.pop() if len(datasets) == 1 else None

    def dataset(self, outcomes: Sequence[Outcome], index: int, low: int, high: int) -> str | None:
        """Choose the dataset of one of a sentence's outcomes.

        A sentence that opens with a dataset goes on with its numbers; else the dataset follows the numbers.
        """
        here = _within(self.places[Kind.DATASET], low, high)
        run, at = _run(outcomes, index)
        first, last = run[0].number.first, run[-1].number.stop
        if not here:
            is_cost = run[at].number.unit in _COSTS
            return None if is_cost or _ELSEWHERE.search(self.text, low, first) else self.only_dataset
        before = [place for place in here if place.end <= first]
        behind = _list(self.text, [place for place in here if place.start >= last])
        following = next((one.number.first for one in outcomes if one.number.start > run[-1].number.start), high)
        if before and _INSIDE.fullmatch(self.text[before[-1].end : first][: _LABEL_REACH + 1]):
            return before[-1].concept.name
        opens = here[0].end <= outcomes[0].number.first
        if behind and (not opens or behind[0].start < following) and self._belongs(last, behind[0].start):
            return _share(behind, run, at)
        listed = _list(self.text, before[::-1])[::-1]
        return _share(listed, run, at) if listed else None

    def _is_source(self, place: _Place) -> bool:
        """Tell a dataset that a model only brings along, such as ImageNet."""
        before = self.text[max(0, place.start - _BEHIND_REACH) : place.start]
        return place.concept.name.startswith("ImageNet") or bool(_PRETRAINED.search(before))

    def _belongs(self, start: int, end: int) -> bool:
        return end - start <= _BEHIND_REACH and bool(_ON.fullmatch(self.text[start:end]))

    def method(self, outcomes: Sequence[Outcome], index: int, low: int, high: int) -> str | None:
        """Choose the method of one of a sentence's outcomes."""
        one = outcomes[index]
        here = _within(self.places[Kind.METHOD], low, high)
        if one.kind is ResultKind.BASELINE:
            return self._beside(here, outcomes, index, high) or self._baseline(here, outcomes, index)
        beside = self._beside(here, outcomes, index, high) if one.kind is ResultKind.SCORE else None
        return beside or self._subject(here, one)

    def is_compared(self, method: str | None) -> bool:
        """Tell whether a method is only measured against."""
        return method is not None and self.roles[method][0] is Role.COMPARED

    def _beside(self, here: Sequence[_Place], outcomes: Sequence[Outcome], index: int, high: int) -> str | None:
        """Read the method that stands right beside a number, or in a list beside the list of numbers."""
        return (
            self._listed(here, outcomes, index)
            or self._ahead(here, outcomes[index])
            or self._behind(here, outcomes, index, high)
        )

    def _ahead(self, here: Sequence[_Place], one: Outcome) -> str | None:
        """Read the method that opens a bracket or a label: "nnU-Net (0.91", "Alpha AUC: 0.67"."""
        near = [place for place in here if one.number.first - _LABEL_REACH <= place.end <= one.number.first]
        if near and _LABELS.fullmatch(self.text[near[-1].end : one.number.first]):
            return near[-1].concept.name
        return None

    def _listed(self, here: Sequence[_Place], outcomes: Sequence[Outcome], index: int) -> str | None:
        """Hand out a list of methods before a list of as many numbers."""
        run, at = _run(outcomes, index)
        listed = _list(self.text, [place for place in here if place.end <= run[0].number.first][::-1])[::-1]
        return listed[at].concept.name if len(listed) == len(run) > 1 else None

    def _behind(self, here: Sequence[_Place], outcomes: Sequence[Outcome], index: int, high: int) -> str | None:
        """Read the method behind a number: "0.78 in logistic regression"."""
        stop = outcomes[index].number.stop
        following = outcomes[index + 1].number.first if index + 1 < len(outcomes) else high
        near = (place for place in here if stop <= place.start < min(following, stop + _BEHIND_REACH))
        first = next(near, None)
        return first.concept.name if first and _OF_METHOD.fullmatch(self.text[stop : first.start]) else None

    def _subject(self, here: Sequence[_Place], one: Outcome) -> str | None:
        """Take the main method if it stands before the number, else the nearest that may be meant."""
        before = [place for place in here if place.end <= one.number.first]
        if self.main is None or any(place.concept.name == self.main for place in before):
            return self.main
        settled = self.roles[self.main][0] is Role.PROPOSED
        for place in reversed(before):
            name = place.concept.name
            role = self.roles[name][0]
            own = role is Role.PROPOSED or (role is not Role.COMPARED and (not settled or _is_proper(name)))
            if own and not self._is_other(place, one.number.first):
                return name
        return self.main

    def _is_other(self, place: _Place, until: int) -> bool:
        """Tell a method that is only compared with, or followed by words for the paper's own."""
        return bool(
            _COMPARING.search(self.text, max(0, place.start - _COMPARING_REACH), place.start)
            or _OWN.search(self.text, place.end, until)
        )

    def _baseline(self, here: Sequence[_Place], outcomes: Sequence[Outcome], index: int) -> str | None:
        """Take the method right before the number, else the only compared one of the sentence."""
        number = outcomes[index].number
        start = outcomes[index - 1].number.stop if index else 0
        others = [place for place in here if place.end <= number.first and place.concept.name != self.main]
        near = [place for place in others if start <= place.start]
        if near:
            return near[-1].concept.name
        compared = {place.concept.name for place in others if self.roles[place.concept.name][0] is Role.COMPARED}
        return compared.pop() if len(compared) == 1 else None


def _main(found: Findings, title_end: int, favour: Mapping[str, float]) -> str | None:
    """Choose the method that a paper's numbers are most often about: proposed, named, first and often spoken of."""
    methods = [one for one in found.concepts if one.kind is Kind.METHOD]

    def weight(one: Concept) -> float:
        return _weight(one, found.roles[one.name][0], title_end) + favour.get(one.name, 0.0)

    best = min(methods, key=lambda one: (-weight(one), one.mentions), default=None)
    return best.name if best else None


def _weight(one: Concept, role: Role, title_end: int) -> float:
    weight = {Role.PROPOSED: 6.0, Role.USED: 0.0}.get(role, -4.0)
    weight += 2.0 * ("proposed" in one.notes) - 1.5 * bool(one.iri)
    weight += 3.0 * _is_proper(one.name) + 1.0 * (one.mentions[0][0] == 0) + 1.0 * (one.mentions[0][0] < title_end)
    return weight + 0.5 * min(5, len(one.mentions))


def _is_proper(name: str) -> bool:
    """Tell a name from a description: a capital behind the first letter, or one word with a capital."""
    return any(char.isupper() for char in name[1:]) or (name[:1].isupper() and " " not in name)


def _within(places: Sequence[_Place], low: int, high: int) -> Sequence[_Place]:
    def start(place: _Place) -> int:
        return place.start

    return places[bisect_left(places, low, key=start) : bisect_left(places, high, key=start)]


def _run(outcomes: Sequence[Outcome], index: int) -> tuple[list[Outcome], int]:
    """Give the list of numbers that an outcome stands in, and its place there."""
    run = [one for one in outcomes if one.run == outcomes[index].run]
    return run, run.index(outcomes[index])


def _share(listed: list[_Place], run: Sequence[Outcome], at: int) -> str | None:
    """Hand a list of datasets out to a list of as many numbers; one dataset holds for all of them."""
    if len(listed) == len(run) > 1:
        return listed[at].concept.name
    return listed[0].concept.name if len(listed) == 1 else None


def _list(text: str, places: Sequence[_Place]) -> list[_Place]:
    """Take the first place and those that are listed with it."""
    taken: list[_Place] = []
    for place in places:
        if taken:
            left, right = sorted((taken[-1], place), key=lambda one: one.start)
            if not _LISTED.fullmatch(text[left.end : right.start]):
                break
        if not taken or taken[-1].concept is not place.concept:
            taken.append(place)
    return taken
