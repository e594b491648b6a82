"""The face to Python: build a graph, open it, ask it, and take it along as rows, frames, networks or rdflib."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.namespaces import KG, RDF, SKOS
from kg.rdf import Literal, NamedNode, Term
from kg.records import Paper
from kg.settings import Settings
from kg.store import Answer, GraphDirectory, open_graph

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

__all__ = ["KnowledgeGraph", "build", "open", "read_papers"]

_LABELS = f"SELECT ?node ?label {{ ?node <{SKOS.prefLabel.value}>|<http://purl.org/dc/terms/title> ?label }}"
_KINDS = f"SELECT DISTINCT ?node ?kind {{ ?node <{RDF.type.value}> ?kind FILTER(STRSTARTS(STR(?kind), '{KG.iri}')) }}"
_EDGES = f"""
SELECT DISTINCT ?subject ?predicate ?object {{
  ?subject ?predicate ?object .
  ?subject <{SKOS.prefLabel.value}>|<http://purl.org/dc/terms/title> ?a .
  ?object <{SKOS.prefLabel.value}>|<http://purl.org/dc/terms/title> ?b .
}}
"""

Row = dict[str, str | None]
"""A row by name of the column; None where there is nothing."""


class KnowledgeGraph:
    """A graph, opened to read.

    Args:
        path: A graph directory, or any RDF file.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._graph = open_graph(self.path)

    def __len__(self) -> int:
        """Statements in all graphs."""
        return len(self._graph)

    def ask(self, sparql: str, **bindings: Term) -> Answer:
        """Ask in SPARQL; terms are given for variables by name. For CONSTRUCT and ASK, and to serialise.

        Raises:
            UsageError: The query is malformed, or would reach outside the graph.
        """
        return self._graph.query(sparql, bindings)

    def query(self, sparql: str, **bindings: Term) -> list[Row]:
        """Ask a SELECT in SPARQL; a row holds the values of IRIs and literals as text.

        Raises:
            UsageError: The query is malformed, or would reach outside the graph.
        """
        return [{name: _text(term) for name, term in row.items()} for row in self._graph.select(sparql, bindings)]

    def table(self, kind: str = "papers", *, where: Mapping[str, str] | None = None) -> list[Row]:
        """Make the rows of ``kg table``: ``papers``, ``results`` or ``leaderboard``.

        Args:
            kind: Of table; a leaderboard's rows also tell what they are ranked by.
            where: Values that rows must have, by column.

        Raises:
            UnknownNameError: There is no such kind or column.
            UsageError: No row has such a value.
        """
        from kg.tables import Choice, make_tables  # noqa: PLC0415 - what is not asked for is not loaded
        from kg.tables.document import cell_text  # noqa: PLC0415 - as above

        made = make_tables(self._graph, kind, Choice(where=tuple((where or {}).items())))
        names = (*made.facts, *(head.name for head in made.heads))
        return [
            dict(zip(names, (*table.facts, *(cell_text(cell) or None for cell in row)), strict=True))
            for table in made.tables
            for row in table.rows
        ]

    def to_pandas(self, kind: str = "papers", *, where: Mapping[str, str] | None = None) -> "pd.DataFrame":
        """Make the frame of a `table`.

        Raises:
            UsageError: pandas is not installed; else as `table`.
        """
        try:
            import pandas as pd  # noqa: PLC0415 - it need not be there
        except ImportError as error:
            raise UsageError("pandas is not installed; install it with: pip install pandas") from error
        return pd.DataFrame(self.table(kind, where=where))

    def to_networkx(self) -> "nx.MultiDiGraph[str]":
        """Make a network of papers and concepts by IRI; nodes have ``label`` and ``kind``, edges ``predicate``."""
        import networkx as nx  # noqa: PLC0415 - what is not asked for is not loaded

        network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for node, label in self._texts(_LABELS):
            network.add_node(node, label=label)
        for node, kind in self._texts(_KINDS):
            if node in network:
                network.nodes[node]["kind"] = kind.removeprefix(KG.iri)
        for subject, predicate, other in self._texts(_EDGES):
            network.add_edge(subject, other, predicate=predicate)
        return network

    def to_rdflib(self) -> "rdflib.Dataset":
        """Give a dataset of rdflib over the same store, without a copy; of a graph directory it can only be read."""
        return self._graph.to_rdflib()

    def _texts(self, sparql: str) -> list[tuple[str, ...]]:
        """Ask a SELECT whose variables are all bound; its rows in order."""
        return sorted(tuple(value or "" for value in row.values()) for row in self.query(sparql))


def open(path: str | Path = "graph") -> KnowledgeGraph:  # noqa: A001 - it is called kg.open
    """Open a graph directory, or read any RDF file.

    Raises:
        GraphError: There is no graph, or it is damaged.
        InputError: The file is no valid RDF.
    """
    return KnowledgeGraph(path)


def read_papers(*paths: str | Path) -> list[Paper]:
    """Read the papers of files, folders and globs in any format that ``kg papers`` knows.

    Raises:
        InputError: An input is missing, or cannot be read.
    """
    from kg.readers import read_papers as read  # noqa: PLC0415 - what is not asked for is not loaded

    return list(read(map(str, paths)))


def build(
    papers: str | Path | Iterable[Paper],
    path: str | Path = "graph",
    *,
    settings: Settings = Settings(),  # noqa: B008 - a value
    workers: int | None = 1,
) -> KnowledgeGraph:
    """Add papers to a graph directory, made where there is none, and open it.

    Args:
        papers: A path as `read_papers` takes, or records.
        path: Of the graph directory.
        settings: What reads the texts.
        workers: Processes that extract; None for as many as there is room for, and as the papers are worth. Processes
            begin by importing the script that asks for them: it should do so under ``if __name__ == "__main__":``.

    Raises:
        KgError: As ``kg build`` tells; the former graph is untouched.
    """
    from kg.pipeline import build as build_graph  # noqa: PLC0415 - what is not asked for is not loaded

    found = read_papers(papers) if isinstance(papers, str | Path) else papers
    build_graph(found, GraphDirectory(Path(path)), settings=settings, workers=workers)
    return KnowledgeGraph(path)


def _text(term: Term | None) -> str | None:
    return term.value if isinstance(term, NamedNode | Literal) else None if term is None else str(term)
