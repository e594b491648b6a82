"""The decisions about claims that lie beside a graph: read, and added to from a file that the review page saved."""

from pathlib import Path
from typing import Final

from kg.errors import GraphError, InputError
from kg.files import write_file
from kg.records import ClaimDecision
from kg.reviewing import merge_claim_decisions, parse_claim_decisions
from kg.store import GraphDirectory

__all__ = ["claim_decisions", "take_decisions"]

_NAME: Final = "claims.decisions.jsonl"


def claim_decisions(directory: GraphDirectory) -> list[ClaimDecision]:
    """Read the decisions about claims that lie in a graph's folder, in order; there need be none.

    Raises:
        InputError: They are malformed.
        GraphError: The file cannot be read.
    """
    path = directory.path / _NAME
    return parse_claim_decisions(_content(path), path)


def take_decisions(directory: GraphDirectory, saved: Path) -> int:
    """Add the decisions of a file to those of a graph, all or none; those that are there already stay once.

    Args:
        directory: Of the graph.
        saved: A file as the review page saves it.

    Returns:
        How many were added.

    Raises:
        InputError: A file is malformed, or one id stands for two decisions; nothing is written.
        GraphError: There is no graph, or its decisions cannot be read.
        OutputError: The graph's folder cannot be written; nothing has changed.
    """
    directory.built()  # a folder without a graph is not locked, for that would make it
    try:
        more = saved.read_bytes()
    except OSError as error:
        raise InputError(str(saved), f"cannot be read ({error.strerror})", "check the path and its rights") from error
    path = directory.path / _NAME
    with directory.locked():
        merged, added = merge_claim_decisions(_content(path), path, more, saved)
        if added:
            write_file(path, merged)
    return added


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise GraphError(f"{path}: cannot be read ({error.strerror}); check its rights") from error
