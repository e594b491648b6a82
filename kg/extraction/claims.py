"""What the text says of a concept or relation: that it holds, that it does not, that it may, or only in passing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from kg.extraction.findings import Concept, Findings, Statement
from kg.extraction.passages import Part, Passages
from kg.extraction.polarity import in_earlier_work, status_at
from kg.records import Claim, Interval, Kind, Predicate, Role, Status

__all__ = ["claims"]

_FINDINGS: Final = frozenset({Kind.DISEASE, Kind.ANATOMY, Kind.METRIC})
"""A case has them or not, and the paper studies them either way."""
_KNOWLEDGE: Final = frozenset({Predicate.PART_OF, Predicate.BASED_ON, Predicate.HAS_MODALITY, Predicate.COVERS})
"""Holds of the things themselves, whoever says so, rather than of somebody's work with them."""
_MADE_WITH: Final = frozenset({Predicate.BASED_ON, Predicate.TRAINED_ON, Predicate.EVALUATED_ON})
_DOUBT: Final = (Status.ASSERTED, Status.HYPOTHESISED, Status.NEGATED)


class _Placed(NamedTuple):
    """A concept, with its mentions by the number of their sentence."""

    concept: Concept
    at: Mapping[int, list[Interval]]


def claims(found: Findings, passages: Passages) -> Iterator[Claim]:
    """Yield a claim for each role, in order of the concepts, then one for each relation."""
    for one in found.concepts:
        role, score = found.roles[one.name]
        yield Claim(
            subject=None,
            predicate=role.value,
            object=one.name,
            status=_role_status(one, role, passages),
            confidence=round(score * one.score, 2),
            sentence=passages.bounds(passages.number(one.mentions[0])),
            mentions=one.mentions,
        )
    placed = {one.name: _placed(one, passages) for one in found.concepts}
    for statement in found.statements:
        subject, target = placed[statement.subject], placed[statement.object]
        sentence, mentions = _evidence(subject, target)
        is_own = found.roles[statement.subject][0] is Role.PROPOSED
        yield Claim(
            subject=statement.subject,
            predicate=statement.predicate.value,
            object=statement.object,
            status=_relation_status(statement, subject, target, passages, is_own=is_own),
            confidence=statement.score,
            sentence=passages.bounds(sentence),
            mentions=mentions,
        )


def _role_status(concept: Concept, role: Role, passages: Passages) -> Status:
    """Let the paper's own sentences decide; what others take is no use that this paper makes of it."""
    said = _least_doubt(_status(one, concept, passages) for one in concept.mentions if _is_own(one, passages))
    if said is Status.HYPOTHESISED or (said is Status.NEGATED and role is not Role.COMPARED):
        return said
    taken = role is Role.USED and all(in_earlier_work(one, passages) for one in concept.mentions)
    return Status.BACKGROUND if taken or role is Role.MENTIONED else Status.ASSERTED


def _relation_status(
    statement: Statement, subject: _Placed, target: _Placed, passages: Passages, *, is_own: bool
) -> Status:
    """Let the sentences that name both decide; ``is_own`` where the subject is the paper's contribution."""
    predicate = statement.predicate
    if predicate is Predicate.NARROWER_THAN:
        return Status.ASSERTED
    both = subject.at.keys() & target.at.keys()
    about = target.concept
    if not both:
        denied = _least_doubt(_status(one, about, passages) for one in about.mentions if _is_own(one, passages))
        return Status.NEGATED if denied is Status.NEGATED and predicate in _MADE_WITH else Status.ASSERTED
    if not (is_own or predicate in _KNOWLEDGE) and all(in_earlier_work(one, passages) for one in about.mentions):
        return Status.BACKGROUND
    said = _least_doubt(
        max((_status(one, end, passages) for end, there in (subject, target) for one in there[at]), key=_DOUBT.index)
        for at in both
    )
    # "better than without X" compares with X; it does not deny the comparison
    is_likened = said is Status.NEGATED and predicate is Predicate.COMPARED_WITH
    return Status.ASSERTED if said is None or is_likened else said


def _status(mention: Interval, concept: Concept, passages: Passages) -> Status:
    return status_at(mention, passages, finding=concept.kind in _FINDINGS)


def _least_doubt(said: Iterable[Status]) -> Status | None:
    """Choose what is said for surest: what is asserted once is asserted."""
    return min(said, key=_DOUBT.index, default=None)


def _is_own(mention: Interval, passages: Passages) -> bool:
    """Tell whether the paper may speak of its own work there."""
    return passages.part(mention) is not Part.BACKGROUND or not passages.has_own


def _placed(concept: Concept, passages: Passages) -> _Placed:
    at: dict[int, list[Interval]] = {}
    for one in concept.mentions:
        at.setdefault(passages.number(one), []).append(one)
    return _Placed(concept, at)


def _evidence(subject: _Placed, target: _Placed) -> tuple[int, tuple[Interval, ...]]:
    """Choose the sentence a reader should see: the first that names both, else the first that names the object.

    The title comes last: it names much and says little.
    """
    both = subject.at.keys() & target.at.keys()
    number = min(both or target.at, key=lambda one: (one == 0, one))
    there = (*subject.at.get(number, ()), *target.at.get(number, ()))
    return number, tuple(sorted({*there, *(() if both else subject.concept.mentions[:1])}))
