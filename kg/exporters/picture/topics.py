"""Find the topics of a picture: groups of nodes with more statements among them than to the rest."""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from random import Random

import networkx as nx

from kg.exporters.picture.making import Picture

__all__ = ["find_topics"]


def find_topics(picture: Picture) -> list[int]:
    """Number the topic of every node, the largest topic first; the same picture gives the same numbers.

    Labels spread from node to node until neighbours agree, which is fast but leaves many small groups; Louvain's
    method, slow on all nodes, then joins the groups.
    """
    pairs = Counter(
        (min(each.subject, each.object), max(each.subject, each.object)) for each in picture.statements if each.drawn
    )
    group_of = _spread(len(picture.nodes), pairs)
    between: Counter[tuple[int, int]] = Counter()
    for (one, other), number in pairs.items():
        groups = sorted((group_of[one], group_of[other]))
        between[groups[0], groups[1]] += number
    groups_graph = _weighted(sorted(set(group_of)), between)
    topic_of = _members(nx.community.louvain_communities(groups_graph, weight="weight", seed=0))
    topics = [topic_of[group] for group in group_of]
    sizes = Counter(topics)
    order = {topic: place for place, topic in enumerate(sorted(sizes, key=lambda topic: (-sizes[topic], topic)))}
    return [order[topic] for topic in topics]


def _spread(count: int, pairs: Mapping[tuple[int, int], int]) -> list[int]:
    """Label nodes as most of their neighbours are labelled, until nothing changes (Traag and Subelj 2023).

    networkx has this too (`fast_label_propagation_communities`), and takes eight times as long.
    """
    neighbours: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for (one, other), number in sorted(pairs.items()):
        neighbours[one].append((other, number))
        neighbours[other].append((one, number))
    random, label = Random(0), list(range(count))  # noqa: S311 - the same every time
    queue = deque(random.sample(range(count), count))
    waits = [True] * count
    while queue:
        node = queue.popleft()
        waits[node] = False
        votes: dict[int, int] = {}
        for other, number in neighbours[node]:
            votes[label[other]] = votes.get(label[other], 0) + number
        most = max(votes.values(), default=0)
        if votes.get(label[node], 0) == most:
            continue
        label[node] = random.choice([one for one, number in votes.items() if number == most])
        for other, _ in neighbours[node]:
            if label[other] != label[node] and not waits[other]:
                waits[other] = True
                queue.append(other)
    return label


def _weighted(nodes: Iterable[int], pairs: Counter[tuple[int, int]]) -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_weighted_edges_from((one, other, number) for (one, other), number in sorted(pairs.items()))
    return graph


def _members(groups: Iterable[set[int]]) -> dict[int, int]:
    """Name the group of each member by its least member."""
    return {member: min(group) for group in groups for member in group}
