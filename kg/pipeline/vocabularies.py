"""The vocabularies of a graph: what comes with `kg`, and what was added to the graph."""

from collections.abc import Iterable
from pathlib import Path

from kg.errors import UsageError
from kg.store import GraphDirectory
from kg.vocabulary import AddedVocabularies, Index, Vocabulary, layered, shipped_vocabulary

__all__ = ["added_vocabularies", "told_vocabularies", "vocabulary_of"]


def added_vocabularies(path: Path) -> tuple[tuple[str, str], ...]:
    """Give the vocabularies that were added to a graph as `Settings` take them.

    Raises:
        UsageError: There is no graph directory here.
        GraphError: A vocabulary is damaged.
    """
    if not path.is_dir():
        raise UsageError(f"{path}: no graph directory, whose vocabularies could be used; check the path")
    return told_vocabularies(AddedVocabularies(GraphDirectory(path).vocabularies))


def told_vocabularies(vocabularies: Iterable[Index]) -> tuple[tuple[str, str], ...]:
    """Give vocabularies as `Settings` take them: path and digest."""
    return tuple((str(one.path), one.digest) for one in vocabularies)


def vocabulary_of(directory: GraphDirectory) -> Vocabulary:
    """Give the vocabulary that a graph was built with.

    Raises:
        GraphError: There is no graph, or it is damaged.
    """
    directory.built()
    return layered(shipped_vocabulary(), AddedVocabularies(directory.vocabularies))
