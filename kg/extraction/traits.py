"""What is known of a concept when it is judged: rows of numbers for `kg.extraction.judge`."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from spacy.tokens import Doc, Span

from kg.extraction.candidates import candidates
from kg.extraction.findings import Concept
from kg.extraction.passages import Part, Passages, passages_of
from kg.extraction.roles import rule_role
from kg.extraction.rules import RULES
from kg.extraction.tagger.reading import Reading
from kg.records import Kind, Role
from kg.text import is_acronym

__all__ = ["ENTITY_TRAITS", "ROLE_TRAITS", "Place", "entity_traits", "role_traits", "rule_scores"]

Place = tuple[int, int, Kind]
"""First token, token behind the last, kind."""


def rule_scores(doc: Doc) -> dict[Place, float]:
    """Give the score that the rules gave each place."""
    return {(one.start, one.end, one.kind): one.score for one in candidates(doc, RULES)}


ENTITY_TRAITS: Final = 18 + 3 * len(Kind)
"""How many numbers `entity_traits` gives."""


def entity_traits(doc: Doc, concept: Concept, reading: Reading, rules: Mapping[Place, float]) -> list[float]:
    """Tell what speaks for and against a concept; see the comments for each number."""
    kind, spans = concept.kind, _spans(doc, concept)
    flat = [reading.likelihood(span.start, span.end, kind) for span in spans]
    seen = [
        _logit(max(own, reading.nested_likelihood(span.start, span.end, kind)))
        for own, span in zip(flat, spans, strict=True)
    ]
    ruled = [rules.get((span.start, span.end, kind), 0.0) for span in spans]
    others = [
        max(reading.likelihood(span.start, span.end, other) for other in Kind if other is not kind) for span in spans
    ]
    mean = sum(seen) / len(seen)
    lengths = [len(span) for span in spans]
    parts = _parts(concept, passages_of(doc))
    kinds = [float(kind is one) for one in Kind]
    return [
        max(seen),
        mean,
        seen[0],
        math.log(len(spans)),
        max(ruled),
        sum(score > 0 for score in ruled) / len(ruled),  # share of mentions that the rules found too
        float(bool(concept.iri)),
        float(Part.TITLE in parts),
        float(Part.OWN in parts),
        max(map(_logit, others)),  # it might be of another kind
        sum(reading.outside(span.start, span.end) for span in spans) / len(spans),
        float(min(lengths)),
        float(max(lengths)),
        float(any(is_acronym(span.text) for span in spans)),
        float(spans[0].text.islower()),
        float("proposed" in concept.notes),
        float(max(flat) < _ONLY_NESTED),
        float(len({span.text for span in spans}) > 1),
        *kinds,
        *(mean * one for one in kinds),  # the tagger and the rules are not equally good at each kind
        *(max(ruled) * one for one in kinds),
    ]


_ONLY_NESTED = 0.3


ROLE_TRAITS: Final = 3 * len(Role) + 14
"""How many numbers `role_traits` gives."""


def role_traits(doc: Doc, concept: Concept, concepts: Sequence[Concept], reading: Reading) -> list[float]:
    """Tell what speaks for each role of a concept."""
    passages = passages_of(doc)
    spans = _spans(doc, concept)
    chances = reading.roles([span.start for span in spans])
    parts = [passages.part(mention) for mention in concept.mentions]
    compared = [passages.is_compared(mention) for mention in concept.mentions]
    ruled, _ = rule_role(concept, concepts, passages)
    return [
        *np.log(chances + _TINY).mean(axis=0).tolist(),
        *np.log(chances.max(axis=0) + _TINY).tolist(),
        *(float(part in parts) for part in (Part.TITLE, Part.OWN, Part.BACKGROUND)),
        float(all(compared)),
        sum(compared) / len(compared),
        float(any(passages.is_taken(mention) for mention in concept.mentions)),
        float(bool(concept.iri)),
        float("proposed" in concept.notes),
        math.log(len(spans)),
        float(any(is_acronym(span.text) for span in spans)),
        float(_outshone(concept, concepts, passages)),
        spans[0].start / len(doc),
        float(max(map(len, spans))),
        sum(part is Part.OWN for part in parts) / len(parts),
        *(float(ruled is role) for role in Role),
    ]


_TINY = 1e-3


def _spans(doc: Doc, concept: Concept) -> list[Span]:
    """Give the mentions as spans; every mention begins and ends where tokens do."""
    return [span for start, end in concept.mentions if (span := doc.char_span(start, end)) is not None]


def _parts(concept: Concept, passages: Passages) -> set[Part]:
    return {passages.part(mention) for mention in concept.mentions}


def _outshone(concept: Concept, concepts: Sequence[Concept], passages: Passages) -> bool:
    """Tell whether another concept of the kind stands in the title."""
    return any(
        other is not concept and other.kind is concept.kind and Part.TITLE in _parts(other, passages)
        for other in concepts
    )


def _logit(chance: float) -> float:
    held = min(max(chance, 0.003), 0.997)
    return math.log(held / (1 - held))
