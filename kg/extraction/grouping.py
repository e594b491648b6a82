"""Which places of a text name one concept, and what to call it."""

from collections import defaultdict

from spacy.tokens import Doc

from kg.extraction.abbreviations import definitions
from kg.extraction.candidates import Candidate
from kg.extraction.confidence import confidence
from kg.extraction.findings import Concept
from kg.extraction.lexicon import Lexicon
from kg.text import is_acronym, label_of, names_something, normal_form, singular

__all__ = ["group"]


def group(doc: Doc, kept: list[Candidate], nested: list[Candidate], lexicon: Lexicon) -> tuple[Concept, ...]:
    """Make concepts of decided places, in order of their first mention.

    A nested place counts only where its concept stands nowhere by itself, and a sign alone, such as the dollar of a
    formula, is none.
    """
    kept, nested = ([one for one in some if names_something(_text(doc, one))] for some in (kept, nested))
    leader = _Leader()
    for one in (*kept, *nested):  # all of them before any is placed: a join may change who leads
        leader.join(_keys(doc, one))
    for long, short in definitions(doc):
        leader.join([f"text {normal_form(long.text)}", f"text {normal_form(short.text)}"])
    places: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for one in kept:
        places[leader.of(_keys(doc, one)[0]), one.kind].append(one)
    standing = set(places)
    for one in nested:
        place = (leader.of(_keys(doc, one)[0]), one.kind)
        if place not in standing:
            places[place].append(one)
    return _unique(sorted((_concept(doc, group, lexicon) for group in places.values()), key=lambda one: one.mentions))


class _Leader:
    """Sets of keys that stand for one concept, each under its first key."""

    def __init__(self) -> None:
        self.above: dict[str, str] = {}

    def of(self, key: str) -> str:
        while key in self.above:
            key = self.above[key]
        return key

    def join(self, keys: list[str]) -> None:
        first = self.of(keys[0])
        for key in keys[1:]:
            leader = self.of(key)
            if leader != first:
                self.above[leader] = first


def _keys(doc: Doc, one: Candidate) -> list[str]:
    text = f"text {normal_form(_text(doc, one))}"
    return [f"iri {one.iri}", text] if one.iri else [text]


def _text(doc: Doc, one: Candidate) -> str:
    return doc[one.start : one.end].text


def _concept(doc: Doc, places: list[Candidate], lexicon: Lexicon) -> Concept:
    ordered = sorted(places)
    iri = next((one.iri for one in ordered if one.iri), "")
    spans = [doc[one.start : one.end] for one in ordered]
    return Concept(
        kind=ordered[0].kind,
        name=lexicon.terms[iri].label if iri else _name([span.text for span in spans]),
        mentions=tuple((span.start_char, span.end_char) for span in spans),
        score=confidence(ordered[0].kind, max(one.score for one in ordered)),
        iri=iri,
        notes=frozenset(one.note for one in ordered if one.note),
    )


def _name(surfaces: list[str]) -> str:
    """Choose the fullest form, written as the running text writes it rather than the title."""
    fullest = max(surfaces, key=lambda text: (not is_acronym(text), len(normal_form(text))))
    same = [text for text in surfaces if normal_form(text) == normal_form(fullest)]
    best = min(same, key=lambda text: (sum(char.isupper() for char in text), len(text), text))
    *front, last = label_of(best).split() or [best]
    return " ".join(
        [*front, last if any(char.isupper() for char in last) and not last.endswith("s") else singular(last)]
    )


def _unique(concepts: list[Concept]) -> tuple[Concept, ...]:
    """Drop what bears the name of a surer concept of another kind."""
    best: dict[str, Concept] = {}
    for one in concepts:
        known = best.get(one.name)
        if known is None or one.score > known.score:
            best[one.name] = one
    return tuple(one for one in concepts if best[one.name] is one)
