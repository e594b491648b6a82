"""The claims of a paper as statements between nodes, each with the evidence the paper gives for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

from kg.mapping.iris import Iris
from kg.namespaces import KG
from kg.rdf import NamedNode
from kg.records import (
    ROLES,
    Annotation,
    Claim,
    Entity,
    Interval,
    Kind,
    Paper,
    Predicate,
    Role,
    Status,
    claims_of,
    mentions_of,
)

__all__ = ["CLAIM_PROPERTIES", "Evidence", "Run", "Statement", "statements_of"]

_ROLE_PROPERTIES: Final[Mapping[tuple[Kind, Role], NamedNode]] = MappingProxyType(
    {
        (Kind.METHOD, Role.PROPOSED): KG.proposes,
        (Kind.METHOD, Role.USED): KG.uses,
        (Kind.METHOD, Role.COMPARED): KG.comparedWith,
        (Kind.DATASET, Role.INTRODUCED): KG.introduces,
        (Kind.DATASET, Role.USED): KG.usesDataset,
        (Kind.TASK, Role.ADDRESSED): KG.addressesTask,
        (Kind.METRIC, Role.REPORTED): KG.reportsMetric,
        (Kind.MODALITY, Role.STUDIED): KG.hasModality,
        (Kind.DISEASE, Role.STUDIED): KG.targetsDisease,
        (Kind.ANATOMY, Role.STUDIED): KG.imagesAnatomy,
    }
)

_RELATION_PROPERTIES: Final[Mapping[str, NamedNode]] = MappingProxyType(
    {
        Predicate.PART_OF: KG.partOf,
        Predicate.BASED_ON: KG.basedOn,
        Predicate.EVALUATED_ON: KG.evaluatedOn,
        Predicate.TRAINED_ON: KG.trainedOn,
        Predicate.COMPARED_WITH: KG.comparedWith,
        Predicate.ADDRESSES: KG.addressesTask,
        Predicate.APPLIED_TO: KG.hasModality,
        Predicate.TARGETS: KG.targetsDisease,
        Predicate.HAS_MODALITY: KG.hasModality,
        Predicate.COVERS: KG.coversDisease,
        Predicate.NARROWER_THAN: KG.narrowerThan,
    }
)

CLAIM_PROPERTIES: Final = tuple(
    sorted({KG.mentions, *_ROLE_PROPERTIES.values(), *_RELATION_PROPERTIES.values()}, key=lambda one: one.value)
)
"""What claims are made with."""


@dataclass(frozen=True, slots=True)
class Run:
    """What made the annotations: the same run gives the same bytes.

    Attributes:
        version: Of `kg`.
        vocabulary: SHA-256 of the vocabularies.
        configuration: SHA-256 of the extraction pipeline's configuration.
        model: SHA-256 of the learned model, where there is one.
    """

    version: str
    vocabulary: str
    configuration: str
    model: str | None = None


class Statement(NamedTuple):
    """A distinct claim: what is said, and whether it is asserted, denied, supposed or background."""

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode
    status: Status

    def iri(self, iris: Iris) -> NamedNode:
        """The assertion's, a hash of the four."""
        parts = (self.subject.value, self.predicate.value, self.object.value, self.status.value)
        return iris.digest("assertion", *parts)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one paper gives for a statement; mentions and sentences in text order.

    Attributes:
        decisions: Ids of people's decisions that it rests on, in order.
    """

    confidence: float
    mentions: tuple[tuple[Interval, Kind], ...]
    sentences: tuple[Interval, ...]
    decisions: tuple[str, ...] = ()


def statements_of(
    paper: Paper, annotation: Annotation, nodes: Mapping[str, str], iris: Iris
) -> dict[Statement, Evidence]:
    """The distinct claims of a paper, in order; several claims that say the same are one with more evidence.

    Where two of a paper's names are one concept, the paper has one role to it: the first in order of `ROLES`.

    Args:
        paper: With its text.
        annotation: What was read off it.
        nodes: The IRI of the concept that each entity's name stands for.
        iris: Makes the IRIs.
    """
    entities = {entity.name: entity for entity in annotation.entities}
    strongest = _strongest_roles(annotation, nodes)
    found: dict[Statement, list[Claim]] = {}
    for claim in claims_of(annotation):
        statement = _statement(paper, claim, entities, nodes, iris)
        if statement.subject == statement.object or _outdone(claim, strongest, nodes):
            continue
        found.setdefault(statement, []).append(claim)
    return {one: _evidence(paper, found[one], entities) for one in sorted(found, key=_order)}


def _order(statement: Statement) -> tuple[str, str, str, str]:
    return (statement.subject.value, statement.predicate.value, statement.object.value, statement.status.value)


def _statement(
    paper: Paper, claim: Claim, entities: Mapping[str, Entity], nodes: Mapping[str, str], iris: Iris
) -> Statement:
    def node(name: str | None) -> NamedNode:
        return iris.paper(paper) if name is None else NamedNode(nodes[name])

    subject, obj, status = node(claim.subject), node(claim.object), claim.status
    if claim.subject is not None or claim.object is None:
        return Statement(subject, _RELATION_PROPERTIES[claim.predicate], obj, status)
    role = _ROLE_PROPERTIES.get((entities[claim.object].type, Role(claim.predicate)))
    return Statement(subject, role, obj, status) if role else Statement(subject, KG.mentions, obj, Status.BACKGROUND)


def _strongest_roles(annotation: Annotation, nodes: Mapping[str, str]) -> dict[str, Role]:
    strongest: dict[str, Role] = {}
    for entity in annotation.entities:
        iri = nodes[entity.name]
        order = ROLES[entity.type]
        strongest[iri] = min(entity.role, strongest.get(iri, entity.role), key=order.index)
    return strongest


def _outdone(claim: Claim, strongest: Mapping[str, Role], nodes: Mapping[str, str]) -> bool:
    if claim.subject is not None or claim.object is None:
        return False
    if claim.decision is not None and claim.predicate != Role.MENTIONED:
        return False  # a person said so
    return strongest[nodes[claim.object]] != claim.predicate


def _evidence(paper: Paper, claims: list[Claim], entities: Mapping[str, Entity]) -> Evidence:
    mentions: set[tuple[Interval, Kind]] = set()
    for claim in claims:
        for name in (claim.subject, claim.object):
            if name is not None:
                places = set(mentions_of(entities[name], paper.text))
                named = places & set(claim.mentions) if claim.mentions else places
                mentions |= {(place, entities[name].type) for place in named}
    sentences = {claim.sentence for claim in claims if claim.sentence is not None}
    decisions = {claim.decision for claim in claims if claim.decision is not None}
    confidence = max(claim.confidence for claim in claims)
    return Evidence(confidence, tuple(sorted(mentions)), tuple(sorted(sentences)), tuple(sorted(decisions)))
