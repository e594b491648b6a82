"""Under which concepts a new one stands: that of the longest head its name contains, or that of all its versions."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from kg.linking.names import Name
from kg.records import Kind
from kg.spelling import HEADS
from kg.text import is_acronym, normal_form
from kg.vocabulary import Term, Vocabulary

__all__ = ["Above", "Find", "above", "looks_of", "without_cycles"]

_TURNS: Final = ("non", "no", "not", "anti", "pseudo", "without", "pre", "un")
"""Before a word they turn its meaning: non-small cell lung cancer is no small cell lung cancer."""

_TURNS_MEANING: Final = frozenset({*_TURNS, "and", "or", "&", "vs", "versus", "plus"})
"""Words after which no head begins: head and neck cancer is no neck cancer."""

_PREPOSITIONS: Final = frozenset("at by for from in of on under using via with without".split())  # noqa: SIM905

_VERSION: Final = re.compile(r"(.*[a-z].*?)[ ]?(?:v\d[\d.]*|(?<!\d)20[012]\d)")
_NUMBERED: Final = re.compile(r"(.*[a-z].*?)[ ]?\d[\d.]*")
_FEWEST_LETTERS: Final = 3

HEAD: Final = "its name ends with it"
VERSION: Final = "a version of it"

Find = Mapping[tuple[Kind, str], str]
"""The node of a kind and normal form."""


class Above(NamedTuple):
    """A broader concept: its IRI, the form by which it was found, and the rule that says so."""

    iri: str
    form: str
    rule: str


def above(kind: Kind, form: str, label: str, find: Find, vocabulary: Vocabulary) -> Above | None:
    """The nearest broader concept of a name: "chest CT" of "contrast-enhanced chest CT"."""

    def concept(form: str) -> str | None:
        term = vocabulary.find(kind, form)
        if term is None:
            return find.get((kind, form))
        return None if _turns(words, term) else term.iri

    words = form.split()
    for head in _heads(words, label):
        iri = None if re.fullmatch(r"[\d.]+", head) else concept(head)
        if iri:
            return Above(iri, head, HEAD)
    for plain in _plain_forms(kind, form, label):
        term, iri = vocabulary.find(kind, plain), concept(plain)
        version = normal_form(term.label) if term else plain  # a version may bear the plain name too
        if iri and not _VERSION.fullmatch(version) and not _NUMBERED.fullmatch(version):
            return Above(iri, plain, VERSION)
    return None


def looks_of(name: Name) -> set[tuple[Kind, str]]:
    """The kinds and forms that decide what stands above a name, and which of its surfaces are names of others."""
    forms = {*_looked_up(name.kind, name.form, name.label)}
    forms |= {*_looked_up(name.kind, name.long, name.long)} if name.long else set()
    forms |= {normal_form(one) for use in name.uses for one in use.surfaces}
    return {(name.kind, form) for form in forms}


def _looked_up(kind: Kind, form: str, label: str) -> Iterator[str]:
    """All forms that `above` may look a name up by."""
    yield from _heads(form.split(), label)
    yield from _plain_forms(kind, form, label)


def _heads(words: Sequence[str], label: str) -> Iterator[str]:
    """The heads of a name, longest first: of "ensemble of deep networks", "ensemble" is, and "networks" is not."""
    tokens = label.split()
    before = next((at for at, token in enumerate(tokens) if at and token.casefold() in _PREPOSITIONS), None)
    first = 1
    if before is not None:
        words, first = normal_form(" ".join(tokens[:before])).split(), 0
    for start in range(first, len(words)):
        if not start or words[start - 1] not in _TURNS_MEANING:
            yield " ".join(words[start:])


def _turns(words: Sequence[str], term: Term) -> bool:
    """Tell whether a name denies a word of a concept's label: "nonlinear model", "linear model"."""
    denied = set(words)
    return any(turn + word in denied for word in normal_form(term.label).split() for turn in _TURNS)


def _plain_forms(kind: Kind, form: str, label: str) -> Iterator[str]:
    """A name without its version: "orf net" of "orf netv2"; numbers alone count in what is named like a product."""
    patterns = [_VERSION, _NUMBERED] if is_acronym(label.split(maxsplit=1)[0] if label else "") else [_VERSION]
    words = form.split()
    while len(words) > 1 and words[-1] in HEADS:  # "ISIC 2018 challenge"
        words.pop()
    form = " ".join(words)
    if kind in {Kind.METHOD, Kind.DATASET}:
        for pattern in patterns:
            match = pattern.fullmatch(form)
            if match and len(match[1].replace(" ", "")) >= _FEWEST_LETTERS:
                yield match[1]


def without_cycles(edges: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep the edges, each from narrower to broader, that close no cycle with those before them."""
    broader: dict[str, list[str]] = {}
    kept = []
    for narrow, broad in edges:
        if not _reaches(broad, narrow, broader):
            broader.setdefault(narrow, []).append(broad)
            kept.append((narrow, broad))
    return kept


def _reaches(start: str, end: str, broader: Mapping[str, list[str]]) -> bool:
    seen, queue = {start}, [start]
    for iri in queue:
        if iri == end:
            return True
        new = [one for one in broader.get(iri, ()) if one not in seen]
        seen.update(new)
        queue += new
    return False
