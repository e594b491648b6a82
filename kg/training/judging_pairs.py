"""Which of the pairs that a tagger or the rules think possible are right, beside what people said."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from kg.evaluation.mentions import with_standing_surfaces
from kg.evaluation.names import LENIENT, matched
from kg.extraction.findings import Concept, Findings
from kg.extraction.lexicon import load_lexicon
from kg.extraction.owners import owner_pairs
from kg.extraction.passages import passages_of
from kg.extraction.relations import possible
from kg.extraction.result_rules import measurements, results_of
from kg.extraction.tagger.reading import Reading
from kg.records import Annotation, Entity, Role
from kg.training.relating import measured_by

__all__ = ["PairCase", "partners_of", "related_cases"]


class PairCase(NamedTuple):
    """A pair with what is known of it."""

    name: str
    traits: Sequence[float]
    right: bool


def related_cases(doc: Doc, found: Findings, reading: Reading, gold: Annotation) -> Iterator[PairCase]:
    """Yield the possible relations of the concepts of a text, then those of its numbers that are results."""
    partners = partners_of(found.concepts, gold, doc.text, LENIENT)
    names = {at: gold.entities[partner].name for at, partner in partners.items()}
    true = {(subject, predicate.value, target) for subject, predicate, target in gold.relations}
    for pair in possible(doc, found, reading, load_lexicon(None)):
        yield PairCase(pair.name, pair.traits, (names.get(pair.subject), pair.name, names.get(pair.object)) in true)
    passages = passages_of(doc)
    results = results_of(measurements(found, passages), found, passages)
    partner_of = measured_by(gold.results, results)
    for pair in owner_pairs(doc, found, reading, results):
        own = partner_of[pair.subject]
        if pair.name == "ofMetric":
            yield PairCase(pair.name, pair.traits, own is not None and names.get(pair.object) == own.metric)


def partners_of(concepts: Sequence[Concept], gold: Annotation, text: str, least: float) -> dict[int, int]:
    """Give for each concept that is right the number of its gold entity."""
    return matched([with_standing_surfaces(_entity(one, text), text) for one in concepts], gold.entities, least)


def _entity(concept: Concept, text: str) -> Entity:
    surfaces = tuple(dict.fromkeys(text[start:end] for start, end in concept.mentions))
    return Entity(concept.kind, concept.name, surfaces, Role.MENTIONED, concept.mentions)
