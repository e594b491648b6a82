"""Entities that are given, by a person or as gold, in place of those that the pipeline would find."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace
from spacy.tokens import Doc

from kg.extraction.findings import Concept, set_findings
from kg.records import Claim, Entity, Interval, Kind, Role, Status, mentions_of

__all__ = ["Given", "find_given", "given_claims", "given_of", "put_given"]

_KEY: Final = "kg_given"


@dataclass(frozen=True, slots=True)
class Given:
    """An entity that is given.

    Attributes:
        entity: Its mentions are filled in where the record had none.
        tokens: Its mentions on our tokens, first and behind the last, each with the characters it stands for; empty
            where the text does not name it.
    """

    entity: Entity
    tokens: Mapping[tuple[int, int], Interval]


def put_given(doc: Doc, entities: Sequence[Entity]) -> None:
    """Give the entities of a document that no component has read, in place of found ones.

    Names are unique among them, as in any record. A mention inside a longer one counts only where the entity stands
    nowhere by itself, as among found ones; mentions that the record has are all kept in it.
    """
    places = [_longest(mentions_of(one, doc.text)) for one in entities]
    everywhere = _longest(place for own in places for place in own)
    doc.user_data[_KEY] = tuple(_given(doc, one, own, everywhere) for one, own in zip(entities, places, strict=True))


def given_of(doc: Doc) -> tuple[Given, ...] | None:
    """Give what was given, None where entities are to be found."""
    found: tuple[Given, ...] | None = doc.user_data.get(_KEY)
    return found


def find_given(doc: Doc, given: Iterable[Given], known: Mapping[tuple[int, int, Kind], tuple[str, str]]) -> None:
    """Make findings of what was given and stands in the text, their roles for sure.

    ``known`` tells the vocabulary's concept and the finder's note of a place.
    """
    named = [one for one in given if one.tokens]
    set_findings(
        doc,
        concepts=tuple(_concept(doc, one, known) for one in named),
        roles={one.entity.name: (one.entity.role, 1.0) for one in named},
    )


def given_claims(doc: Doc, given: Sequence[Given], stated: Iterable[Claim]) -> Iterator[Claim]:
    """Yield what is stated, with a claim for the role of each entity, named by the text or not, in their order.

    Mentions become the characters that were given.
    """
    exact = {one.entity.name: _characters(doc, one) for one in given}
    put_back = [_put_back(one, exact) for one in stated]
    roles = {one.object: one for one in put_back if one.subject is None}
    yield from (roles.get(one.entity.name) or _role_claim(one.entity) for one in given)
    yield from (one for one in put_back if one.subject is not None)


def _characters(doc: Doc, one: Given) -> dict[Interval, Interval]:
    """Give the characters that were given by those of the tokens around them."""
    return {(doc[start:end].start_char, doc[start:end].end_char): place for (start, end), place in one.tokens.items()}


def _put_back(claim: Claim, exact: Mapping[str, Mapping[Interval, Interval]]) -> Claim:
    known = [exact[name] for name in (claim.subject, claim.object) if name is not None]
    own = (next((one[place] for one in known if place in one), place) for place in claim.mentions)
    return replace(claim, mentions=tuple(own))


def _role_claim(entity: Entity) -> Claim:
    status = Status.BACKGROUND if entity.role is Role.MENTIONED else Status.ASSERTED
    return Claim(None, entity.role.value, entity.name, status, entity.confidence)


def _longest(places: Iterable[Interval]) -> tuple[Interval, ...]:
    """Leave out what lies inside another place."""
    kept: list[Interval] = []
    for start, end in sorted(set(places), key=lambda one: (one[0], -one[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def _given(doc: Doc, entity: Entity, own: tuple[Interval, ...], everywhere: Sequence[Interval]) -> Given:
    free = set(everywhere)
    places = tuple(one for one in own if one in free) or own
    spans = ((doc.char_span(*place, alignment_mode="expand"), place) for place in places)
    tokens = {(span.start, span.end): place for span, place in spans if span is not None}
    return Given(entity if entity.mentions else replace(entity, mentions=places), tokens)


def _concept(doc: Doc, one: Given, known: Mapping[tuple[int, int, Kind], tuple[str, str]]) -> Concept:
    told = [known.get((start, end, one.entity.type), ("", "")) for start, end in one.tokens]
    spans = [doc[start:end] for start, end in sorted(one.tokens)]
    return Concept(
        kind=one.entity.type,
        name=one.entity.name,
        mentions=tuple((span.start_char, span.end_char) for span in spans),
        score=one.entity.confidence,
        iri=next((iri for iri, _ in told if iri), ""),
        notes=frozenset(note for _, note in told if note),
    )
