"""A page about one node, for people: what it is called, what is said of it, on what evidence, and what leads to it."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final
from urllib.parse import quote

from kg.namespaces import DATA_IRI, RDF
from kg.queries.printing import short_iri
from kg.queries.why.claims import find_assertions
from kg.queries.why.reading import Names
from kg.queries.why.values import Claim, Evidence
from kg.rdf import Literal, NamedNode, Term
from kg.records import Kind
from kg.store import Graph
from kg.text import printable

__all__ = ["entity_page", "page"]

_MOST: Final = 100
"""Claims, and links, that one page shows of each sort."""

_EXPLORED: Final = frozenset({"kg:Paper", *(f"kg:{kind.value}" for kind in Kind)})
"""Classes that are nodes of the explorer."""

_SAID: Final = "SELECT DISTINCT ?node ?property ?value { ?node ?property ?value } ORDER BY ?property ?value"
_TOWARD: Final = (
    "SELECT DISTINCT ?node ?property ?other { ?other ?property ?node "
    "FILTER NOT EXISTS { ?other a rdf:Statement } FILTER NOT EXISTS { ?other a kg:Assertion } } "
    f"ORDER BY ?property ?other LIMIT {_MOST + 1}"
)
_CLAIMS: Final = (
    "SELECT DISTINCT ?node ?assertion ?support { ?assertion ?part ?node ; kg:support ?support "
    f"VALUES ?part {{ rdf:subject rdf:object }} }} ORDER BY DESC(?support) ?assertion LIMIT {_MOST + 1}"
)

_AROUND: Final = """# What is linked to it?
CONSTRUCT { ?from ?link ?to . ?from rdfs:label ?fromName . ?to rdfs:label ?toName }
WHERE {
  VALUES ?node { <%s> }
  { ?node ?link ?to BIND(?node AS ?from) } UNION { ?from ?link ?node BIND(?node AS ?to) }
  FILTER(STRSTARTS(STR(?link), STR(kg:)) || STRSTARTS(STR(?link), STR(skos:)))
  FILTER(?link != skos:inScheme)
  FILTER NOT EXISTS { ?from a kg:Mention }
  OPTIONAL { ?from skos:prefLabel|dcterms:title|foaf:name ?fromName }
  OPTIONAL { ?to skos:prefLabel|dcterms:title|foaf:name ?toName }
}
LIMIT 500
"""
"""The links of a node as triples, which the query page draws."""


def entity_page(graph: Graph, iri: str, bases: Iterable[str]) -> str:
    """Write the page of a node.

    Args:
        graph: Where it is looked up.
        iri: Of the node.
        bases: Beginnings of IRIs that this server answers for, under ``/id/``.
    """
    writer = _Writer(graph, tuple(bases))
    name = printable(Names(graph).node(iri).name)
    return page(name, "".join(writer.parts(iri, name)))


def page(title: str, body: str) -> str:
    """Put a body, which is HTML, into a whole page."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(title)}</title>\n<link rel="icon" href="data:,">\n'
        '<link rel="stylesheet" href="/pages/style.css">\n</head>\n'
        '<body>\n<nav><a href="/">This graph</a> <a href="/explore">Explorer</a> <a href="/query">Query</a></nav>\n'
        f"<main>\n{body}</main>\n</body>\n</html>\n"
    )


class _Writer:
    def __init__(self, graph: Graph, bases: tuple[str, ...]) -> None:
        self._graph, self._bases = graph, bases

    def parts(self, iri: str, name: str) -> Iterator[str]:
        node = {"node": NamedNode(iri)}
        said = self._graph.select(_SAID, node)
        kinds = {_short(row["value"]) for row in said if row["property"] == RDF.type}
        told = escape(", ".join(sorted(kinds)))
        yield f"<h1>{escape(name)}</h1>\n<p>{told} <code>{escape(printable(iri))}</code></p>\n"
        yield '<p>As data: <a href="?format=turtle">Turtle</a>, <a href="?format=jsonld">JSON-LD</a>; as a picture: '
        yield f'<a href="/query#query={quote(_AROUND % iri)}">what it is linked to</a>'
        if kinds & _EXPLORED:
            yield f', <a href="/explore#node={quote(iri.removeprefix(DATA_IRI))}">in the explorer</a>'
        yield "</p>\n"
        yield from self._table("What is said of it", ((row["property"], row["value"]) for row in said))
        yield from self._claims(node)
        toward = self._graph.select(_TOWARD, node)
        yield from self._table("What leads to it", ((row["property"], row["other"]) for row in toward[:_MOST]))
        yield _more(len(toward))

    def _table(self, title: str, rows: Iterable[tuple[Term | None, Term | None]]) -> Iterator[str]:
        lines = [f"<tr><th>{self._term(key)}</th><td>{self._term(value)}</td></tr>\n" for key, value in rows]
        if lines:
            yield f"<h2>{title}</h2>\n<table>\n{''.join(lines)}</table>\n"

    def _claims(self, node: dict[str, NamedNode]) -> Iterator[str]:
        found = self._graph.select(_CLAIMS, node)
        if not found:
            return
        yield "<h2>Claims and their evidence</h2>\n"
        for row in found[:_MOST]:
            if isinstance(row["assertion"], NamedNode):
                for claim in find_assertions(self._graph, None, assertion=row["assertion"].value):
                    yield from self._claim(claim)
        yield _more(len(found))

    def _claim(self, claim: Claim) -> Iterator[str]:
        parts = (
            self._link(claim.subject.iri, claim.subject.name),
            escape(short_iri(claim.predicate)),
            self._link(claim.object.iri, claim.object.name),
        )
        papers = f"{claim.support} paper{'' if claim.support == 1 else 's'}"
        told = f"{claim.status}, confidence {claim.confidence:g}, {papers}"
        yield f"<details><summary>{' '.join(parts)} <small>{escape(told)}</small></summary>\n"
        yield from map(self._evidence, claim.evidence)
        yield "</details>\n"

    def _evidence(self, evidence: Evidence) -> str:
        quotes = "".join(f"<blockquote>{escape(printable(one.quote))}</blockquote>" for one in evidence.sentences)
        return f"<p>{self._link(evidence.paper.iri, evidence.paper.title)}</p>{quotes}\n"

    def _term(self, term: Term | None) -> str:
        if isinstance(term, NamedNode):
            return self._link(term.value, _short(term))
        return escape(printable(term.value)) if isinstance(term, Literal) else ""

    def _link(self, iri: str | None, name: str) -> str:
        """A link to a page of ours or of the web; nothing else is ever one."""
        text = escape(printable(name))
        if iri is None:
            return text
        for base in self._bases:
            if iri.startswith(base):
                return f'<a href="/id/{escape(quote(iri.removeprefix(base), safe=_SAFE))}">{text}</a>'
        web = iri.startswith(("http://", "https://"))
        return f'<a href="{escape(iri)}" rel="noreferrer">{text}</a>' if web else text


_SAFE: Final = "/:@!$&'()*+,;=%-._~"


def _short(term: Term | None) -> str:
    return short_iri(term.value) if isinstance(term, NamedNode) else ""


def _more(found: int) -> str:
    return f"<p>Only the first {_MOST} are shown; ask for the others in SPARQL.</p>\n" if found > _MOST else ""
