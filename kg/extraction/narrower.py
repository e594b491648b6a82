"""Which concept of a text is narrower than which other: by the vocabularies, or by the words of its name."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
    by_iri: dict[tuple[Kind, str], list[Concept]] = defaultdict(list)
    by_form: dict[tuple[Kind, str], list[Concept]] = defaultdict(list)
    for one in concepts:
        by_form[one.kind, normal_form(one.name)].append(one)
        if one.iri:
            by_iri[one.kind, one.iri].append(one)
    above = {one.name: _above(one, by_iri, by_form, lexicon) for one in concepts if one.kind in _KINDS}
    at = {one.name: place for place, one in enumerate(concepts)}
    for name, over in above.items():
        for other in sorted(over, key=at.__getitem__):
            if not any(other in above[between] for between in over):
                yield Statement(name, Predicate.NARROWER_THAN, other, over[other])


def _above(
    one: Concept,
    by_iri: Mapping[tuple[Kind, str], list[Concept]],
    by_form: Mapping[tuple[Kind, str], list[Concept]],
    lexicon: Lexicon,
) -> dict[str, float]:
    """Score the concepts that one is narrower than, by name."""
    words = normal_form(one.name).split()
    heads = (" ".join(words[start:]) for start in range(1, len(words)))
    by_name = {other.name for head in heads for other in by_form.get((one.kind, head), ())}
    iris = lexicon.above(one.iri) if one.iri else frozenset()
    by_vocabulary = {other.name for iri in sorted(iris) for other in by_iri.get((one.kind, iri), ())}
    scores = dict.fromkeys(by_name, _BY_NAME) | dict.fromkeys(by_vocabulary, _BY_VOCABULARY)
    return {name: _BY_BOTH if name in by_name & by_vocabulary else scores[name] for name in scores if name != one.name}
