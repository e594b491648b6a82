"""What the page reads: the claims least sure first, with their evidence, and the entities of their papers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import count
from typing import Any, Final

import msgspec

from kg.records import (
    RELATION_KINDS,
    ROLES,
    Annotation,
    Claim,
    ClaimDecision,
    Entity,
    Interval,
    Paper,
    Status,
    claims_of,
    mentions_of,
)

__all__ = ["payload"]

Json = Any
"""What JSON can hold."""

_FORMS: Final[Mapping[str, Json]] = {
    "roles": {kind.value: [role.value for role in roles] for kind, roles in ROLES.items()},
    "relations": {
        predicate.value: sorted([subject.value, obj.value] for subject, obj in kinds)
        for predicate, kinds in RELATION_KINDS.items()
    },
    "statuses": [status.value for status in Status],
}
"""Which predicates fit which kinds."""


@dataclass(frozen=True, slots=True)
class _Shown:
    key: str
    paper: Paper
    annotation: Annotation
    claim: Claim
    number: int


def payload(
    records: Iterable[tuple[Paper, Annotation]], decisions: Sequence[ClaimDecision], *, title: str, limit: int
) -> dict[str, Json]:
    """Give the claims with the least confidence, ties in order of papers and of claims.

    Args:
        records: Papers with their annotations as they were read.
        decisions: Those taken so far, in order.
        title: Of the page.
        limit: How many claims to give at most.
    """
    counter = count()
    # zip asks for a claim first: the counter's next number is that of all claims
    shown = [one for one, _ in nsmallest(limit, zip(_claims(records), counter, strict=False), key=_order)]
    papers = {one.key: (one.paper, one.annotation) for one in sorted(shown, key=lambda one: one.key)}
    places = {key: place for place, key in enumerate(papers)}
    return {
        "title": title,
        "leftOut": next(counter) - len(shown),
        "papers": [_paper(paper, annotation) for paper, annotation in papers.values()],
        "claims": [_claim(one, places[one.key]) for one in shown],
        "decisions": [msgspec.to_builtins(one) for one in decisions],
        **_FORMS,
    }


def _order(numbered: tuple[_Shown, int]) -> tuple[float, str, int]:
    shown, _ = numbered
    return (shown.claim.confidence, shown.key, shown.number)


def _claims(records: Iterable[tuple[Paper, Annotation]]) -> Iterator[_Shown]:
    for paper, annotation in records:
        key = paper.key
        for number, claim in enumerate(claims_of(annotation)):
            if claim.object is not None:
                yield _Shown(key, paper, annotation, claim, number)


def _paper(paper: Paper, annotation: Annotation) -> Json:
    return {
        "key": paper.key,
        "title": paper.title,
        "date": paper.date,
        "entities": [
            {
                "type": entity.type.value,
                "name": entity.name,
                "surfaces": list(entity.surfaces),
                "mentions": [list(place) for place in mentions_of(entity, paper.text)],
            }
            for entity in annotation.entities
        ],
    }


def _claim(shown: _Shown, paper: int) -> Json:
    claim, text = shown.claim, shown.paper.text
    start, end = claim.sentence or (0, len(text))  # without a sentence of its own the whole text is the evidence
    ends = [one for one in shown.annotation.entities if one.name in {claim.subject, claim.object}]
    return {
        "paper": paper,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "status": claim.status.value,
        "confidence": claim.confidence,
        "sentence": [start, end],
        "quote": text[start:end],
        "mentions": [list(place) for place in _marked(ends, text, (start, end))],
    }


def _marked(ends: Iterable[Entity], text: str, sentence: Interval) -> list[Interval]:
    """Where the sentence names the claim's entities; of mentions within one another the longest."""
    start, end = sentence
    inside = [place for one in ends for place in mentions_of(one, text) if start <= place[0] and place[1] <= end]
    marked: list[Interval] = []
    for place in sorted(set(inside), key=lambda one: (one[0], -one[1])):
        if not marked or place[0] >= marked[-1][1]:
            marked.append(place)
    return marked
