"""The decisions about claims that lie beside a graph: read, and added to from a file that the review page saved."""

from dataclasses import replace
from pathlib import Path

from kg.errors import InputError
from kg.pipeline import update
from kg.records import ClaimDecision
from kg.reviewing import merge_claim_decisions, parse_claim_decisions
from kg.store import Decisions, GraphDirectory

__all__ = ["claim_decisions", "take_decisions"]


def claim_decisions(directory: GraphDirectory) -> list[ClaimDecision]:
    """Read the decisions about claims that lie in a graph's folder, in order; there need be none.

    Raises:
        InputError: They are malformed.
        GraphError: The file cannot be read.
    """
    return parse_claim_decisions(directory.decided().claims, directory.claims_path)


def take_decisions(directory: GraphDirectory, saved: Path) -> int:
    """Add the decisions of a file to those of a graph, which then follows them; all or none. No text is read.

    Those that are there already stay once.

    Args:
        directory: Of the graph.
        saved: A file as the review page saves it.

    Returns:
        How many were added.

    Raises:
        InputError: A file is malformed, or one id stands for two decisions; nothing is written.
        GraphError: There is no graph, or it is damaged.
        OutputError: The graph's folder cannot be written; nothing has changed.
    """
    directory.built()
    try:
        more = saved.read_bytes()
    except OSError as error:
        raise InputError(str(saved), f"cannot be read ({error.strerror})", "check the path and its rights") from error
    counts = [0]

    def merge(told: Decisions) -> Decisions:
        merged, counts[0] = merge_claim_decisions(told.claims, directory.claims_path, more, saved)
        return replace(told, claims=merged)

    update(directory, decide=merge)
    return counts[0]
