"""What people said of pairs: the relations of a text's concepts, and what the numbers of its results measure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc
from torch import Tensor
from torch.nn import functional

from kg.extraction.numbers import Number, read_numbers
from kg.extraction.pairing import tokens_of
from kg.extraction.tagger.pairs import ASKED, BIAS, LIMIT, NUMBER, OF_NUMBERS, PAIRS, RANK
from kg.extraction.tagger.pieces import Window
from kg.records import Annotation, Entity, Interval, Result, mentions_of

__all__ = ["Related", "Truth", "measured_by", "pair_loss", "related", "truth_of"]

Tokens = tuple[int, int]
"""A half-open range of tokens."""

_SMOOTHING: Final = 0.01


@dataclass(frozen=True, slots=True)
class Truth:
    """Places of a whole text and how they relate.

    Attributes:
        places: For each concept or number its mentions.
        kinds: Of each, a kind of concept or `NUMBER`.
        holds: Relation, subject and object of all that is true, as indices.
    """

    places: tuple[tuple[Tokens, ...], ...]
    kinds: tuple[str, ...]
    holds: frozenset[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Related:
    """The same for one window.

    Attributes:
        within: Mentions x words: each row takes the mean of a mention's words.
        owned: Places x mentions: each row takes the mean over a place's mentions.
        asked: Relations x places x places: what can be.
        holds: Of the same shape: what is.
    """

    within: NDArray[np.float32]
    owned: NDArray[np.float32]
    asked: NDArray[np.bool_]
    holds: NDArray[np.bool_]


def measured_by(results: Sequence[Result], numbers: Sequence[Number | Result]) -> list[Result | None]:
    """Tell which result each number of a text is, if any: the next that is printed with these values."""
    left = list(results)
    found: list[Result | None] = []
    for number in numbers:
        own = next((one for one in left if (one.value, one.value_max) == (number.value, number.value_max)), None)
        if own is not None:
            left.remove(own)
        found.append(own)
    return found


def truth_of(doc: Doc, gold: Annotation) -> Truth:
    """Find the places of a record in its text; what has none is in no pair."""
    places: list[tuple[Tokens, ...]] = []
    kinds: list[str] = []
    at: dict[str, int] = {}
    for entity, mentions in zip(gold.entities, _mentions(gold.entities, doc.text), strict=True):
        if spans := [span for mention in mentions if (span := tokens_of(doc, mention))]:
            at[entity.name] = len(places)
            places.append(tuple(spans))
            kinds.append(entity.type.value)
    holds = {
        (PAIRS.index(predicate), at[subject], at[target])
        for subject, predicate, target in gold.relations
        if subject in at and target in at
    }
    numbers = read_numbers(doc.text)
    for number, result in zip(numbers, measured_by(gold.results, numbers), strict=True):
        span = tokens_of(doc, (number.start, number.end))
        if result is not None and span:
            names = (result.method, result.dataset, result.metric)
            holds |= {
                (PAIRS.index(pair), len(places), at[name])
                for pair, name in zip(OF_NUMBERS, names, strict=True)
                if name in at
            }
            places.append((span,))
            kinds.append(NUMBER)
    return Truth(tuple(places), tuple(kinds), frozenset(holds))


def _mentions(entities: Sequence[Entity], text: str) -> Iterator[list[Interval]]:
    """Yield for each entity where it is named outside of longer names, else where it is named at all."""
    found = [mentions_of(one, text) for one in entities]
    for own in found:
        standing = [at for at in own if not any(_is_inside(at, other) for others in found for other in others)]
        yield sorted(set(standing or own))


def _is_inside(one: Interval, other: Interval) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]


def related(truth: Truth, window: Window) -> Related | None:
    """Cut the pairs of one window out of a text's; None where it holds none."""
    row = {int(token): at for at, token in enumerate(window.tokens[window.first])}
    kept: list[int] = []
    mentions: list[list[list[int]]] = []
    for at, own in enumerate(truth.places):
        spans = [[row[token] for token in range(*span) if token in row] for span in own]
        if here := [one for one in spans if one]:
            kept.append(at)
            mentions.append(here)
    kinds = [truth.kinds[at] for at in kept]
    asked = np.array([[[(a, pair, b) in ASKED for b in kinds] for a in kinds] for pair in PAIRS], dtype=bool)
    if not asked.any():
        return None
    asked &= ~np.eye(len(kept), dtype=bool)
    holds = np.zeros_like(asked)
    new = {old: at for at, old in enumerate(kept)}
    for pair, subject, target in truth.holds:
        if subject in new and target in new:
            holds[pair, new[subject], new[target]] = True
    flat = [(at, rows) for at, own in enumerate(mentions) for rows in own]
    within = np.zeros((len(flat), len(row)), dtype=np.float32)
    owned = np.zeros((len(kept), len(flat)), dtype=np.float32)
    for at, (place, rows) in enumerate(flat):
        within[at, rows] = 1 / len(rows)
        owned[place, at] = 1 / len(mentions[place])
    return Related(within, owned, asked, holds & asked)


def pair_loss(vectors: Tensor, pairs: Related) -> Tensor:
    """Sum the cross-entropy over all that is asked; computes what `kg.extraction.tagger.pairs.Pairs` does.

    Args:
        vectors: Words x `kg.extraction.tagger.pairs.PAIR_WIDTH`.
        pairs: Of the same window.
    """
    within, owned = torch.from_numpy(pairs.within), torch.from_numpy(pairs.owned)
    table = (within @ vectors).view(len(within), 2, len(PAIRS), RANK)
    products = torch.einsum("mpk,npk->pmn", table[:, 0], table[:, 1]) / RANK**0.5
    raised = (products + BIAS).clamp(-LIMIT, LIMIT).exp()
    scores = torch.log(owned @ raised @ owned.T)
    asked = torch.from_numpy(pairs.asked)
    wanted = torch.from_numpy(pairs.holds)[asked].float().clamp(_SMOOTHING, 1 - _SMOOTHING)
    return functional.binary_cross_entropy_with_logits(scores[asked], wanted, reduction="sum")
