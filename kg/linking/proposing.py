"""The rows by which rules propose that two names are one concept."""

from kg.ledger import Justification, Row
from kg.linking.names import Name

__all__ = ["link_row", "row"]


def link_row(name: Name, other: Name, confidence: float, comment: str) -> Row:
    """Link a name to another by what they are made of."""
    return row(name.iri, name.label, other.iri, other.label, Justification.LEXICAL, confidence, comment)


def row(  # noqa: PLR0913, PLR0917 - the slots of a row
    subject: str, subject_label: str, target: str, label: str, how: Justification, confidence: float, comment: str
) -> Row:
    """Link a name to a name or a concept of a vocabulary."""
    return Row(
        subject=subject,
        object=target,
        subject_label=subject_label,
        object_label=label,
        justification=how,
        confidence=confidence,
        comment=comment,
    )
