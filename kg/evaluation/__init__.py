"""How good a prediction is: figures at every level from the characters of a text to what a graph says of it.

Gold and prediction are annotations, or a public corpus marks spans; figures come with what chance would move them.
"""

from kg.evaluation.corpora import (
    GoldFormat,
    MarkedText,
    entities_of,
    format_of,
    label_map,
    one_source,
    papers_of,
    read_annotations,
    read_marked,
    stream_annotations,
)
from kg.evaluation.counts import Counts, Measure
from kg.evaluation.mentions import Span, missing_surfaces, spans_of
from kg.evaluation.report import as_json, as_table
from kg.evaluation.resampling import Resampling
from kg.evaluation.scores import Evaluation, Figure, Marker, evaluate, evaluate_spans, marked_by

__all__ = [
    "Counts",
    "Evaluation",
    "Figure",
    "GoldFormat",
    "MarkedText",
    "Marker",
    "Measure",
    "Resampling",
    "Span",
    "as_json",
    "as_table",
    "entities_of",
    "evaluate",
    "evaluate_spans",
    "format_of",
    "label_map",
    "marked_by",
    "missing_surfaces",
    "one_source",
    "papers_of",
    "read_annotations",
    "read_marked",
    "spans_of",
    "stream_annotations",
]
