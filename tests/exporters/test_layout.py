"""Topics, places and times: what the pictures are drawn from."""

import numpy as np

from benchmarks.graphs import invented_graph
from kg.exporters.explorer.marks import read_marks
from kg.exporters.picture.forces import spread, sunflower
from kg.exporters.picture.making import Node, Picture, Statement, make_picture
from kg.exporters.picture.petals import place_nodes
from kg.exporters.picture.reading import read_contents
from kg.exporters.picture.topics import find_topics
from tests.exporters.graphs import RIB_FRACTURES, stored_graph


def _picture(count: int, links: list[tuple[int, int]]) -> Picture:
    nodes = tuple(Node(f"n{n}", "Method", f"n{n}", f"n{n}", {}, frozenset()) for n in range(count))
    return Picture(nodes, tuple(Statement(a, 0, b, True, "asserted", None, ()) for a, b in links), 0)


def _clique(members: range) -> list[tuple[int, int]]:
    return [(a, b) for a in members for b in members if a < b]


def test_two_groups_with_one_link_between_them_are_two_topics() -> None:
    topics = find_topics(_picture(11, [*_clique(range(6)), *_clique(range(6, 11)), (0, 6)]))

    assert topics == [0] * 6 + [1] * 5


def test_a_node_without_statements_is_a_topic_of_its_own() -> None:
    assert find_topics(_picture(3, [(0, 1)])) == [0, 0, 1]
    assert find_topics(_picture(0, [])) == []


def test_topics_lie_apart() -> None:
    picture = make_picture(read_contents(invented_graph(900), 900))
    topics = np.array(find_topics(picture))
    places = np.array(place_nodes(picture, list(topics)), dtype=float)
    ends = np.array([(each.subject, each.object) for each in picture.statements if each.drawn])
    strangers = np.random.default_rng(1).integers(len(places), size=ends.shape)

    def mean(pairs: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]") -> float:
        return float(np.linalg.norm(places[pairs[:, 0]] - places[pairs[:, 1]], axis=1).mean())

    assert mean(ends) < 0.35 * mean(strangers)


def test_no_node_lies_on_another() -> None:
    picture = make_picture(read_contents(invented_graph(600), 600))
    places = place_nodes(picture, find_topics(picture))

    assert len(set(places)) > 0.99 * len(places)


def test_places_are_the_same_every_time() -> None:
    picture = make_picture(read_contents(stored_graph(RIB_FRACTURES), 100))
    shuffled = make_picture(read_contents(stored_graph(RIB_FRACTURES, seed=3), 100))

    assert place_nodes(picture, find_topics(picture)) == place_nodes(shuffled, find_topics(shuffled))


def test_overlapping_discs_are_pushed_apart() -> None:
    radii, none = np.full(30, 20.0), np.zeros((0, 2), dtype=np.intp)
    start = sunflower(30, 4.0)
    places = spread(start, radii, none, np.zeros((30, 2)), strengths=np.zeros(0), rounds=80)
    distances = np.linalg.norm(places[:, None] - places[None], axis=2)[~np.eye(30, dtype=bool)]

    assert distances.min() > 30
    assert np.linalg.norm(start[0] - start[1]) < 10


def test_marks_are_where_the_sentence_names_a_concept() -> None:
    graph = stored_graph(RIB_FRACTURES)
    contents = read_contents(graph, 100)
    texts = contents.sentences
    ((iri, marks),) = read_marks(graph, contents).items()

    assert [texts[iri].text[start:end] for start, end, _ in marks] == ["RibNet", "rib fractures"]
    assert [concept.rpartition("/")[2] for _, _, concept in marks] == ["ribnet", "rib-fracture"]
