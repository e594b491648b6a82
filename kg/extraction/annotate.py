"""From what the pipeline found to the record that leaves the package."""

import re

from spacy.language import Language

from kg.extraction.claims import claims
from kg.extraction.findings import Concept, Findings, findings_of
from kg.extraction.passages import passages_of
from kg.records import Annotation, Entity, Paper, Predicate, Status

__all__ = ["extract", "readable"]

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def extract(nlp: Language, paper: Paper) -> Annotation:
    """Read what a paper's text says; offsets count the characters of ``paper.text``."""
    text = paper.text
    doc = nlp(readable(text))
    found = findings_of(doc)
    stated = tuple(claims(found, passages_of(doc)))
    return Annotation(
        id=paper.id,
        entities=tuple(_entity(one, found, text) for one in found.concepts),
        relations=tuple(
            (one.subject, Predicate(one.predicate), one.object)
            for one in stated
            if one.subject is not None and one.object is not None and one.status is Status.ASSERTED
        ),
        results=found.results,
        sizes=found.sizes,
        links=found.links,
        claims=stated,
    )


def readable(text: str) -> str:
    """Put a replacement in the place of what cannot be encoded, character by character, so that offsets hold."""
    return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def _entity(concept: Concept, found: Findings, text: str) -> Entity:
    return Entity(
        type=concept.kind,
        name=concept.name,
        surfaces=tuple(dict.fromkeys(text[start:end] for start, end in concept.mentions)),
        role=found.roles[concept.name][0],
        mentions=concept.mentions,
        confidence=concept.score,
    )
