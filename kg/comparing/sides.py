"""One of the two graphs: where it lies, what made it, and what has to be looked up in it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from kg.errors import GraphError
from kg.ledger import Match, Row, parse_decisions
from kg.queries.printing import short_iri
from kg.rdf import NamedNode
from kg.store import Graph, GraphDirectory, open_graph

__all__ = ["Run", "Side", "find_graph", "open_side"]

_AT_ONCE: Final = 100
"""Nodes that one query asks about."""

_RUNS = """
SELECT ?run ?version ?vocabulary ?configuration ?model WHERE {
  ?run a kg:ExtractionActivity .
  OPTIONAL { ?run prov:wasAssociatedWith/schema:softwareVersion ?version }
  OPTIONAL { ?run kg:vocabularyHash ?vocabulary }
  OPTIONAL { ?run kg:configurationHash ?configuration }
  OPTIONAL { ?run kg:modelHash ?model }
}"""
_RUN_OF = """
SELECT ?paper ?run WHERE {
  ?paper kg:hasText ?text . ?sentence oa:hasSource ?text .
  ?evidence prov:wasDerivedFrom ?sentence ; prov:wasGeneratedBy ?run .
} LIMIT 1"""
_DECISIONS = """
SELECT ?decision ?about ?verdict ?who ?why WHERE {
  ?decision a kg:Decision ; ?property ?about . FILTER (isIRI(?about))
  OPTIONAL { ?decision kg:verdict ?verdict }
  OPTIONAL { ?decision prov:wasAttributedTo ?who }
  OPTIONAL { ?decision rdfs:comment ?why }
}"""
_NAMES = "SELECT ?node ?name WHERE { VALUES ?property { skos:prefLabel dcterms:title } ?node ?property ?name }"
_EVIDENCE = """
SELECT ?assertion ?paper ?confidence WHERE {
  VALUES ?assertion { %s }
  ?evidence kg:supports ?assertion ; kg:confidence ?confidence ; prov:wasDerivedFrom ?source .
  { ?source oa:hasSource ?text } UNION { ?source oa:hasTarget ?target . ?target oa:hasSource ?text }
  ?paper kg:hasText ?text .
}"""
_NAMED_BY = """
SELECT ?concept ?paper WHERE {
  VALUES ?concept { %s }
  ?mention oa:hasBody ?concept ; oa:hasTarget ?target . ?target oa:hasSource ?text . ?paper kg:hasText ?text .
}"""

Run = Mapping[str, str]
"""What read papers: its ``version``, and the hashes of ``vocabulary``, ``configuration`` and ``model``."""

Pairs = Mapping[str, set[tuple[str, str]]]
"""Papers by what they were asked for, each with what it gives for it."""


@dataclass(slots=True)
class Side:
    """A graph to be compared.

    Attributes:
        runs: What made it, by IRI of the activity.
        decisions: What people decided about a node, by its IRI.
    """

    path: Path
    graph: Graph
    runs: Mapping[str, Run]
    decisions: Mapping[str, set[str]]

    def name(self, iri: str) -> str | None:
        """The label or title of a node; None where the graph has none."""
        names = self.graph.select(_NAMES, {"node": NamedNode(iri)})
        return min((row["name"].value for row in names if row["name"] is not None), default=None)

    def run_of(self, paper: str) -> str | None:
        """The run that read a paper; None where the graph does not tell."""
        if len(self.runs) == 1:
            return next(iter(self.runs))
        rows = self.graph.select(_RUN_OF, {"paper": NamedNode(paper)})
        return next((row["run"].value for row in rows if row["run"] is not None), None)

    def evidence(self, assertions: Collection[str]) -> Pairs:
        """The papers that make claims, each with its confidence, by assertion."""
        return self._asked(_EVIDENCE, assertions)

    def named_by(self, concepts: Collection[str]) -> Pairs:
        """The papers that name concepts, by concept."""
        return self._asked(_NAMED_BY, concepts)

    def _asked(self, query: str, nodes: Collection[str]) -> Pairs:
        found: dict[str, set[tuple[str, str]]] = {}
        left = iter(sorted(nodes))
        while some := list(islice(left, _AT_ONCE)):
            for row in self.graph.query(query % " ".join(f"<{node}>" for node in some)).rows():
                node, paper, *rest = (term.value if term is not None else "" for term in row.values())
                found.setdefault(node, set()).add((paper, rest[0] if rest else ""))
        return found


def find_graph(value: str, graph: Path) -> Path:
    """Find what a user means by a path, or by the name of a snapshot of a graph.

    Raises:
        GraphError: It is neither.
    """
    snapshots = graph / "snapshots"
    for path in (Path(value), snapshots / value):
        if value and path.exists():
            return path
    known = ", ".join(sorted(path.name for path in snapshots.glob("*"))) if snapshots.is_dir() else ""
    raise GraphError(f"{value}: no graph, RDF file or snapshot of {graph} (snapshots: {known or 'none'}); name another")


def open_side(path: Path) -> Side:
    """Open a graph to be compared.

    Raises:
        GraphError: There is no graph at the path, or it is damaged.
        InputError: The file is no valid RDF, or the graph's decisions are malformed.
    """
    graph = open_graph(path)
    decisions: dict[str, set[str]] = {}
    for node, told in (*_reviewed(graph), *_joined(path)):
        decisions.setdefault(node, set()).add(told)
    return Side(path, graph, dict(_runs(graph)), decisions)


def _runs(graph: Graph) -> Iterator[tuple[str, dict[str, str]]]:
    for row in graph.query(_RUNS).rows():
        told = {name: term.value for name, term in row.items() if term is not None}
        yield told.pop("run"), told


def _reviewed(graph: Graph) -> Iterator[tuple[str, str]]:
    """What people decided about claims, which stands in the graph."""
    for row in graph.query(_DECISIONS).rows():
        about, *told = (row[name] for name in ("about", "verdict", "who", "why"))
        verdict, who, why = (short_iri(term.value) if term is not None else "" for term in told)
        by = f"by {who}" if who else ""
        if about is not None:
            yield about.value, ": ".join(one for one in (" ".join(filter(None, (verdict, by))), why) if one)


def _joined(path: Path) -> Iterator[tuple[str, str]]:
    """What people decided about names, which lies beside the graph."""
    directory = GraphDirectory(path)
    told = directory.decisions(settled=True)
    if not told:
        return
    for decision in parse_decisions(told, directory.decisions_path, directory.built().base_iri):
        row = decision.row
        for node in (row.subject, row.object):
            yield node, _in_words(row)


def _in_words(row: Row) -> str:
    one, other = row.called
    verb = "is" if row.match is Match.EXACT else "stands under"
    by = f" by {row.author}" if row.author else ""
    why = f": {row.comment}" if row.comment else ""
    return f"{one} {verb} {'not ' if row.negated else ''}{other}{by}{why}"
