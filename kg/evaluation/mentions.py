"""Where a text names the entities of a record, with or without the record saying so."""

from collections.abc import Iterable

from msgspec.structs import replace

from kg.records import Annotation, Entity, Interval, mentions_of
from kg.text import occurrences

__all__ = ["Span", "flat", "missing_surfaces", "spans_of", "with_standing_surfaces"]

Span = tuple[int, int, str]
"""Start, end and label of a stretch of text, in code points, half-open."""


def spans_of(entities: Iterable[Entity], text: str) -> set[Span]:
    """Give the mentions of all entities under their kinds; of one without mentions, where its surfaces stand."""
    return {(start, end, entity.type.value) for entity in entities for start, end in mentions_of(entity, text)}


def flat(spans: Iterable[Span]) -> tuple[set[Span], set[Span]]:
    """Part spans in those that count and those that overlap a longer one, or an equally long one before them.

    >>> flat([(0, 4, "Task"), (2, 8, "Method"), (5, 8, "Disease")])[0]
    {(2, 8, 'Method')}
    """
    kept: list[Span] = []
    hidden: set[Span] = set()
    for span in sorted(spans, key=lambda one: (one[0] - one[1], one)):
        start, end, _ = span
        if any(start < other_end and other_start < end for other_start, other_end, _ in kept):
            hidden.add(span)
        else:
            kept.append(span)
    return set(kept), hidden


def with_standing_surfaces(entity: Entity, text: str) -> Entity:
    """Leave an entity only those surfaces that somewhere stand outside all its other ones.

    So a prediction earns nothing by listing parts of its names, or names that the text does not hold.
    """
    places = {surface: occurrences(text, surface) for surface in entity.surfaces}

    def is_inside(at: Interval, surface: str) -> bool:
        others = (other for name, found in places.items() if name != surface for other in found)
        return any(start <= at[0] and at[1] <= end for start, end in others)

    standing = (one for one, found in places.items() if not all(is_inside(at, one) for at in found))
    return replace(entity, surfaces=tuple(standing))


def missing_surfaces(annotation: Annotation, text: str) -> int:
    """Count the surfaces that the text does not hold as whole words."""
    return sum(not occurrences(text, one) for entity in annotation.entities for one in entity.surfaces)
