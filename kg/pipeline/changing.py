"""A graph changed without any text being read: papers removed or retracted, decisions of people followed."""

from collections.abc import Callable, Iterable

from kg.pipeline.building import Building
from kg.pipeline.finding import find_papers
from kg.records import Paper
from kg.store import Decisions, GraphDirectory, Records, Retraction

__all__ = ["remove", "retract", "update"]


def update(
    directory: GraphDirectory,
    change: Callable[[Records], None] | None = None,
    *,
    decide: Callable[[Decisions], Decisions] | None = None,
) -> None:
    """Change the papers of a graph, or what people decide about it, whole or not at all; no text is read.

    Args:
        directory: Of the graph.
        change: What is done to the papers.
        decide: Gives the decisions that take the place of those in the directory.

    Raises:
        InputError: The decisions are malformed, contradict each other, or are about something unknown.
        GraphError: There is no graph, it is damaged, or the new one would not be valid; nothing is written.
        OutputError: The directory cannot be written; the former graph is untouched.
    """
    directory.built()  # a folder without a graph is not locked, for that would make it
    with directory.edit() as edit:
        building = Building(directory, edit, None)
        building.check_vocabularies()
        if change is not None:
            change(edit.records)
        told = directory.decided()
        if decide is not None:
            told = decide(told)
        building.follow(told)
        building.finish(told, decided=decide is not None)


def remove(directory: GraphDirectory, names: Iterable[str]) -> list[Paper]:
    """Take papers out of a graph, with all that only they support.

    Args:
        directory: Of the graph.
        names: The papers, by id, DOI, arXiv id, PMID, IRI or exact title.

    Raises:
        UsageError: A paper is not there.
        GraphError: There is no graph, or it is damaged.
        OutputError: The directory cannot be written; the former graph is untouched.
    """
    wanted, gone = list(names), list[Paper]()

    def change(records: Records) -> None:
        for key in find_papers(records, wanted, directory.built().base_iri):
            gone.append(records[key].paper)
            records.remove(key)

    update(directory, change)
    return gone


def retract(directory: GraphDirectory, name: str, retraction: Retraction | None) -> Paper:
    """Keep of a paper only that it was taken out and why, or take that back.

    Args:
        directory: Of the graph.
        name: The paper, by id, DOI, arXiv id, PMID, IRI or exact title.
        retraction: Why; None lets the paper count again.

    Raises:
        UsageError: The paper is not there.
        GraphError: There is no graph, or it is damaged.
        OutputError: The directory cannot be written; the former graph is untouched.
    """
    found: list[Paper] = []

    def change(records: Records) -> None:
        (key,) = find_papers(records, [name], directory.built().base_iri)
        found.append(records[key].paper)
        records.retract(key, retraction)

    update(directory, change)
    return found[0]
