"""The names we know: SKOS vocabularies, one file per kind, under one look-up by normal form.

Files are SKOS Turtle (https://www.w3.org/TR/skos-reference/) and edited by hand. Beyond SKOS they use
``kg:ambiguousLabel``: a label that often means something else and counts only where the text says more.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from kg.namespaces import KG, RDF, SKOS
from kg.rdf import NamedNode, PlainTriple, parse_file, plain_triples
from kg.records import Kind
from kg.resources import ontology_path
from kg.text import normal_form

__all__ = ["Term", "Vocabulary", "read_vocabulary", "shipped_vocabulary"]

_KINDS: Final = {KG[kind.value].value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class Term:
    """One concept of a vocabulary.

    Attributes:
        iri: The concept's.
        label: The form to print.
        labels: Other names that may be printed, the acronym among them.
        hidden_labels: Strings that name it in a text but are never printed, such as bare adjectives.
        ambiguous_labels: Count only where the same text defines them or names the concept otherwise.
        broader: IRIs of the concepts right above it.
        statements: The concept's own triples as in the file (definition, matches ...), in file order.
    """

    iri: str
    kind: Kind
    label: str
    labels: tuple[str, ...] = ()
    hidden_labels: tuple[str, ...] = ()
    ambiguous_labels: tuple[str, ...] = ()
    abbreviation: str | None = None
    broader: tuple[str, ...] = ()
    statements: tuple[PlainTriple, ...] = field(default=(), repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Every label that names the concept without help from the text."""
        return (self.label, *self.labels, *self.hidden_labels)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms by IRI and by normal form of their names.

    Attributes:
        terms: In order of IRI.
        digest: SHA-256 of the files read, hexadecimal.
    """

    terms: Mapping[str, Term]
    digest: str
    _by_name: Mapping[tuple[Kind, str], Term] = field(repr=False)

    def find(self, kind: Kind, name: str) -> Term | None:
        """Look a name up by its normal form; ambiguous labels are not looked at."""
        return self._by_name.get((kind, normal_form(name)))

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms.values())

    def ancestors(self, iri: str) -> tuple[str, ...]:
        """All concepts above one, nearest first, each once."""
        above: dict[str, None] = {}
        queue = list(self.terms[iri].broader)
        while queue:
            one = queue.pop(0)
            if one not in above:
                above[one] = None
                queue += self.terms[one].broader if one in self.terms else ()
        return tuple(above)


def read_vocabulary(paths: Iterable[Path]) -> Vocabulary:
    """Read vocabulary files into one; where two terms share a name, the first in order of IRI has it.

    Raises:
        InputError: A file is missing or is no valid Turtle.
    """
    files = sorted(paths)
    triples = [triple for path in files for triple in plain_triples(parse_file(path))]
    digest = sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    terms = {term.iri: term for term in sorted(_terms(triples), key=lambda term: term.iri)}
    by_name: dict[tuple[Kind, str], Term] = {}
    for term in terms.values():
        for name in term.names:
            by_name.setdefault((term.kind, normal_form(name)), term)
    return Vocabulary(terms, digest, by_name)


@cache
def shipped_vocabulary() -> Vocabulary:
    """Read the vocabularies that come with `kg`."""
    return read_vocabulary(ontology_path("vocabulary").glob("*.ttl"))


def _terms(triples: Iterable[PlainTriple]) -> Iterator[Term]:
    by_subject: dict[str, list[PlainTriple]] = {}
    for triple in triples:
        by_subject.setdefault(triple[0].value, []).append(triple)
    for iri, own in by_subject.items():
        classes = [obj.value for _, predicate, obj in own if predicate == RDF.type]
        kinds = [_KINDS[class_] for class_ in classes if class_ in _KINDS]
        if kinds:
            yield _term(iri, kinds[0], own)


def _term(iri: str, kind: Kind, own: list[PlainTriple]) -> Term:
    def values(predicate: NamedNode) -> tuple[str, ...]:
        return tuple(obj.value for _, used, obj in own if used == predicate)

    return Term(
        iri=iri,
        kind=kind,
        label=next(iter(values(SKOS.prefLabel)), iri),
        labels=values(SKOS.altLabel),
        hidden_labels=values(SKOS.hiddenLabel),
        ambiguous_labels=values(KG.ambiguousLabel),
        abbreviation=next(iter(values(KG.abbreviation)), None),
        broader=values(SKOS.broader),
        statements=tuple(own),
    )
