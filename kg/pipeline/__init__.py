"""The stages put together: papers in, annotations or a graph on disk out."""

from kg.pipeline.building import BuildReport, build, read_decisions, remove, retract, update
from kg.pipeline.examining import examine
from kg.pipeline.reading import Progress, annotate, mark
from kg.pipeline.vocabularies import added_vocabularies, vocabulary_of

__all__ = [
    "BuildReport",
    "Progress",
    "added_vocabularies",
    "annotate",
    "build",
    "examine",
    "mark",
    "read_decisions",
    "remove",
    "retract",
    "update",
    "vocabulary_of",
]
