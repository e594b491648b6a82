"""A small graph made of annotations as they might be stored: no text is read, so it is made in no time."""

from pathlib import Path

from kg.exporters import exporter
from kg.pipeline import linked, relink
from kg.records import Annotation, Entity, Kind, Paper, Role
from kg.store import GraphDirectory, Manifest, open_graph
from kg.vocabulary import shipped_vocabulary

__all__ = ["exports", "graph_of", "paper"]

_RUN = {"version": "0", "vocabulary": shipped_vocabulary().digest, "configuration": "c", "model": None}
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
    with directory.locked():
        ordered = sorted(records, key=lambda record: record[0].key)
        directory.replace(ordered, [], Manifest("run", "https://example.org/kg/id/", _RUN))
        relink(directory, decisions.encode(), linked(directory))
    return directory


def exports(directory: GraphDirectory, *formats: str) -> dict[str, bytes]:
    """The graph in these formats; by default in the one that holds all and is made quickly."""
    graph = open_graph(directory.path)
    return {name: exporter(name)(graph) for name in formats or ("nquads",)}
