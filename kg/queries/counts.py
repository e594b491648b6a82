"""How much of what is in a graph."""

from kg.namespaces import KG
from kg.records import Kind, Status
from kg.store import Graph

__all__ = ["count"]

_BY_CLASS = "SELECT ?class (COUNT(DISTINCT ?node) AS ?count) WHERE { ?node a ?class } GROUP BY ?class"
_BY_STATUS = "SELECT ?status (COUNT(*) AS ?count) WHERE { ?claim a kg:Assertion ; kg:status ?status } GROUP BY ?status"
_RETRACTED = """
SELECT (COUNT(DISTINCT ?paper) AS ?count) WHERE {
  ?paper a kg:Paper . { ?paper kg:retraction ?notice } UNION { ?paper prov:wasInvalidatedBy ?retraction }
}"""


def count(graph: Graph) -> dict[str, int]:
    """Count papers, authors, concepts by kind, mentions, claims by status, results, retractions and statements."""
    nodes = _counts(graph, _BY_CLASS, "class")
    claims = _counts(graph, _BY_STATUS, "status")
    (retracted,) = graph.select(_RETRACTED)
    classes = {"papers": KG.Paper, "authors": KG.Author}
    classes |= {f"concepts: {kind.value}": KG[kind.value] for kind in Kind}
    classes |= {"mentions": KG.Mention, "results": KG.Result, "sizes": KG.Size}
    counted = {what: nodes.get(class_.value, 0) for what, class_ in classes.items()}
    counted |= {f"claims: {status.value}": claims.get(KG[status.value].value, 0) for status in Status}
    if retracted["count"] is not None and retracted["count"].value != "0":
        counted["papers that are retracted"] = int(retracted["count"].value)
    return counted | {"statements in all": len(graph)}


def _counts(graph: Graph, query: str, key: str) -> dict[str, int]:
    rows = ((row[key], row["count"]) for row in graph.select(query))
    return {node.value: int(number.value) for node, number in rows if node is not None and number is not None}
