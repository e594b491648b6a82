"""Whether all that is quoted from a paper's text stands there: sentences, mentions and printed values."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.namespaces import DCTERMS, RDF
from kg.queries.why.reading import rows, whole
from kg.rdf import NamedNode
from kg.store import Graph
from kg.text import printable

__all__ = ["Misquote", "misquotes"]

_TEXTS = "SELECT ?paper ?text WHERE { ?paper kg:hasText ?text }"
_VALUE = "SELECT ?node ?property ?value WHERE { ?node ?property ?value }"
_SENTENCES = """
SELECT ?text ?start ?end ?quote WHERE {
  ?source oa:hasSource ?text ; oa:start ?start ; oa:end ?end ; oa:exact ?quote .
}"""
_MENTIONS = """
SELECT ?text ?start ?end ?quote WHERE {
  ?target oa:hasSource ?text ; oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end .
  ?target oa:hasSelector ?words . ?words oa:exact ?quote .
}"""
_RESULTS = """
SELECT ?paper ?start ?end ?quote WHERE {
  ?result kg:reportedIn ?paper ; kg:printed ?quote ; oa:start ?start ; oa:end ?end .
}"""
_LONGEST: Final = 80
"""Characters of a text that are shown where it differs."""


@dataclass(frozen=True, slots=True, order=True)
class Misquote:
    """A quote that does not stand where it is said to.

    Attributes:
        paper: IRI.
        start: Where the quote should stand in title, line break and abstract: code points, half-open.
        end: Where it should end.
        what: What quotes: a sentence, a mention, a result, or the paper's stored text as a whole.
        quoted: What is quoted.
        stands: What stands there.
    """

    paper: str
    start: int
    end: int
    what: str
    quoted: str
    stands: str

    def __str__(self) -> str:
        same = _shared(self.quoted, self.stands) if len(self.quoted) > _LONGEST else 0
        quoted, there = (_cut(text[same:]) if text[same:] else "nothing" for text in (self.quoted, self.stands))
        place = f"[{self.start}, {self.end})" + (f" from {self.start + same}" if same else "")
        return f"{self.paper}: {place} {self.what} says {quoted}; there stands {there}"


def misquotes(graph: Graph) -> Iterator[Misquote]:
    """Yield what is not quoted as it stands, paper by paper, so that memory does not grow with the graph.

    Raises:
        GraphError: An offset is no whole number.
    """
    for row in graph.query(_TEXTS).rows():
        paper, text = row["paper"], row["text"]
        if isinstance(paper, NamedNode) and isinstance(text, NamedNode):
            yield from sorted(set(_of_paper(graph, paper, text)))


def _of_paper(graph: Graph, paper: NamedNode, text: NamedNode) -> Iterator[Misquote]:
    bodies = [*_values(graph, paper, DCTERMS.abstract), *_values(graph, paper, DCTERMS.description), ""]
    titles = [*_values(graph, paper, DCTERMS.title), ""]
    written = f"{titles[0]}\n{bodies[0]}"
    for stored in _values(graph, text, RDF.value):
        if stored != written:
            yield Misquote(paper.value, 0, len(stored), "the stored text", stored, written)
    for what, query, known in (
        ("a sentence", _SENTENCES, {"text": text.value}),
        ("a mention", _MENTIONS, {"text": text.value}),
        ("a result", _RESULTS, {"paper": paper.value}),
    ):
        for row in rows(graph, query, **known):
            start, end = whole(row["start"]), whole(row["end"])
            stands = written[start:end] if 0 <= start <= end else ""
            if stands != row["quote"]:
                yield Misquote(paper.value, start, end, what, row["quote"], stands)


def _values(graph: Graph, node: NamedNode, property_: NamedNode) -> list[str]:
    found = graph.select(_VALUE, {"node": node, "property": property_})
    return sorted({row["value"].value for row in found if row["value"] is not None})


def _shared(one: str, other: str) -> int:
    """How many characters two texts have in common at their start."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _cut(text: str) -> str:
    return repr(printable(text[:_LONGEST]) + ("..." if len(text) > _LONGEST else ""))
