"""Component ``kg_decision``: which candidates are concepts, of which kind, and how sure.

It reads every source it is given, one span group each, lets equal places add up, carries names and
abbreviations through the text, keeps the longest of overlapping places, and groups what is left.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.abbreviations import definitions
from kg.extraction.candidates import Candidate, candidates
from kg.extraction.findings import set_findings
from kg.extraction.grouping import group
from kg.extraction.lexicon import Lexicon, load_lexicon
from kg.extraction.links import addresses
from kg.records import Kind
from kg.text import normal_form

__all__ = ["Decision", "make_decision"]

_SOURCES: Final = {"kg_terms": 1.0, "kg_phrases": 1.0, "kg_contributions": 1.0, "kg_datasets": 1.0, "kg_names": 1.0}
_ABBREVIATED: Final = 0.35
_NESTING: Final = frozenset({Kind.MODALITY, Kind.DISEASE, Kind.ANATOMY})
_NESTED_IN: Final = frozenset({Kind.TASK, Kind.METHOD})


@Language.factory(
    "kg_decision",
    default_config={"vocabulary": None, "sources": _SOURCES, "least": 0.6},
    requires=["doc.spans"],
)
def make_decision(
    nlp: Language,  # noqa: ARG001 - asked for by spaCy
    name: str,  # noqa: ARG001 - asked for by spaCy
    vocabulary: str | None,
    sources: dict[str, float],
    least: float,
) -> "Decision":
    """Build the component; see :class:`Decision` for what the settings mean."""
    return Decision(load_lexicon(vocabulary), sources, least)


class Decision:
    """Turns candidates into concepts.

    Args:
        lexicon: Gives the names of the vocabulary's concepts.
        sources: Span groups to read, and what to multiply their scores with.
        least: The score below which a place is dropped.
    """

    def __init__(self, lexicon: Lexicon, sources: Mapping[str, float], least: float) -> None:
        self.lexicon, self.sources, self.least = lexicon, dict(sources), least

    def __call__(self, doc: Doc) -> Doc:
        """Add the concepts to the document's findings, and return it."""
        read = [
            Candidate(one.start, one.end, one.kind, round(one.score * weight, 2), one.iri, one.note)
            for source, weight in sorted(self.sources.items())
            for one in candidates(doc, source)
        ]
        pooled = _pool(read)
        pooled = _pool([*pooled, *_abbreviated(doc, pooled)])
        pooled = _pool([*pooled, *_repeated(doc, pooled)])
        chosen = _one_kind(doc, _standing(doc, [one for one in pooled if one.score >= self.least]))
        kept, nested = _flat(chosen)
        set_findings(doc, concepts=group(doc, kept, nested, self.lexicon))
        return doc


def _pool(read: Iterable[Candidate]) -> list[Candidate]:
    """Join candidates of one place and kind: independent sources make it surer."""
    places: dict[tuple[int, int, Kind], list[Candidate]] = defaultdict(list)
    for one in read:
        places[one.start, one.end, one.kind].append(one)
    return [_joined(places[place]) for place in sorted(places)]


def _joined(same: list[Candidate]) -> Candidate:
    doubt = 1.0
    for one in same:
        doubt *= 1 - one.score
    first = same[0]
    iri = next((one.iri for one in same if one.iri), "")
    note = next((one.note for one in same if one.note), "")
    return Candidate(first.start, first.end, first.kind, min(0.99, round(1 - doubt, 2)), iri, note)


def _abbreviated(doc: Doc, pooled: list[Candidate]) -> Iterable[Candidate]:
    """Give long form and every occurrence of the short form the kind of what ends where the long form ends."""
    by_end: dict[int, list[Candidate]] = defaultdict(list)
    by_place: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for one in pooled:
        by_end[one.end].append(one)
        by_place[one.start, one.end].append(one)
    text = doc.text  # spaCy builds it anew each time
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
    text = doc.text
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
    inside = {place for start, end in addresses(doc.text) for place in range(start, end)}
    forms = [normal_form(doc[one.start : one.end].text) for one in pooled]
    outside = [doc[one.start].idx not in inside for one in pooled]
    spoken = {form for form, out in zip(forms, outside, strict=True) if out}
    return [one for one, form in zip(pooled, forms, strict=True) if form in spoken]


def _one_kind(doc: Doc, pooled: list[Candidate]) -> list[Candidate]:
    """Let one name have one kind throughout the text: the one whose places sum up to most."""
    votes: dict[str, dict[Kind, float]] = defaultdict(lambda: defaultdict(float))
    forms = [normal_form(doc[one.start : one.end].text) for one in pooled]
    for form, one in zip(forms, pooled, strict=True):
        votes[form][one.kind] += one.score
    best = {form: max(sorted(kinds), key=lambda kind: kinds[kind]) for form, kinds in votes.items()}
    return [one for form, one in zip(forms, pooled, strict=True) if best[form] is one.kind]


def _flat(chosen: list[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Keep the longest of overlapping places; apart from them, those that lie wholly inside a longer one."""
    kept: list[Candidate] = []
    nested: list[Candidate] = []
    owner: dict[int, Candidate] = {}
    inner: set[int] = set()
    for one in sorted(chosen, key=lambda one: (one.start - one.end, -one.score, one)):
        over = {owner[place] for place in one.tokens if place in owner}
        if not over:
            kept.append(one)
            owner.update(dict.fromkeys(one.tokens, one))
        elif one.kind in _NESTING and {other.kind for other in over} <= _NESTED_IN and inner.isdisjoint(one.tokens):
            nested.append(one)
            inner.update(one.tokens)
    return sorted(kept), sorted(nested)
