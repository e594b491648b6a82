"""An entity with the paper it is named in: what linking puts into groups."""

from dataclasses import dataclass

from kg.records import Entity

__all__ = ["Named"]


@dataclass(frozen=True, slots=True)
class Named:
    """An entity and the paper it is named in."""

    paper_id: str
    entity: Entity
