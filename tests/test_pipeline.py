"""The whole road on the sample: what is built, and that it depends on nothing but the papers."""

import random
import secrets
from pathlib import Path

import msgspec
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.exporters import exporter
from kg.pipeline import build
from kg.readers import read_papers
from kg.records import Paper, encode
from kg.store import Graph, GraphDirectory, open_graph
from tests.cases import SAMPLE, SHARED
from tests.cli.runner import kg_process

FILES = {"turtle": "graph.ttl", "trig": "graph.trig", "html": "graph.html"}
FORMATS = tuple(FILES)


def build_graph(papers: list[Paper], path: Path) -> Graph:
    build(papers, GraphDirectory(path))
    return open_graph(path)


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    return list(read_papers([str(SAMPLE)]))


@pytest.fixture(scope="module")
def sample(papers: list[Paper], tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return build_graph(papers, tmp_path_factory.mktemp("sample") / "graph")


def count(graph: Graph, pattern: str) -> int:
    return len(graph.select(f"SELECT DISTINCT ?x {{ {pattern} }}"))


def test_the_sample_gives_its_papers_their_authors_and_their_links(sample: Graph) -> None:
    assert count(sample, "?x a kg:Paper ; dcterms:title ?t ; dcterms:issued ?d ; kg:category ?c") == 38
    assert count(sample, "?x dcterms:creator/foaf:name 'Luyang Luo'") == 38
    assert count(sample, "?p foaf:name ?x FILTER(CONTAINS(?x, 'et al'))") == 0
    assert count(sample, "?x kg:abstractNote ?n") == 38
    assert count(sample, "?x dcterms:abstract ?a") == 0


def test_every_code_address_printed_in_the_sample_is_in_the_graph(sample: Graph, papers: list[Paper]) -> None:
    printed = {word.rstrip(".") for paper in papers for word in paper.abstract.split() if "github.com" in word}
    linked = {str(row["code"]) for row in sample.select("SELECT ?code { ?p kg:hasCode ?code }")}

    assert {f"<{address}>" for address in printed} <= linked


def test_every_quote_of_the_sample_is_the_text_at_its_offsets(sample: Graph) -> None:
    query = """SELECT ?text ?start ?end ?exact {
        { ?t oa:hasSource/rdf:value ?text ; oa:hasSelector [ oa:start ?start ; oa:end ?end ], [ oa:exact ?exact ] }
        UNION { ?s a kg:Sentence ; oa:hasSource/rdf:value ?text ; oa:start ?start ; oa:end ?end ; oa:exact ?exact } }"""
    rows = [[term.value for term in row.values() if term] for row in sample.select(query)]

    assert len(rows) > 1000
    assert all(text[int(start) : int(end)] == exact for text, start, end, exact in rows)


def test_every_asserted_claim_of_the_sample_leads_to_a_sentence(sample: Graph) -> None:
    without = """SELECT ?a { ?a a kg:Assertion ; kg:status kg:asserted
        FILTER NOT EXISTS { ?e kg:supports ?a ; prov:wasDerivedFrom ?s . ?s a kg:Sentence } }"""

    assert sample.select(without) == []


def test_rdflib_reads_the_exports_of_the_sample_as_the_store_holds_them(sample: Graph) -> None:
    quads = rdflib.Dataset()
    quads.parse(data=exporter("nquads")(sample), format="nquads")
    union = rdflib.Graph()
    for subject, predicate, obj, _ in quads.quads():
        union.add((subject, predicate, obj))
    turtle = rdflib.Graph().parse(data=exporter("turtle")(sample), format="turtle")
    trig = rdflib.Dataset()
    trig.parse(data=exporter("trig")(sample), format="trig")

    assert set(turtle) == set(union)  # as they stand: there are no blank nodes
    assert set(trig.quads()) == set(quads.quads())


def test_shuffled_input_and_any_hash_seed_give_the_same_bytes(
    papers: list[Paper], sample: Graph, tmp_path: Path
) -> None:
    made_here = {name: exporter(name)(sample) for name in FORMATS}  # in order, with the seed of this process

    for seed in range(2):
        shuffled = random.Random(seed).sample(papers, len(papers))
        path = tmp_path / f"papers{seed}.jsonl"
        path.write_text("".join(f"{encode(paper)}\n" for paper in shuffled), "utf-8")
        asked = ("build", path, "-g", tmp_path / f"graph{seed}", "--out", tmp_path / f"out{seed}")
        assert kg_process(*asked, PYTHONHASHSEED=str(seed)).returncode == 0
        made = {file.name: file.read_bytes() for file in (tmp_path / f"out{seed}").iterdir()}
        assert made == {FILES[name]: content for name, content in made_here.items()}


def test_papers_added_one_batch_after_another_give_the_graph_of_all_at_once(
    papers: list[Paper], tmp_path: Path
) -> None:
    some = papers[:9]
    whole = build_graph(some, tmp_path / "whole")
    for batch in (some[6:], some[:4], some[3:7]):
        grown = build_graph(batch, tmp_path / "grown")

    for name in FORMATS:
        assert exporter(name)(grown) == exporter(name)(whole)


def test_a_changed_paper_replaces_the_former_one(papers: list[Paper], tmp_path: Path) -> None:
    first, second = papers[:2]
    changed = msgspec.structs.replace(first, abstract="We propose PebbleNet for glaucoma.")
    build_graph([first, second], tmp_path / "graph")

    report = build([changed, second], GraphDirectory(tmp_path / "graph"))

    assert (report.added, report.changed, report.again, report.papers) == (0, 1, 0, 2)
    fresh = build_graph([changed, second], tmp_path / "fresh")
    assert exporter("nquads")(open_graph(tmp_path / "graph")) == exporter("nquads")(fresh)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.builds(
            lambda number, title, doi: Paper(f"id{number}", f"A {title}", "We use CT.", doi=doi),
            st.integers(0, 2),
            st.sampled_from(["stone", "river", "brook"]),
            st.sampled_from([None, "10.5555/a", "10.5555/b"]),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_came_before_the_graph_is_that_of_the_papers_in_it(tmp_path: Path, batches: list[Paper]) -> None:
    folder = tmp_path / secrets.token_hex(4)
    for paper in batches:
        build([paper], GraphDirectory(folder / "grown"))
    kept = [paper for paper, _ in GraphDirectory(folder / "grown").records()]

    build(kept, GraphDirectory(folder / "whole"))

    assert batches[-1] in kept
    assert len({paper.id for paper in kept}) == len({paper.key for paper in kept}) == len(kept)
    grown, whole = (exporter("nquads")(open_graph(folder / name)) for name in ("grown", "whole"))
    assert grown == whole


def test_a_record_that_gains_a_doi_stays_one_paper(papers: list[Paper], tmp_path: Path) -> None:
    build_graph(papers[:1], tmp_path / "graph")

    graph = build_graph([msgspec.structs.replace(papers[0], doi="10.5555/1")], tmp_path / "graph")

    assert [str(row["p"]) for row in graph.select("SELECT ?p { ?p a kg:Paper }")] == [
        "<https://example.org/kg/id/paper/doi/10.5555%2F1>"
    ]


def test_a_record_known_by_another_identifier_stays_one_paper(papers: list[Paper], tmp_path: Path) -> None:
    known = msgspec.structs.replace(papers[0], id="a", doi="10.5555/1", pmid="7")
    build_graph([known], tmp_path / "graph")

    graph = build_graph([msgspec.structs.replace(papers[0], id="b", title="Renamed", pmid="7")], tmp_path / "graph")

    assert [str(row["p"]) for row in graph.select("SELECT ?p { ?p a kg:Paper }")] == [
        "<https://example.org/kg/id/paper/pmid/7>"
    ]


def test_another_base_iri_is_kept_by_the_graph(papers: list[Paper], tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "graph")
    build(papers[:1], directory, base_iri="https://lab.example/kg/")
    build(papers[1:2], directory)

    nodes = [str(row["p"]) for row in open_graph(directory.path).select("SELECT ?p { ?p a kg:Paper }")]
    assert len(nodes) == 2
    assert all(node.startswith("<https://lab.example/kg/paper/") for node in nodes)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real author page is not here")
def test_the_real_page_gives_38_papers(tmp_path: Path) -> None:
    graph = build_graph(list(read_papers([str(SHARED / "corpus" / "author-page.txt")])), tmp_path / "graph")

    assert count(graph, "?x a kg:Paper ; dcterms:abstract ?a ; dcterms:issued ?d") == 38
    assert count(graph, "?x dcterms:creator/foaf:name 'Luyang Luo'") == 38
