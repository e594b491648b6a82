"""Where a text names an entity, with or without its record saying so."""

from kg.records.annotation import Entity, Interval
from kg.text import occurrences

__all__ = ["mentions_of"]


def mentions_of(entity: Entity, text: str) -> tuple[Interval, ...]:
    """Give the mentions as recorded, else all places where one of the surfaces stands as whole words.

    >>> from kg.records import Kind, Role
    >>> mentions_of(Entity(Kind.DISEASE, "gout", ("Gout", "gout"), Role.STUDIED), "Gout is gout.")
    ((0, 4), (8, 12))
    """
    if entity.mentions:
        return entity.mentions
    return tuple(sorted({at for surface in entity.surfaces if surface for at in occurrences(text, surface)}))
