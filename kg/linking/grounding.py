"""Which concept of the vocabularies an entity is; none is an answer."""

from kg.records import Entity
from kg.text import is_acronym
from kg.vocabulary import Term, Vocabulary

__all__ = ["ground"]


def ground(entity: Entity, vocabulary: Vocabulary) -> Term | None:
    """The vocabulary's concept for a name, else for one of its long forms; acronyms alone do not decide."""
    long_forms = sorted((one for one in entity.surfaces if not is_acronym(one)), key=lambda one: (-len(one), one))
    found = (vocabulary.find(entity.type, name) for name in (entity.name, *long_forms))
    return next((term for term in found if term is not None), None)
