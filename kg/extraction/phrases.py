"""Component ``kg_phrases``: noun phrases grown to the left from a head that tells the kind."""

from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.candidates import Candidate, put_candidates
from kg.extraction.heads import BARE, HEADS, disease_score
from kg.extraction.lexicon import Lexicon, load_lexicon
from kg.extraction.units import Unit, grow_left, is_boundary, units_of
from kg.records import Kind

__all__ = ["PHRASES", "PhraseFinder", "make_phrase_finder"]

PHRASES: Final = "kg_phrases"


@Language.factory("kg_phrases", default_config={"vocabulary": None}, assigns=["doc.spans"])
def make_phrase_finder(nlp: Language, name: str, vocabulary: str | None) -> "PhraseFinder":  # noqa: ARG001 - asked for
    """Build the component; ``vocabulary`` is a folder of SKOS files, None for the shipped ones."""
    return PhraseFinder(load_lexicon(vocabulary))


class PhraseFinder:
    """Marks "contrast-enhanced chest CT", "displaced rib fracture", "lung nodule segmentation" and the like."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._modifiers = {
            Kind.DISEASE: lexicon.words(Kind.DISEASE, Kind.ANATOMY),
            Kind.MODALITY: lexicon.words(Kind.ANATOMY),
        }

    def __call__(self, doc: Doc) -> Doc:
        """Write the candidates to ``doc.spans``, and return the document."""
        put_candidates(doc, PHRASES, self._phrases(units_of(doc)))
        return doc

    def _phrases(self, units: list[Unit]) -> Iterator[Candidate]:
        for index, unit in enumerate(units):
            if is_boundary(unit):
                continue
            for kind in _kinds(unit.head):
                first = grow_left(units, index, self._modifiers.get(kind))
                score = _score(kind, unit.head, modified=first < index or "-" in unit.low)
                if score:
                    yield Candidate(units[first].start, unit.end, kind, score)


def _kinds(head: str) -> Iterator[Kind]:
    yield from (kind for kind in HEADS if head in HEADS[kind] or head in BARE.get(kind, ()))
    if disease_score(head) and head not in HEADS[Kind.DISEASE]:
        yield Kind.DISEASE


def _score(kind: Kind, head: str, *, modified: bool) -> float:
    table = (HEADS if modified else BARE).get(kind, {})
    return table.get(head) or (disease_score(head) if kind is Kind.DISEASE else 0.0)
