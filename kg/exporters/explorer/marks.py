"""Where in its evidence a claim's concepts are named, so that the page can mark them."""

from collections import defaultdict
from collections.abc import Mapping

from kg.exporters.picture.reading import Contents, ends, single
from kg.namespaces import OA
from kg.rdf import NamedNode
from kg.store import Graph

__all__ = ["Mark", "read_marks"]

#: Where it starts and ends in its sentence, in code points, and the IRI of the concept it names.
Mark = tuple[int, int, str]

#: Where something starts and ends in its text, in code points.
_Span = tuple[int, int]


def read_marks(graph: Graph, contents: Contents) -> Mapping[str, tuple[Mark, ...]]:
    """Read the mentions that are evidence, by the IRI of their sentence, in text order."""
    spans = _spans(graph)
    mentions = _mentions(graph, spans)
    marks: defaultdict[str, set[Mark]] = defaultdict(set)
    for origins in contents.origins.values():
        named = [mentions[origin] for origin in origins if origin in mentions]
        for sentence in origins if named else ():
            if sentence in contents.sentences and sentence in spans:
                first, last = spans[sentence]  # evidence may rest on mentions in several sentences
                inside = (mark for mark in named if first <= mark[0] < mark[1] <= last)
                marks[sentence].update((start - first, end - first, concept) for start, end, concept in inside)
    return {sentence: tuple(sorted(found)) for sentence, found in marks.items()}


def _spans(graph: Graph) -> dict[str, _Span]:
    """Read where sentences and selectors are."""
    lasts = single(ends(graph, OA.end))
    return {
        iri: (int(start), int(lasts[iri]))
        for iri, start in single(ends(graph, OA.start)).items()
        if start.isdecimal() and lasts.get(iri, "").isdecimal()
    }


def _mentions(graph: Graph, spans: Mapping[str, _Span]) -> dict[str, Mark]:
    """Read where in its paper's text each mention is; one of the selectors of its target tells."""
    bodies = single(ends(graph, OA.hasBody))
    mentions, targets = _turned(graph, OA.hasTarget), _turned(graph, OA.hasSelector)
    found = {}
    for selector, (start, end) in spans.items():
        mention = mentions.get(targets.get(selector, ""), "")
        if mention in bodies:
            found[mention] = start, end, bodies[mention]
    return found


def _turned(graph: Graph, predicate: NamedNode) -> dict[str, str]:
    """Map objects to their subjects."""
    return single([row[::-1] for row in ends(graph, predicate)])
