"""What an annotation claims, with or without its record saying so; and which claims can be made at all."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kg.records.annotation import Annotation, Claim, Kind, Predicate, Role, Status

__all__ = ["RELATION_KINDS", "claims_of"]

_METHODS: Final = (Kind.METHOD,)
_WORK: Final = (Kind.METHOD, Kind.DATASET)
_ENDS: Final = (
    (Predicate.PART_OF, _METHODS, Kind.METHOD),
    (Predicate.BASED_ON, _METHODS, Kind.METHOD),
    (Predicate.EVALUATED_ON, _METHODS, Kind.DATASET),
    (Predicate.TRAINED_ON, _METHODS, Kind.DATASET),
    (Predicate.COMPARED_WITH, _METHODS, Kind.METHOD),
    (Predicate.ADDRESSES, _WORK, Kind.TASK),
    (Predicate.APPLIED_TO, _WORK, Kind.MODALITY),
    (Predicate.TARGETS, _WORK, Kind.DISEASE),
    (Predicate.HAS_MODALITY, _WORK, Kind.MODALITY),
    (Predicate.COVERS, (Kind.DATASET,), Kind.DISEASE),
)

RELATION_KINDS: Final[Mapping[Predicate, frozenset[tuple[Kind, Kind]]]] = MappingProxyType(
    {predicate: frozenset((subject, obj) for subject in subjects) for predicate, subjects, obj in _ENDS}
    | {Predicate.NARROWER_THAN: frozenset((kind, kind) for kind in Kind)}
)
"""The kinds of subject and object that each relation can have; the shapes say the same of the graph."""


def claims_of(annotation: Annotation) -> tuple[Claim, ...]:
    """Give the claims as recorded, else what a record written by hand says: every role and relation, for sure."""
    if annotation.claims is not None:
        return annotation.claims
    roles = (
        Claim(
            None,
            entity.role.value,
            entity.name,
            status=Status.BACKGROUND if entity.role is Role.MENTIONED else Status.ASSERTED,
        )
        for entity in annotation.entities
    )
    relations = (Claim(subject, predicate.value, obj) for subject, predicate, obj in annotation.relations)
    return (*roles, *relations)
