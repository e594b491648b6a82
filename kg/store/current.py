"""Where the engine's store of a graph directory lies now, without opening it."""

from pathlib import Path

from kg.errors import GraphError

__all__ = ["current_store_path"]


def current_store_path(path: Path) -> Path:
    """Find the folder of the engine's store that the graph directory names as its current one.

    A build replaces the name, so each look may give another folder.

    Raises:
        GraphError: There is no graph in the directory.
    """
    try:
        name = (path / "CURRENT").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise GraphError(f"{path}: there is no graph here; make one with: kg build INPUT -g {path}") from error
    return path / name / "store"
