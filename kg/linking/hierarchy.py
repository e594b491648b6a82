"""Under which concept a new one stands: that of the longest head its name contains."""

import re
from collections.abc import Mapping

from kg.records import Entity, Kind
from kg.text import normal_form
from kg.vocabulary import Vocabulary

__all__ = ["broader"]

_TURNS_MEANING = frozenset({"non", "no", "not", "anti", "pseudo", "without", "pre", "un"})
"""Words before which a head is not a broader term: non-small cell lung cancer is no small cell lung cancer."""


def broader(entity: Entity, by_form: Mapping[tuple[Kind, str], str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The longest head that is a concept of the same kind: "contrast-enhanced chest CT" stands under "chest CT"."""
    words = normal_form(entity.name).split()
    for start in range(1, len(words)):
        if words[start - 1] in _TURNS_MEANING:
            continue
        head = " ".join(words[start:])
        term = vocabulary.find(entity.type, head)
        iri = term.iri if term else by_form.get((entity.type, head))
        if iri and not re.fullmatch(r"[\d.]+", head):
            return (iri,)
    return ()
