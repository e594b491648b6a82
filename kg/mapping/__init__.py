"""Annotations and concepts to quads against the ontology: pure functions, no clock, no file, no chance.

What is told of a paper lies in that paper's graph, so that removing the paper is dropping the graph; what is
told of concepts and of claims across papers lies in the aggregate graph.
"""

from kg.mapping.aggregate import assertion_quads, concept_quads, frame_quads
from kg.mapping.iris import Iris
from kg.mapping.papers import paper_quads, tombstone_quads
from kg.mapping.statements import CLAIM_PROPERTIES, Evidence, Run, Statement, statements_of

__all__ = [
    "CLAIM_PROPERTIES",
    "Evidence",
    "Iris",
    "Run",
    "Statement",
    "assertion_quads",
    "concept_quads",
    "frame_quads",
    "paper_quads",
    "statements_of",
    "tombstone_quads",
]
