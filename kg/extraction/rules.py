"""Component ``kg_rules``: what vocabularies and patterns together make of the text, before any model has a say.

It reads every source it is given, one span group each, lets equal places add up, carries names and
abbreviations through the text, and keeps the longest of overlapping places.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.abbreviations import definitions
from kg.extraction.candidates import Candidate, candidates, flat, one_kind, pool, put_candidates
from kg.extraction.links import addresses
from kg.extraction.passages import passages_of
from kg.records import Kind
from kg.text import normal_form

__all__ = ["RULES", "SOURCES", "RuleReader", "make_rule_reader"]

RULES: Final = "kg_rules"
SOURCES: Final[Mapping[str, float]] = MappingProxyType(
    {"kg_terms": 1.0, "kg_phrases": 1.0, "kg_contributions": 1.0, "kg_datasets": 1.0, "kg_names": 1.0}
)
"""The finders, and what to multiply their scores with."""

_ABBREVIATED: Final = 0.35


@Language.factory(
    "kg_rules",
    default_config={"sources": dict(SOURCES), "least": 0.6},
    assigns=["doc.spans"],
    requires=["doc.spans"],
)
def make_rule_reader(
    nlp: Language,  # noqa: ARG001 - asked for by spaCy
    name: str,  # noqa: ARG001 - asked for by spaCy
    sources: dict[str, float],
    least: float,
) -> "RuleReader":
    """Build the component; see :class:`RuleReader` for what the settings mean."""
    return RuleReader(sources, least)


class RuleReader:
    """Turns the finders' candidates into one flat reading, with what lies nested in it.

    Args:
        sources: Span groups to read, and what to multiply their scores with.
        least: The score below which a place is dropped.
    """

    def __init__(self, sources: Mapping[str, float], least: float) -> None:
        self.sources, self.least = dict(sources), least

    def __call__(self, doc: Doc) -> Doc:
        """Write the reading to ``doc.spans``, and return the document."""
        read = [
            Candidate(one.start, one.end, one.kind, round(one.score * weight, 2), one.iri, one.note)
            for source, weight in sorted(self.sources.items())
            for one in candidates(doc, source)
        ]
        pooled = pool(read)
        pooled = pool([*pooled, *_abbreviated(doc, pooled)])
        pooled = pool([*pooled, *_repeated(doc, pooled)])
        chosen = one_kind(doc, _standing(doc, [one for one in pooled if one.score >= self.least]))
        kept, nested = flat(chosen)
        put_candidates(doc, RULES, [*kept, *nested])
        return doc


def _abbreviated(doc: Doc, pooled: list[Candidate]) -> Iterable[Candidate]:
    """Give long form and every occurrence of the short form the kind of what ends where the long form ends."""
    by_end: dict[int, list[Candidate]] = defaultdict(list)
    by_place: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for one in pooled:
        by_end[one.end].append(one)
        by_place[one.start, one.end].append(one)
    text = passages_of(doc).text
    pairs = {(long.text, short.text): (long, short) for long, short in reversed(definitions(doc))}
    for long, short in pairs.values():
        known = by_place[long.start, long.end] or by_end[long.end] or by_place[short.start, short.end]
        if known or short.text[1:] != short.text[1:].lower():
            best = max(known, key=lambda one: (one.score, one.kind), default=_unknown(long))
            iri = best.iri if best.start == long.start else ""
            yield Candidate(long.start, long.end, best.kind, best.score, iri, best.note)
            for start, end in _occurrences(doc, text, short.text):
                yield Candidate(start, end, best.kind, best.score, iri, best.note)


def _unknown(long: Span) -> Candidate:
    """What a text abbreviates is most often a method."""
    return Candidate(long.start, long.end, Kind.METHOD, _ABBREVIATED)


def _repeated(doc: Doc, pooled: list[Candidate]) -> Iterable[Candidate]:
    """Carry names that a paper gives or a dataset bears to every place where they stand."""
    text = passages_of(doc).text
    seen = set()
    for one in pooled:
        name = doc[one.start : one.end].text
        if not one.iri and (name, one.kind) not in seen and any(char.isupper() for char in name[1:]):
            seen.add((name, one.kind))
            for start, end in _occurrences(doc, text, name):
                if (start, end) != (one.start, one.end):
                    yield Candidate(start, end, one.kind, one.score, "", one.note)


def _occurrences(doc: Doc, text: str, name: str) -> Iterable[tuple[int, int]]:
    at = text.find(name)
    while at >= 0:
        span = doc.char_span(at, at + len(name))
        if span is not None:
            yield span.start, span.end
        at = text.find(name, at + len(name))


def _standing(doc: Doc, pooled: list[Candidate]) -> list[Candidate]:
    """Drop what stands in addresses alone: the name of a repository need not be one that the paper speaks of."""
    inside = {place for start, end in addresses(passages_of(doc).text) for place in range(start, end)}
    forms = [normal_form(doc[one.start : one.end].text) for one in pooled]
    outside = [doc[one.start].idx not in inside for one in pooled]
    spoken = {form for form, out in zip(forms, outside, strict=True) if out}
    return [one for one, form in zip(pooled, forms, strict=True) if form in spoken]
