"""What the text says of a concept or relation: that it holds, that it does not, that it may, or only in passing."""

from collections.abc import Iterable, Iterator
from typing import Final

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
    concepts = {one.name: one for one in found.concepts}
    for statement in found.statements:
        subject, target = concepts[statement.subject], concepts[statement.object]
        sentence, mentions = _evidence(subject.mentions, target.mentions, passages)
        is_own = found.roles[subject.name][0] is Role.PROPOSED
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
    statement: Statement, subject: Concept, target: Concept, passages: Passages, *, is_own: bool
) -> Status:
    """Let the sentences that name both decide; ``is_own`` where the subject is the paper's contribution."""
    predicate = statement.predicate
    if predicate is Predicate.NARROWER_THAN:
        return Status.ASSERTED
    both = _sentences(subject.mentions, passages) & _sentences(target.mentions, passages)
    if not both:
        denied = _least_doubt(_status(one, target, passages) for one in target.mentions if _is_own(one, passages))
        return Status.NEGATED if denied is Status.NEGATED and predicate in _MADE_WITH else Status.ASSERTED
    there = [(one, end) for end in (subject, target) for one in end.mentions if passages.number(one) in both]
    if not (is_own or predicate in _KNOWLEDGE) and all(in_earlier_work(one, passages) for one in target.mentions):
        return Status.BACKGROUND
    said = _least_doubt(
        max((_status(one, end, passages) for one, end in there if passages.number(one) == at), key=_DOUBT.index)
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


def _sentences(mentions: Iterable[Interval], passages: Passages) -> set[int]:
    return {passages.number(one) for one in mentions}


def _evidence(
    subjects: tuple[Interval, ...], objects: tuple[Interval, ...], passages: Passages
) -> tuple[int, tuple[Interval, ...]]:
    """Choose the sentence a reader should see: the first that names both, else the first that names the object.

    The title comes last: it names much and says little.
    """
    both = _sentences(subjects, passages) & _sentences(objects, passages)
    number = min(both or _sentences(objects, passages), key=lambda one: (one == 0, one))
    there = [one for one in (*subjects, *objects) if passages.number(one) == number]
    return number, tuple(sorted({*there, *(() if both else subjects[:1])}))
