"""Turn a picture into what the page's script reads: plain lists and dictionaries, ready for JSON."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.exporters.picture.facts import LINK_STARTS, Json, facts_of_node, result_values
from kg.exporters.picture.making import Picture
from kg.exporters.picture.reading import Contents
from kg.exporters.picture.terms import PREDICATES, TYPES
from kg.namespaces import DCTERMS, KG

__all__ = ["facts_of", "vis_edges", "vis_nodes"]


def vis_nodes(picture: Picture, places: Iterable[tuple[int, int]]) -> list[dict[str, Json]]:
    """Make the nodes as vis-network takes them; the group is the type."""
    return [
        {"id": number, "label": node.label, "group": node.type, "x": x, "y": y, "value": len(node.papers)}
        for number, (node, (x, y)) in enumerate(zip(picture.nodes, places, strict=True))
    ]


def vis_edges(picture: Picture) -> list[dict[str, Json]]:
    """Make the edges as vis-network takes them; an edge has the number of its statement.

    Edges between the same two nodes are bent apart, so that each can be seen and pointed at.
    """
    edges: list[dict[str, Json]] = []
    seen: defaultdict[tuple[int, int], int] = defaultdict(int)
    for number, each in enumerate(picture.statements):
        if not each.drawn:
            break  # the drawn ones come first
        edge: dict[str, Json] = {"id": number, "from": each.subject, "to": each.object}
        pair = min(each.subject, each.object), max(each.subject, each.object)
        if seen[pair]:
            edge["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": round(0.12 * seen[pair], 2)}
        seen[pair] += 1
        edges.append(edge)
    return edges


def facts_of(picture: Picture, contents: Contents) -> dict[str, Json]:
    """Collect all else: names, facts of the nodes, statements with their evidence, results, and the foot."""
    results = contents.results.values()
    used = {sentence for each in picture.statements for sentence in each.sentences}
    used |= {sentence for facts in results for sentence in facts.get(KG.inSentence.value, ())}
    numbers = {iri: number for number, iri in enumerate(sorted(used & contents.sentences.keys()))}
    places = {node.iri: place for place, node in enumerate(picture.nodes)}
    return {
        "types": list(TYPES),
        "linkStarts": {**LINK_STARTS},
        "predicates": [[each.forward, each.back] for each in PREDICATES],
        "nodes": [
            {"iri": node.iri, "papers": len(node.papers), **facts_of_node(node, contents)} for node in picture.nodes
        ],
        "sentences": [_sentence(iri, contents, places) for iri in numbers],
        "statements": [
            [
                *(each.subject, each.predicate, each.object, each.status, each.confidence),
                [numbers[sentence] for sentence in each.sentences],
            ]
            for each in picture.statements
        ],
        "results": [result_values(facts, places, numbers) for facts in results],
        "leftOut": picture.left_out,
    }


def _sentence(iri: str, contents: Contents, places: Mapping[str, int]) -> Json:
    sentence = contents.sentences[iri]
    title = contents.facts.get(sentence.paper, {}).get(DCTERMS.title.value, (sentence.paper,))[0]
    return [places.get(sentence.paper, title), sentence.text]
