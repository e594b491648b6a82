"""Component ``kg_names``: proper names told by their spelling, "TransUNet", "ResNet-50", "ChestX-ray14"."""

import re
from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.candidates import Candidate, put_candidates
from kg.extraction.links import addresses
from kg.extraction.passages import passages_of
from kg.extraction.units import Unit, is_boundary, units_of
from kg.extraction.words import word_set
from kg.records import Kind

__all__ = ["NAMES", "NameFinder", "make_name_finder"]

NAMES: Final = "kg_names"
_CAMEL = re.compile(r"(?=.*[a-z])(?=.*[A-Za-z\d][A-Z])[A-Za-z][A-Za-z\d]{3,}")
_NUMBERED = re.compile(r"(?=.*[A-Z])[A-Za-z][A-Za-z]+-?v?\d{1,4}[a-zA-Z]?")
_NET = re.compile(
    r"[\w-]*(?:Net|NET|Former|GAN|CLIP|SAM|Mamba|BERT|GPT|LM|VLM|MIL|ViT|CNN|VAE|AE)(?:-?[\w.+]+)?", re.ASCII
)
_UNITS = word_set("github gitlab pubmed medline mhz khz ghz kwh tesla")
_CAMEL_SCORE, _NUMBERED_SCORE, _NET_SCORE = 0.55, 0.5, 0.7


@Language.factory("kg_names", assigns=["doc.spans"])
def make_name_finder(nlp: Language, name: str) -> "NameFinder":  # noqa: ARG001 - asked for by spaCy
    """Build the component."""
    return NameFinder()


class NameFinder:
    """Marks words spelt like a name of a method; a list before "datasets" is left to ``kg_datasets``."""

    def __call__(self, doc: Doc) -> Doc:
        """Write the candidates to ``doc.spans``, and return the document."""
        taken = {place for start, end in addresses(passages_of(doc).text) for place in range(start, end)}
        found = [one for one in _names(units_of(doc)) if doc[one.start].idx not in taken]
        put_candidates(doc, NAMES, found)
        return doc


def _names(units: list[Unit]) -> Iterator[Candidate]:
    for unit in units:
        score = _score(unit)
        if score:
            yield Candidate(unit.start, unit.end, Kind.METHOD, score)


def _score(unit: Unit) -> float:
    if is_boundary(unit) or unit.low in _UNITS:
        return 0.0
    written = unit.text.removesuffix("s")
    if _NET.fullmatch(written):
        return _NET_SCORE
    if _CAMEL.fullmatch(written):
        return _CAMEL_SCORE
    return _NUMBERED_SCORE if _NUMBERED.fullmatch(written) else 0.0
