"""Annotated texts to learn from: ours, and public ones that follow guidelines of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.evaluation import one_source, papers_of, read_annotations, read_marked
from kg.readers import read_papers
from kg.records import Annotation, Paper, mentions_of

__all__ = ["Labelled", "Place", "read_gold", "read_spans", "read_texts"]


class Place(NamedTuple):
    """A labelled stretch of a text, in characters; the role is empty where none is known."""

    start: int
    end: int
    label: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with what people marked in it.

    Attributes:
        guideline: Whose rules they followed.
        flat: Places that do not overlap.
        nested: Places inside those.
        gold: The record they were taken from, where there is one.
    """

    paper: Paper
    guideline: str
    flat: tuple[Place, ...]
    nested: tuple[Place, ...] = ()
    gold: Annotation | None = None


def read_gold(folder: Path, name: str) -> list[Labelled]:
    """Read ``NAME.texts.jsonl`` and ``NAME.gold.jsonl``.

    Raises:
        InputError: A file is missing, or a line does not have the shape it must have.
    """
    texts, place = str(folder / f"{name}.texts.jsonl"), str(folder / f"{name}.gold.jsonl")
    gold = read_annotations(one_source(place))
    papers = papers_of(gold, read_papers([texts]), place, texts)
    return [_labelled(paper, gold[paper.id]) for paper in papers]


def read_spans(path: Path, guideline: str) -> list[Labelled]:
    """Read a corpus of records with ``text`` and ``spans``, each ``[start, end, label]``.

    Raises:
        InputError: The file is missing.
    """
    return [
        Labelled(one.paper, guideline, _flat(Place(*span) for span in one.spans)[0])
        for one in read_marked(one_source(str(path)))
    ]


def read_texts(path: Path) -> list[Paper]:
    """Read texts that nobody annotated.

    Raises:
        InputError: The file is missing.
    """
    return list(read_papers([str(path)]))


def _labelled(paper: Paper, gold: Annotation) -> Labelled:
    flat, nested = _places(gold, paper.text)
    return Labelled(paper, "kg", flat, nested, gold)


def _places(gold: Annotation, text: str) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Give all places of all entities, the longest of overlapping ones apart from those nested in them."""
    return _flat(
        Place(start, end, entity.type.value, entity.role.value)
        for entity in gold.entities
        for start, end in mentions_of(entity, text)
    )


def _flat(places: Iterator[Place]) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    kept: list[Place] = []
    nested: list[Place] = []
    for one in sorted(set(places), key=lambda one: (one.start - one.end, one)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
        elif any(other.start <= one.start and one.end <= other.end for other in kept) and all(
            one.end <= other.start or other.end <= one.start for other in nested
        ):
            nested.append(one)
    return tuple(sorted(kept)), tuple(sorted(nested))
