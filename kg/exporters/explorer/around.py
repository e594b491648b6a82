"""What a page that is served asks for after it was made: what lies around a node, and nodes of a name.

Such a page shows the best connected nodes of a graph, and brings in what it left out as it is looked for.
"""

from typing import Final

import msgspec

from kg.exporters.explorer.marks import read_marks
from kg.exporters.explorer.surroundings import read_surroundings
from kg.exporters.picture.making import Picture, make_picture
from kg.exporters.picture.reading import read_nodes
from kg.exporters.picture.terms import TYPES
from kg.namespaces import DATA_IRI, DCTERMS, KG, SKOS
from kg.rdf import Literal, NamedNode
from kg.store import Graph

__all__ = ["tell_around", "tell_named"]

_AT_A_TIME: Final = 200
"""Neighbours of one answer: about as many as a reader looks through, and less than a second's work."""
_NAMED: Final = 10
_LOOKED_AT: Final = 5_000
"""Names that hold the text, of which the best are told."""


def tell_around(graph: Graph, node: NamedNode, start: int) -> bytes | None:
    """Tell of a node and some of its neighbours what the page tells of its nodes.

    Args:
        graph: What is served.
        node: A paper or concept.
        start: How many neighbours, in the order of their IRIs, to pass over.

    Returns:
        An object in JSON: ``graph`` and ``details`` as in a page, with the node first and only the statements that it
        stands in; ``next``, the start of a further call, or null.
        None for what is no paper or concept.
    """
    from kg.exporters.explorer.payload import details_block, graph_block  # noqa: PLC0415 - numpy

    around = read_surroundings(graph, node, start, _AT_A_TIME)
    if around is None:
        return None
    contents = read_nodes(around.part, around.nodes)
    picture = _of_the_first(make_picture(contents))
    after = start + _AT_A_TIME
    return msgspec.json.encode(
        {
            "graph": graph_block(picture, contents, ""),
            "details": details_block(picture, contents, read_marks(around.part, contents), {}, {}),
            "next": after if after < around.neighbours else None,
        }
    )


def _of_the_first(picture: Picture) -> Picture:
    """Keep the statements of the first node; of others the evidence is not known here."""
    return Picture(picture.nodes, tuple(one for one in picture.statements if 0 in (one.subject, one.object)), 0)


def tell_named(graph: Graph, text: str) -> bytes:
    """Name nodes that have a text in a name of theirs.

    Returns:
        A list in JSON of the IRI, without the base where it stands under it, the name, and the type; names that begin
        with the text come first, then short ones.
    """
    wanted = text.lower()  # as LCASE does
    types = {KG[name].value: name for name in TYPES}
    rows = graph.texts(
        f"SELECT ?node ?name ?type WHERE {{ VALUES ?term {{ {SKOS.prefLabel} {SKOS.altLabel} {DCTERMS.title} }}"
        f" ?node ?term ?name FILTER(CONTAINS(LCASE(STR(?name)), {Literal(wanted)})) ?node a ?type }} LIMIT {_LOOKED_AT}"
    )
    fits = sorted(
        (not name.lower().startswith(wanted), len(name), name, node, types[kind])
        for node, name, kind in rows
        if kind in types
    )
    best: dict[str, list[str]] = {}
    for *_, name, node, kind in fits:
        best.setdefault(node, [node.removeprefix(DATA_IRI), name, kind])
    return msgspec.json.encode([*best.values()][:_NAMED])
