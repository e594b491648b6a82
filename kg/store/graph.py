"""One graph, read by SPARQL over the union of its named graphs."""

import re
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, Store, Variable

from kg.errors import GraphError, InputError, UsageError
from kg.namespaces import DATA_IRI, PREFIXES
from kg.rdf import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Term, Triple, parse_file, serialize
from kg.store.directory import GraphDirectory
from kg.store.guard import has_keyword, refuse_outbound
from kg.store.plain import is_plain_store, open_plain_store

if TYPE_CHECKING:
    import rdflib

__all__ = ["Answer", "Graph", "open_graph"]

_UPDATE: Final = re.compile(
    r"\s*(?:PREFIX\s+\S+\s+<[^>]*>\s*)*(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD)\b", re.IGNORECASE
)
_ESCAPED: Final = re.compile(r'\\([tnrbf"\\\'])')
_ESCAPES: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\", "'": "'"}

_AT_ONCE: Final = 1 << 16
"""Bytes of a table that are made rows at a time."""

_RESULT_FORMATS: Final = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}


class Answer:
    """The answer to one query: rows (SELECT), yes or no (ASK), or triples (CONSTRUCT, DESCRIBE).

    It is read once: either serialised or walked through.

    Attributes:
        variables: Of a SELECT, in order; empty otherwise.
        is_graph: True for triples.
        boolean: Of an ASK; None otherwise.
    """

    def __init__(self, raw: QuerySolutions | QueryBoolean | QueryTriples) -> None:
        self._raw = raw
        self.variables = tuple(one.value for one in raw.variables) if isinstance(raw, QuerySolutions) else ()
        self.is_graph = isinstance(raw, QueryTriples)
        self.boolean = bool(raw) if isinstance(raw, QueryBoolean) else None

    def rows(self) -> Iterator[dict[str, Term | None]]:
        """Yield the rows of a SELECT; an unbound variable is None."""
        if isinstance(self._raw, QuerySolutions):
            for solution in self._raw:
                yield dict(zip(self.variables, solution, strict=True))

    def texts(self) -> Iterator[list[str]]:
        """Yield the rows of a SELECT as texts; they pass through a temporary file, however many they are.

        They come as the engine's TSV, which takes half the time that as many terms take; its CSV does not quote an IRI
        that has a comma.
        """
        if not isinstance(self._raw, QuerySolutions):
            return
        with tempfile.TemporaryFile() as file:
            self._raw.serialize(file, QueryResultsFormat.TSV)
            file.seek(0)
            file.readline()  # the variables
            while lines := file.readlines(_AT_ONCE):
                table = b"".join(lines).decode()
                if '"' in table:
                    yield from ([_text_of(term) for term in line.split("\t")] for line in table.split("\n")[:-1])
                else:  # IRIs and numbers, as most are
                    bare = table.replace("<", "").replace(">", "")  # they stand around an IRI, and never within
                    yield from (line.split("\t") for line in bare.split("\n")[:-1])

    def triples(self) -> Iterator[Triple]:
        """Yield the triples of a CONSTRUCT or DESCRIBE."""
        if isinstance(self._raw, QueryTriples):
            yield from self._raw

    def serialize(self, name: str) -> bytes:
        """Write the answer as ``json``, ``csv``, ``tsv``, ``xml`` or ``turtle``.

        Raises:
            UsageError: The format does not fit this kind of answer.
        """
        if isinstance(self._raw, QueryTriples):
            if name != "turtle":
                raise UsageError(f"triples cannot be written as {name}; use --format turtle")
            ordered = sorted(set(self._raw), key=str)
            return serialize(ordered, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
        if name not in _RESULT_FORMATS:
            raise UsageError(f"this query answers with {self._noun}, not triples; use --format json, csv, tsv or xml")
        if isinstance(self._raw, QueryBoolean) and name in {"csv", "tsv"}:
            return b"true\n" if self.boolean else b"false\n"
        return self._raw.serialize(format=_RESULT_FORMATS[name]) or b""

    @property
    def _noun(self) -> str:
        return "yes or no" if self.boolean is not None else "rows"


class Graph:
    """A graph held by the engine, in memory or on disk, read only.

    Args:
        store: The engine's.
        built: `kg` built it from papers; of a graph of others, what it may hold must be looked at.
    """

    def __init__(self, store: Store, *, built: bool = False) -> None:
        self._store = store
        self._built = built
        self._dumped: Path | None = None

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> "Graph":
        """Hold quads in memory."""
        store = Store()
        store.bulk_extend(quads)
        return cls(store)

    def query(self, text: str, bindings: Mapping[str, Term] | None = None) -> Answer:
        """Run a SPARQL query over the union of all graphs, or those its FROM names; nothing outside is ever read.

        Args:
            text: The query; the prefixes of `PREFIXES` need not be declared, and relative IRIs stand under `DATA_IRI`,
                so that ``<method/u-net>`` of a table can be asked about.
            bindings: Terms that variables stand for, by name without ``?``.

        Raises:
            UsageError: The query is malformed, or would reach outside the graph.
        """
        refuse_outbound(text)
        substitutions: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
            Variable(name): term for name, term in (bindings or {}).items()
        }
        try:
            raw = self._store.query(
                text,
                base_iri=DATA_IRI,
                prefixes=PREFIXES,
                use_default_graph_as_union=not has_keyword(text, "FROM"),
                substitutions=substitutions,
            )
        except SyntaxError as error:
            if _UPDATE.match(text):
                raise UsageError("a query only reads, and this is an update; add papers with: kg build") from error
            raise UsageError(f"the query is not valid SPARQL: {_first_fault(str(error))}; see --help") from error
        except (ValueError, RuntimeError) as error:
            raise UsageError(f"the query cannot be run: {error}; bind only variables that it selects") from error
        return Answer(raw)

    def select(self, text: str, bindings: Mapping[str, Term] | None = None) -> list[dict[str, Term | None]]:
        """Run a SELECT and return its rows."""
        return list(self.query(text, bindings).rows())

    def texts(self, text: str) -> Iterator[list[str]]:
        """Run a SELECT and yield its rows as texts, without datatypes or languages; what is unbound is empty.

        Raises:
            UsageError: The query is malformed, or would reach outside the graph.
        """
        return self.query(text).texts()

    def quads(self) -> Iterator[Quad]:
        """Yield every quad, in no stated order."""
        return iter(self._store)

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | BlankNode | Literal | Triple | None = None,
    ) -> Iterator[Triple]:
        """Yield the triples that fit, in no stated order; one that stands in several graphs comes several times."""
        found = self._store.quads_for_pattern(subject, predicate, value, None)
        return (Triple(quad.subject, quad.predicate, quad.object) for quad in found)

    def named_graphs(self) -> list[NamedNode]:
        """The names of the graphs, in order."""
        named = (name for name in self._store.named_graphs() if isinstance(name, NamedNode))
        return sorted(named, key=lambda name: name.value)

    def triples_of(self, name: NamedNode) -> Iterator[bytes]:
        """Yield what one graph says as lines of N-Triples, in no stated order; they pass through a temporary file."""
        with tempfile.TemporaryFile() as file:
            self._store.dump(file, format=RdfFormat.N_TRIPLES, from_graph=name)
            file.seek(0)
            yield from file

    def to_rdflib(self) -> "rdflib.Dataset":
        """Give the same store as a dataset of rdflib, without a copy."""
        import rdflib  # noqa: PLC0415 - only those who ask for it wait for it
        from oxrdflib import OxigraphStore  # noqa: PLC0415 - as above

        dataset = rdflib.Dataset(store=OxigraphStore(store=self._store), default_union=True)
        for prefix, iri in PREFIXES.items():
            dataset.bind(prefix, iri)
        return dataset

    def is_plain(self) -> bool:
        """Tell whether all is in named graphs and without blank nodes, as in the graphs that `kg` builds.

        A graph of others may hold more, and need the engine's own writers.
        """
        if self._built:
            return True
        odd = "ISBLANK(?g) || ISBLANK(?s) || !(ISIRI(?o) || ISLITERAL(?o))"
        unnamed = next(self._store.quads_for_pattern(None, None, None, DefaultGraph()), None)
        return unnamed is None and not self._store.query(f"ASK {{ GRAPH ?g {{ ?s ?p ?o }} FILTER({odd}) }}")

    def lines(self) -> Iterator[bytes]:
        """Yield every quad as a line of N-Quads, in no stated order.

        They pass through a temporary file, which is kept as long as the graph is, for those who write it in several
        formats.
        """
        if self._dumped is None:
            folder = tempfile.TemporaryDirectory(prefix="kg-")
            with Path(folder.name, "quads").open("wb") as file:
                self._store.dump(file, format=RdfFormat.N_QUADS)
            self._dumped = Path(folder.name, "quads")
            weakref.finalize(self, folder.cleanup)
        with self._dumped.open("rb") as lines:
            yield from lines

    def __len__(self) -> int:
        return len(self._store)


