"""Which pairs may be related, and what speaks for it: two concepts, or a number and what it may measure."""

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from spacy.tokens import Doc

from kg.extraction.findings import Concept, Findings
from kg.extraction.passages import Part, Passages, passages_of
from kg.extraction.tagger.pairs import ASKED, JUDGED, NUMBER, PAIRS, READ, Pairs
from kg.extraction.tagger.reading import Reading
from kg.records import Interval, Kind, Role

__all__ = ["PAIR_TRAITS", "Pair", "concept_pairs", "number_pairs", "tokens_of"]

_CONSIDERED: Final = -4.0
"""Log-odds below which a pair that no rule found is not judged."""

_NEAR: Final = 1000
"""Tokens between the first mentions of what may be related, at most; more than an abstract has."""

_MOST_MENTIONS: Final = 16
"""Of a place; later ones say little new."""

_KINDS: Final = (*(one.value for one in Kind), NUMBER)
_ASKED: Final = {
    subject: {
        kind: relations
        for kind in _KINDS
        if (relations := [at for at, pair in enumerate(PAIRS) if pair in READ and (subject, pair, kind) in ASKED])
    }
    for subject in _KINDS
}
"""For the kind of a subject and that of an object the relations that can be, as indices of `PAIRS`."""

_ROLES: Final = (Role.PROPOSED, Role.INTRODUCED, Role.USED, Role.COMPARED, Role.MENTIONED)

Place = tuple[int, str, int]
"""A relation between two of a text's places: index of the subject, name, index of the object."""


class Pair(NamedTuple):
    """A relation that may hold.

    Attributes:
        score: The log-odds of it by the tagger.
        traits: What speaks for and against it; nothing where it is not judged.
    """

    subject: int
    name: str
    object: int
    score: float
    traits: Sequence[float]


def concept_pairs(doc: Doc, found: Findings, reading: Reading, ruled: Mapping[Place, float]) -> list[Pair]:
    """Give the relations of concepts that the tagger or the rules think possible.

    Args:
        doc: The text.
        found: Its concepts, with their roles.
        reading: What the tagger says of it.
        ruled: The relations that the rules found, all of what can be, with their scores; concepts are told by index.
    """
    places = [_known(one, found) for one in found.concepts]
    return _judgeable(doc, reading, places, range(len(places)), ruled)


def number_pairs(
    doc: Doc, found: Findings, reading: Reading, numbers: Sequence[Interval], ruled: Mapping[Place, float]
) -> list[Pair]:
    """Give what numbers may measure; subjects are told by the index of their number, objects by that of the concept."""
    concepts = [_known(one, found) for one in found.concepts]
    places = [*concepts, *(_Known(NUMBER, (one,), 1.0, None, proposed=False) for one in numbers)]
    shift = len(concepts)
    shifted = {(subject + shift, name, target): score for (subject, name, target), score in ruled.items()}
    pairs = _judgeable(doc, reading, places, range(shift, len(places)), shifted)
    return [one._replace(subject=one.subject - shift) for one in pairs]


class _Known(NamedTuple):
    """What is known of a place before its relations are."""

    kind: str
    mentions: tuple[Interval, ...]
    score: float
    role: Role | None
    proposed: bool


def _known(one: Concept, found: Findings) -> _Known:
    mentions = one.mentions[:_MOST_MENTIONS]
    return _Known(one.kind.value, mentions, one.score, found.roles[one.name][0], "proposed" in one.notes)


def _judgeable(
    doc: Doc, reading: Reading, places: Sequence[_Known], subjects: range, ruled: Mapping[Place, float]
) -> list[Pair]:
    scores = dict(_scores(doc, reading, places, subjects, ruled))
    about = _About(scores, places, passages_of(doc))
    return [
        Pair(*place, score, about.traits(place, ruled.get(place, 0.0)) if place[1] in JUDGED else ())
        for place, score in scores.items()
    ]


def _scores(
    doc: Doc, reading: Reading, places: Sequence[_Known], subjects: range, ruled: Mapping[Place, float]
) -> Iterator[tuple[Place, float]]:
    """Yield the log-odds of the relations that are likely enough, or that the rules found."""
    if not subjects:
        return
    fits = _Fits(doc, reading, places, ruled)
    for subject in subjects:
        for relation, target, score in fits.of(subject):
            yield (subject, PAIRS[relation], target), score


