"""Names that are put together by key, part by part, become the concepts that linking them at once gives."""

import os
from collections.abc import Sequence
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.concepts import Linking
from kg.linking import link, without_cycles
from kg.mapping import Iris, Run, concept_quads
from kg.records import Annotation, Entity
from kg.settings import Settings
from kg.sharding import Shards
from kg.sharding.blocks import blocks_of, on_cycles
from kg.sharding.exchange import inbox
from kg.sharding.extracting import send_names
from kg.sharding.job import Job
from kg.sharding.joining import divide, find_blocks, gather, join
from kg.sharding.mapping import resolve
from kg.sharding.placing import conceive, find, place, stand
from kg.sharding.quads import quads_in
from kg.store import Graph
from kg.vocabulary import Vocabulary, read_vocabulary
from tests.linking.test_properties import BASE, ENTITIES, VOCABULARY_TEXT

if TYPE_CHECKING:
    from pathlib import Path

DATA: Final = BASE.removesuffix("method/")
FOUND = st.lists(ENTITIES, max_size=4, unique_by=lambda one: one.name).map(tuple)
EDGES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=20)


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    path: Path = tmp_path_factory.mktemp("vocabulary") / "method.ttl"
    path.write_text(VOCABULARY_TEXT, "utf-8")
    return read_vocabulary([path])


def linked_in_parts(shards: Shards, papers: Sequence[Annotation], parts: int, keyed: int) -> Job:
    job = Job(shards, (), None, Settings(), DATA, Run("1", "", ""), skip_bad=False, parts=parts, keyed=keyed)
    for part in range(parts):
        send_names(job, part, ((one.id, one) for one in papers[part::parts]))
    for stage, count in (
        *((gather, keyed), (find_blocks, 1), (divide, keyed), (join, keyed), (find, keyed), (place, keyed)),
        *((stand, 1), (conceive, keyed), (resolve, keyed)),
    ):
        for part in range(count):
            stage(job, part)
    return job


def lines_of(linking: Linking) -> list[bytes]:
    concepts = linking.concepts
    quads = (quad for one in concepts.values() for quad in concept_quads(one, concepts.__contains__, Iris(DATA)))
    return sorted(Graph.of(quads).lines())


@settings(deadline=None, max_examples=int(os.environ.get("EXAMPLES", "40")))
@given(st.lists(FOUND, min_size=1, max_size=6), st.integers(1, 3), st.integers(1, 3))
def test_concepts_made_in_any_number_of_parts_are_those_of_linking_at_once(
    vocabulary: Vocabulary, found: list[tuple[Entity, ...]], parts: int, keyed: int
) -> None:
    papers = [Annotation(f"p{number}", entities) for number, entities in enumerate(found)]
    expected = link(papers, vocabulary, DATA)

    with TemporaryDirectory() as folder, patch("kg.sharding.job.open_vocabulary", return_value=vocabulary):
        job = linked_in_parts(Shards(folder), papers, parts, keyed)
        concepts = sorted(Graph.of(quads_in(job.shards)).lines())
        nodes = {
            (paper, entity): node
            for part in range(parts)
            for paper, entity, node in inbox(job.shards, job.work("resolve"), keyed, part)
        }

    assert concepts == lines_of(expected)
    assert nodes == dict(expected.iris)


@given(EDGES)
def test_blocks_are_what_hangs_together(pairs: list[tuple[int, int]]) -> None:
    members, first = blocks_of(*(np.array([pair[at] for pair in pairs], np.int64) for at in (0, 1)))

    groups = [{member} for member in {member for _, member in pairs}]
    for key in {key for key, _ in pairs}:
        met = [group for group in groups if any((key, member) in pairs for member in group)]
        groups = [group for group in groups if group not in met] + [set().union(*met)]
    assert dict(zip(members.tolist(), first.tolist(), strict=True)) == {
        member: min(group) for group in groups for member in group
    }


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 12), min_size=1))
@example({1: 2, 2: 1, 3: 1, 4: 5})
def test_edges_on_cycles_are_those_from_which_one_comes_back(above: dict[int, int]) -> None:
    found = on_cycles(np.array(list(above)), np.array(list(above.values())))

    for node, is_on in zip(above, found.tolist(), strict=True):
        seen, at = set[int](), above[node]
        while at in above and at not in seen and at != node:
            seen.add(at)
            at = above[at]
        assert is_on == (at == node)


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 12), min_size=1))
def test_only_edges_on_cycles_close_one(above: dict[int, int]) -> None:
    edges = sorted((f"{narrow:02}", f"{broad:02}") for narrow, broad in above.items())
    on = on_cycles(*(np.array([int(edge[at]) for edge in edges]) for at in (0, 1)))
    cyclic = [edge for edge, is_on in zip(edges, on.tolist(), strict=True) if is_on]

    assert set(edges) - set(without_cycles(edges)) == set(cyclic) - set(without_cycles(cyclic))
