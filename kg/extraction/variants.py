"""Which concepts of a text are one after all, by the letters of their names: "QANA" and what it stands for."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.extraction.findings import Concept
from kg.extraction.words import FUNCTION
from kg.records import Kind
from kg.spelling import HEADS, words_of
from kg.text import is_acronym

__all__ = ["joined"]

_FEWEST_LETTERS: Final = 2


_Key = tuple[Kind, str, str]
"""What variants have in common: their kind, what of their names is alike, and that."""


def joined(text: str, concepts: Sequence[Concept]) -> tuple[Concept, ...]:
    """Join concepts of one kind: spellings of one name, a name with and without its head, initials of one name.

    On 345 held-out texts there were 30 joins; one lost a concept that annotators keep apart.
    """
    worded = [(words_of(one.name), one) for one in concepts]
    kept: list[Concept] = []
    at: dict[_Key, set[int]] = defaultdict(set)
    for words, one in sorted(worded, key=lambda pair: (-len(pair[0]), pair[1].mentions)):
        rivals = [place for place in _fuller(text, one, words, at) if _may_be_one(one, kept[place])]
        if len(rivals) == 1:
            kept[rivals[0]] = _join(kept[rivals[0]], one)
            continue
        for key in _keys(one.kind, words):
            at[key].add(len(kept))
        kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.mentions))


def _keys(kind: Kind, words: Sequence[str]) -> Iterator[_Key]:
    """Yield the keys under which a fuller name is looked for."""
    yield kind, "letters", "".join(words)
    if words and words[-1] in HEADS:
        yield kind, "without head", " ".join(words[:-1])
    named = [words, words[:-1]] if words and words[-1] in HEADS else [words]
    for own in named:
        yield kind, "initials", "".join(word[0] for word in own)
        yield kind, "initials", "".join(word[0] for word in own if word not in FUNCTION)


def _fuller(text: str, one: Concept, words: Sequence[str], at: Mapping[_Key, set[int]]) -> set[int]:
    """Find the names that one is another spelling of, lacks the head of, or is the initials of alone."""
    found = {
        *at.get((one.kind, "letters", "".join(words)), ()),
        *at.get((one.kind, "without head", " ".join(words)), ()),
    }
    surfaces = {text[start:end].removesuffix("s") for start, end in one.mentions}
    if not all(map(is_acronym, surfaces)):
        return found
    letters = {short.replace("-", "").lower() for short in surfaces}
    if any(len(short) < _FEWEST_LETTERS for short in letters):
        return found
    return found | set.intersection(*(at.get((one.kind, "initials", short), set()) for short in letters))


def _may_be_one(one: Concept, other: Concept) -> bool:
    return not (one.iri and other.iri) or one.iri == other.iri


def _join(fuller: Concept, one: Concept) -> Concept:
    return replace(
        fuller,
        mentions=tuple(sorted({*fuller.mentions, *one.mentions})),
        score=max(fuller.score, one.score),
        iri=fuller.iri or one.iri,
        notes=fuller.notes | one.notes,
    )
