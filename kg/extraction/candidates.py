"""What the finders hand to the decision: places that may name a concept, in span groups of ``doc.spans``.

A group is written as spaCy's own span categorizer writes one: label = kind, ``attrs["scores"]`` beside the
spans. So a trained component is one more source, named in the decision's config.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, SpanGroup

from kg.records import Kind

__all__ = ["Candidate", "candidates", "put_candidates"]


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
