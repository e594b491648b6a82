"""Annotations and concepts to quads against the ontology: pure functions, no clock, no file, no chance.

What is told of a paper lies in that paper's graph, so that removing the paper is dropping the graph; what is
told of concepts and of claims across papers lies in the aggregate graph.
"""

from kg.mapping.aggregate import aggregate_quads, by_subject, referred_to
from kg.mapping.iris import Iris
from kg.mapping.papers import paper_quads
from kg.mapping.statements import CLAIM_PROPERTIES, Run, Statement, statements_of

__all__ = [
    "CLAIM_PROPERTIES",
    "Iris",
    "Run",
    "Statement",
    "aggregate_quads",
    "by_subject",
    "paper_quads",
    "referred_to",
    "statements_of",
]
