"""What the pages tell of a node and of a result, as plain values ready for JSON; what is not known is left out."""

from collections.abc import Mapping
from typing import Final

from kg.exporters.picture.making import Node, Picture
from kg.exporters.picture.numbers import share
from kg.exporters.picture.reading import Contents, Facts
from kg.namespaces import BIBO, DCTERMS, FABIO, KG, MLS, RDFS, SKOS
from kg.rdf import NamedNode

__all__ = ["LINK_STARTS", "Json", "abstract_notes", "facts_of_node", "result_values"]

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

LINK_STARTS: Final = {name: start for _, name, start in _LINKS}
"""What stands before the value of a link, by its name."""


def facts_of_node(node: Node, contents: Contents) -> dict[str, Json]:
    """Collect the facts of a node; what is not known is left out."""
    own = _paper_facts(node, contents) if node.type == "Paper" else _concept_facts(node)
    known: dict[str, Json] = {
        "name": node.name if node.name != node.label else None,
        **own,
        "links": [[name, value] for term, name, _ in _LINKS for value in node.facts.get(term.value, ())],
    }
    return {key: value for key, value in known.items() if value not in (None, [])}


def result_values(facts: Facts, places: Mapping[str, int], numbers: Mapping[str, int]) -> list[Json]:
    """State a result: the nodes it belongs to, what it is of, its value, how sure, its sentence."""
    concepts = (KG.reportedIn, KG.ofMethod, KG.onDataset, KG.forTask, MLS.specifiedBy)
    printed = _first(facts, KG.printed) or _first(facts, MLS.hasValue) or ""
    highest = _first(facts, KG.valueMax)
    parts = (_first(facts, KG.comparator), printed + (f" to {highest}" if highest else ""), _first(facts, KG.unit))
    return [
        [places.get(_first(facts, term) or "") for term in concepts],
        _first(facts, KG.metricText),
        " ".join(part for part in parts if part),
        ", ".join(part for term in (KG.resultKind, KG.condition) if (part := _first(facts, term))),
        share(_first(facts, KG.confidence)),
        [numbers[each] for each in facts.get(KG.inSentence.value, ()) if each in numbers],
    ]


def abstract_notes(picture: Picture) -> list[str]:
    """Name the ways in which abstracts are not their authors' words."""
    return sorted({note for node in picture.nodes for note in node.facts.get(KG.abstractNote.value, ())})


def _paper_facts(node: Node, contents: Contents) -> dict[str, Json]:
    authors: list[Json] = [*contents.authors.get(node.iri, ())]
    return {
        "authors": authors,
        "more": _first(node.facts, KG.authorsComplete) == "false" or None,
        "date": _first(node.facts, DCTERMS.issued),
        "category": ", ".join(node.facts.get(KG.category.value, ())) or None,
        "code": _first(node.facts, KG.codeAvailable) == "true" or None,
        "licence": ", ".join(node.facts.get(DCTERMS.license.value, ())) or None,
        "note": _first(node.facts, KG.abstractNote),
    }


def _concept_facts(node: Node) -> dict[str, Json]:
    aliases = {name for term in (SKOS.altLabel, KG.abbreviation) for name in node.facts.get(term.value, ())}
    return {
        "aliases": [*sorted(aliases - {node.name})],
        "definition": " ".join(node.facts.get(SKOS.definition.value, ())) or None,
    }


def _first(facts: Facts, term: NamedNode) -> str | None:
    return facts.get(term.value, (None,))[0]
