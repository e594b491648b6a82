"""Papers that were read elsewhere put into a graph."""

from collections.abc import Iterator
from typing import Protocol

from kg.errors import UsageError
from kg.mapping import Run
from kg.pipeline.building import Building, BuildReport
from kg.pipeline.reading import Progress, digest_of, unseen
from kg.pipeline.writing import Made
from kg.records import Annotation, Paper
from kg.store import Decisions, GraphDirectory, Unfinished

__all__ = ["Loadable", "load"]


class Loadable(Made, Protocol):
    """Papers, what was read off them, and the quads of the graph that they alone make.

    Attributes:
        base_iri: Under which the quads name papers and concepts.
        run: What read the papers.
        reading: Digest of that and of the code, when it was done.
        linked: Digest of what decided how they were linked and told (`kg.pipeline.reading.digest_of_linking`).
    """

    base_iri: str
    run: Run
    reading: str
    linked: str

    def papers(self) -> Iterator[Paper]:
        """Each once."""

    def annotations(self) -> Iterator[tuple[str, Annotation]]:
        """What was read off them, each with the key of its paper."""


def load(loadable: Loadable, directory: GraphDirectory, *, progress: Progress = unseen) -> BuildReport:
    """Add papers to a graph as `kg.pipeline.build` does, without reading their texts.

    Into a graph that is new, and about which nobody has decided anything, the quads go as they are.

    Raises:
        UsageError: They were made by another `kg`, or with other vocabularies or another base IRI than the graph, or
            something else has read other papers of the graph.
        GraphError: The directory holds a damaged graph, or the new graph would not be valid; nothing is written.
        OutputError: The directory cannot be written; the former graph is untouched.
    """
    with directory.edit() as edit:
        building = Building(directory, edit, loadable.base_iri)
        if loadable.reading != digest_of(loadable.run):
            raise UsageError("the shards were made by another version of kg; make them again with this one")
        building.check_linked(loadable.linked)
        told = directory.decided()
        building.follow(told)
        is_new = directory.manifest() is None and told == Decisions()
        added, changed = building.take(loadable.papers())
        building.take_read(loadable.run, loadable.annotations())
        concepts = building.finish(told, made=loadable if is_new else None, progress=progress)
        count = len(edit.records)
        Unfinished.discard(directory.path)
    return BuildReport(added, changed, 0, count, concepts, interrupted=edit.interrupted, stale=building.stale)
