"""Find the topics of a picture: groups of nodes with more statements among them than to the rest."""

from collections import Counter
from collections.abc import Iterable

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
    graph = _weighted(range(len(picture.nodes)), pairs)
    group_of = _members(nx.community.fast_label_propagation_communities(graph, weight="weight", seed=0))
    between: Counter[tuple[int, int]] = Counter()
    for (one, other), number in pairs.items():
        groups = sorted((group_of[one], group_of[other]))
        between[groups[0], groups[1]] += number
    groups_graph = _weighted(sorted(set(group_of.values())), between)
    topic_of = _members(nx.community.louvain_communities(groups_graph, weight="weight", seed=0))
    topics = [topic_of[group_of[node]] for node in range(len(picture.nodes))]
    sizes = Counter(topics)
    order = {topic: place for place, topic in enumerate(sorted(sizes, key=lambda topic: (-sizes[topic], topic)))}
    return [order[topic] for topic in topics]


def _weighted(nodes: Iterable[int], pairs: Counter[tuple[int, int]]) -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_weighted_edges_from((one, other, number) for (one, other), number in sorted(pairs.items()))
    return graph


def _members(groups: Iterable[set[int]]) -> dict[int, int]:
    """Name the group of each member by its least member."""
    return {member: min(group) for group in groups for member in group}
