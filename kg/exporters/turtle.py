"""Turtle and TriG made to be read: papers first, a blank line between subjects, one property a line.

The engine's own writer is faster, but it gives one unbroken block of long lines, and rdflib's readable one needs
seconds for a graph of 40 papers. What is written here is the subset of https://www.w3.org/TR/turtle/ without
blank nodes; the escapes of literals are the engine's.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from kg.namespaces import DATA_IRI, KG, PREFIXES, RDF, SKOS, XSD
from kg.rdf import Literal, NamedNode, PlainTriple, Term
from kg.records import Kind

__all__ = ["trig_text", "turtle_text"]

_ALL_PREFIXES = PREFIXES | {name: f"{DATA_IRI}{name}/" for name in (*(kind.value.lower() for kind in Kind), "scheme")}
_NAMESPACE_AND_NAME = re.compile(r"(.*[/#])([A-Za-z0-9_](?:[A-Za-z0-9_\-]*[A-Za-z0-9_])?)")
_PREFIX_OF = {iri: prefix for prefix, iri in _ALL_PREFIXES.items()}
_RELATIVE = re.compile(r"[A-Za-z0-9_\-~%]+(?:/[A-Za-z0-9_\-.~%]*[A-Za-z0-9_\-~%])*")
_SHORT_FORMS = {
    XSD.boolean: re.compile(r"true|false"),
    XSD.integer: re.compile(r"[+-]?\d+"),
    XSD.decimal: re.compile(r"[+-]?\d*\.\d+"),
}
_WIDTH = 120

_RANKS: dict[Term, int] = {
    KG.Paper: 0,
    KG.Author: 1,
    **{KG[kind.value]: 2 for kind in Kind},
    SKOS.ConceptScheme: 3,
    KG.Assertion: 4,
}
_TITLES = ("Papers", "Authors", "Concepts", "Schemes", "Assertions", "Runs")


def turtle_text(triples: Iterable[PlainTriple]) -> str:
    """Write triples as Turtle; each may come more than once."""
    return "".join(("\n".join(_header()), "\n", *_sections(set(triples), indent="")))


def trig_text(graphs: Iterable[tuple[NamedNode, list[PlainTriple]]]) -> str:
    """Write graphs as TriG (https://www.w3.org/TR/trig/), in the order given."""
    parts = ["\n".join(_header()), "\n"]
    for name, triples in graphs:
        parts += [f"\n{_term(name)} {{\n", *_sections(set(triples), indent="    "), "}\n"]
    return "".join(parts)


def _header() -> list[str]:
    prefixes = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in sorted(_ALL_PREFIXES.items())]
    return [f"@base <{DATA_IRI}> .", *prefixes]


def _sections(triples: set[PlainTriple], *, indent: str) -> Iterator[str]:
    """Yield the blocks of all subjects under a heading per class, in order of IRI."""
    ranks = {
        subject.value: rank
        for subject, used, obj in triples
        if used == RDF.type and (rank := _RANKS.get(obj)) is not None
    }

    def place(triple: PlainTriple) -> tuple[int, str, bool, str, str]:
        subject, predicate, obj = triple
        return _rank(subject.value, ranks), subject.value, predicate != RDF.type, predicate.value, str(obj)

    ordered = sorted(triples, key=place)
    for rank, section in groupby(ordered, key=lambda triple: _rank(triple[0].value, ranks)):
        yield f"\n{indent}# {_TITLES[rank]}\n"
        for subject, block in groupby(section, key=lambda triple: triple[0]):
            yield f"\n{indent}{_term(subject)}\n"
            yield from _properties(block, indent=f"{indent}    ")


def _rank(iri: str, ranks: dict[str, int]) -> int:
    """The place of a subject's class; the parts of a paper (its text, mentions, evidence ...) stand with the paper."""
    if iri in ranks:
        return ranks[iri]
    while "/" in iri:
        iri = iri.rpartition("/")[0]
        if ranks.get(iri) == _RANKS[KG.Paper]:
            return ranks[iri]
    return len(_TITLES) - 1


def _properties(block: Iterable[PlainTriple], *, indent: str) -> Iterator[str]:
    lines = []
    for predicate, same in groupby(block, key=lambda triple: triple[1]):
        name = "a" if predicate == RDF.type else _term(predicate)
        objects = [_term(obj) for _, _, obj in same]
        line = f"{indent}{name} {', '.join(objects)}"
        if len(objects) > 1 and len(line) > _WIDTH:
            line = f"{indent}{name}\n" + ",\n".join(f"{indent}    {one}" for one in objects)
        lines.append(line)
    yield " ;\n".join(lines) + " .\n"


def _term(term: Term) -> str:
    if isinstance(term, Literal):
        return _literal(term)
    match = _NAMESPACE_AND_NAME.fullmatch(term.value)
    if match and match[1] in _PREFIX_OF:
        return f"{_PREFIX_OF[match[1]]}:{match[2]}"
    relative = term.value.removeprefix(DATA_IRI)
    return f"<{relative}>" if relative != term.value and _RELATIVE.fullmatch(relative) else str(term)


def _literal(literal: Literal) -> str:
    short = _SHORT_FORMS.get(literal.datatype)
    if short and short.fullmatch(literal.value):
        return literal.value
    if literal.language or literal.datatype == XSD.string:
        return str(literal)
    return f"{Literal(literal.value)}^^{_term(literal.datatype)}"
