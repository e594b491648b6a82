"""Write the tables of terms in ``ontology/README.md`` from ``ontology/kg.ttl``; with ``--check`` only compare."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.namespaces import KG, NS_IRI, OWL, PREFIXES, RDF, RDFS, SKOS
from kg.rdf import NamedNode, parse_file, plain_triples

_FOLDER: Final = Path(__file__).parent.parent / "ontology"
_BEGIN: Final = "<!-- terms: written by tools/ontology_page.py -->\n"
_END: Final = "<!-- end of terms -->\n"
_MORE_PREFIXES: Final = {
    "biolink": "https://w3id.org/biolink/vocab/",
    "lpwc": "https://linkedpaperswithcode.com/property/",
    "mlso": "http://w3id.org/mlso/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
}
_DOMAIN_INCLUDES: Final = NamedNode("http://schema.org/domainIncludes")
_DOMAINS: Final = (RDFS.domain, _DOMAIN_INCLUDES)
_GROUPS: Final = (
    ("Of a paper", {KG.Paper, KG.Author}),
    ("Of a concept", {SKOS.Concept, KG.Method, KG.Dataset, KG.Metric}),
    ("Of a claim or its evidence", {KG.Assertion, KG.Evidence, KG.Mention, KG.ExtractionActivity}),
    ("Of a decision", {KG.Decision}),
    ("Of a result or a size", {KG.Result, KG.Size}),
)
"""A property stands in the first group that one of its subjects belongs to."""


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or individual, and what the ontology says of it: values by property, in file order."""

    iri: str
    told: Mapping[NamedNode, tuple[str, ...]]

    def values(self, *properties: NamedNode) -> tuple[str, ...]:
        """All values of these properties."""
        return tuple(value for one in properties for value in self.told.get(one, ()))


def read_terms(path: Path) -> list[Term]:
    """Read our own terms, in file order."""
    told: dict[str, dict[NamedNode, tuple[str, ...]]] = {}
    for subject, predicate, obj in plain_triples(parse_file(path)):
        if subject.value.startswith(NS_IRI):
            own = told.setdefault(subject.value, {})
            own[predicate] = (*own.get(predicate, ()), obj.value)
    return [Term(iri, own) for iri, own in told.items()]


def tables(terms: list[Term]) -> str:
    """Lay out one table for the classes, one for each group of properties, one for the individuals."""
    classes = [term for term in terms if OWL.Class.value in term.values(RDF.type)]
    individuals = [term for term in terms if OWL.NamedIndividual.value in term.values(RDF.type)]
    parts = [_table("Classes", ("class", "is", "stands on"), map(_class_row, classes))]
    left = [term for term in terms if term not in classes and term not in individuals]
    for title, subjects in _GROUPS:
        names = {one.value for one in subjects}
        group = [term for term in left if names & set(term.values(*_DOMAINS))]
        left = [term for term in left if term not in group]
        parts.append(_table(title, ("property", "says", "from", "to", "stands on"), map(_property_row, group)))
    if left:
        raise SystemExit(f"no group for {', '.join(term.iri for term in left)}; name their subjects in kg.ttl")
    parts.append(_table("Status of a claim", ("individual", "says"), map(_row, individuals)))
    return "\n".join(parts)


def _table(title: str, head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [f"### {title}", "", _line(head), _line(("---",) * len(head)), *map(_line, rows), ""]
    return "\n".join(lines)


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _row(term: Term) -> tuple[str, ...]:
    (comment,) = term.values(RDFS.comment)
    return f"`{_short(term.iri)}`", comment


def _class_row(term: Term) -> tuple[str, ...]:
    return *_row(term), _alignment(term, RDFS.subClassOf)


def _property_row(term: Term) -> tuple[str, ...]:
    subjects, values = (_list(term.values(*one)) for one in (_DOMAINS, (RDFS.range,)))
    return *_row(term), subjects, values, _alignment(term, RDFS.subPropertyOf)


def _alignment(term: Term, under: NamedNode) -> str:
    close = _list(term.values(SKOS.closeMatch, RDFS.seeAlso))
    return "; ".join(part for part in (_list(term.values(under)), f"close to {close}" if close else "") if part)


def _list(iris: tuple[str, ...]) -> str:
    return ", ".join(_short(iri) for iri in iris)


def _short(iri: str) -> str:
    for prefix, namespace in (PREFIXES | _MORE_PREFIXES).items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    raise SystemExit(f"no prefix for {iri}; add one here")


def page(text: str, terms: list[Term]) -> str:
    """Put the tables between the markers of the page."""
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}\n{tables(terms)}\n{_END}{after}"


def main() -> int:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 if the page is not current")
    check = parser.parse_args().check
    file = _FOLDER / "README.md"
    text = file.read_text("utf-8")
    current = page(text, read_terms(_FOLDER / "kg.ttl"))
    if check:
        if current != text:
            sys.stderr.write(f"{file.name} is not what kg.ttl says; run: python tools/ontology_page.py\n")
        return int(current != text)
    file.write_text(current, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
