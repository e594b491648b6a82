"""What training rests on: padding that nobody reads, and texts held back."""

import gzip
import json
import os
from importlib.util import find_spec
from pathlib import Path

import pytest

if not os.environ.get("CI") and find_spec("torch") is None:
    pytest.skip("needs the extra train", allow_module_level=True)

import numpy as np
import torch
from torch.nn import functional

from kg.extraction.tagger.labels import WIDTH
from kg.extraction.tagger.pairs import NUMBER, PAIR_WIDTH, PAIRS, Pairs
from kg.extraction.tagger.pieces import Window
from kg.extraction.tagger.signals import SIGNALS
from kg.records import Paper
from kg.training.encoder import minilm
from kg.training.network import Network
from kg.training.relating import Truth, pair_loss, related
from kg.training.teaching import unlabelled_texts


def test_padding_changes_no_answer() -> None:
    network = Network(minilm().folder, len(SIGNALS), WIDTH).eval()
    pieces, signals = torch.randint(1000, 20000, (2, 12)), torch.rand(2, 12, len(SIGNALS))
    mask = torch.ones(2, 12, dtype=torch.long)
    mask[0, 8:] = 0

    with torch.inference_mode():
        padded = network(pieces, signals, mask)[0, :8]
        alone = network(pieces[:1, :8], signals[:1, :8])[0]

    assert torch.allclose(padded, alone, atol=1e-4)


def test_pairs_fit_in_training_as_they_do_when_texts_are_read() -> None:
    rng = np.random.default_rng(3)
    words = np.arange(30)
    window = Window(np.arange(32), np.array([-1, *words, -1]), words + 1)
    truth = Truth(
        (((0, 2), (9, 10)), ((3, 6),), ((20, 21), (22, 24), (4, 5)), ((28, 29),)),
        ("Method", "Method", "Dataset", NUMBER),
        frozenset({(PAIRS.index("partOf"), 1, 0), (PAIRS.index("ofMethod"), 3, 0)}),
    )
    vectors = rng.normal(size=(30, PAIR_WIDTH)).astype(np.float32)
    part = related(truth, window)
    assert part is not None

    pairs = Pairs(vectors, truth.places)
    scores = torch.from_numpy(
        np.stack([pairs.scores(at, range(len(PAIRS)), range(4)) for at in range(4)], axis=1)[part.asked]
    )
    wanted = torch.from_numpy(part.holds[part.asked]).float().clamp(0.01, 0.99)
    at_work = functional.binary_cross_entropy_with_logits(scores, wanted, reduction="sum")

    assert part.holds.sum() == 2
    assert not part.asked[PAIRS.index("partOf"), 0, 0]
    assert pair_loss(torch.from_numpy(vectors), part).item() == pytest.approx(at_work.item(), rel=1e-4)


def test_texts_that_figures_are_reported_on_are_not_learnt_from(tmp_path: Path) -> None:
    for name in ("ncbi-disease", "bc5cdr"):
        (tmp_path / "public" / name).mkdir(parents=True)
        record = {"id": "1", "text": f"Mould on {name}\nMould grows.", "spans": [[0, 5, "Disease"]]}
        (tmp_path / "public" / name / "train.jsonl").write_text(json.dumps(record), "utf-8")
    (tmp_path / "text").mkdir()
    free, held, shown = ({"id": f"m{at}", "title": f"{word} on slate roofs", "abstract": "It is wet."}
                         for at, word in enumerate(("Rain", "Snow", "Hail")))  # fmt: skip
    lines = [json.dumps(one) for one in (free, held, shown)]
    (tmp_path / "text" / "medical-imaging.jsonl").write_text("\n".join(lines), "utf-8")
    run_on = "Frost on tin roofs and We find that a dataset of frost is cold. " + "It is a dataset. " * 20
    with gzip.open(tmp_path / "text" / "abstracts.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "x", "text": run_on}) + "\n")
    held_back = [Paper("s", "SNOW on slate-roofs", "?"), Paper("f", "Frost on Tin Roofs", "?")]

    found = unlabelled_texts(tmp_path, held_back, ["1. Hail on slate roofs, 2024"])

    assert {one.title for one in found} == {"Rain on slate roofs", "Mould on ncbi-disease", "Mould on bc5cdr"}
