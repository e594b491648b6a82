"""What the text says of a concept or relation: that it holds, that it does not, or only in passing."""

import re
from collections.abc import Iterator, Mapping

from kg.extraction.findings import Findings, Statement
from kg.extraction.passages import Passages
from kg.records import Claim, Interval, Role, Status

__all__ = ["claims"]

_NEGATION = re.compile(
    r"\b(?:without(?: (?:any|the|need(?:ing)?|requiring|using|relying|training))*|no|never|neither|nor|"
    r"(?:do|does|did|is|are|was|were|can)(?: not|n't)(?: (?:use|require|need|rely|depend|involve))|"
    r"not (?:using|requiring)|(?:eliminat\w+|avoid\w*|obviat\w+|bypass\w*)(?: the)? need)"
    r"(?: (?:for|on|of|to|a|an|any|the|additional|extra|use))*\s+$",
    re.IGNORECASE,
)
_REACH = 60


def claims(found: Findings, passages: Passages) -> Iterator[Claim]:
    """Yield a claim for each role, in order of the concepts, then one for each relation."""
    for one in found.concepts:
        role, score = found.roles[one.name]
        background = Status.BACKGROUND if role is Role.MENTIONED else Status.ASSERTED
        yield Claim(
            subject=None,
            predicate=role.value,
            object=one.name,
            status=Status.NEGATED if _all_denied(one.mentions, passages) else background,
            confidence=round(score * one.score, 2),
            sentence=passages.bounds(passages.number(one.mentions[0])),
            mentions=one.mentions,
        )
    places = {one.name: one.mentions for one in found.concepts}
    yield from (_relation_claim(one, places, passages) for one in found.statements)


def _relation_claim(one: Statement, places: Mapping[str, tuple[Interval, ...]], passages: Passages) -> Claim:
    denied = any(_all_denied((mention,), passages) for mention in one.mentions)
    sentence, mentions = _evidence(places[one.subject], places[one.object], passages)
    return Claim(
        subject=one.subject,
        predicate=one.predicate.value,
        object=one.object,
        status=Status.NEGATED if denied else Status.ASSERTED,
        confidence=one.score,
        sentence=passages.bounds(sentence),
        mentions=mentions,
    )


def _evidence(
    subjects: tuple[Interval, ...], objects: tuple[Interval, ...], passages: Passages
) -> tuple[int, tuple[Interval, ...]]:
    """Choose the sentence a reader should see: the first that names both, else the first that names the object.

    The title comes last: it names much and says little.
    """
    both = {passages.number(one) for one in subjects} & {passages.number(one) for one in objects}
    number = min(both or {passages.number(one) for one in objects}, key=lambda one: (one == 0, one))
    there = [one for one in (*subjects, *objects) if passages.number(one) == number]
    return number, tuple(sorted({*there, *(() if both else subjects[:1])}))


def _all_denied(mentions: tuple[Interval, ...], passages: Passages) -> bool:
    """Tell whether a negation stands right before every mention."""
    return all(
        _NEGATION.search(
            passages.text[max(passages.starts[passages.number(mention)], mention[0] - _REACH) : mention[0]]
        )
        for mention in mentions
    )
