"""What the rules say of relations: what the main method does, what a dataset holds, what is narrower.

The figure beside each rule is its share of right relations, measured on annotated abstracts; a rule below a
fifth is left out.
"""

import re
from collections.abc import Iterator

from kg.extraction.findings import Concept, Findings, Statement
from kg.extraction.lexicon import Lexicon
from kg.extraction.narrower import narrower
from kg.extraction.passages import Part, Passages
from kg.records import Interval, Kind, Predicate, Role

__all__ = ["evidence", "rule_statements"]

_TRAINED = re.compile(r"\b(?:pre-?)?train\w*\b(?:(?!\b(?:evaluat|test|validat|assess))[^.;]){0,60}$", re.IGNORECASE)
_TRAINED_REACH = 80
_HELD = {Kind.MODALITY: Predicate.HAS_MODALITY, Kind.DISEASE: Predicate.COVERS}


def rule_statements(found: Findings, passages: Passages, lexicon: Lexicon) -> tuple[Statement, ...]:
    """Relate concepts by their roles and by where they stand; the roles must be known."""
    main = _main_method(found)
    return (
        *(_of_main(main, found, passages) if main else ()),
        *_of_datasets(found, passages),
        *narrower(found.concepts, lexicon),
    )


def _main_method(found: Findings) -> Concept | None:
    """Choose the first proposed method, rather one that the paper names than a phrase."""
    proposed = [one for one in found.concepts if found.roles[one.name][0] is Role.PROPOSED]
    return min(proposed, key=lambda one: ("proposed" not in one.notes, one.mentions), default=None)


def _of_main(main: Concept, found: Findings, passages: Passages) -> Iterator[Statement]:
    for one in found.concepts:
        if one is main:
            continue
        together = _together(main, one, passages)
        named = "proposed" in main.notes
        part = _best_part(one, passages)
        trained_on = [one.kind is Kind.DATASET and _is_trained_on(mention, passages) for mention in one.mentions]
        for predicate, score in _relations(one, found.roles[one.name][0], part, together=together, named=named):
            if predicate is Predicate.EVALUATED_ON and all(trained_on):
                continue
            if predicate is Predicate.PART_OF:
                yield _statement(one, predicate, main, score, passages)
            else:
                yield _statement(main, predicate, one, score, passages)
        if any(trained_on):
            yield _statement(main, Predicate.TRAINED_ON, one, 0.34, passages)


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


def _of_datasets(found: Findings, passages: Passages) -> Iterator[Statement]:
    """Say what a dataset holds: all that is studied if the paper makes it, else what stands beside it."""
    for data in (one for one in found.concepts if one.kind is Kind.DATASET):
        introduced = found.roles[data.name][0] is Role.INTRODUCED
        for one in found.concepts:
            if one.kind not in _HELD or found.roles[one.name][0] is not Role.STUDIED:
                continue
            together = _together(data, one, passages)
            only = one.kind is Kind.MODALITY and sum(other.kind is one.kind for other in found.concepts) == 1
            if introduced or together or only:
                yield _statement(data, _HELD[one.kind], one, 0.7 if introduced else 0.45, passages)


def _best_part(one: Concept, passages: Passages) -> Part:
    parts = {passages.part(mention) for mention in one.mentions}
    return next(part for part in (Part.TITLE, Part.OWN, Part.BACKGROUND) if part in parts)


def _is_trained_on(mention: Interval, passages: Passages) -> bool:
    return bool(_TRAINED.search(passages.text[max(0, mention[0] - _TRAINED_REACH) : mention[0]]))


def _together(one: Concept, other: Concept, passages: Passages) -> bool:
    """Tell whether two concepts stand in one sentence somewhere."""
    return not {passages.number(mention) for mention in one.mentions}.isdisjoint(
        passages.number(mention) for mention in other.mentions
    )


def _statement(subject: Concept, predicate: Predicate, target: Concept, score: float, passages: Passages) -> Statement:
    return Statement(subject.name, predicate, target.name, score, evidence(subject, target, passages))


def evidence(subject: Concept, target: Concept, passages: Passages) -> tuple[Interval, Interval]:
    """Choose the first pair of mentions that share a sentence, else the first of each."""
    at = {passages.number(mention): mention for mention in reversed(target.mentions)}
    pairs = ((one, at[passages.number(one)]) for one in subject.mentions if passages.number(one) in at)
    return next(pairs, (subject.mentions[0], target.mentions[0]))
