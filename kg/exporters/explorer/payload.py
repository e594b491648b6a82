"""What the page reads, in two blocks: one for the first picture, one for all that is read closer.

Columns instead of records: they are half as long, pack better, and are parsed faster. A node, statement or sentence is
the number of its place in the columns.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

from kg.exporters.explorer.marks import Mark
from kg.exporters.picture.facts import LINK_STARTS, Json, abstract_notes, facts_of_node, result_values
from kg.exporters.picture.making import Picture
from kg.exporters.picture.petals import place_nodes
from kg.exporters.picture.reading import Contents
from kg.exporters.picture.terms import PREDICATES, TYPES
from kg.exporters.picture.topics import find_topics
from kg.namespaces import DATA_IRI, DCTERMS, KG, PREFIXES
from kg.tables import Document, Item

__all__ = ["STATUSES", "details_block", "graph_block"]

STATUSES: Final = ("asserted", "negated", "hypothesised", "background")

_YEAR: Final = re.compile(r"[12]\d{3}(?!\d)")


def graph_block(picture: Picture, contents: Contents, title: str) -> dict[str, Json]:
    """Give what the first picture needs: names, types, years, places and statements."""
    topics = find_topics(picture)
    places = place_nodes(picture, topics)
    years = _years(picture, contents)
    statements = picture.statements
    return {
        "title": title,
        "types": list(TYPES),
        "statuses": list(STATUSES),
        "predicates": [
            {
                "iri": each.term.value,
                "name": each.term.value.rpartition("#")[2],
                "forward": each.forward,
                "back": each.back,
            }
            for each in PREDICATES
        ],
        "leftOut": picture.left_out,
        "notes": [*abstract_notes(picture)],
        "nodes": {
            "label": [node.label for node in picture.nodes],
            "type": [TYPES.index(node.type) for node in picture.nodes],
            "year": [*years],
            "papers": [len(node.papers) for node in picture.nodes],
            "topic": [*topics],
            "x": [x for x, _ in places],
            "y": [y for _, y in places],
        },
        "statements": {
            "subject": [each.subject for each in statements],
            "predicate": [each.predicate for each in statements],
            "object": [each.object for each in statements],
            "confidence": [_percent(each.confidence) for each in statements],
            "status": [STATUSES.index(each.status) for each in statements],
            "drawn": sum(each.drawn for each in statements),
        },
    }


def details_block(
    picture: Picture,
    contents: Contents,
    marks: Mapping[str, Sequence[Mark]],
    tables: Mapping[str, Document],
    about: Json,
) -> dict[str, Json]:
    """Give facts, evidence, results, tables, and what the page says of itself."""
    places = {node.iri: place for place, node in enumerate(picture.nodes)}
    results = contents.results.values()
    used = chain(
        chain.from_iterable(each.sentences for each in picture.statements),
        chain.from_iterable(facts.get(KG.inSentence.value, ()) for facts in results),
    )
    sentences = [iri for iri in dict.fromkeys(used) if iri in contents.sentences]  # in order of use, which packs best
    numbers = {iri: number for number, iri in enumerate(sentences)}
    return {
        "about": about,
        "base": DATA_IRI,
        "linkStarts": {**LINK_STARTS},
        "prefixes": dict(sorted(PREFIXES.items())),
        "iri": [node.iri.removeprefix(DATA_IRI) for node in picture.nodes],
        "facts": [facts_of_node(node, contents) for node in picture.nodes],
        "evidence": _backwards([[numbers[each] for each in one.sentences] for one in picture.statements]),
        "sentences": {
            "text": [contents.sentences[iri].text for iri in sentences],
            "paper": [_paper(contents.sentences[iri].paper, contents, places) for iri in sentences],
            "marks": [
                [
                    part
                    for start, end, concept in marks.get(iri, ())
                    for part in (start, end - start, places.get(concept, -1))
                ]
                for iri in sentences
            ],
        },
        "results": [result_values(facts, places, numbers) for facts in results],
        "tables": {name: _document(document, places) for name, document in tables.items()},
    }


def _backwards(evidence: Sequence[Sequence[int]]) -> list[Json]:
    """Tell how far each sentence stands before the next new one: mostly 0, which packs to almost nothing.

    >>> _backwards([[0], [1, 0], [2]])
    [[0], [0, 2], [0]]
    """
    told: list[Json] = []
    new = 0
    for of_one in evidence:
        back: list[Json] = []
        for number in of_one:
            back.append(new - number)
            new = max(new, number + 1)
        told.append(back)
    return told


def _years(picture: Picture, contents: Contents) -> list[int | None]:
    """Tell the year of every node: a paper's own, a concept's the first in which a paper speaks of it."""
    issued = {
        iri: int(match[0])
        for iri, facts in contents.facts.items()
        if (match := _YEAR.match(facts.get(DCTERMS.issued.value, ("",))[0]))
    }
    return [
        issued.get(node.iri)
        if node.type == "Paper"
        else min((issued[paper] for paper in node.papers if paper in issued), default=None)
        for node in picture.nodes
    ]


def _percent(confidence: float | None) -> int:
    """A confidence in per cent; -1 where none is known, since a column holds numbers only."""
    return -1 if confidence is None else round(100 * min(max(confidence, 0), 1))


def _paper(iri: str, contents: Contents, places: Mapping[str, int]) -> Json:
    """The place of a sentence's paper; where the paper is left out, its title."""
    return places.get(iri, contents.facts.get(iri, {}).get(DCTERMS.title.value, (iri,))[0])


def _document(document: Document, places: Mapping[str, int]) -> Json:
    return {
        "heads": [head.name for head in document.heads],
        "numeric": [head.is_numeric for head in document.heads],
        "notes": [*document.notes],
        "tables": [
            {
                "title": table.title,
                "rows": [[[_item(item, places) for item in cell] for cell in row] for row in table.rows],
            }
            for table in document.tables
        ],
    }


def _item(item: Item, places: Mapping[str, int]) -> Json:
    """A text alone, or with the place of the node it names."""
    place = places.get(item.concept)
    return item.text if place is None else [item.text, place]
