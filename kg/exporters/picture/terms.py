"""What the page shows of a graph: the types, the predicates between them, and how both are called."""

from typing import Final, NamedTuple

from kg.namespaces import KG, SKOS
from kg.rdf import NamedNode

__all__ = ["PREDICATES", "TYPES", "Predicate"]

TYPES: Final = ("Paper", "Method", "Dataset", "Modality", "Disease", "Task", "Metric", "Anatomy")
"""Names of the classes that are nodes, in the order of the legend."""


class Predicate(NamedTuple):
    """A predicate, and its name read from subject to object and back."""

    term: NamedNode
    forward: str
    back: str


PREDICATES: Final = (
    Predicate(KG.proposes, "proposes", "proposed by"),
    Predicate(KG.introduces, "introduces", "introduced by"),
    Predicate(KG.uses, "uses", "used by"),
    Predicate(KG.usesDataset, "uses dataset", "dataset used by"),
    Predicate(KG.addressesTask, "addresses task", "addressed by"),
    Predicate(KG.hasModality, "has modality", "modality of"),
    Predicate(KG.targetsDisease, "targets disease", "targeted by"),
    Predicate(KG.imagesAnatomy, "images anatomy", "imaged by"),
    Predicate(KG.reportsMetric, "reports metric", "reported by"),
    Predicate(KG.comparedWith, "compared with", "compared with, by"),
    Predicate(KG.basedOn, "based on", "basis of"),
    Predicate(KG.partOf, "part of", "has part"),
    Predicate(KG.evaluatedOn, "evaluated on", "evaluates"),
    Predicate(KG.trainedOn, "trained on", "trains"),
    Predicate(KG.coversDisease, "covers disease", "covered by"),
    Predicate(KG.narrowerThan, "narrower than", "broader than"),
    Predicate(SKOS.broader, "kind of", "has kind"),
    Predicate(KG.mentions, "mentions", "mentioned by"),
)
"""Every predicate of a statement, in the order of the detail panel."""
