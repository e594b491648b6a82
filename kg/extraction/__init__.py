"""Reads a paper's text: one spaCy pipeline of small components, `Paper` in, `Annotation` out.

Nothing of spaCy leaves this package. Components that find write candidates to span groups; one decision
turns candidates into concepts; the components after it say how the paper relates to them. A trained tagger
(`kg.extraction.tagger`) reads each word with what the rules made of it; the decision hears both.
"""

from kg.extraction.annotate import Extractor, extract
from kg.extraction.guidelines import mark
from kg.extraction.pipeline import configuration_digest, load_pipeline, model_digest

__all__ = ["Extractor", "configuration_digest", "extract", "load_pipeline", "mark", "model_digest"]
