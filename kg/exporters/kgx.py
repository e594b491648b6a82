"""KGX: nodes and edges in TSV with the categories and predicates of Biolink (https://biolink.github.io/kgx/).

Kept are the claims that hold: asserted ones, denied ones as negated edges, and that a paper mentions a concept. What
is only supposed or told as background would read like an assertion. Several values are parted by "|", which has no
escape, so that a broken bar takes its place in texts.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from kg.exporters.property_graph import Edge, Node, property_graph
from kg.exporters.reading import Value
from kg.exporters.tables import AUTHORS, CONCEPTS, PAPERS
from kg.namespaces import DATA_IRI
from kg.records import Status
from kg.store import Graph

__all__ = ["HELD_STATUSES", "KGX_COLUMNS", "KGX_TABLES", "kgx"]

KGX_TABLES: Final = (PAPERS, AUTHORS, CONCEPTS)
"""What becomes nodes; a result has numbers, for which Biolink has no place."""

HELD_STATUSES: Final = (Status.ASSERTED, Status.NEGATED)
"""Of claims that become edges."""

KGX_COLUMNS: Final = frozenset(
    {
        *("title", "name", "label", "doi", "pmid", "arxiv", "definition", "abstract", "description"),
        *("other_labels", "exact_matches", "orcid", "broader", "paper", "author"),
        *("subject", "predicate", "object", "status", "confidence", "papers", "sentences"),
    }
)
"""What Biolink has slots for."""

_CATEGORIES: Final[Mapping[str, str]] = {
    "Paper": "biolink:Publication",
    "Author": "biolink:Agent",
    "Method": "biolink:InformationContentEntity",
    "Dataset": "biolink:Dataset",
    "Modality": "biolink:InformationContentEntity",
    "Disease": "biolink:DiseaseOrPhenotypicFeature",
    "Task": "biolink:InformationContentEntity",
    "Metric": "biolink:InformationContentEntity",
    "Anatomy": "biolink:AnatomicalEntity",
}
_PREDICATES: Final[Mapping[str, str]] = {
    "creator": "biolink:has_author",
    "broader": "biolink:subclass_of",
    "narrowerThan": "biolink:subclass_of",
    "partOf": "biolink:part_of",
}
"""Of edges between concepts, and to authors; from a paper it is ``mentions``, else ``related_to``."""

_NAMESPACES: Final = (
    ("http://purl.obolibrary.org/obo/", ""),
    ("http://id.nlm.nih.gov/mesh/", "MESH:"),
    ("https://orcid.org/", "ORCID:"),
)
_OURS: Final = "kg.id"
"""Prefix of `DATA_IRI`."""
_NODE_HEADER: Final = ("id", "category", "name", "description", "synonym", "xref", "iri", "original_category")
_EDGE_HEADER: Final = (
    *("id", "subject", "predicate", "object", "category", "original_predicate", "negated", "knowledge_level"),
    *("agent_type", "publications", "supporting_text", "has_confidence_score"),
)


def kgx(graph: Graph) -> Mapping[str, bytes]:
    """Make ``nodes.tsv`` and ``edges.tsv``."""
    made = property_graph(graph)
    nodes = [node for table in KGX_TABLES for node in made.nodes[table]]
    ids = {node.iri: _identifier(node) for node in nodes}
    papers = {node.iri for node in made.nodes[PAPERS]}
    kept = (edge for edge in made.edges if edge.source in ids and edge.target in ids and _holds(edge))
    return {
        "nodes.tsv": _tsv([_NODE_HEADER, *(_node(node, ids) for node in nodes)]),
        "edges.tsv": _tsv([_EDGE_HEADER, *(_edge(edge, ids, is_mention=edge.source in papers) for edge in kept)]),
    }


def _holds(edge: Edge) -> bool:
    return edge.type == "mentions" or edge.values.get("status", Status.ASSERTED) in HELD_STATUSES


def _identifier(node: Node) -> str:
    """A paper's is that of the registry that knows it."""
    for name, prefix in (("pmid", "PMID:"), ("doi", "DOI:"), ("arxiv", "arXiv:")):
        if value := node.values.get(name):
            return f"{prefix}{value}"
    return _curie(node.iri)


def _curie(iri: str) -> str:
    """Shorten an IRI; KGX wants no slash behind the colon, so that each folder of ours has a prefix of its own.

    >>> _curie("http://purl.obolibrary.org/obo/UBERON_0002048"), _curie("https://example.org/kg/id/method/u-net")
    ('UBERON:0002048', 'kg.id.method:u-net')
    """
    if iri.startswith(DATA_IRI):
        *folders, name = iri.removeprefix(DATA_IRI).split("/")
        return f"{'.'.join((_OURS, *folders))}:{name}"
    for namespace, prefix in _NAMESPACES:
        if iri.startswith(namespace):
            name = iri.removeprefix(namespace)
            return f"{prefix}{name}" if prefix else name.replace("_", ":", 1)
    return iri


def _node(node: Node, ids: Mapping[str, str]) -> list[Value]:
    told = node.values
    described = told.get("definition") or told.get("abstract") or told.get("description")
    matches = told.get("exact_matches") or told.get("orcid")
    xref = tuple(map(_curie, matches)) if isinstance(matches, tuple) else matches and _curie(str(matches))
    synonyms = told.get("other_labels")
    return [ids[node.iri], _CATEGORIES[node.type], node.label, described, synonyms, xref, node.iri, f"kg:{node.type}"]


def _edge(edge: Edge, ids: Mapping[str, str], *, is_mention: bool) -> list[Value]:
    default = "biolink:mentions" if is_mention else "biolink:related_to"
    told, papers = edge.values, edge.values.get("papers")
    # Biolink's guidance: text mining does not tell what kind of knowledge a text gives.
    known = ("not_provided", "text_mining_agent") if "iri" in told else ("knowledge_assertion", "manual_agent")
    return [
        _curie(edge.id) if "iri" in told else edge.id,
        ids[edge.source],
        _PREDICATES.get(edge.type, default),
        ids[edge.target],
        "biolink:Association",
        f"kg:{edge.type}",
        told.get("status") == Status.NEGATED,
        *known,
        tuple(ids[paper] for paper in papers if paper in ids) if isinstance(papers, tuple) else None,
        told.get("sentences"),
        told.get("confidence"),
    ]


def _tsv(rows: Iterable[Iterable[Value]]) -> bytes:
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows).encode()


def _cell(value: Value) -> str:
    if isinstance(value, tuple):
        return "|".join(one.replace("|", "\N{BROKEN BAR}") for one in map(_cell, value))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else " ".join(str(value).split())
