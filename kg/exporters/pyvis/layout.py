"""Give every node its place, once and for all, so that a browser need not simulate springs.

Papers and what several papers share are spread by forces; what one paper alone speaks of is set around it in
rings, ordered by type, like petals. The picture then shows who shares what, and takes a fraction of a second.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.exporters.picture.making import Picture

__all__ = ["place_nodes"]

Floats = npt.NDArray[np.float32]

_GAP: Final = 34  # between the petals of a ring, and between rings
_FIRST_RING: Final = 58
_LENGTH: Final = 150  # of an edge without tension
_PUSH: Final = 14
_GRAVITY: Final = 0.08
_STRETCH: Final = 1.5  # screens are wider than high
_WORK: Final = 3.0e7  # pairs of nodes looked at in all rounds together
_ROUNDS: Final = range(60, 301)
_GOLDEN_ANGLE: Final = math.pi * (3 - math.sqrt(5))


def place_nodes(picture: Picture) -> list[tuple[int, int]]:
    """Place the nodes of a picture, in their order; the same picture always gives the same places."""
    owners = _owners(picture)
    petals: dict[int, list[int]] = {}
    for node, owner in enumerate(owners):
        if owner is not None:
            petals.setdefault(owner, []).append(node)
    core = [node for node, owner in enumerate(owners) if owner is None]
    radii = [_radius(len(petals.get(node, ()))) for node in core]
    places: dict[int, tuple[float, float]] = dict(zip(core, _spread(core, radii, _links(picture, owners)), strict=True))
    for owner, nodes in petals.items():
        x, y = places[owner]
        places |= {node: (x + dx, y + dy) for node, (dx, dy) in zip(nodes, _rings(len(nodes)), strict=True)}
    return [(round(places[node][0]), round(places[node][1])) for node in range(len(owners))]


def _owners(picture: Picture) -> list[int | None]:
    """Tell of each concept that one paper alone speaks of, which paper that is."""
    papers = {node.iri: place for place, node in enumerate(picture.nodes) if node.type == "Paper"}
    return [
        papers.get(next(iter(of_node))) if len(of_node) == 1 and node.type != "Paper" else None
        for node, of_node in zip(picture.nodes, _papers(picture), strict=True)
    ]


def _papers(picture: Picture) -> list[frozenset[str]]:
    """Give the papers of every node; a concept that no paper speaks of has those of what points at it."""
    papers = [node.papers for node in picture.nodes]
    silent = {place for place, of_node in enumerate(papers) if not of_node}
    pointing = [(each.subject, each.object) for each in picture.statements if each.object in silent]
    while True:
        before = list(papers)
        for subject, value in pointing:
            papers[value] |= papers[subject]
        if papers == before:
            return papers


def _links(picture: Picture, owners: Sequence[int | None]) -> list[tuple[int, int]]:
    """Join what the statements join, each petal standing for its paper."""

    def end(node: int) -> int:
        owner = owners[node]
        return node if owner is None else owner

    pairs = {(end(each.subject), end(each.object)) for each in picture.statements}
    return sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})


def _capacities(count: int) -> Iterable[tuple[int, float]]:
    """Split a number of petals into rings: how many each holds, and its radius."""
    radius = float(_FIRST_RING)
    while count > 0:
        here = min(count, int(2 * math.pi * radius / _GAP))
        yield here, radius
        count -= here
        radius += _GAP


def _radius(petals: int) -> float:
    return max((radius for _, radius in _capacities(petals)), default=0.0) + _GAP / 2


def _rings(count: int) -> list[tuple[float, float]]:
    """Place petals around the origin, sorted by angle, so that neighbours in a list stay neighbours."""
    angles = sorted(
        ((place + 0.5 * (ring % 2)) / here, radius)
        for ring, (here, radius) in enumerate(_capacities(count))
        for place in range(here)
    )
    return [(radius * math.cos(2 * math.pi * turn), radius * math.sin(2 * math.pi * turn)) for turn, radius in angles]


def _spread(core: Sequence[int], radii: Sequence[float], links: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
    """Spread the core by forces: links pull, all push one another, and nothing may overlap."""
    if not core:
        return []
    index = {node: place for place, node in enumerate(core)}
    ends = np.array([[index[a], index[b]] for a, b in links], dtype=np.intp).reshape(-1, 2)
    size = np.array(radii, dtype=np.float32)
    order = np.arange(len(core), dtype=np.float32)
    turn, reach = order * np.float32(_GOLDEN_ANGLE), np.sqrt(order + 0.5) * np.float32(_LENGTH / 2)
    places = np.stack([reach * np.cos(turn), reach * np.sin(turn)], axis=1)  # a sunflower: no two alike
    rounds = int(min(max(_WORK / len(core) ** 2, _ROUNDS.start), _ROUNDS.stop))
    for step in range(rounds):
        places += _forces(places, size, ends, 1 - step / rounds)
    for _ in range(_ROUNDS.start):
        places += _overlaps(places, size)
    return [(float(x), float(y)) for x, y in places * np.array([_STRETCH**0.5, _STRETCH**-0.5])]


def _forces(places: Floats, size: Floats, ends: npt.NDArray[np.intp], heat: float) -> Floats:
    """Sum the forces on every place; no step is longer than the heat allows."""
    across, square = _differences(places)
    weight = size[None, :] * np.float32(_PUSH) / square
    force = np.stack([(weight * part).sum(axis=1) for part in across], axis=1)
    pull = places[ends[:, 1]] - places[ends[:, 0]]
    length = np.sqrt((pull**2).sum(axis=1, keepdims=True)) + 1
    rest = _LENGTH / 3 + size[ends].sum(axis=1, keepdims=True)
    pull *= 0.12 * (length - rest) / length / np.sqrt(_degrees(ends, len(places))[ends].min(axis=1, keepdims=True))
    np.add.at(force, ends[:, 0], pull)
    np.subtract.at(force, ends[:, 1], pull)
    force -= places * np.float32(_GRAVITY)
    step = np.sqrt((force**2).sum(axis=1, keepdims=True)) + np.float32(1e-6)
    limited: Floats = force * np.minimum(1, (120 * heat + 2) / step)
    return limited.astype(np.float32)


def _degrees(ends: npt.NDArray[np.intp], count: int) -> Floats:
    return np.bincount(ends.ravel(), minlength=count).astype(np.float32).reshape(-1, 1)[:, 0]


def _differences(places: Floats) -> tuple[tuple[Floats, Floats], Floats]:
    """Take each place from each other, and square the distances (never nought)."""
    across = places[:, None, 0] - places[None, :, 0], places[:, None, 1] - places[None, :, 1]
    return across, across[0] ** 2 + across[1] ** 2 + np.float32(1)


def _overlaps(places: Floats, size: Floats) -> Floats:
    """Push apart what overlaps, each by half of it."""
    across, square = _differences(places)
    distance = np.sqrt(square)
    overlap = np.maximum(0, size[:, None] + size[None, :] - distance) / distance
    np.fill_diagonal(overlap, 0)
    return np.stack([(overlap * part).sum(axis=1) * np.float32(0.4) for part in across], axis=1)
