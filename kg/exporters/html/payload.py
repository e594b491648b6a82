"""Turn a picture into what the page's script reads: plain lists and dictionaries, ready for JSON."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from kg.exporters.html.picture import Node, Picture
from kg.exporters.html.reading import Contents, Facts
from kg.exporters.html.terms import PREDICATES, TYPES
from kg.namespaces import BIBO, DCTERMS, FABIO, KG, MLS, RDFS, SKOS
from kg.rdf import NamedNode

__all__ = ["Json", "facts_of", "vis_edges", "vis_nodes"]

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

_LINKS: Final = (
    (BIBO.doi, "DOI", "https://doi.org/"),
    (FABIO.hasArXivID, "arXiv", "https://arxiv.org/abs/"),
    (BIBO.pmid, "PubMed", "https://pubmed.ncbi.nlm.nih.gov/"),
    (KG.hasCode, "code", ""),
    (KG.hasData, "data", ""),
    (RDFS.seeAlso, "see also", ""),
    (SKOS.exactMatch, "same as", ""),
)
"""Property, name of the link, and what stands before the value."""


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
    results = _results(picture, contents)
    used = {sentence for each in picture.statements for sentence in each.sentences}
    used |= {sentence for facts in results for sentence in facts.get(KG.inSentence.value, ())}
    numbers = {iri: number for number, iri in enumerate(sorted(used & contents.sentences.keys()))}
    places = {node.iri: place for place, node in enumerate(picture.nodes)}
    return {
        "types": list(TYPES),
        "predicates": [[each.forward, each.back] for each in PREDICATES],
        "nodes": [_facts(node, contents) for node in picture.nodes],
        "sentences": [_sentence(iri, contents, places) for iri in numbers],
        "statements": [
            [
                *(each.subject, each.predicate, each.object, each.status, each.confidence),
                [numbers[sentence] for sentence in each.sentences],
            ]
            for each in picture.statements
        ],
        "results": [_result(facts, places, numbers) for facts in results],
        "leftOut": picture.left_out,
    }


def _sentence(iri: str, contents: Contents, places: Mapping[str, int]) -> Json:
    sentence = contents.sentences[iri]
    title = contents.facts.get(sentence.paper, {}).get(DCTERMS.title.value, (sentence.paper,))[0]
    return [places.get(sentence.paper, title), sentence.text]


def _facts(node: Node, contents: Contents) -> dict[str, Json]:
    """Collect the facts of a node; what is not known is left out."""
    own = _paper_facts(node, contents) if node.type == "Paper" else _concept_facts(node)
    known: dict[str, Json] = {
        "iri": node.iri,
        "name": node.name if node.name != node.label else None,
        **own,
        "links": [
            [name, value, start + value] for term, name, start in _LINKS for value in node.facts.get(term.value, ())
        ],
    }
    return {key: value for key, value in known.items() if value not in (None, [])}


def _paper_facts(node: Node, contents: Contents) -> dict[str, Json]:
    authors: list[Json] = [*contents.authors.get(node.iri, ())]
    return {
        "authors": authors,
        "more": _first(node.facts, KG.authorsComplete) == "false" or None,
        "date": _first(node.facts, DCTERMS.issued),
        "category": ", ".join(node.facts.get(KG.category.value, ())) or None,
        "code": _first(node.facts, KG.codeAvailable) == "true" or None,
        "note": _first(node.facts, KG.abstractNote),
    }


def _concept_facts(node: Node) -> dict[str, Json]:
    aliases = {name for term in (SKOS.altLabel, KG.abbreviation) for name in node.facts.get(term.value, ())}
    return {
        "aliases": [*sorted(aliases - {node.name})],
        "definition": " ".join(node.facts.get(SKOS.definition.value, ())) or None,
        "papers": len(node.papers),
    }


def _first(facts: Facts, term: NamedNode) -> str | None:
    return facts.get(term.value, (None,))[0]


def _results(picture: Picture, contents: Contents) -> list[Facts]:
    """Take the results of the papers that are shown."""
    shown = {node.iri for node in picture.nodes if node.type == "Paper"}
    return [facts for facts in contents.results.values() if _first(facts, KG.reportedIn) in shown]


def _result(facts: Facts, places: Mapping[str, int], numbers: Mapping[str, int]) -> Json:
    """State a result: the nodes it belongs to, what it is of, its value, how sure, its sentence."""
    concepts = (KG.reportedIn, KG.ofMethod, KG.onDataset, KG.forTask, MLS.specifiedBy)
    printed = _first(facts, KG.printed) or _first(facts, MLS.hasValue) or ""
    highest = _first(facts, KG.valueMax)
    parts = (_first(facts, KG.comparator), printed + (f" to {highest}" if highest else ""), _first(facts, KG.unit))
    sure = _first(facts, KG.confidence)
    return [
        [places.get(_first(facts, term) or "") for term in concepts],
        _first(facts, KG.metricText),
        " ".join(part for part in parts if part),
        ", ".join(part for term in (KG.resultKind, KG.condition) if (part := _first(facts, term))),
        float(sure) if sure else None,
        [numbers[each] for each in facts.get(KG.inSentence.value, ()) if each in numbers],
    ]
