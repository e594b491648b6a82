"""What is wrong with vocabularies in SKOS (https://www.w3.org/TR/skos-reference/)."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.namespaces import KG, RDF, SKOS
from kg.rdf import Literal, NamedNode, parse_file, plain_triples
from kg.text import normal_form
from kg.vocabulary.circles import circles
from kg.vocabulary.iris import PREFIXES
from kg.vocabulary.places import Places
from kg.vocabulary.skos import shipped_vocabulary, terms_of
from kg.vocabulary.term import Term

__all__ = ["Fault", "check_files"]

_TEXTS: Final = {
    SKOS.prefLabel: "prefLabel",
    SKOS.altLabel: "altLabel",
    SKOS.hiddenLabel: "hiddenLabel",
    SKOS.definition: "definition",
    KG.ambiguousLabel: "ambiguousLabel",
    KG.abbreviation: "abbreviation",
}
_MATCHES: Final = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)
_IDS: Final = {
    PREFIXES["dcm"]: r"\d{5,6}|[A-Z]{2,}\w*",
    PREFIXES["doid"]: r"\d+",
    PREFIXES["mesh"]: r"[CDM]\d{6,9}",
    PREFIXES["mondo"]: r"\d{7}",
    PREFIXES["radlex"]: r"RID\d+",
    PREFIXES["uberon"]: r"\d{7}",
    PREFIXES["umls"]: r"C\d{7}",
}
"""How the ids of a namespace are formed."""


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """Something that is wrong.

    Attributes:
        path: The file.
        line: Counted from 1; 0 where it cannot be known.
        concept: The concept's IRI.
        what: What is wrong, on one line.
    """

    path: Path
    line: int
    concept: str
    what: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.concept}: {self.what}"


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    places: Places
    terms: Sequence[Term]
    without_kind: Sequence[str]


_Finding = tuple[str, str, str]
"""The concept's IRI, a piece of text near which it stands, and what is wrong."""


@dataclass(frozen=True, slots=True)
class _Whole:
    """What the concepts of all files together know."""

    terms: Mapping[str, Term]
    owners: Mapping[tuple[str, str], Sequence[str]] = field(repr=False)
    matched: Mapping[tuple[str, str], Sequence[str]] = field(repr=False)
    circles: Mapping[str, Sequence[str]]


def check_files(paths: Iterable[Path]) -> list[Fault]:
    """Check files as one vocabulary; what stands above a concept may also be one of those that come with `kg`.

    Returns:
        The faults in order of file and line.

    Raises:
        InputError: A file cannot be read.
    """
    files = [_read(path) for path in paths]
    whole = _whole([term for file in files for term in file.terms])
    found = []
    for file in files:
        findings = [(iri, iri, "has no kind, such as kg:Disease") for iri in file.without_kind]
        findings += [one for term in file.terms for check in _CHECKS for one in check(term, whole)]
        found += [Fault(file.path, file.places.line(iri, near), iri, what) for iri, near, what in findings]
    return sorted(set(found))


def _read(path: Path) -> _File:
    triples = list(plain_triples(parse_file(path)))
    terms = list(terms_of(triples))
    known = {term.iri for term in terms}
    concepts = (subject.value for subject, predicate, obj in triples if (predicate, obj) == (RDF.type, SKOS.Concept))
    return _File(path, Places(path), terms, [iri for iri in concepts if iri not in known])


def _whole(terms: Sequence[Term]) -> _Whole:
    by_iri = {term.iri: term for term in terms}
    owners, matched = defaultdict[tuple[str, str], list[str]](list), defaultdict[tuple[str, str], list[str]](list)
    for term in by_iri.values():
        for form in {normal_form(name) for name in term.names if name not in term.ambiguous_labels}:
            owners[term.kind, form].append(term.iri)
        for iri in set(term.exact_matches):
            matched[term.kind, iri].append(term.iri)
    closed = {circle[0]: circle for circle in circles({term.iri: term.broader for term in terms})}
    return _Whole({**shipped_vocabulary().terms, **by_iri}, owners, matched, closed)


def _one_of_each(term: Term, _whole: _Whole) -> Iterator[_Finding]:
    for predicate in (SKOS.prefLabel, SKOS.definition):
        count = len(_told(term, predicate))
        if count != 1:
            yield term.iri, term.iri, f"has {count or 'no'} {_TEXTS[predicate]}{'s' if count else ''}, and needs one"
    if (RDF.type, SKOS.Concept) not in {(predicate, obj) for _, predicate, obj in term.statements}:
        yield term.iri, term.iri, "is not a skos:Concept"
    if not _told(term, SKOS.inScheme):
        yield term.iri, term.iri, "stands in no skos:ConceptScheme"


def _texts(term: Term, _whole: _Whole) -> Iterator[_Finding]:
    for _, predicate, obj in term.statements:
        if predicate not in _TEXTS:
            continue
        what = f"{_TEXTS[predicate]} {obj.value!r}"
        if not isinstance(obj, Literal) or obj.language != "en":
            yield term.iri, obj.value, f"{what} is not marked as English (@en)"
        if not obj.value.strip():
            yield term.iri, term.iri, f"{what} is empty"
        elif obj.value != " ".join(obj.value.split()):
            yield term.iri, obj.value, f"{what} has white space at its ends or twice"


def _labels(term: Term, whole: _Whole) -> Iterator[_Finding]:
    for name in dict.fromkeys(term.names):
        others = [iri for iri in whole.owners.get((term.kind, normal_form(name)), ()) if iri != term.iri]
        if others and name not in term.ambiguous_labels:
            yield term.iri, name, f"{name!r} also names {others[0]}; mark it as kg:ambiguousLabel of both"
    if term.abbreviation is not None and term.abbreviation not in (*term.names, *term.ambiguous_labels):
        yield term.iri, term.abbreviation, f"the abbreviation {term.abbreviation!r} is none of the labels"


def _place(term: Term, whole: _Whole) -> Iterator[_Finding]:
    for iri in term.broader:
        above = whole.terms.get(iri)
        if above is None:
            yield term.iri, iri, f"stands below {iri}, which is not there"
        elif above.kind is not term.kind:
            yield term.iri, iri, f"is a {term.kind} and stands below {iri}, a {above.kind}"
    circle = whole.circles.get(term.iri)
    if circle:
        yield term.iri, SKOS.broader.value, f"stands above itself: {' > '.join([*circle, term.iri])}"


def _ids(term: Term, whole: _Whole) -> Iterator[_Finding]:
    for iri in (iri for predicate in _MATCHES for iri in _told(term, predicate)):
        space = next((space for space in _IDS if iri.startswith(space)), None)
        if space and not re.fullmatch(_IDS[space], iri.removeprefix(space)):
            yield term.iri, iri, f"the match {iri} is not formed as the ids of <{space}> are"
    for iri in term.exact_matches:
        others = [one for one in whole.matched[term.kind, iri] if one != term.iri]
        if others:
            yield term.iri, iri, f"{iri} is an exact match of {others[0]} too"


def _told(term: Term, predicate: NamedNode) -> list[str]:
    return [obj.value for _, used, obj in term.statements if used == predicate]


_CHECKS: Final[tuple[Callable[[Term, _Whole], Iterator[_Finding]], ...]] = (
    _one_of_each,
    _texts,
    _labels,
    _place,
    _ids,
)
