"""The command that tells how good extraction is: ``evaluate``."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import (
    FROM,
    OUTPUT,
    SHARE,
    WORKERS,
    extraction_options,
    label_kinds,
    note,
    progress_bar,
    read_inputs,
    write_output,
)
from kg.errors import UsageError
from kg.records import Annotation, Kind, Paper

if TYPE_CHECKING:
    from kg.evaluation import Evaluation, Resampling
    from kg.readers import Source
    from kg.settings import Settings

__all__ = ["evaluate"]

_MOST_FILES = 3


@dataclass(frozen=True, slots=True)
class _Asked:
    """What shall be measured, and how."""

    texts: str
    gold: "Source"
    predicted: str | None
    also: str | None
    mapped: tuple[tuple[str, Kind], ...]
    guideline: str | None
    reader: str | None
    settings: "Settings"
    workers: int | None
    resampling: "Resampling"


@click.command()
@click.argument("files", metavar="TEXTS GOLD [PREDICTED]", nargs=-1, required=True)
@click.option("--also", metavar="GOLD2", help="A second annotator's file, for the rows that work.")
@click.option(
    "--map",
    "mapped",
    metavar="LABEL=KIND",
    multiple=True,
    callback=label_kinds,
    help="A corpus's label for a kind; repeatable.",
)
@click.option("--guideline", metavar="NAME", help="Read as a corpus the model learnt from: ncbi-disease, bc5cdr ...")
@click.option("--at-least", "bar", metavar="F1", type=SHARE, help="Exit with 1 where the headline F1 is below.")
@click.option("--by-paper", is_flag=True, help="Also tell of each paper.")
@click.option(
    "--format",
    "result_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Of the figures.",
)
@click.option(
    "--resamples",
    metavar="N",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    help="Draws of papers that make the 95 % intervals.",
)
@click.option("--seed", metavar="N", type=click.IntRange(min=0), default=0, show_default=True, help="Of the draws.")
@FROM
@extraction_options
@WORKERS
@OUTPUT
@click.pass_context
def evaluate(
    context: click.Context,
    files: tuple[str, ...],
    also: str | None,
    mapped: tuple[tuple[str, Kind], ...],
    guideline: str | None,
    bar: float | None,
    by_paper: bool,
    result_format: str,
    resamples: int,
    seed: int,
    reader: str | None,
    fast: bool,
    model: str | None,
    labels: tuple[tuple[str, Kind], ...],
    least: float | None,
    workers: int | None,
    output: Path | None,
) -> None:
    """Measure PREDICTED, or what kg itself reads off TEXTS, against GOLD.

    GOLD and PREDICTED are annotations, TEXTS their papers. A corpus of texts with spans ({"id", "text", "spans":
    [[start, end, label], ...]} a line) or with a token and its tag a line holds both and stands alone, or twice
    before PREDICTED; of it mentions are measured. The headline is F1 on concepts of the kinds Method, Dataset,
    Modality and Disease (concept, card), for a corpus that on mentions; the exit status is 1 if it is below --at-least.

    \b
    Example:
        kg evaluate papers.jsonl gold.jsonl
        kg evaluate papers.jsonl gold.jsonl predicted.jsonl --by-paper
        kg evaluate ncbi-disease.jsonl --guideline ncbi-disease
        kg evaluate corpus.jsonl --map Condition=Disease --at-least 0.7
    """
    from kg.evaluation import GoldFormat, Resampling, as_json, as_table, format_of, one_source
    from kg.settings import Settings

    if len(files) > _MOST_FILES:
        raise UsageError(f"{len(files)} files are given; give TEXTS, GOLD and at most PREDICTED")
    texts, gold, *predicted = files if len(files) > 1 else files * 2
    source, resampling = one_source(gold), Resampling(resamples, seed)
    settings = Settings(model, labels, fast, least)
    made = next(iter(predicted), None)
    asked = _Asked(texts, source, made, also, mapped, guideline, reader, settings, workers, resampling)
    is_corpus = format_of(asked.gold) is not GoldFormat.ANNOTATIONS
    _check(asked, is_alone=len(files) == 1, is_same=texts == gold, is_corpus=is_corpus)
    outcome = _on_corpus(asked) if is_corpus else _on_annotations(asked)
    write = as_json if result_format == "json" else as_table
    write_output(write(outcome, by_paper=by_paper).encode(), output)
    context.exit(_status(outcome, bar))


def _check(asked: _Asked, *, is_alone: bool, is_same: bool, is_corpus: bool) -> None:
    """Refuse what does not go together, before any work."""
    from kg.settings import Settings

    place = asked.gold.place
    if asked.guideline is not None:
        _check_guideline(asked, is_corpus=is_corpus)
    if asked.predicted and asked.settings != Settings():
        raise UsageError(f"{asked.predicted}: PREDICTED was read before; leave out what says how texts are read")
    if is_corpus and not is_same:
        raise UsageError(f"{place}: a corpus brings its own texts; give it alone, or twice before PREDICTED")
    if is_corpus and asked.also:
        raise UsageError("--also is for annotations; leave it out, or give TEXTS and GOLD")
    if not is_corpus and is_alone:
        raise UsageError(f"{place}: GOLD is missing; give TEXTS and GOLD, or a corpus of texts with spans")
    if not is_corpus and asked.mapped:
        raise UsageError("--map is for the labels of a corpus; leave it out, or give a corpus")


def _check_guideline(asked: _Asked, *, is_corpus: bool) -> None:
    """Refuse what would change nothing: the model alone marks the corpus, under the labels it learnt."""
    settings = asked.settings
    beside = {
        "PREDICTED": asked.predicted is not None,
        "--map": bool(asked.mapped),
        "--fast": settings.fast,
        "--label": bool(settings.labels),
        "--min-confidence": settings.least is not None,
    }
    given = ", ".join(name for name, is_given in beside.items() if is_given)
    if given:
        raise UsageError(f"--guideline has the learned model mark a corpus under its own labels; leave out {given}")
    if not is_corpus:
        raise UsageError("--guideline is for a corpus; leave it out, or give a corpus of texts with spans")


def _on_annotations(asked: _Asked) -> "Evaluation":
    from kg.evaluation import evaluate, missing_surfaces, one_source, papers_of, read_annotations

    gold = read_annotations(asked.gold)
    also = read_annotations(one_source(asked.also)) if asked.also else None
    papers = papers_of(gold, read_inputs([asked.texts], asked.reader, skip_bad=False), asked.gold.place, asked.texts)
    texts = {paper.id: paper.text for paper in papers}
    missing = sum(missing_surfaces(annotation, texts[name]) for name, annotation in gold.items())
    if missing:
        note(f"{asked.gold.place}: surfaces that do not stand in their text: {missing}")
    return evaluate(texts, gold, _predictions(papers, asked), also=also, resampling=asked.resampling)


def _on_corpus(asked: _Asked) -> "Evaluation":
    from kg.evaluation import evaluate_spans, label_map, marked_by, read_marked, spans_of
    from kg.pipeline import mark

    texts = read_marked(asked.gold)
    papers = [text.paper for text in texts]
    if asked.guideline is not None:
        found = marked_by(partial(mark, guideline=asked.guideline, settings=asked.settings), papers)
        own = {label: label for text in texts for _, _, label in text.spans}
        return evaluate_spans(texts, found, own, resampling=asked.resampling)
    labels = label_map(dict(asked.mapped), texts, asked.gold.place)
    predicted = _predictions(papers, asked)
    found = {one.id: frozenset(spans_of(predicted[one.id].entities, one.text)) for one in papers if one.id in predicted}
    return evaluate_spans(texts, found, labels, resampling=asked.resampling)


def _predictions(papers: Sequence[Paper], asked: _Asked) -> dict[str, Annotation]:
    """Read PREDICTED; without it, extract."""
    from kg.evaluation import one_source, read_annotations
    from kg.pipeline import annotate

    if asked.predicted is None:
        made_now = annotate(papers, settings=asked.settings, workers=asked.workers, progress=progress_bar)
        return {one.id: one for one in made_now}
    made = read_annotations(one_source(asked.predicted))
    bare = sum(paper.id not in made for paper in papers)
    beside = len(made) + bare - len(papers)
    if bare:
        note(f"{asked.predicted}: papers without a prediction, counted as nothing found: {bare}")
    if beside:
        note(f"{asked.predicted}: predictions for papers that have no gold, left out: {beside}")
    return made


def _status(outcome: "Evaluation", bar: float | None) -> int:
    """1 where the answer to "is it good enough?" is no."""
    headline = outcome.headline
    if bar is None or headline.counts.f1 >= bar:
        return 0
    note(f"{headline.measure}: F1 {headline.counts.f1:.4f} is below {bar:g}")
    return 1
