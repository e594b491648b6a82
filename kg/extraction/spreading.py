"""Carries the names of concepts to every place of the text where they stand: what is named once is named throughout."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from spacy.tokens import Doc

from kg.extraction.findings import Concept
from kg.extraction.passages import passages_of
from kg.records import Interval

__all__ = ["spread"]

_SAFE_IN_ANY_CASE: Final = 6


class _Name(NamedTuple):
    """A surface of a concept, with its first word in small letters."""

    text: str
    first: str


def spread(doc: Doc, concepts: Sequence[Concept]) -> tuple[Concept, ...]:
    """Add mentions where a name of a concept stands and nothing else is mentioned, the longest names first.

    A mention inside a place where a longer name of its concept stands gives way to it.
    """
    text, begins = passages_of(doc).text, _beginnings(doc)
    whole = tuple(_widened(doc, text, begins, concept) for concept in concepts)
    taken = [False] * len(text)
    for concept in whole:
        for start, end in concept.mentions:
            taken[start:end] = [True] * (end - start)
    added: list[list[Interval]] = [[] for _ in whole]
    named = {(name, at) for at, concept in enumerate(whole) for name in _names(doc, concept)}
    for name, at in sorted(named, key=lambda one: (-len(one[0].text), one)):
        for start, end in _places(doc, text, begins, name):
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                added[at].append((start, end))
    return tuple(
        replace(concept, mentions=tuple(sorted((*concept.mentions, *new)))) if new else concept
        for concept, new in zip(whole, added, strict=True)
    )


def _widened(doc: Doc, text: str, begins: Mapping[str, Sequence[int]], concept: Concept) -> Concept:
    """Put the longest of a concept's names in the place of shorter ones that stand inside it."""
    names = _names(doc, concept)
    if len(names) == 1:
        return concept
    places = {place for name in names for place in _places(doc, text, begins, name)} | set(concept.mentions)
    kept: list[Interval] = []
    for start, end in sorted(places, key=lambda one: (one[0] - one[1], one)):
        is_free = all(end <= low or high <= start for low, high in kept)
        if is_free and any(start <= low and high <= end for low, high in concept.mentions):
            kept.append((start, end))
    return replace(concept, mentions=tuple(sorted(kept)))


def _names(doc: Doc, concept: Concept) -> set[_Name]:
    spans = (doc.char_span(start, end) for start, end in concept.mentions)
    return {_Name(span.text, span[0].lower_) for span in spans if span is not None}


def _beginnings(doc: Doc) -> Mapping[str, Sequence[int]]:
    """Where each word stands, whatever its case."""
    begins: dict[str, list[int]] = defaultdict(list)
    for token in doc:
        begins[token.lower_].append(token.idx)
    return begins


def _places(doc: Doc, text: str, begins: Mapping[str, Sequence[int]], name: _Name) -> Iterator[Interval]:
    """Yield where a name stands as whole tokens; a phrase in any case, since titles and sentences change it."""
    length, plain = len(name.text), _is_plain(name.text)
    for start in begins.get(name.first, ()):
        there = text[start : start + length]
        same = there == name.text or (plain and there.casefold() == name.text.casefold())
        if same and doc.char_span(start, start + length) is not None:
            yield start, start + length


def _is_plain(name: str) -> bool:
    """Tell a phrase or a long word from what is written like a name: its case may change from title to text."""
    return " " in name or (len(name) >= _SAFE_IN_ANY_CASE and not any(char.isupper() for char in name[1:]))
