"""Nodes by their labels: by index where a name is written as a graph writes it, by reading all labels where it is not.

A graph has no index of normal forms. So the forms a name is likely to have are looked up first, as literals and as the
IRI that is made of a name; in a graph of 20,000 papers that takes a few milliseconds, and reading all labels seconds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from kg.namespaces import BIBO, DATA_IRI, DCTERMS, FABIO, FOAF, NS_IRI, RDF, SKOS
from kg.rdf import Literal, NamedNode
from kg.records import Kind
from kg.store import Graph
from kg.text import form_hint, normal_form, printable, slug

__all__ = ["Labelled", "close_labels", "look_up", "search"]

_PREFERRED: Final = (SKOS.prefLabel, DCTERMS.title, DCTERMS.identifier, FOAF.name)
_OTHERS: Final = (SKOS.altLabel,)
_LOOKED_UP: Final = (*_PREFERRED, *_OTHERS, BIBO.doi, BIBO.pmid, FABIO.hasArXivID)
_LEAST_LIKE: Final = 70
"""Per cent that a label has to be like a name to be proposed for it."""

_BEARING = "SELECT ?node ?property ?label WHERE { ?node ?property ?label }"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A node that bears a name.

    Attributes:
        types: IRIs of the classes of the ontology that it is of.
        preferred: The name is its label, title or identifier, and not one beside it.
    """

    node: str
    types: frozenset[str]
    preferred: bool


def look_up(graph: Graph, name: str) -> list[Labelled]:
    """Find the nodes whose label or identifier is a name as it is written, or whose IRI is made of it."""
    found: dict[str, bool] = {}
    for text, property_ in product(sorted({name.strip(), name.lower(), name.upper()}), _LOOKED_UP):
        for literal in (Literal(text), Literal(text, language="en")):
            for row in graph.select(_BEARING, {"property": property_, "label": literal}):
                if isinstance(row["node"], NamedNode):
                    node = row["node"].value
                    found[node] = property_ not in _OTHERS or found.get(node, False)
    form = normal_form(name)
    for node, property_ in product(_made_of(name), (*_PREFERRED, *_OTHERS)):
        labels = (row["label"] for row in graph.select(_BEARING, {"node": NamedNode(node), "property": property_}))
        if any(isinstance(label, Literal) and normal_form(label.value) == form for label in labels):
            found[node] = property_ in _PREFERRED or found.get(node, False)
    return _typed(graph, found)


def search(graph: Graph, name: str) -> list[Labelled]:
    """Find the nodes with a label of the same normal form as a name, by reading all labels."""
    hint, form = form_hint(name), normal_form(name)
    found: dict[str, bool] = {}
    for node, property_, label in _all_labels(graph):
        if form_hint(label) == hint and normal_form(label) == form:
            found[node] = property_ in _PREFERRED or found.get(node, False)
    return _typed(graph, found)


def close_labels(graph: Graph, name: str) -> list[str]:
    """Find the three labels most like a name, the likest first, by reading all labels."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - slow to load, and seldom needed

    by_form: dict[str, str] = {}
    for label in sorted({label for _, _, label in _all_labels(graph)}):
        by_form.setdefault(normal_form(label), printable(label))
    forms = sorted(by_form)
    like = process.extract(normal_form(name), forms, scorer=fuzz.ratio, limit=3, score_cutoff=_LEAST_LIKE)
    return [by_form[form] for form, _, _ in like]


def _made_of(name: str) -> Iterator[str]:
    """The IRIs that concepts have whose label is a name."""
    local = slug(name)
    if local:
        yield from (f"{DATA_IRI}{kind.value.lower()}/{local}" for kind in Kind)


def _all_labels(graph: Graph) -> Iterator[tuple[str, NamedNode, str]]:
    for property_ in (*_PREFERRED, *_OTHERS):
        for row in graph.query(_BEARING, {"property": property_}).rows():
            node, label = row["node"], row["label"]
            if isinstance(node, NamedNode) and isinstance(label, Literal) and label.value:
                yield node.value, property_, label.value


def _typed(graph: Graph, found: dict[str, bool]) -> list[Labelled]:
    """Keep what is of a class of the ontology: schemes have titles too."""
    made = (Labelled(node, frozenset(_types(graph, node)), preferred) for node, preferred in sorted(found.items()))
    return [one for one in made if one.types]


def _types(graph: Graph, node: str) -> Iterable[str]:
    rows = graph.select(_BEARING, {"node": NamedNode(node), "property": RDF.type})
    types = (row["label"] for row in rows)
    return [one.value for one in types if isinstance(one, NamedNode) and one.value.startswith(NS_IRI)]
