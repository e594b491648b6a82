"""From papers with a gold and a prediction to figures with an interval."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.comparing import compare, counts_of, span_counts
from kg.evaluation.corpora import MarkedText
from kg.evaluation.counts import ALL, CARD, Counts, Measure, in_order
from kg.evaluation.mentions import Span
from kg.evaluation.resampling import Resampling, f1_intervals, share_interval
from kg.evaluation.rows import Row, row_of
from kg.records import Annotation, Paper

__all__ = ["Evaluation", "Figure", "Marker", "PaperScore", "WorkingRows", "evaluate", "evaluate_spans", "marked_by"]

Marker = Callable[[Paper], Iterable[Span]]
"""Whatever marks the text of a paper; offsets count the characters of ``Paper.text``."""


@dataclass(frozen=True, slots=True)
class PaperScore:
    """Of one paper; without a row where the gold is but spans."""

    id: str
    counts: Mapping[Measure, Counts]
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure over all papers, and the 95 % interval of its F1."""

    measure: Measure
    counts: Counts
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class WorkingRows:
    """How many papers have a row that works, and the 95 % interval of their share."""

    working: int
    papers: int
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outcome; papers in order of id, figures in the order in which they are shown."""

    papers: tuple[PaperScore, ...]
    figures: tuple[Figure, ...]
    rows: WorkingRows | None

    @property
    def headline(self) -> Figure:
        """F1 on the concepts of the four main kinds; of a corpus of spans, that on all mentions."""
        figures = {one.measure: one for one in self.figures}
        return figures.get(Measure("concept", CARD)) or figures[Measure("mention", ALL)]


def evaluate(
    texts: Mapping[str, str],
    gold: Mapping[str, Annotation],
    predicted: Mapping[str, Annotation],
    *,
    also: Mapping[str, Annotation] | None = None,
    resampling: Resampling | None = None,
) -> Evaluation:
    """Measure predictions for the papers of the gold; the order of papers changes nothing.

    Args:
        texts: Of each paper of the gold, by id.
        gold: At least one paper.
        predicted: A paper without one counts as one of which nothing was read; one that is not in the gold is left.
        also: A second annotator's records, for the judgement on rows; by default the gold speaks for both.
        resampling: For the intervals.
    """
    scores = []
    for name, record in sorted(gold.items()):
        compared = compare(texts[name], record, predicted.get(name) or Annotation(name))
        scores.append(PaperScore(name, counts_of(compared), row_of(compared, (also or gold).get(name, record))))
    return _summed(scores, resampling or Resampling())


def evaluate_spans(
    gold: Iterable[MarkedText],
    found: Mapping[str, Collection[Span]],
    labels: Mapping[str, str],
    *,
    resampling: Resampling | None = None,
) -> Evaluation:
    """Measure mentions on a corpus of spans: both bounds and the label must be right.

    Args:
        gold: At least one text.
        found: Spans by the id of their text.
        labels: For each label of the corpus that counts, the label that stands for it in ``found``.
        resampling: For the intervals.
    """
    counted = sorted(set(labels.values()))
    scores = []
    for text in sorted(gold, key=lambda one: one.paper.id):
        wanted = {(start, end, labels[label]) for start, end, label in text.spans if label in labels}
        scores.append(PaperScore(text.paper.id, span_counts(set(found.get(text.paper.id, ())), wanted, counted)))
    return _summed(scores, resampling or Resampling())


def marked_by(marker: Marker, papers: Iterable[Paper]) -> dict[str, frozenset[Span]]:
    """Have papers marked, as `evaluate_spans` takes it."""
    return {paper.id: frozenset(marker(paper)) for paper in papers}


def _summed(scores: Sequence[PaperScore], resampling: Resampling) -> Evaluation:
    measures = in_order(measure for score in scores for measure in score.counts)
    columns = [[score.counts.get(measure, Counts()) for measure in measures] for score in scores]
    intervals = f1_intervals([[(one.hits, one.predicted, one.gold) for one in row] for row in columns], resampling)
    totals = [sum(column, Counts()) for column in zip(*columns, strict=True)]
    figures = tuple(Figure(*parts) for parts in zip(measures, totals, intervals, strict=True))
    works = [score.row.works for score in scores if score.row]
    rows = WorkingRows(sum(works), len(works), share_interval(works, resampling)) if works else None
    return Evaluation(tuple(scores), figures, rows)
