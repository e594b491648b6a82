"""Writes one small vocabulary in every format that can be added."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, Literal, URIRef

__all__ = ["PONDS", "WRITERS", "Concept", "curie", "write"]

_OBO: Final = "http://purl.obolibrary.org/obo/"
_OIO: Final = rdflib.Namespace("http://www.geneontology.org/formats/oboInOwl#")


@dataclass(frozen=True)
class Concept:
    """What all formats can tell; ids and matches are CURIEs."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    close: tuple[str, ...] = ()


PONDS: Final = (
    Concept("POND:1", "pond disease", ("illness of ponds",)),
    Concept("POND:2", "reed fever", ("reedy fever", "cat's-tail fever"), ("POND:1",), ("MESH:D000001",)),
    Concept("POND:3", "marsh reed fever", ("MRF",), ("POND:2",), (), ("UMLS:C0000001",)),
)


def curie(written: str) -> str:
    """Give the IRI of an id."""
    prefix, _, local = written.partition(":")
    known = {"MESH": "http://id.nlm.nih.gov/mesh/", "UMLS": "https://uts.nlm.nih.gov/uts/umls/concept/"}
    return known.get(prefix, f"{_OBO}{prefix}_") + local


def _obo(concepts: Iterable[Concept]) -> str:
    def quoted(name: str) -> str:
        return name.replace("\\", "\\\\").replace('"', '\\"').replace("{", "\\{").replace("!", "\\!")

    lines = ["format-version: 1.2", ""]
    for one in concepts:
        lines += ["[Term]", f"id: {one.id}", f"name: {quoted(one.label)}"]
        lines += [f'synonym: "{quoted(name)}" EXACT []' for name in one.synonyms]
        lines += [f"xref: {match}" for match in one.close]
        lines += [f"is_a: {above}" for above in one.broader]
        lines += [*(f"property_value: skos:exactMatch {match}" for match in one.exact), ""]
    return "\n".join(lines)


def _table(concepts: Iterable[Concept], heading: str, separator: str) -> str:
    columns = heading.split(",")
    rows = [
        [one.id, one.label, *("|".join(values) for values in (one.synonyms, one.broader, one.exact, one.close))]
        for one in concepts
    ]
    if separator == "\t":
        return "".join(f"{separator.join(row)}\n" for row in [columns, *rows])
    file = StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\n").writerows([columns, *rows])
    return file.getvalue()


def _rdf(concepts: Iterable[Concept], terms: Mapping[str, URIRef], syntax: str) -> str:
    graph = rdflib.Graph()
    for one in concepts:
        node = URIRef(curie(one.id))
        graph.add((node, RDF.type, terms["class"]))
        graph.add((node, terms["label"], Literal(one.label, lang="en")))
        for name in one.synonyms:
            graph.add((node, terms["synonym"], Literal(name, lang="en")))
        for predicate, ends in ((terms["broader"], one.broader), (SKOS.exactMatch, one.exact)):
            for end in ends:
                graph.add((node, predicate, URIRef(curie(end))))
        for end in one.close:
            graph.add((node, terms["close"], URIRef(curie(end)) if terms["close"] == SKOS.closeMatch else Literal(end)))
    return graph.serialize(format=syntax)


_OWL = {
    "class": OWL.Class,
    "label": RDFS.label,
    "synonym": _OIO.hasExactSynonym,
    "broader": RDFS.subClassOf,
    "close": _OIO.hasDbXref,
}
_SKOS = {
    "class": SKOS.Concept,
    "label": SKOS.prefLabel,
    "synonym": SKOS.altLabel,
    "broader": SKOS.broader,
    "close": SKOS.closeMatch,
}

WRITERS: Final[Mapping[str, Callable[[Iterable[Concept]], str]]] = {
    "vocabulary.obo": _obo,
    "vocabulary.owl": lambda concepts: _rdf(concepts, _OWL, "pretty-xml"),
    "ontology.ttl": lambda concepts: _rdf(concepts, _OWL, "turtle"),
    "skos.ttl": lambda concepts: _rdf(concepts, _SKOS, "turtle"),
    "skos.rdf": lambda concepts: _rdf(concepts, _SKOS, "xml"),
    "skos.nt": lambda concepts: _rdf(concepts, _SKOS, "nt"),
    "skos.jsonld": lambda concepts: _rdf(concepts, _SKOS, "json-ld"),
    "vocabulary.csv": lambda concepts: _table(concepts, "id,label,synonyms,broader,exactMatch,xrefs", ","),
    "semicolons.csv": lambda concepts: _table(
        concepts, "Class ID,Preferred Label,Synonyms,Parents,same as,dbXref", ";"
    ),
    "vocabulary.tsv": lambda concepts: _table(concepts, "ID,name,alt_label,is_a,exact_matches,other_xrefs", "\t"),
}
"""By the name of the file that each writes."""


def write(concepts: Iterable[Concept], folder: Path, name: str) -> Path:
    """Write a file, and give its path."""
    path = folder / name
    path.write_text(WRITERS[name](concepts), "utf-8")
    return path
