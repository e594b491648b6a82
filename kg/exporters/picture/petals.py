"""Give every node its place, once and for all, so that a browser need not simulate springs.

Papers and what several papers share are spread by forces; what one paper alone speaks of is set around it in
rings, ordered by type, like petals. The picture then shows who shares what, and takes a fraction of a second.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from kg.exporters.picture.forces import Ends, Floats, spread, sunflower
from kg.exporters.picture.making import Picture

__all__ = ["place_nodes"]

_GAP: Final = 34  # between the petals of a ring, and between rings
_FIRST_RING: Final = 58
_ROOM: Final = 1.25  # of a topic, as a share of the discs it holds
_ABROAD: Final = 0.15  # how strong links between topics are
_STRETCH: Final = 1.5  # screens are wider than high
_WORK: Final = 3e5  # moves of nodes in all rounds together
_ROUNDS: Final = range(30, 101)


def place_nodes(picture: Picture, topics: Sequence[int]) -> list[tuple[int, int]]:
    """Place the nodes of a picture, in their order; the same picture always gives the same places.

    Args:
        picture: The picture.
        topics: The number of each node's topic; a topic stays together.
    """
    owners = _owners(picture)
    petals: dict[int, list[int]] = {}
    for node, owner in enumerate(owners):
        if owner is not None:
            petals.setdefault(owner, []).append(node)
    core = [node for node, owner in enumerate(owners) if owner is None]
    radii = [_radius(len(petals.get(node, ()))) for node in core]
    spots = _spread(core, radii, _links(picture, owners), topics)
    places = {node: (float(x), float(y)) for node, (x, y) in zip(core, spots, strict=True)}
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


def _spread(
    core: Sequence[int], radii: Sequence[float], links: Sequence[tuple[int, int]], topics: Sequence[int]
) -> Floats:
    """Spread the core by forces: first the topics as wholes, then what they hold, from places within them."""
    index = {node: place for place, node in enumerate(core)}
    ends = np.array([[index[a], index[b]] for a, b in links], dtype=np.intp).reshape(-1, 2)
    sizes = np.array(radii, dtype=np.float64)
    _, member = np.unique(np.array([topics[node] for node in core], dtype=np.intp), return_inverse=True)
    between = member[ends]
    is_between = between[:, 0] != between[:, 1]
    wholes = np.sqrt(np.bincount(member, weights=sizes**2)) * _ROOM
    centres = _centres(wholes, between[is_between])
    places = np.zeros((len(core), 2))
    for topic, whole in enumerate(wholes):
        within = np.flatnonzero(member == topic)
        places[within] = centres[topic] + sunflower(len(within), whole / np.sqrt(len(within)) * 0.9)
    strengths = np.where(is_between, _ABROAD, 1.0)
    rounds = int(min(max(_WORK / max(len(core), 1), _ROUNDS.start), _ROUNDS.stop))
    places = spread(places, sizes, ends, centres[member], strengths=strengths, rounds=rounds)
    stretched: Floats = places * np.array([_STRETCH**0.5, _STRETCH**-0.5])
    return stretched


def _centres(wholes: Floats, links: Ends) -> Floats:
    """Place topics, those with many links between them nearer to each other."""
    pairs, numbers = np.unique(np.sort(links, axis=1), axis=0, return_counts=True)
    start = sunflower(len(wholes), float(wholes.mean()) if len(wholes) else 1.0)
    strengths = np.minimum(numbers, 5) / 5
    return spread(start, wholes, pairs, np.zeros_like(start), strengths=strengths, rounds=_ROUNDS.stop)
