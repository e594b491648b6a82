"""Whether a paper's row in a table of papers can be used as it is: nothing essential missing, nothing made up."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.evaluation.comparing import Comparison, linked
from kg.evaluation.counts import CARD_KINDS
from kg.evaluation.names import LENIENT, forms_of, likeness, matched
from kg.records import Annotation, Entity, Role

__all__ = ["Row", "row_of"]

_ESSENTIAL = frozenset({Role.PROPOSED, Role.INTRODUCED, Role.STUDIED})


@dataclass(frozen=True, slots=True)
class Row:
    """What is wrong with one paper's row.

    Attributes:
        missing: Names of the gold: essential to all annotators, and not found in their role.
        spurious: Names of the prediction: given as essential, and named by no annotator.
        results: How many of the numbers that all annotators have are found.
        agreed_results: How many there are.
        links: Whether every address of the gold is found.
    """

    missing: tuple[str, ...]
    spurious: tuple[str, ...]
    results: int
    agreed_results: int
    links: bool

    @property
    def works(self) -> bool:
        """Whether nothing is wrong."""
        return not self.missing and not self.spurious and self.results == self.agreed_results and self.links


def row_of(compared: Comparison, other: Annotation) -> Row:
    """Judge a paper's row; ``other`` is a second annotator's record, or the gold itself."""
    gold, predicted = compared.gold, compared.predicted
    agreed = [one.value for one in gold.results if one.value in {its.value for its in other.results}]
    found = {one.value for one in predicted.results}
    return Row(
        missing=_missing(compared, other.entities),
        spurious=_spurious(predicted.entities, [*gold.entities, *other.entities]),
        results=sum(value in found for value in agreed),
        agreed_results=len(agreed),
        links=linked(gold.links) <= linked(predicted.links),
    )


def _missing(compared: Comparison, others: Sequence[Entity]) -> tuple[str, ...]:
    golds, mine = compared.gold.entities, compared.predicted.entities
    agreed = matched(golds, others, LENIENT)
    essential = {i for i, j in agreed.items() if _is_essential(golds[i], others[j])}
    found = {j for i, j in compared.lenient.items() if mine[i].role is golds[j].role}
    return tuple(golds[index].name for index in sorted(essential - found))


def _spurious(mine: Sequence[Entity], known: Sequence[Entity]) -> tuple[str, ...]:
    forms = [forms_of(entity) for entity in known]

    def is_known(entity: Entity) -> bool:
        own = forms_of(entity)
        return any(likeness(own, one) >= LENIENT for one in forms)

    return tuple(entity.name for entity in mine if _is_essential(entity) and not is_known(entity))


def _is_essential(*views: Entity) -> bool:
    return all(one.role in _ESSENTIAL and one.type in CARD_KINDS for one in views)
