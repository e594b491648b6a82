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
_STARTS: Final = "SELECT ?s ?o WHERE { ?s a kg:Sentence ; oa:start ?o }"
_MENTIONS: Final = """
SELECT ?s ?concept ?start ?end WHERE {
  ?s oa:hasBody ?concept ; oa:hasTarget ?target .
  ?target oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end
}"""
_PAIRS: Final = """
SELECT ?sentence ?mention WHERE {
  ?mention oa:hasBody ?concept . ?evidence prov:wasDerivedFrom ?mention , ?sentence . ?sentence a kg:Sentence
}"""


def read_marks(graph: SelectsRows) -> Mapping[str, tuple[Mark, ...]]:
    """Read the mentions that are evidence, by the IRI of their sentence, in text order."""
    starts = {_text(row["s"]): _number(row["o"]) for row in graph.select(_PREFIXES + _STARTS)}
    mentions = {
        _text(row["s"]): (_number(row["start"]), _number(row["end"]), _text(row["concept"]))
        for row in graph.select(_PREFIXES + _MENTIONS)
    }
    marks: defaultdict[str, set[Mark]] = defaultdict(set)
    for row in graph.select(_PREFIXES + _PAIRS):
        sentence, mention = _text(row["sentence"]), mentions.get(_text(row["mention"]))
        if sentence in starts and mention is not None:
            start, end, concept = mention
            marks[sentence].add((start - starts[sentence], end - starts[sentence], concept))
    return {sentence: tuple(sorted(found)) for sentence, found in marks.items()}


def _text(term: Term | None) -> str:
    return term.value if term is not None else ""


def _number(term: Term | None) -> int:
    text = _text(term)
    return int(text) if text.removeprefix("-").isdecimal() else -1
