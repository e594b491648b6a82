"""Fits the network to examples: seeded, so that a second run gives the same weights on the same machine.

Forward and backward run in bfloat16, several times as fast where the processor knows it; the weights are kept exact.
"""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kg.extraction.tagger.labels import HEADS
from kg.extraction.tagger.pairs import PAIR_WIDTH
from kg.extraction.tagger.signals import RULE_COLUMNS, SIGNALS
from kg.training.examples import IGNORED, Example
from kg.training.network import Network
from kg.training.relating import pair_loss

__all__ = ["Course", "Part", "fit", "predict"]

_PIECES_AT_ONCE: Final = 2600
_WARM_UP: Final = 0.1
_MASKED: Final = 0.1
"""Share of word pieces hidden from the encoder, so that it learns to use what stands around."""
_UNHEARD: Final = 0.15
"""Share of the texts that are read without the rules' signals, and of signals dropped in the others: the
vocabularies know more of the texts we learn from than of those to come."""
_HEAD_WEIGHTS: Final = {"role": 0.3, "nested": 0.5, "number": 0.5}
_PAIR_WEIGHT: Final = 0.5
_SMOOTHING: Final = 0.03
_PARTS: Final = [*(len(head.labels) for head in HEADS.values()), PAIR_WIDTH]
"""How many columns each head has, and the pairs behind them."""


class Part(NamedTuple):
    """Examples of one kind, and what share of them each epoch sees."""

    examples: Sequence[Example]
    share: float = 1.0


class Course(NamedTuple):
    """How long and how fast to learn.

    Attributes:
        epochs: How often each part's share is drawn.
        rate: The highest learning rate.
        seed: Decides all that is random.
    """

    epochs: int
    rate: float
    seed: int


def fit(
    network: Network, parts: Sequence[Part], course: Course, *, mask_piece: int, report: Callable[[str], None]
) -> Network:
    """Train a network, which is changed, and give it back ready to read.

    Args:
        network: The start.
        parts: What to learn from.
        course: How long and how fast.
        mask_piece: Id of the word piece that hides others.
        report: Is told of each epoch.
    """
    torch.manual_seed(course.seed)
    rng = np.random.default_rng(course.seed)
    epochs = course.epochs
    exact = list(network.parameters())
    coarse = copy.deepcopy(network).bfloat16().train()
    optimizer = torch.optim.AdamW(_groups(exact), lr=course.rate, fused=True)
    batches = [list(_batches(_drawn(parts, rng), rng)) for _ in range(epochs)]
    steps = sum(map(len, batches))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (_WARM_UP * steps), (steps - step) / (steps * (1 - _WARM_UP)))
    )
    for epoch in range(epochs):
        total = 0.0
        for batch in batches[epoch]:
            loss = _loss(coarse(*_tensors(batch, rng, mask_piece)).float(), batch)
            loss.backward()
            _hand_over(coarse, exact)
            torch.nn.utils.clip_grad_norm_(exact, 1.0)
            optimizer.step()
            schedule.step()
            _copy_back(coarse, exact)
            total += loss.item()
        report(f"epoch {epoch + 1} of {epochs}: loss {total / len(batches[epoch]):.4f}")
    return network.eval()


def _groups(parameters: Sequence[nn.Parameter]) -> list[dict[str, Any]]:
    return [
        {"params": [one for one in parameters if one.ndim > 1], "weight_decay": 0.01},
        {"params": [one for one in parameters if one.ndim <= 1], "weight_decay": 0.0},
    ]


def _hand_over(coarse: Network, exact: Sequence[nn.Parameter]) -> None:
    """Give the gradients of the half-precision copy to the exact weights, and forget them there."""
    for copied, one in zip(coarse.parameters(), exact, strict=True):
        one.grad = None if copied.grad is None else copied.grad.float()
        copied.grad = None


def _copy_back(coarse: Network, exact: Sequence[nn.Parameter]) -> None:
    with torch.no_grad():
        for copied, one in zip(coarse.parameters(), exact, strict=True):
            copied.copy_(one)


def _drawn(parts: Sequence[Part], rng: np.random.Generator) -> list[Example]:
    """Draw a share of each part; a share above one repeats it."""
    drawn = []
    for part in parts:
        whole, rest = divmod(part.share, 1)
        drawn += list(part.examples) * int(whole)
        some = rng.permutation(len(part.examples))[: round(rest * len(part.examples))]
        drawn += [part.examples[at] for at in some]
    return drawn


