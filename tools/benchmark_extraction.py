"""Time extraction against a freshly initialised spaCy tagger of default size on the same texts, in turns.

    python tools/benchmark_extraction.py TEXTS.jsonl [COUNT]

Full extraction may take at most 4 times as long as that tagger, and ``--fast`` a fifth of full extraction.
"""

import resource
import sys
import time
from collections.abc import Callable
from statistics import median

import spacy

from kg.extraction import extract, load_pipeline
from kg.readers import read_papers
from kg.records import Kind, Paper
from kg.settings import Settings

BATCH = 50
MEGABYTE = 1024


def tagger() -> Callable[[list[Paper]], None]:
    """Make spaCy's own convolutional tagger, its weights random: time does not depend on them."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    ner = nlp.add_pipe("ner")
    for kind in Kind:
        ner.add_label(kind.value)  # type: ignore[attr-defined]  # spaCy does not say what add_pipe gives
    nlp.initialize()

    def run(papers: list[Paper]) -> None:
        for _ in nlp.pipe(paper.text for paper in papers):
            pass

    return run


def extraction(settings: Settings) -> Callable[[list[Paper]], None]:
    """Load extraction, and say how long that took."""
    start = time.perf_counter()
    nlp = load_pipeline(settings=settings)
    extract(nlp, Paper("", "Warm", "up."))
    print(f"{settings}: loaded in {time.perf_counter() - start:.2f} s")

    def run(papers: list[Paper]) -> None:
        for paper in papers:
            extract(nlp, paper)

    return run


def seconds(run: Callable[[list[Paper]], None], papers: list[Paper]) -> float:
    """Time one batch."""
    start = time.perf_counter()
    run(papers)
    return time.perf_counter() - start


def main(texts: str, count: int = 1000) -> int:
    """Print medians over batches, throughputs and ratios; 1 where a bar is missed."""
    runs = {"full": extraction(Settings()), "fast": extraction(Settings(fast=True)), "spaCy": tagger()}
    papers = list(read_papers([texts]))[:count]
    times: dict[str, list[float]] = {name: [] for name in runs}
    for start in range(0, len(papers), BATCH):
        for name, run in runs.items():
            times[name].append(seconds(run, papers[start : start + BATCH]))
    for name, taken in times.items():
        print(f"{name}: {len(papers) / sum(taken):.1f} texts/s, median {median(taken) / BATCH * 1000:.1f} ms a text")
    pace = median(one / other for one, other in zip(times["spaCy"], times["full"], strict=True))
    gain = median(one / other for one, other in zip(times["full"], times["fast"], strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    print(f"full has {pace:.2f} times the pace of spaCy's tagger (bar 0.25); fast is {gain:.1f} times as fast (bar 5)")
    print(f"peak memory of all three together: {memory:.0f} MB")
    return 0 if pace >= 0.25 and gain >= 5 else 1  # noqa: PLR2004 - the bars as printed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:3])))