class _Fits:
    """Finds what fits the places of one text: what is near them, and what the rules found."""

    def __init__(self, doc: Doc, reading: Reading, places: Sequence[_Known], ruled: Mapping[Place, float]) -> None:
        spans = [[tokens_of(doc, mention) or (0, 1) for mention in one.mentions] for one in places]
        self.pairs = Pairs(reading.vectors, spans)
        self.kinds = [one.kind for one in places]
        self.starts = [own[0][0] for own in spans]
        self.in_order: dict[str, list[int]] = defaultdict(list)
        for at in sorted(range(len(places)), key=self.starts.__getitem__):
            self.in_order[self.kinds[at]].append(at)
        self.ruled: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
        for subject, name, target in ruled:
            relation, kind = PAIRS.index(name), self.kinds[target]
            if relation in _ASKED[self.kinds[subject]].get(kind, ()):  # what is named as a metric may be a task
                self.ruled[subject, kind].append((relation, target))

    def of(self, subject: int) -> list[tuple[int, int, float]]:
        """Give relations, objects and log-odds of one subject, in this order."""
        asked = _ASKED[self.kinds[subject]].items()
        return sorted(one for kind, relations in asked for one in self._of(subject, kind, relations))

    def _of(self, subject: int, kind: str, relations: list[int]) -> Iterator[tuple[int, int, float]]:
        near, ruled = self._near(subject, kind), self.ruled.get((subject, kind), ())
        objects = sorted({*near, *(target for _, target in ruled)})
        if not objects:
            return
        scores = self.pairs.scores(subject, relations, objects).round(2)
        considered = (scores >= _CONSIDERED) & [at in near for at in objects]
        for relation, target in ruled:
            considered[relations.index(relation), bisect_left(objects, target)] = True
        for row, column in np.argwhere(considered).tolist():
            yield relations[row], objects[column], float(scores[row, column])

    def _near(self, subject: int, kind: str) -> set[int]:
        places, start, start_of = self.in_order[kind], self.starts[subject], self.starts.__getitem__
        low = bisect_left(places, start - _NEAR, key=start_of)
        high = bisect_right(places, start + _NEAR, key=start_of)
        return {*places[low:high]} - {subject}


def tokens_of(doc: Doc, mention: Interval) -> tuple[int, int] | None:
    """Give the half-open range of tokens that a mention touches, None where there are none."""
    span = doc.char_span(*mention, alignment_mode="expand")
    return (span.start, span.end) if span is not None and len(span) else None


PAIR_TRAITS: Final = 27 + 2 * len(_ROLES)
"""How many numbers tell of a pair."""


_RIVALRIES: Final = (
    slice(1, 3),  # another may be the subject
    slice(0, 2),  # another may be the object
    slice(1, 2),  # other pairs may be related in this way
    slice(0, 3, 2),  # this pair may be related in another way
)


class _About:
    """Tells what speaks for and against the pairs of one text."""

    def __init__(self, scores: Mapping[Place, float], places: Sequence[_Known], passages: Passages) -> None:
        self.scores, self.places = scores, places
        self.sentences = [{passages.number(at) for at in one.mentions} for one in places]
        self.parts = [{passages.part(at) for at in one.mentions} for one in places]
        self.proposed = sum(one.role is Role.PROPOSED for one in places)
        self.kinds = {kind: sum(one.kind == kind for one in places) for kind in _KINDS}
        self.length = max(1, len(passages.text))
        self.rivals = [_Rivals(scores, key) for key in _RIVALRIES]

    def traits(self, place: Place, ruled: float) -> list[float]:
        """Give the traits of one pair; see the comments."""
        subject, name, target = place
        one, other = self.places[subject], self.places[target]
        score = self.scores[place]
        shared = self.sentences[subject] & self.sentences[target]
        gap = min(abs(a[0] - b[0]) for a in one.mentions for b in other.mentions)
        return [
            score,
            *(score - rivals.of(place, score) for rivals in self.rivals),
            self.scores.get((target, name, subject), _CONSIDERED),  # or the other way round
            ruled,
            float(ruled > 0),
            one.score,
            other.score,
            *(float(one.role is role) for role in _ROLES),
            *(float(other.role is role) for role in _ROLES),
            float(bool(shared)),
            math.log1p(len(shared)),
            *(float(Part.TITLE in self.parts[at]) for at in (subject, target)),
            *(float(Part.OWN in self.parts[at]) for at in (subject, target)),
            math.log1p(gap),
            float(one.mentions[0] < other.mentions[0]),
            one.mentions[0][0] / self.length,
            other.mentions[0][0] / self.length,
            math.log(len(one.mentions)),
            math.log(len(other.mentions)),
            float(one.proposed),
            float(other.proposed),
            math.log1p(self.proposed),
            math.log1p(self.kinds[one.kind]),
            math.log1p(self.kinds[other.kind]),
        ]


class _Rivals:
    """The best two scores under each key, so that each pair finds the best of the others.

    Args:
        scores: Of all pairs.
        key: The parts of a place that rivals have in common.
    """

    def __init__(self, scores: Mapping[Place, float], key: slice) -> None:
        self.key = key
        self.best: dict[tuple[object, ...], tuple[float, float]] = defaultdict(lambda: (_CONSIDERED, _CONSIDERED))
        for place, score in scores.items():
            first, second = self.best[self._shared(place)]
            self.best[self._shared(place)] = (max(first, score), max(min(first, score), second))

    def _shared(self, place: Place) -> tuple[object, ...]:
        return tuple(place)[self.key]

    def of(self, place: Place, score: float) -> float:
        """Give the best score of the others under the key of a pair."""
        first, second = self.best[self._shared(place)]
        return second if score == first else first
