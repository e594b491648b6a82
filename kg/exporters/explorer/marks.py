"""Where in its evidence a claim's concepts are named, so that the page can mark them."""

from collections import defaultdict
from collections.abc import Container, Mapping

from kg.exporters.picture.reading import Contents
from kg.exporters.picture.rows import ends, single
from kg.namespaces import OA
from kg.store import Graph

__all__ = ["Mark", "read_marks"]

#: Where it starts and ends in its sentence, in code points, and the IRI of the concept it names.
Mark = tuple[int, int, str]

#: Where something starts and ends in its text, in code points.
_Span = tuple[int, int]


def read_marks(graph: Graph, contents: Contents) -> Mapping[str, tuple[Mark, ...]]:
    """Read the mentions that are evidence, by the IRI of their sentence, in text order."""
    origins = {one for of_one in contents.origins.values() for one in of_one}
    bodies = single(ends(graph, OA.hasBody, origins))
    targets = single(ends(graph, OA.hasTarget, bodies))
    selectors = [*ends(graph, OA.hasSelector, frozenset(targets.values()))]
    spans = _spans(graph, {*contents.sentences, *(selector for _, selector in selectors)})
    places = single(one for one in selectors if one[1] in spans)  # others quote, and say no place
    mentions = {
        mention: (*spans[places[target]], bodies[mention]) for mention, target in targets.items() if target in places
    }
    marks: defaultdict[str, set[Mark]] = defaultdict(set)
    for of_one in contents.origins.values():
        named = [mentions[one] for one in of_one if one in mentions]
        for sentence in of_one if named else ():
            if sentence in contents.sentences and sentence in spans:
                first, last = spans[sentence]  # evidence may rest on mentions in several sentences
                inside = (mark for mark in named if first <= mark[0] < mark[1] <= last)
                marks[sentence].update((start - first, end - first, concept) for start, end, concept in inside)
    return {sentence: tuple(sorted(found)) for sentence, found in marks.items()}


def _spans(graph: Graph, places: Container[str]) -> dict[str, _Span]:
    """Read where sentences and mentions stand in the text of their paper."""
    lasts = single(ends(graph, OA.end, places))
    return {
        iri: (int(start), int(lasts[iri]))
        for iri, start in single(ends(graph, OA.start, places)).items()
        if start.isdecimal() and lasts.get(iri, "").isdecimal()
    }
