"""What an annotation claims, with or without its record saying so."""

from kg.records.annotation import Annotation, Claim, Role, Status

__all__ = ["claims_of"]


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
