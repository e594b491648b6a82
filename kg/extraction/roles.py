"""Component ``kg_roles``: how the paper relates to each concept, where no tagger has told.

The figure beside each rule is its share of right roles, measured on annotated abstracts.
"""

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.findings import Concept, findings_of, set_findings
from kg.extraction.passages import Part, Passages, passages_of
from kg.records import Kind, Role

__all__ = ["RoleFinder", "make_role_finder", "rule_role"]


@Language.factory("kg_roles", requires=["token.sent_start"])
def make_role_finder(nlp: Language, name: str) -> "RoleFinder":  # noqa: ARG001 - asked for by spaCy
    """Build the component."""
    return RoleFinder()


class RoleFinder:
    """Gives each concept its role by its kind, by who named it, and by where it stands."""

    def __call__(self, doc: Doc) -> Doc:
        """Add the roles to the document's findings, and return it."""
        passages = passages_of(doc)
        concepts, read = findings_of(doc).concepts, findings_of(doc).roles
        set_findings(
            doc, roles={one.name: read.get(one.name) or rule_role(one, concepts, passages) for one in concepts}
        )
        return doc


def rule_role(concept: Concept, concepts: Sequence[Concept], passages: Passages) -> tuple[Role, float]:
    """Give the role that the rules see, and how often it is right."""
    parts = {passages.part(mention) for mention in concept.mentions}
    if concept.kind is Kind.METHOD:
        return _method_role(concept, parts, passages)
    if concept.kind is Kind.DATASET:
        return (Role.INTRODUCED, 0.9) if "proposed" in concept.notes else (Role.USED, 0.95)
    background = parts == {Part.BACKGROUND}
    if concept.kind is Kind.TASK:
        return (Role.MENTIONED, 0.55) if background else (Role.ADDRESSED, 0.94)
    if concept.kind is Kind.METRIC:
        return (Role.REPORTED, 0.65) if background else (Role.REPORTED, 0.98)
    if concept.kind is Kind.DISEASE and background:
        return (Role.MENTIONED, 0.6) if _is_aside(concept, concepts, passages) else (Role.STUDIED, 0.7)
    return Role.STUDIED, 0.87 if background else 0.97


def _is_aside(concept: Concept, concepts: Sequence[Concept], passages: Passages) -> bool:
    """Tell a concept named once, in the background, where others of its kind stand in title or own work."""
    return len(concept.mentions) == 1 and any(
        other.kind is concept.kind and any(passages.part(mention) is not Part.BACKGROUND for mention in other.mentions)
        for other in concepts
    )


def _method_role(concept: Concept, parts: set[Part], passages: Passages) -> tuple[Role, float]:
    compared = all(passages.is_compared(mention) for mention in concept.mentions)
    if concept.iri:
        return _known_method_role(parts, compared=compared)
    if "proposed" in concept.notes:
        return Role.PROPOSED, 0.98
    if Part.OWN in parts and compared:
        return Role.COMPARED, 0.6
    if parts == {Part.BACKGROUND}:
        return (Role.MENTIONED, 0.5) if compared else (Role.USED, 0.55)
    if Part.TITLE not in parts and any(passages.is_taken(mention) for mention in concept.mentions):
        return Role.USED, 0.6
    return Role.PROPOSED, 0.8 if Part.TITLE in parts else 0.6


def _known_method_role(parts: set[Part], *, compared: bool) -> tuple[Role, float]:
    """A method with a name in the vocabulary is seldom proposed."""
    if compared and Part.TITLE not in parts:
        return (Role.COMPARED, 0.5) if Part.OWN in parts else (Role.MENTIONED, 0.6)
    return Role.USED, 0.9 if Part.OWN in parts or Part.TITLE in parts else 0.67
