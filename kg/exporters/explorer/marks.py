"""Where in its evidence a claim's concepts are named, so that the page can mark them."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from kg.exporters.picture.reading import SelectsRows
from kg.namespaces import PREFIXES
from kg.rdf import Term

__all__ = ["Mark", "read_marks"]

#: Where it starts and ends in its sentence, in code points, and the IRI of the concept it names.
Mark = tuple[int, int, str]

_PREFIXES: Final = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in sorted(PREFIXES.items()))
_MARKS: Final = """
SELECT ?sentence ?from ?to ?concept ?start ?end WHERE {
  ?mention oa:hasBody ?concept ; oa:hasTarget ?target .
  ?target oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  ?evidence prov:wasDerivedFrom ?mention , ?sentence .
  ?sentence a kg:Sentence ; oa:start ?from ; oa:end ?to
}"""


def read_marks(graph: SelectsRows) -> Mapping[str, tuple[Mark, ...]]:
    """Read the mentions that are evidence, by the IRI of their sentence, in text order."""
    marks: defaultdict[str, set[Mark]] = defaultdict(set)
    for row in graph.select(_PREFIXES + _MARKS):
        first, last, start, end = (_number(row[name]) for name in ("from", "to", "start", "end"))
        if first <= start < end <= last:  # evidence may rest on mentions in several sentences
            marks[_text(row["sentence"])].add((start - first, end - first, _text(row["concept"])))
    return {sentence: tuple(sorted(found)) for sentence, found in marks.items()}


def _text(term: Term | None) -> str:
    return term.value if term is not None else ""


def _number(term: Term | None) -> int:
    text = _text(term)
    return int(text) if text.removeprefix("-").isdecimal() else -1
