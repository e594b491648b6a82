"""What the finders hand to the decision: places that may name a concept, in span groups of ``doc.spans``.

A group is written as spaCy's own span categorizer writes one: label = kind, ``attrs["scores"]`` beside the
spans. So a trained component is one more source, named in the decision's config.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Span, SpanGroup

from kg.records import Kind
from kg.text import normal_form

__all__ = ["Candidate", "candidates", "flat", "one_kind", "pool", "put_candidates"]

_NESTING: Final = frozenset({Kind.MODALITY, Kind.DISEASE, Kind.ANATOMY})
_NESTED_IN: Final = frozenset({Kind.TASK, Kind.METHOD})


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """Tokens that may name a concept.

    Attributes:
        score: How sure the finder is, between 0 and 1.
        iri: The vocabulary's concept, or empty.
        note: What the finder knows beside the kind, such as a role's value; or empty.
    """

    start: int
    end: int
    kind: Kind
    score: float
    iri: str = ""
    note: str = ""

    @property
    def tokens(self) -> range:
        """The places of its tokens."""
        return range(self.start, self.end)


def put_candidates(doc: Doc, group: str, found: Iterable[Candidate]) -> None:
    """Write candidates to a span group of the document, in text order."""
    ordered = sorted(set(found))
    spans = [Span(doc, one.start, one.end, label=one.kind.value, kb_id=one.iri, span_id=one.note) for one in ordered]
    doc.spans[group] = SpanGroup(doc, name=group, attrs={"scores": [one.score for one in ordered]}, spans=spans)


def candidates(doc: Doc, group: str) -> Iterator[Candidate]:
    """Read the candidates of a span group; a document that no component wrote one to has none."""
    if group not in doc.spans:
        return
    spans = doc.spans[group]
    for span, score in zip(spans, spans.attrs.get("scores") or [1.0] * len(spans), strict=True):
        yield Candidate(span.start, span.end, Kind(span.label_), round(float(score), 2), span.kb_id_, span.id_)


def pool(read: Iterable[Candidate]) -> list[Candidate]:
    """Join candidates of one place and kind: independent sources make it surer."""
    places: dict[tuple[int, int, Kind], list[Candidate]] = defaultdict(list)
    for one in read:
        places[one.start, one.end, one.kind].append(one)
    return [_joined(places[place]) for place in sorted(places)]


def _joined(same: Sequence[Candidate]) -> Candidate:
    doubt = 1.0
    for one in same:
        doubt *= 1 - one.score
    first = same[0]
    iri = next((one.iri for one in same if one.iri), "")
    note = next((one.note for one in same if one.note), "")
    return Candidate(first.start, first.end, first.kind, min(0.99, round(1 - doubt, 2)), iri, note)


def one_kind(doc: Doc, pooled: Sequence[Candidate]) -> list[Candidate]:
    """Let one name have one kind throughout the text: the one whose places sum up to most."""
    votes: dict[str, dict[Kind, float]] = defaultdict(lambda: defaultdict(float))
    forms = [normal_form(doc[one.start : one.end].text) for one in pooled]
    for form, one in zip(forms, pooled, strict=True):
        votes[form][one.kind] += one.score
    best = {form: max(sorted(kinds), key=lambda kind: kinds[kind]) for form, kinds in votes.items()}
    return [one for form, one in zip(forms, pooled, strict=True) if best[form] is one.kind]


def flat(chosen: Iterable[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
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