def _batches(examples: Sequence[Example], rng: np.random.Generator) -> Iterator[list[Example]]:
    """Put examples of like length together, up to a number of pieces, in random order."""
    lengths = np.array([len(one.window.pieces) for one in examples]) * rng.uniform(0.9, 1.1, len(examples))
    batches: list[list[Example]] = [[]]
    longest = 0
    for at in np.argsort(lengths):
        longest = max(longest, len(examples[at].window.pieces))
        if longest * (len(batches[-1]) + 1) > _PIECES_AT_ONCE and batches[-1]:
            batches.append([])
            longest = len(examples[at].window.pieces)
        batches[-1].append(examples[at])
    for at in rng.permutation(len(batches)):
        yield batches[at]


def _tensors(batch: Sequence[Example], rng: np.random.Generator, mask_piece: int) -> tuple[Tensor, Tensor, Tensor]:
    length = max(len(one.window.pieces) for one in batch)
    pieces = np.zeros((len(batch), length), dtype=np.int64)
    mask = np.zeros((len(batch), length), dtype=np.int64)
    heard = np.zeros((len(batch), length, len(SIGNALS)), dtype=np.float32)
    for at, one in enumerate(batch):
        size = len(one.window.pieces)
        hidden = rng.random(size) < _MASKED
        hidden[[0, -1]] = False
        pieces[at, :size] = np.where(hidden, mask_piece, one.window.pieces)
        mask[at, :size] = 1
        heard[at, :size] = one.signals
        heard[at, :, RULE_COLUMNS] *= _kept_rules(rng, one.window.tokens, length)
    return torch.from_numpy(pieces), torch.from_numpy(heard).bfloat16(), torch.from_numpy(mask)


def _kept_rules(rng: np.random.Generator, tokens: NDArray[np.int64], length: int) -> NDArray[np.float32]:
    """Choose which words keep their rules' signals: pieces x 1, drops last over stretches of words, as names do."""
    kept = np.ones((length, 1), dtype=np.float32)
    if rng.random() < _UNHEARD:
        return kept * 0
    dropped = np.repeat(rng.random(tokens.max() // 4 + 1) < _UNHEARD, 4)
    kept[: len(tokens), 0] = ~dropped[np.maximum(tokens, 0)]
    return kept


def _loss(logits: Tensor, batch: Sequence[Example]) -> Tensor:
    """Average over words, each head by its weight; a teacher's probabilities count like answers."""
    length = logits.shape[1]
    beginnings = np.concatenate([at * length + one.window.first for at, one in enumerate(batch)])
    sizes = [len(one.window.first) for one in batch]
    rows = logits.flatten(0, 1)[torch.from_numpy(beginnings)]  # all at once, as each way back costs a whole copy
    *by_head, pairs = (part.split(sizes) for part in rows.split(_PARTS, dim=1))
    total = logits.new_zeros(())
    for at, one in enumerate(batch):
        parts = {name: split[at] for name, split in zip(HEADS, by_head, strict=True)}
        total = total + one.weight * (_label_loss(parts, one) + _PAIR_WEIGHT * _pair_loss(pairs[at], one))
    return total / sum(size * one.weight for size, one in zip(sizes, batch, strict=True))


def _label_loss(parts: Mapping[str, Tensor], one: Example) -> Tensor | float:
    """Sum over the words of one text."""
    total: Tensor | float = 0.0
    for name, answers in one.answers.items():
        wanted, weight = torch.from_numpy(answers), _HEAD_WEIGHTS.get(name, 1.0)
        if one.soft is not None:
            log = functional.log_softmax(parts[name], dim=-1)
            soft = torch.from_numpy(one.soft[:, HEADS[name].columns])
            total = total - weight * ((soft * log).sum(-1) * (wanted != IGNORED).float()).sum()
        elif (answers != IGNORED).any():
            total = total + weight * functional.cross_entropy(
                parts[name], wanted, ignore_index=IGNORED, reduction="sum", label_smoothing=_SMOOTHING
            )
    return total


def _pair_loss(vectors: Tensor, one: Example) -> Tensor | float:
    return 0.0 if one.related is None else pair_loss(vectors, one.related)


def predict(network: Network, example: Example) -> NDArray[np.float32]:
    """Give the logits of a window, a row for each beginning of a word."""
    with torch.inference_mode():
        logits = network(torch.from_numpy(example.window.pieces)[None], torch.from_numpy(example.signals)[None])[0]
        found: NDArray[np.float32] = logits[torch.from_numpy(example.window.first)].numpy()
        return found
