"""Annotations as people decided that they should be."""

from hashlib import sha256

from kg.errors import GraphError
from kg.records import Annotation, ClaimDecision, Paper, encode_claim_decision
from kg.reviewing import Standing, apply, parse_claim_decisions, stale_decisions
from kg.store import Decisions, GraphDirectory, Record

__all__ = ["annotation_of", "digest_of_decisions", "stale", "standing_of"]


def standing_of(directory: GraphDirectory, decisions: Decisions) -> Standing:
    """The decisions about claims that stand.

    Raises:
        InputError: They are malformed.
    """
    return Standing(parse_claim_decisions(decisions.claims, directory.claims_path))


def annotation_of(record: Record, standing: Standing) -> Annotation | None:
    """What holds of a paper: what was read off it, under what people decided; None for one that does not count.

    Raises:
        GraphError: The paper has not been read.
    """
    if record.retraction is not None:
        return None
    if record.annotation is None:
        raise GraphError(f"paper {record.paper.id} has not been read; build the graph again")
    return apply(record.paper, record.annotation, standing.of(record.paper))


def stale(record: Record, annotation: Annotation, standing: Standing) -> tuple[ClaimDecision, ...]:
    """The decisions that cannot be carried out, for what they rest on stands in the text no more."""
    return stale_decisions(standing.of(record.paper), annotation)


def digest_of_decisions(paper: Paper, standing: Standing) -> str:
    """Digest of the decisions about a paper; empty where there are none."""
    told = standing.of(paper)
    return sha256("\n".join(map(encode_claim_decision, told)).encode()).hexdigest() if told else ""
