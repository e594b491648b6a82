"""What the rules say of relations: what the main method does, what a dataset holds, what is narrower.

The figure beside each rule is its share of right relations, measured on annotated abstracts; a rule below a
fifth is left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from kg.extraction.findings import Concept, Findings, Statement
from kg.extraction.lexicon import Lexicon
from kg.extraction.narrower import narrower
from kg.extraction.passages import Part, Passages
from kg.records import Interval, Kind, Predicate, Role

__all__ = ["rule_statements"]

_TRAINED = re.compile(r"\b(?:pre-?)?train\w*\b(?:(?!\b(?:evaluat|test|validat|assess))[^.;]){0,60}$", re.IGNORECASE)
_TRAINED_REACH = 80
_Sentences = Mapping[str, set[int]]
"""The numbers of the sentences that each concept stands in."""

_HELD = {Kind.MODALITY: Predicate.HAS_MODALITY, Kind.DISEASE: Predicate.COVERS}


def rule_statements(found: Findings, passages: Passages, lexicon: Lexicon) -> tuple[Statement, ...]:
    """Relate concepts by their roles and by where they stand; the roles must be known."""
    main = _main_method(found)
    sentences = {one.name: {passages.number(mention) for mention in one.mentions} for one in found.concepts}
    return (
        *(_of_main(main, found, sentences, passages) if main else ()),
        *_of_datasets(found, sentences),
        *narrower(found.concepts, lexicon),
    )


def _main_method(found: Findings) -> Concept | None:
    """Choose the first proposed method, rather one that the paper names than a phrase."""
    proposed = [one for one in found.concepts if found.roles[one.name][0] is Role.PROPOSED]
    return min(proposed, key=lambda one: ("proposed" not in one.notes, one.mentions), default=None)


def _of_main(main: Concept, found: Findings, sentences: _Sentences, passages: Passages) -> Iterator[Statement]:
    named = "proposed" in main.notes
    for one in found.concepts:
        if one is main:
            continue
        together = not sentences[main.name].isdisjoint(sentences[one.name])
        part = _best_part(one, passages)
        trained_on = [one.kind is Kind.DATASET and _is_trained_on(mention, passages) for mention in one.mentions]
        for predicate, score in _relations(one, found.roles[one.name][0], part, together=together, named=named):
            if predicate is Predicate.EVALUATED_ON and all(trained_on):
                continue
            if predicate is Predicate.PART_OF:
                yield Statement(one.name, predicate, main.name, score)
            else:
                yield Statement(main.name, predicate, one.name, score)
        if any(trained_on):
            yield Statement(main.name, Predicate.TRAINED_ON, one.name, 0.34)


def _relations(
    one: Concept, role: Role, part: Part, *, together: bool, named: bool
) -> Iterator[tuple[Predicate, float]]:
    """Tell how the main method relates to a concept of some kind and role.

    ``part`` is the most telling part of the text that it stands in; ``together``, whether the main method stands in
    a sentence with it; ``named``, whether the main method has a name rather than a description.
    """
    match one.kind, role:
        case Kind.METHOD, Role.PROPOSED if named and part is Part.OWN:
            yield Predicate.PART_OF, 0.36 if together else 0.31
        case Kind.METHOD, Role.PROPOSED if named and together:
            yield Predicate.PART_OF, 0.35
        case Kind.METHOD, Role.USED if named and part is Part.TITLE:
            yield Predicate.BASED_ON, 0.6 if together else 0.34
        case Kind.METHOD, Role.USED if named and part is Part.OWN:
            yield Predicate.BASED_ON, 0.36 if together else 0.25
        case Kind.METHOD, Role.COMPARED:
            yield Predicate.COMPARED_WITH, 0.46 if together else 0.29
        case Kind.TASK, Role.ADDRESSED:
            yield Predicate.ADDRESSES, 0.58 if together else 0.27
        case Kind.MODALITY, Role.STUDIED:
            yield Predicate.APPLIED_TO, 0.63 if together else 0.4
        case Kind.DISEASE, Role.STUDIED:
            yield Predicate.TARGETS, 0.6 if together else 0.33
        case Kind.DATASET, Role.USED if part is Part.OWN:
            yield Predicate.EVALUATED_ON, 0.53


def _of_datasets(found: Findings, sentences: _Sentences) -> Iterator[Statement]:
    """Say what a dataset holds: all that is studied if the paper makes it, else what stands beside it."""
    held = [one for one in found.concepts if one.kind in _HELD and found.roles[one.name][0] is Role.STUDIED]
    modalities = [one for one in found.concepts if one.kind is Kind.MODALITY]
    only = {at for at, one in enumerate(held) if [one] == modalities}
    beside: dict[int, set[int]] = defaultdict(set)
    for at, one in enumerate(held):
        for number in sentences[one.name]:
            beside[number].add(at)
    for data in (one for one in found.concepts if one.kind is Kind.DATASET):
        if found.roles[data.name][0] is Role.INTRODUCED:
            yield from (Statement(data.name, _HELD[one.kind], one.name, 0.7) for one in held)
            continue
        near = only.union(*(beside.get(number, ()) for number in sentences[data.name]))
        yield from (Statement(data.name, _HELD[held[at].kind], held[at].name, 0.45) for at in sorted(near))


def _best_part(one: Concept, passages: Passages) -> Part:
    parts = {passages.part(mention) for mention in one.mentions}
    return next(part for part in (Part.TITLE, Part.OWN, Part.BACKGROUND) if part in parts)


def _is_trained_on(mention: Interval, passages: Passages) -> bool:
    return bool(_TRAINED.search(passages.text[max(0, mention[0] - _TRAINED_REACH) : mention[0]]))
