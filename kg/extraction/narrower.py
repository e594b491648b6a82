"""Which concept of a text is narrower than which other: by the vocabularies, or by the words of its name."""

from collections.abc import Iterator, Sequence
from typing import Final

from kg.extraction.findings import Concept, Statement
from kg.extraction.lexicon import Lexicon
from kg.records import Kind, Predicate
from kg.text import normal_form

__all__ = ["narrower"]

_KINDS: Final = frozenset({Kind.METHOD, Kind.MODALITY, Kind.DISEASE, Kind.TASK, Kind.ANATOMY})
_BY_BOTH, _BY_VOCABULARY, _BY_NAME = 0.53, 0.3, 0.24


def narrower(concepts: Sequence[Concept], lexicon: Lexicon) -> Iterator[Statement]:
    """Yield the nearest pairs only: "chest CT" under "CT", not also under what "CT" is under."""
    for one in concepts:
        if one.kind in _KINDS:
            above = {other.name: score for other in concepts if (score := _score(one, other, lexicon))}
            for other in concepts:
                if other.name in above and not any(
                    between.name in above and _score(between, other, lexicon) for between in concepts
                ):
                    mentions = (one.mentions[0], other.mentions[0])
                    yield Statement(one.name, Predicate.NARROWER_THAN, other.name, above[other.name], mentions)


def _score(one: Concept, other: Concept, lexicon: Lexicon) -> float:
    """Score "one is narrower than other"; 0 where nothing says so."""
    if one.kind is not other.kind or one is other:
        return 0.0
    by_name = normal_form(one.name).endswith(" " + normal_form(other.name))
    by_vocabulary = bool(other.iri) and other.iri in lexicon.above(one.iri)
    if by_name and by_vocabulary:
        return _BY_BOTH
    return _BY_VOCABULARY if by_vocabulary else _BY_NAME * by_name
