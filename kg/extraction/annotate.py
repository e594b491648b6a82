"""From what the pipeline found to the record that leaves the package."""

import re
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Final

from spacy.language import Language

from kg.extraction.claims import claims
from kg.extraction.findings import Concept, Findings, findings_of
from kg.extraction.given import given_claims, given_of, put_given
from kg.extraction.passages import passages_of
from kg.records import Annotation, Entity, Paper, Predicate, Status

__all__ = ["Extractor", "extract", "readable"]

_FORGOTTEN_AFTER: Final = 256
"""Texts after which the words met in them are forgotten: few enough to take no room, and many enough to meet again."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def extract(nlp: Language, paper: Paper, given: Sequence[Entity] | None = None) -> Annotation:
    """Read what a paper's text says; offsets count the characters of ``paper.text``.

    Entities that are given are taken with their roles in place of found ones, and all else is read off with them.
    Of a paper without an abstract nothing is claimed: a title says what it is about, not what it did.
    """
    if not paper.abstract and given is None:
        return Annotation(paper.id, claims=())
    text = paper.text
    doc = nlp.make_doc(readable(text))
    if given is not None:
        put_given(doc, given)
    doc = nlp(doc)
    found, known = findings_of(doc), given_of(doc)
    stated = tuple(claims(found, passages_of(doc)))
    if known is None:
        entities = tuple(_entity(one, found, text) for one in found.concepts)
    else:
        entities = tuple(one.entity for one in known)
        stated = tuple(given_claims(doc, known, stated))
    return Annotation(
        id=paper.id,
        entities=entities,
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


class Extractor:
    """A pipeline that reads any number of texts in the same memory.

    spaCy keeps every word it meets; here it does so for some texts only, in one memory zone after another. Between two
    of them nothing of spaCy's is held, since only records leave `extract`.

    Args:
        nlp: Nobody else may have it read in a memory zone.
    """

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._zone = ExitStack()
        self._left = 0

    def __call__(self, paper: Paper, given: Sequence[Entity] | None = None) -> Annotation:
        """Read what a paper's text says, as `extract` does."""
        if not self._left:
            self._zone.close()
            self._zone.enter_context(self._nlp.memory_zone())
            self._left = _FORGOTTEN_AFTER
        self._left -= 1
        return extract(self._nlp, paper, given)


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
