"""The stages put together: papers in, annotations or a graph on disk out."""

from kg.pipeline.building import BuildReport, build, check_base, read_decisions
from kg.pipeline.capacity import room
from kg.pipeline.changing import remove, retract, update
from kg.pipeline.examining import examine
from kg.pipeline.loading import Loadable, load
from kg.pipeline.mapping import MappedPaper, map_paper
from kg.pipeline.processes import watch_parent
from kg.pipeline.reading import Progress, annotate, annotate_in_json, digest_of, digest_of_linking, mark, run_of, unseen
from kg.pipeline.vocabularies import added_vocabularies, vocabulary_of

__all__ = [
    "BuildReport",
    "Loadable",
    "MappedPaper",
    "Progress",
    "added_vocabularies",
    "annotate",
    "annotate_in_json",
    "build",
    "check_base",
    "digest_of",
    "digest_of_linking",
    "examine",
    "load",
    "map_paper",
    "mark",
    "read_decisions",
    "remove",
    "retract",
    "room",
    "run_of",
    "unseen",
    "update",
    "vocabulary_of",
    "watch_parent",
]
