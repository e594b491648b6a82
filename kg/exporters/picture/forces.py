"""Spread discs over a plane: links pull, all push one another, and few overlap; fast for any number of them.

A round looks at each disc's links, at a few others drawn at random, and at those that lie beside it in strips of the
plane: enough for a picture, and linear in the number of discs. See Gove, "A Random Sampling O(n) Force-calculation
Algorithm for Graph Layouts", EuroVis 2019.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["Ends", "Floats", "spread", "sunflower"]

Floats = npt.NDArray[np.float64]
Ends = npt.NDArray[np.intp]
"""Pairs of linked discs, shape (links, 2)."""

_REST: Final = 40.0  # of the length of a link, beside the radii of its ends
_PULL: Final = 0.14
_PUSH: Final = 12.0
_GRAVITY: Final = 0.05
_EXACT: Final = 600  # discs up to which each looks at all others
_SAMPLES: Final = 6
_BESIDE: Final = 5  # discs of a strip that are looked at
_GOLDEN_ANGLE: Final = np.pi * (3 - np.sqrt(5))


def sunflower(count: int, spacing: float) -> Floats:
    """Place points evenly on a disc, no two alike; shape (count, 2)."""
    order = np.arange(count)
    reach = np.sqrt(order + 0.5) * spacing
    return np.stack([reach * np.cos(order * _GOLDEN_ANGLE), reach * np.sin(order * _GOLDEN_ANGLE)], axis=1)


def spread(places: Floats, radii: Floats, ends: Ends, homes: Floats, *, strengths: Floats, rounds: int) -> Floats:
    """Move discs from their places to better ones; the same input gives the same output.

    Args:
        places: Of the discs' centres, shape (count, 2).
        radii: Of the discs, shape (count,).
        ends: The links.
        homes: What draws each disc, however far it is, shape (count, 2).
        strengths: Of the links, shape (links,).
        rounds: How often all are moved; the steps grow shorter.

    Returns:
        The new places, shape (count, 2).
    """
    random = np.random.default_rng(0)
    places = places.copy()
    degrees = np.maximum(np.bincount(ends.ravel(), minlength=len(places)), 1)
    weights = _PULL * strengths / np.sqrt(degrees[ends].min(axis=1)) if len(ends) else strengths
    for step in range(rounds):
        heat = 1 - step / rounds
        force = _pulls(places, radii, ends, weights) + _pushes(places, radii, random) + (homes - places) * _GRAVITY
        length = np.sqrt(force[:, :1] ** 2 + force[:, 1:] ** 2) + 1e-9
        places += force * np.minimum(1, (120 * heat + 2) / length)
        places += _overlaps(places, radii, random, vertical=step % 2 == 0)
    for step in range(rounds // 2):
        places += _overlaps(places, radii, random, vertical=step % 2 == 0)
    return places


def _pulls(places: Floats, radii: Floats, ends: Ends, weights: Floats) -> Floats:
    across = places[ends[:, 1]] - places[ends[:, 0]]
    length = np.sqrt(across[:, 0] ** 2 + across[:, 1] ** 2) + 1
    rest = _REST + radii[ends].sum(axis=1)
    pull = across * (weights * (length - rest) / length)[:, None]
    return _summed(ends[:, 0], pull, len(places)) - _summed(ends[:, 1], pull, len(places))


def _pushes(places: Floats, radii: Floats, random: np.random.Generator) -> Floats:
    """Push each disc away from all others, or from some of them, drawn at random, for all."""
    count = len(places)
    if count <= _EXACT:
        others, stand_for = places[None], 1.0
        weight = _PUSH * radii[None]
    else:
        drawn = random.integers(count, size=(count, _SAMPLES))
        others, stand_for = places[drawn], count / _SAMPLES
        weight = _PUSH * radii[drawn]
    across = [places[:, None, axis] - others[:, :, axis] for axis in (0, 1)]
    weight = weight * stand_for / (across[0] ** 2 + across[1] ** 2 + 100)
    return np.stack([(part * weight).sum(axis=1) for part in across], axis=1)


def _overlaps(places: Floats, radii: Floats, random: np.random.Generator, *, vertical: bool) -> Floats:
    """Push apart what overlaps among discs that lie beside each other in strips, which lie elsewhere every time."""
    if not len(places):
        return places
    along, beside = (1, 0) if vertical else (0, 1)
    width = 2 * float(radii.mean()) * (1 + random.random())
    strip = np.floor((places[:, beside] + width * random.random()) / width)
    order = np.lexsort((places[:, along], strip))
    sorted_places, sorted_radii, moved = places[order], radii[order], np.zeros_like(places)
    for step in range(1, min(_BESIDE, len(places) - 1) + 1):
        across = sorted_places[:-step] - sorted_places[step:]
        distance = np.sqrt(across[:, 0] ** 2 + across[:, 1] ** 2) + 1e-9
        push = np.maximum(0, sorted_radii[:-step] + sorted_radii[step:] - distance) / distance * 0.35
        across *= push[:, None]
        moved[:-step] += across
        moved[step:] -= across
    back = np.empty_like(moved)
    back[order] = moved
    return back


def _summed(index: npt.NDArray[np.intp], values: Floats, count: int) -> Floats:
    return np.stack([np.bincount(index, weights=values[:, axis], minlength=count) for axis in (0, 1)], axis=1)