def _text_of(term: str) -> str:
    """What a term says, as TSV has it (https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv)."""
    if term.startswith("<"):
        return term[1:-1]
    if not term.startswith('"'):  # a number, or nothing
        return term
    text = term[1 : term.rindex('"')]
    return _ESCAPED.sub(lambda found: _ESCAPES[found[1]], text) if "\\" in text else text


def open_graph(path: Path) -> Graph:
    """Open a graph directory, or read any RDF file into memory.

    Raises:
        GraphError: There is no graph at the path.
        InputError: The file is no valid RDF.
    """
    if is_plain_store(path):
        return Graph(open_plain_store(path))
    if path.is_dir():
        return Graph(GraphDirectory(path).open_store(), built=True)
    if path.exists():
        try:
            return Graph.of(parse_file(path))
        except RuntimeError as error:  # the engine wraps what the parser raises
            if isinstance(error.__cause__, InputError):
                raise error.__cause__ from error
            raise
    raise GraphError(f"{path}: there is no graph here; make one with: kg build INPUT -g {path}")


def _first_fault(message: str) -> str:
    """Cut the engine's list of all that could have stood there.

    >>> _first_fault("error at 2:8: expected one of '(', '+'")
    'line 2, column 8'
    >>> _first_fault("error at 1:23: expected one of Prefix not found, ['%']")
    'line 1, column 23 (perhaps a prefix that is not declared)'
    """
    place = re.match(r"error at (\d+):(\d+)", message)
    if place is None:
        return message.splitlines()[0]
    hint = " (perhaps a prefix that is not declared)" if "Prefix not found" in message else ""
    return f"line {place[1]}, column {place[2]}{hint}"
