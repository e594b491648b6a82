"""Texts that nobody annotated, answered by trained networks: what a student network learns from."""

import gzip
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from kg.errors import InputError
from kg.evaluation.corpora import paper_of
from kg.extraction.tagger.labels import HEADS, softmax
from kg.records import Paper
from kg.training.corpora import read_spans, read_texts
from kg.training.examples import IGNORED, Example
from kg.training.fitting import predict
from kg.training.network import Network

__all__ = ["answered", "unlabelled_texts"]

_OF_OUR_FIELD: Final = re.compile(
    r"\b(?:deep learning|neural network|dataset|benchmark|machine learning|transformer|language model|"
    r"state-of-the-art)\b"
)
_BEGINS: Final = [at for name in ("kg", "nested") for at in HEADS[name].places("B")]
_LIKELY: Final = 0.5
_EVERY, _EVERY_OF_OTHER_FIELDS, _MOST_OF_OTHER_FIELDS = 7, 21, 1600
_MOST, _DRAW = 2500, 5
_SHORTEST, _LONGEST = 300, 2500
_COMPARED_LENGTH = 80


def unlabelled_texts(corpora: Path, held_back: Sequence[Paper], pages: Sequence[str]) -> list[Paper]:
    """Gather abstracts of medical imaging, PubMed and other sciences, no text that figures are reported on.

    Args:
        corpora: The folder of the corpora.
        held_back: Papers to leave out: those whose text opens with a title of theirs.
        pages: Texts whose titles are left out too.

    Raises:
        InputError: A file is missing or damaged.
    """
    seen = {_opening(paper.title) for paper in held_back}
    shown = " ".join(_folded(page) for page in pages)
    found = []
    for paper in (*_medical(corpora), *_clinical(corpora), *_others(corpora)):
        key, text = _opening(paper.title), _folded(paper.text)
        if key not in seen and key not in shown and not any(text.startswith(title) for title in seen if title):
            seen.add(key)
            found.append(paper)
    return _some(found)


def _some(papers: Sequence[Paper]) -> list[Paper]:
    """Choose as many as there is time for, from all sources alike."""
    chosen = np.random.default_rng(_DRAW).permutation(len(papers))[:_MOST]
    return [papers[at] for at in sorted(chosen.tolist())]


def _medical(corpora: Path) -> Iterator[Paper]:
    yield from read_texts(corpora / "text" / "medical-imaging.jsonl")


def _clinical(corpora: Path) -> Iterator[Paper]:
    for name in ("ncbi-disease", "bc5cdr"):
        yield from (one.paper for one in read_spans(corpora / "public" / name / "train.jsonl", name))


def _others(corpora: Path) -> Iterator[Paper]:
    """Yield some of the many abstracts, most of them of fields that speak as ours does."""
    taken = 0
    for at, line in enumerate(_unpacked(corpora / "text" / "abstracts.jsonl.gz")):
        if taken < _MOST_OF_OTHER_FIELDS and not at % _EVERY:
            raw = json.loads(line)
            ours = not at % _EVERY_OF_OTHER_FIELDS or _OF_OUR_FIELD.search(raw["text"])
            paper = paper_of(raw["id"], raw["text"])
            if ours and _SHORTEST <= len(paper.abstract) <= _LONGEST:
                taken += 1
                yield paper


def _unpacked(path: Path) -> list[str]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return file.readlines()
    except (OSError, EOFError, ValueError) as error:
        raise InputError(str(path), "cannot be read", "name a folder that holds the corpora") from error


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _opening(title: str) -> str:
    return _folded(title)[:_COMPARED_LENGTH]


def answered(examples: Sequence[Example], teachers: Sequence[Network], report: Callable[[str], None]) -> list[Example]:
    """Put the teachers' mean probabilities in the place of answers; a role is told where a mention begins."""
    found = []
    for at, one in enumerate(examples):
        soft = np.mean([softmax(predict(network, one)) for network in teachers], axis=0)
        begins = soft[:, _BEGINS].sum(axis=1) > _LIKELY
        answers = {**one.answers, "role": np.where(begins, 0, IGNORED)}
        found.append(replace(one, answers=answers, soft=soft.astype(np.float32)))
        if (at + 1) % 1000 == 0:
            report(f"taught {at + 1} of {len(examples)}")
    return found
