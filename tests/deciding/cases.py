"""A small graph made of annotations as they might be stored: no text is read, so it is made in no time."""

from dataclasses import replace
from pathlib import Path

from kg.concepts import Concept
from kg.deciding.state import state_of
from kg.exporters import exporter
from kg.pipeline import build, update
from kg.records import Annotation, Entity, Kind, Paper, Role
from kg.store import GraphDirectory, open_graph

__all__ = ["concept", "exports", "graph_of", "node", "paper", "rewrite"]

_ROLES = {
    Kind.METHOD: Role.USED,
    Kind.DATASET: Role.USED,
    Kind.MODALITY: Role.STUDIED,
    Kind.DISEASE: Role.STUDIED,
    Kind.TASK: Role.ADDRESSED,
}

Record = tuple[Paper, Annotation]


def paper(paper_id: str, *entities: tuple[Kind, str] | tuple[Kind, str, str]) -> Record:
    """A paper that names these, each with the long form it may have beside it."""
    text = ". ".join(surface for _, *surfaces in entities for surface in surfaces)
    made = (Entity(kind, surfaces[0], tuple(surfaces), _ROLES[kind]) for kind, *surfaces in entities)
    return Paper(paper_id, f"Paper {paper_id}", text), Annotation(paper_id, tuple(made))


def graph_of(folder: Path, *records: Record, decisions: str = "") -> GraphDirectory:
    """Store the papers and link them."""
    directory = GraphDirectory(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if decisions:
        directory.decisions_path.write_text(decisions, "utf-8")
    build((paper for paper, _ in records), directory, annotations=[annotation for _, annotation in records])
    return directory


def rewrite(directory: GraphDirectory, decisions: bytes) -> None:
    """Put these decisions in the place of those of a graph."""
    update(directory, decide=lambda told: replace(told, concepts=decisions))


def node(directory: GraphDirectory, paper_id: str, name: str) -> str | None:
    """The IRI of the concept that a name stands for in a paper."""
    with state_of(directory) as state:
        return state.index.nodes_of(paper_id).get(name)


def concept(directory: GraphDirectory, paper_id: str, name: str) -> Concept:
    """The concept that a name stands for in a paper."""
    with state_of(directory) as state:
        found = state.index.concept(state.index.nodes_of(paper_id)[name])
    assert found is not None
    return found


def exports(directory: GraphDirectory, *formats: str) -> dict[str, bytes]:
    """The graph in these formats; by default in the one that holds all and is made quickly."""
    graph = open_graph(directory.path)
    return {name: exporter(name)(graph) for name in formats or ("nquads",)}
