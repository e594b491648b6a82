"""Reads a paper's text: one spaCy pipeline of small components, `Paper` in, `Annotation` out.

Nothing of spaCy leaves this package. Components that find write candidates to span groups; one decision
turns candidates into concepts; the components after it say how the paper relates to them. A trained tagger is
one more source of candidates: a component in the pipeline, and its span group among the decision's sources.
"""

from kg.extraction.annotate import extract
from kg.extraction.pipeline import configuration_digest, load_pipeline

__all__ = ["configuration_digest", "extract", "load_pipeline"]
