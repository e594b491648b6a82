"""Two records of one paper side by side, and what they have in common at each level."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from kg.evaluation.counts import CARD, CARD_KINDS, Counts, Measure
from kg.evaluation.mentions import Span, flat, spans_of, with_standing_surfaces
from kg.evaluation.names import EXACT, LENIENT, folded, matched
from kg.records import Annotation, Entity, Kind, Links, Predicate, Result

__all__ = ["Comparison", "compare", "counts_of", "linked", "span_counts"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A prediction beside the gold.

    Attributes:
        predicted: Its entities keep only the surfaces that stand in the text.
        exact: The index of a predicted entity, and that of its partner in the gold, where both have a name in common.
        lenient: The same, where half of the words in common is enough.
        names: The name of a predicted entity, and that of its lenient partner.
    """

    text: str
    gold: Annotation
    predicted: Annotation
    exact: dict[int, int]
    lenient: dict[int, int]
    names: dict[str, str]


def compare(text: str, gold: Annotation, predicted: Annotation) -> Comparison:
    """Find which entities of a prediction are which of the gold."""
    mine = tuple(with_standing_surfaces(entity, text) for entity in predicted.entities)
    lenient = matched(mine, gold.entities, LENIENT)
    return Comparison(
        text=text,
        gold=gold,
        predicted=replace(predicted, entities=mine),
        exact=matched(mine, gold.entities, EXACT),
        lenient=lenient,
        names={mine[index].name: gold.entities[other].name for index, other in lenient.items()},
    )


def counts_of(compared: Comparison) -> dict[Measure, Counts]:
    """Count at every level what the two records have in common."""
    mine, theirs = compared.predicted, compared.gold
    statements = sum(mine.entities[i].role is theirs.entities[j].role for i, j in compared.exact.items())
    values, whole = _found_results(compared)
    links, known_links = linked(mine.links), linked(theirs.links)
    said, told = len(mine.results), len(theirs.results)
    return {
        **span_counts(*_flat_spans(compared), [kind.value for kind in Kind]),
        **dict(_concepts("concept", compared, compared.exact)),
        **dict(_concepts("concept~", compared, compared.lenient)),
        Measure("statement"): Counts(statements, len(mine.entities), len(theirs.entities)),
        **dict(_relations(compared)),
        Measure("result"): Counts(values, said, told),
        Measure("result+"): Counts(whole, said, told),
        Measure("link"): Counts(len(links & known_links), len(links), len(known_links)),
    }


def span_counts(predicted: Collection[Span], gold: Collection[Span], labels: Collection[str]) -> dict[Measure, Counts]:
    """Count spans with both bounds and the label right, for each label and all of them."""
    sides = [{label: {span for span in side if span[2] == label} for label in labels} for side in (predicted, gold)]
    made = {
        Measure("mention", label): Counts(len(sides[0][label] & sides[1][label]), *(len(one[label]) for one in sides))
        for label in labels
    }
    return made | {Measure("mention"): sum(made.values(), Counts())}


def linked(links: Links) -> set[tuple[str, str]]:
    """The addresses that count, each with what it is offered for."""
    return {("code", one) for one in links.code} | {("data", one) for one in links.data}


def _flat_spans(compared: Comparison) -> tuple[set[Span], set[Span]]:
    """The spans of both sides that count; one that the gold holds inside a longer one is neither right nor wrong."""
    gold, nested = flat(spans_of(compared.gold.entities, compared.text))
    predicted, _ = flat(spans_of(compared.predicted.entities, compared.text))
    return predicted - nested, gold


def _concepts(level: str, compared: Comparison, partners: dict[int, int]) -> Iterator[tuple[Measure, Counts]]:
    mine, theirs = compared.predicted.entities, compared.gold.entities
    hits = [mine[index] for index in partners]

    def count(kinds: Collection[Kind]) -> Counts:
        def among(entities: Collection[Entity]) -> int:
            return sum(entity.type in kinds for entity in entities)

        return Counts(among(hits), among(mine), among(theirs))

    for kind in Kind:
        yield Measure(level, kind.value), count({kind})
    yield Measure(level, CARD), count(CARD_KINDS)
    yield Measure(level), count(set(Kind))


def _relations(compared: Comparison) -> Iterator[tuple[Measure, Counts]]:
    """Those whose ends are partners of the gold's ends; by predicate where either side has it."""
    mine, theirs = set(compared.predicted.relations), set(compared.gold.relations)
    names = compared.names
    hits = {(names.get(subject), predicate, names.get(obj)) for subject, predicate, obj in mine} & theirs
    yield Measure("relation"), Counts(len(hits), len(mine), len(theirs))
    there = {one[1] for one in mine | theirs}
    for predicate in (one for one in Predicate if one in there):
        parts = (sum(one[1] is predicate for one in side) for side in (hits, mine, theirs))
        yield Measure("relation", predicate.value), Counts(*parts)


def _found_results(compared: Comparison) -> tuple[int, int]:
    """Pair numbers, each at most once: how many have value and metric right, and how many of these all the rest.

    Of several numbers of the gold that fit, one is taken where the rest is right too, else the first.
    """
    left = dict(enumerate(compared.gold.results))
    values = whole = 0
    for result in compared.predicted.results:
        fits = [index for index, other in left.items() if _is_same_value(result, other, compared.names)]
        right = [index for index in fits if _is_same_setting(result, left[index], compared.names)]
        if fits:
            del left[(right or fits)[0]]
            values += 1
            whole += bool(right)
    return values, whole


def _is_same_value(mine: Result, other: Result, names: dict[str, str]) -> bool:
    """Also true where the gold names no metric and the prediction one that is no concept of the gold."""
    if (mine.value, mine.value_max) != (other.value, other.value_max):
        return False
    partner = names.get(mine.metric) if mine.metric is not None else None
    return folded(mine.metric or "") == folded(other.metric or "") or partner == other.metric


def _is_same_setting(mine: Result, other: Result, names: dict[str, str]) -> bool:
    return (
        mine.kind is other.kind
        and _is_same_name(mine.method, other.method, names)
        and _is_same_name(mine.dataset, other.dataset, names)
    )


def _is_same_name(mine: str | None, other: str | None, names: dict[str, str]) -> bool:
    if not mine or not other:
        return not mine and not other
    return folded(mine) == folded(other) or names.get(mine) == other
