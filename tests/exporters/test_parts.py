"""A page that shows a part of a graph tells of that part what the whole page tells of it."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import tables
from kg.exporters.explorer.marks import Mark, read_marks
from kg.exporters.picture.making import Node, make_picture
from kg.exporters.picture.reading import Facts, read_contents
from kg.namespaces import KG
from kg.rdf import parse_file
from kg.store import Graph

_SAMPLE: Final = Path(__file__).parents[2] / "exports" / "graph.trig"
_ALL: Final = 10_000

_Said = tuple[str, int, str, bool, str, float | None, tuple[str, ...]]


@pytest.fixture(scope="module")
def sample() -> Graph:
    return Graph.of(parse_file(_SAMPLE))


class _Page:
    """What a page tells: nodes by IRI, statements with the texts of their sentences, marks, results by paper."""

    def __init__(self, graph: Graph, max_nodes: int) -> None:
        contents = read_contents(graph, max_nodes)
        picture = make_picture(contents)
        self.nodes: dict[str, Node] = {node.iri: node for node in picture.nodes}
        self.left_out = picture.left_out
        self.authors = contents.authors
        self.results: list[Facts] = [*contents.results.values()]
        marks = read_marks(graph, contents)
        self.marks: dict[str, tuple[Mark, ...]] = {iri: marks.get(iri, ()) for iri in contents.sentences}
        ends = [node.iri for node in picture.nodes]
        self.said: set[_Said] = {
            (
                *(ends[each.subject], each.predicate, ends[each.object]),
                *(each.drawn, each.status, each.confidence),
                tuple(contents.sentences[iri].text for iri in each.sentences),
            )
            for each in picture.statements
        }


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 300))
def test_a_part_tells_of_itself_what_the_whole_tells(sample: Graph, max_nodes: int) -> None:
    whole, part = _Page(sample, _ALL), _Page(sample, max_nodes)

    assert len(part.nodes) == min(max_nodes, len(whole.nodes)) == len(whole.nodes) - part.left_out
    assert part.nodes.items() <= whole.nodes.items()
    assert part.authors.items() <= whole.authors.items()
    assert part.marks.items() <= whole.marks.items()
    assert part.said == {one for one in whole.said if one[0] in part.nodes and one[2] in part.nodes}
    shown = [facts for facts in whole.results if part.nodes.keys() & {*facts[KG.reportedIn.value]}]
    assert part.results == shown


def test_tables_of_a_part_are_of_the_papers_it_shows(sample: Graph) -> None:
    contents = read_contents(sample, 40)
    told = tables.read_contents(sample, frozenset(contents.chosen))

    assert {*told.papers} == {iri for iri in contents.chosen if contents.types[iri] == "Paper"}
    assert {*told.results} == {*contents.results}
    assert 0 < len(told.results) < len(tables.read_contents(sample).results)
