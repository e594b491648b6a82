"""Nanopublications: a claim, where it comes from, and who published it, in one small TriG file each.

They follow https://nanopub.net/guidelines/working_draft/ and are unsigned: a trusty URI and a signature are made with
the key of whoever publishes them (``np sign``), and that is when they get their time and creator.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from kg.errors import UsageError
from kg.exporters.reading import Row, read_table
from kg.exporters.tables import AUTHORS, CLAIMS, CONCEPTS, EVIDENCE, PAPERS, SENTENCES
from kg.namespaces import DCTERMS, KG, NS_IRI, OA, PREFIXES, PROV, RDF, RDFS, XSD, Namespace
from kg.rdf import Literal, NamedNode, PlainTriple, Quad, RdfFormat, serialize
from kg.records import Status
from kg.store import Graph

__all__ = ["NANOPUB_TABLES", "nanopubs"]

NANOPUB_TABLES: Final = (CLAIMS, EVIDENCE, SENTENCES)

_NP: Final = Namespace(
    "http://www.nanopub.org/nschema#",
    "Nanopublication hasAssertion hasProvenance hasPublicationInfo",
)
_PREFIXES: Final = PREFIXES | {"np": _NP.iri}


class _Source(NamedTuple):
    """What the files tell of, read once."""

    evidence: Mapping[str, list[Row]]
    sentences: Mapping[str, Row]
    labels: Mapping[str, str]


def nanopubs(graph: Graph, claims: Sequence[str] = ()) -> Mapping[str, bytes]:
    """Make a file for each claim that is asserted.

    Args:
        graph: Holds the claims.
        claims: IRIs of those to write; all by default.

    Raises:
        UsageError: A chosen claim is not in the graph, or is not asserted.
    """
    asserted = {str(row["iri"]): row for row in read_table(graph, CLAIMS) if row["iri"] and _is_asserted(row)}
    for claim in claims:
        if claim not in asserted:
            raise UsageError(f"{claim}: no asserted claim of this graph; kg why shows the IRIs of claims")
    source = _read(graph)
    chosen = {iri: row for iri, row in asserted.items() if not claims or iri in claims}
    return {f"{iri.rpartition('/')[2]}.trig": _write(row, source) for iri, row in chosen.items()}


def _is_asserted(row: Row) -> bool:
    return row["status"] == Status.ASSERTED


def _read(graph: Graph) -> _Source:
    evidence: defaultdict[str, list[Row]] = defaultdict(list)
    for row in read_table(graph, EVIDENCE):
        evidence[str(row["claim"])].append(row)
    named = ((PAPERS, "title"), (AUTHORS, "name"), (CONCEPTS, "label"))
    labels = {str(row["iri"]): str(row[name]) for table, name in named for row in read_table(graph, table) if row[name]}
    return _Source(evidence, {str(row["iri"]): row for row in read_table(graph, SENTENCES)}, labels)


def _write(claim: Row, source: _Source) -> bytes:
    iri = f"{claim['iri']}/nanopub"
    names = {part: NamedNode(f"{iri}/{part}") for part in ("Head", "assertion", "provenance", "pubinfo")}
    parts: Mapping[str, list[PlainTriple]] = {
        "Head": list(_head(NamedNode(iri), names)),
        "assertion": [_assertion(claim)],
        "provenance": list(_provenance(names["assertion"], claim, source)),
        "pubinfo": list(_publication(NamedNode(iri), claim, source)),
    }
    quads = [Quad(*triple, names[part]) for part, own in parts.items() for triple in sorted(set(own), key=str)]
    return serialize(quads, format=RdfFormat.TRIG, prefixes=_PREFIXES) or b""


def _head(node: NamedNode, names: Mapping[str, NamedNode]) -> Iterator[PlainTriple]:
    yield node, RDF.type, _NP.Nanopublication
    yield node, _NP.hasAssertion, names["assertion"]
    yield node, _NP.hasProvenance, names["provenance"]
    yield node, _NP.hasPublicationInfo, names["pubinfo"]


def _assertion(claim: Row) -> PlainTriple:
    predicate = str(claim["predicate"])
    full = predicate if ":" in predicate else NS_IRI + predicate
    return NamedNode(str(claim["subject"])), NamedNode(full), NamedNode(str(claim["object"]))


def _provenance(assertion: NamedNode, claim: Row, source: _Source) -> Iterator[PlainTriple]:
    if claim["confidence"] is not None:
        yield assertion, KG.confidence, Literal(str(claim["confidence"]), datatype=XSD.decimal)
    if claim["support"] is not None:
        yield assertion, KG.support, Literal(str(claim["support"]), datatype=XSD.integer)
    for evidence in source.evidence.get(str(claim["iri"]), ()):
        if evidence["run"]:
            yield assertion, PROV.wasGeneratedBy, NamedNode(str(evidence["run"]))
        if paper := evidence["paper"]:
            yield assertion, PROV.wasDerivedFrom, NamedNode(str(paper))
            yield NamedNode(str(paper)), DCTERMS.title, Literal(source.labels.get(str(paper), str(paper)))
        sources = evidence["sources"]
        for one in sources if isinstance(sources, tuple) else ():
            if sentence := source.sentences.get(one):
                yield assertion, PROV.wasDerivedFrom, NamedNode(one)
                yield NamedNode(one), OA.exact, Literal(str(sentence["text"]))


def _publication(node: NamedNode, claim: Row, source: _Source) -> Iterator[PlainTriple]:
    ends = [source.labels.get(str(claim[end]), str(claim[end])) for end in ("subject", "object")]
    yield node, RDFS.label, Literal(f"{ends[0]}: {claim['predicate']} {ends[1]}")
    yield node, PROV.wasDerivedFrom, NamedNode(str(claim["iri"]))
    for end, label in zip(("subject", "object"), ends, strict=True):
        yield NamedNode(str(claim[end])), RDFS.label, Literal(label)
