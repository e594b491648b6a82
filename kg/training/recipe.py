"""How the shipped model is made: it learns from annotated texts first, then from its own answers too.

1. A first network learns from two thirds of our annotated abstracts; on the last third it is measured, which gives
   the judge.
2. A second learns from all of them, and from public corpora that follow guidelines of their own.
3. Both answer thousands of abstracts that nobody annotated; the second goes on to learn from those answers beside
   what it learnt from before. What ships lies between its weights before and after that (Wortsman et al., "Robust
   fine-tuning of zero-shot models", 2022, https://arxiv.org/abs/2109.01903).
"""

import copy
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import torch
from spacy.language import Language

from kg.errors import InputError
from kg.extraction import load_pipeline
from kg.extraction.tagger.labels import WIDTH
from kg.extraction.tagger.pairs import PAIR_WIDTH
from kg.extraction.tagger.signals import SIGNALS
from kg.records import Paper
from kg.settings import Settings
from kg.training.corpora import Labelled, read_gold, read_spans
from kg.training.encoder import Encoder
from kg.training.examples import Example, examples_of
from kg.training.exporting import save_model
from kg.training.fitting import Course, Part, fit
from kg.training.judging import fit_judge
from kg.training.network import Network
from kg.training.teaching import answered, unlabelled_texts

__all__ = ["Report", "train"]

Report = Callable[[str], None]
"""Is told, line by line, how the work goes on."""

_THIRDS: Final = 3
_MEASURED: Final = Course(epochs=8, rate=2e-4, seed=1)
_TEACHER: Final = Course(epochs=7, rate=2e-4, seed=1)
_STUDENT: Final = Course(epochs=3, rate=1e-4, seed=2)
_AFTER: Final = 0.6
"""How far what ships lies on the way from the weights before the last step to those after it."""

_OURS: Final = ("med-train", "mix-train")
_NEVER_SEEN: Final = ("med-dev", "mix-dev", "seed-dev")
_PAGES: Final = ("author-page.txt",)
_SHARES: Final = {"med-train": 1.0, "mix-train": 2.0}


class _Public(NamedTuple):
    """How much a public corpus counts, and what share of it each epoch sees."""

    weight: float
    share: float


_PUBLIC: Final = {
    "ncbi-disease": _Public(0.8, 1.0),
    "bc5cdr": _Public(0.5, 0.25),
    "tdmsci": _Public(0.5, 0.3),
    "scirex-abstracts": _Public(0.3, 0.2),
}


class _Maker:
    """Makes examples with one pipeline and one tokenizer."""

    def __init__(self, encoder: Encoder) -> None:
        self.tokenizer = encoder.tokenizer()
        self.nlp = _rules()

    def of(self, labelled: Iterable[Labelled], *, weight: float = 1.0) -> list[Example]:
        return list(examples_of(labelled, self.nlp, self.tokenizer, weight=weight))


def _rules() -> Language:
    """Load the pipeline up to what the tagger hears."""
    nlp = load_pipeline(settings=Settings(fast=True))
    for name in nlp.pipe_names[nlp.pipe_names.index("kg_rules") + 1 :]:
        nlp.remove_pipe(name)
    return nlp


def train(corpora: Path, out: Path, *, encoder: Encoder, report: Report) -> None:
    """Make a model of the corpora of a folder.

    Args:
        corpora: Holds ``corpus/``, ``public/`` and ``text/``.
        out: Where the model is written.
        encoder: The start.
        report: Sees each step.

    Raises:
        InputError: A corpus is missing.
    """
    maker = _Maker(encoder)
    ours = {name: read_gold(corpora / "corpus", name) for name in _OURS}
    gold = {name: [(one, maker.of([one])) for one in texts] for name, texts in ours.items()}
    parts = [*(Part(_flat(pairs), _SHARES[name]) for name, pairs in gold.items()), *_public(corpora, maker)]
    texts = maker.of(Labelled(paper, "kg", (), ()) for paper in _unlabelled(corpora))
    report(f"{sum(map(len, gold.values()))} annotated abstracts, {len(texts)} windows of others")
    measured = _measured(gold, encoder, report)
    held = [pair for pairs in gold.values() for at, pair in enumerate(pairs) if at % _THIRDS == 0]
    judge = fit_judge(measured, maker.nlp, held)
    report(f"judged {len(held)} held-out abstracts; entities are kept from {judge.least} on")
    fitting = partial(fit, mask_piece=encoder.mask_piece)
    teacher = fitting(_start(encoder, _TEACHER), parts, _TEACHER, report=_named("teacher", report))
    taught = Part(answered(texts, [measured, teacher], report))
    before = copy.deepcopy(teacher)
    student = fitting(teacher, [*parts, taught], _STUDENT, report=_named("student", report))
    save_model(_between(before, student), judge, encoder.pieces, out, made=_made(ours, len(texts), encoder))
    report(f"{out}: the model")


def _between(before: Network, after: Network) -> Network:
    """Move the weights of the second network towards those of the first."""
    with torch.no_grad():
        for one, other in zip(before.parameters(), after.parameters(), strict=True):
            other.copy_((1 - _AFTER) * one + _AFTER * other)
    return after


def _start(encoder: Encoder, course: Course) -> Network:
    torch.manual_seed(course.seed)
    return Network(encoder.folder, len(SIGNALS), WIDTH + PAIR_WIDTH)


def _named(name: str, report: Report) -> Report:
    return lambda line: report(f"{name}: {line}")


def _measured(gold: dict[str, list[tuple[Labelled, list[Example]]]], encoder: Encoder, report: Report) -> Network:
    """Train on two thirds of each corpus."""
    parts = [Part(_flat([one for at, one in enumerate(pairs) if at % _THIRDS])) for pairs in gold.values()]
    start = _start(encoder, _MEASURED)
    return fit(start, parts, _MEASURED, mask_piece=encoder.mask_piece, report=_named("measured", report))


def _flat(pairs: Iterable[tuple[Labelled, list[Example]]]) -> list[Example]:
    return [one for _, examples in pairs for one in examples]


def _public(corpora: Path, maker: _Maker) -> list[Part]:
    return [
        Part(maker.of(read_spans(corpora / "public" / name / "train.jsonl", name), weight=public.weight), public.share)
        for name, public in _PUBLIC.items()
    ]


def _unlabelled(corpora: Path) -> list[Paper]:
    folder = corpora / "corpus"
    known = [one.paper for name in (*_OURS, *_NEVER_SEEN) for one in read_gold(folder, name)]
    known += [one.paper for path in sorted(corpora.glob("public/*/dev.jsonl")) for one in read_spans(path, "kg")]
    try:
        pages = [(folder / name).read_text(encoding="utf-8") for name in _PAGES]
    except OSError as error:
        raise InputError(str(error.filename), "cannot be read", "name a folder that holds the corpora") from error
    return unlabelled_texts(corpora, known, pages)


def _made(ours: dict[str, list[Labelled]], taught: int, encoder: Encoder) -> dict[str, Any]:
    return {
        "encoder": encoder.name,
        "annotated": {name: len(texts) for name, texts in ours.items()},
        "public": list(_PUBLIC),
        "unlabelled": taught,
    }
