"""Where in its evidence a claim's concepts are named, so that the page can mark them."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from kg.store import Graph

__all__ = ["Mark", "read_marks"]

#: Where it starts and ends in its sentence, in code points, and the IRI of the concept it names.
Mark = tuple[int, int, str]

_MARKS: Final = """
SELECT ?sentence ?concept ?from ?to ?start ?end WHERE {
  ?mention oa:hasBody ?concept ; oa:hasTarget ?target .
  ?target oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  ?evidence prov:wasDerivedFrom ?mention , ?sentence .
  ?sentence a kg:Sentence ; oa:start ?from ; oa:end ?to
}"""


def read_marks(graph: Graph) -> Mapping[str, tuple[Mark, ...]]:
    """Read the mentions that are evidence, by the IRI of their sentence, in text order."""
    marks: defaultdict[str, set[Mark]] = defaultdict(set)
    for sentence, concept, *places in graph.texts(_MARKS):
        first, last, start, end = map(_number, places)
        if first <= start < end <= last:  # evidence may rest on mentions in several sentences
            marks[sentence].add((start - first, end - first, concept))
    return {sentence: tuple(sorted(found)) for sentence, found in marks.items()}


def _number(text: str) -> int:
    return int(text) if text.removeprefix("-").isdecimal() else -1
