"""SKOS vocabularies (https://www.w3.org/TR/skos-reference/) in Turtle, edited by hand, one file per kind.

Beyond SKOS they use ``kg:ambiguousLabel``: a label that often means something else and counts only where the text
says more.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from kg.namespaces import KG, RDF, SKOS
from kg.rdf import NamedNode, PlainTriple, parse_file, plain_triples
from kg.records import Kind
from kg.resources import ontology_path
from kg.vocabulary.term import Term
from kg.vocabulary.vocabulary import Vocabulary, vocabulary_of

__all__ = ["read_vocabulary", "shipped_vocabulary", "terms_of"]

_KINDS: Final = {KG[kind.value].value: kind for kind in Kind}


def read_vocabulary(paths: Iterable[Path]) -> Vocabulary:
    """Read vocabulary files into one.

    Raises:
        InputError: A file is missing or is no valid Turtle.
    """
    files = sorted(paths)
    triples = (triple for path in files for triple in plain_triples(parse_file(path)))
    digest = sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    return vocabulary_of(terms_of(triples), digest)


@cache
def shipped_vocabulary() -> Vocabulary:
    """Read the vocabularies that come with `kg`."""
    return read_vocabulary(ontology_path("vocabulary").glob("*.ttl"))


def terms_of(triples: Iterable[PlainTriple]) -> Iterator[Term]:
    """Make the concepts that have a kind, in the order in which they are first told of."""
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
