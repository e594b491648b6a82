"""A graph that is kept up paper by paper is linked as one that is linked at once."""

import os
import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.concepts import Linking
from kg.linking import LinkIndex, link, settle
from kg.records import Annotation, Entity
from kg.vocabulary import Vocabulary, read_vocabulary
from tests.linking.test_properties import BASE, CHOICES, ENTITIES, VOCABULARY_TEXT, Choices, decisions_of

if TYPE_CHECKING:
    from pathlib import Path

DATA = BASE.removesuffix("method/")

FOUND = st.lists(ENTITIES, max_size=4, unique_by=lambda one: one.name).map(tuple)
STEPS = st.lists(st.lists(st.tuples(st.integers(0, 5), FOUND), max_size=3), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    path: Path = tmp_path_factory.mktemp("vocabulary") / "method.ttl"
    path.write_text(VOCABULARY_TEXT, "utf-8")
    return read_vocabulary([path])


def linking_of(index: LinkIndex, papers: list[Annotation]) -> tuple[object, ...]:
    iris = {(one.id, entity): node for one in papers for entity, node in index.nodes_of(one.id).items()}
    concepts = {iri: index.concept(iri) for iri in index.concepts()}
    node_of = dict(index.database.execute("SELECT iri, node FROM nodes").fetchall())
    return concepts, iris, node_of, tuple(index.rows())


def told(linking: Linking) -> tuple[object, ...]:
    return dict(linking.concepts), dict(linking.iris), dict(linking.node_of), linking.rows


@settings(deadline=None, max_examples=int(os.environ.get("EXAMPLES", "100")))
@given(STEPS, st.lists(CHOICES, min_size=1, max_size=3))
def test_papers_that_come_change_and_go_leave_what_linking_the_rest_at_once_gives(
    vocabulary: Vocabulary, steps: list[list[tuple[int, tuple[Entity, ...]]]], choices: list[Choices]
) -> None:
    database = sqlite3.connect(":memory:")
    index = LinkIndex(database, vocabulary, DATA)
    index.open()
    papers: dict[str, Annotation] = {}
    for number, step in enumerate(steps):
        before = {iri: index.concept(iri) for iri in index.concepts()}
        nodes = {one: index.nodes_of(one) for one in papers}
        for place, found in step:
            nodes.pop(f"p{place}", None)
            annotation = Annotation(f"p{place}", found)
            if annotation.id in papers:
                index.remove(annotation.id)
                del papers[annotation.id]
            if found:
                index.add(annotation)
                papers[annotation.id] = annotation
        annotations = [papers[one] for one in sorted(papers)]
        decisions = decisions_of(choices[number % len(choices)], annotations, vocabulary) if annotations else []
        index.decisions = decisions

        settle(index)

        expected = link(annotations, vocabulary, DATA, decisions)
        assert linking_of(index, annotations) == told(expected)
        changed = set(index.changed_concepts())
        after = {iri: index.concept(iri) for iri in index.concepts()}
        assert {iri for iri in before | after if before.get(iri) != after.get(iri)} <= changed
        moved = {one for one, former in nodes.items() if former != index.nodes_of(one)}
        assert moved <= set(index.moved_papers())
