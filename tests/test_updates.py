"""A graph that lives: whatever was added, changed, removed, retracted or decided, it is that of what is left."""

import json
import os
import re
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, ClassVar

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import GraphError, InputError, KgError, UsageError
from kg.exporters import exporter
from kg.ledger import Row, with_rows
from kg.pipeline import build, examine, remove, retract, update
from kg.rdf import Literal
from kg.records import Annotation, Entity, Kind, Paper, Predicate, Role, encode
from kg.settings import Settings
from kg.store import Decisions, GraphDirectory, Retraction, open_graph, take_snapshot
from tests.cli.runner import kg
from tests.reviewing.cases import line, said

BASE = "https://example.org/kg/id/"
NAMES = ("BrookNet", "Brook-Net", "PondNet", "PondNet v2", "deep PondNet", "CNN", "network")
LONG_FORMS = ("", "pebble network", "pond network")
Record = tuple[Paper, Annotation]


def record(number: int, names: tuple[tuple[str, str], ...], *, named: bool) -> Record:
    """A paper that uses some methods, each maybe with a long form, on one modality; the first is based on the last."""
    surfaces = [tuple(filter(None, one)) for one in dict(names).items()]
    text = ". ".join(surface for one in surfaces for surface in (*one, "CT"))
    entities = [Entity(Kind.METHOD, one[0], one, Role.USED) for one in surfaces]
    entities.append(Entity(Kind.MODALITY, "CT", ("CT",), Role.STUDIED))
    relations = ((surfaces[0][0], Predicate.BASED_ON, surfaces[-1][0]),) if len(surfaces) > 1 else ()
    paper = Paper(f"p{number}", f"Paper {number}", text, doi=f"10.5555/{number}" if named else None)
    return paper, Annotation(paper.id, tuple(entities), relations)


RECORDS = st.builds(
    record,
    st.integers(0, 3),
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(LONG_FORMS)), min_size=1, max_size=3).map(tuple),
    named=st.booleans(),
)
CLAIMS = st.one_of(
    st.builds(said, st.none(), st.sampled_from((Role.USED, Role.PROPOSED, Role.MENTIONED)), st.sampled_from(NAMES)),
    st.builds(said, st.sampled_from(NAMES), st.just(Predicate.BASED_ON), st.sampled_from(NAMES)),
).filter(lambda one: one["subject"] != one["object"])
JUDGEMENTS = st.tuples(st.integers(0, 3), st.sampled_from(("accept", "reject", "correct")), CLAIMS, CLAIMS)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("build"), st.lists(RECORDS, min_size=1, max_size=3, unique_by=lambda one: one[0].id)),
        st.tuples(st.just("remove"), st.integers(0, 3)),
        st.tuples(st.just("retract"), st.integers(0, 3)),
        st.tuples(st.just("count again"), st.integers(0, 3)),
        st.tuples(st.just("join"), st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES))),
        st.tuples(st.just("part"), st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES))),
        st.tuples(st.just("judge"), JUDGEMENTS),
        st.tuples(st.just("take back"), st.none()),
        st.tuples(st.just("forget"), st.none()),
    ),
    min_size=2,
    max_size=7,
)


def take(directory: GraphDirectory, what: str, value: object) -> None:
    """One step; one that cannot be taken is refused, and leaves all as it was."""
    if what == "build" and isinstance(value, list):
        build((paper for paper, _ in value), directory, annotations=[annotation for _, annotation in value])
    elif what == "remove":
        remove(directory, [f"p{value}"])
    elif what in {"retract", "count again"}:
        retract(directory, f"p{value}", Retraction("withdrawn", "Ada Weir") if what == "retract" else None)
    elif what == "judge" and isinstance(value, tuple):
        update(directory, decide=lambda told: replace(told, claims=told.claims + judgement(told.claims, *value)))
    elif what == "take back":
        update(directory, decide=lambda told: replace(told, claims=told.claims + taken_back(told.claims)))
    elif isinstance(value, tuple):
        first, second = (f"{BASE}method/{name.casefold().replace(' ', '-')}" for name in value)
        row = Row(first, second, negated=what == "part", author="Ada Weir")
        rows = [row] if first != second else []
        update(directory, decide=lambda told: replace(told, concepts=_with(told.concepts, rows)))
    else:
        update(directory, decide=lambda _: Decisions())


def judgement(told: bytes, number: int, verdict: str, claim: dict[str, Any], instead: dict[str, Any]) -> bytes:
    """One more decision about a claim, with what it takes to find the claim's ends again in the paper's text."""
    named = sorted({end for one in (claim, instead) for end in (one["subject"], one["object"]) if end})
    entities = [{"type": Kind.METHOD, "name": name, "surfaces": [name]} for name in named]
    other = instead if verdict == "correct" else None
    key = Paper("", f"Paper {number}", "").key  # by its title a paper is found under any of its keys
    name = f"d{len(told.splitlines())}"
    return f"{line(name, verdict, claim, instead=other, entities=entities, paper=key)}\n".encode()


def taken_back(told: bytes) -> bytes:
    """The undoing of the last decision about a claim, or of the last undoing."""
    lines = told.splitlines()
    if not lines:
        return b""
    last = json.loads(lines[-1])
    return f"{line(f'd{len(lines)}', 'undo', undoes=last['id'], paper=last['paper'])}\n".encode()


def _with(told: bytes, rows: list[Row]) -> bytes:
    return with_rows(told, rows, BASE, "2024-01-31")


def fresh(directory: GraphDirectory, folder: Path) -> GraphDirectory:
    """What is left, built at once."""
    other = GraphDirectory(folder)
    folder.mkdir()
    with directory.reading() as records:
        left = list(records)
    other.write_decisions(directory.decided())
    build((one.paper for one in left), other, annotations=[one.annotation for one in left if one.annotation])
    for one in left:
        if one.retraction:
            retract(other, one.paper.id, one.retraction)
    return other


@settings(
    max_examples=int(os.environ.get("EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(RECORDS, min_size=1, max_size=4, unique_by=lambda one: one[0].id), STEPS)
def test_a_graph_is_that_of_what_is_left_built_at_once(
    tmp_path: Path, first: list[Record], steps: list[tuple[str, object]]
) -> None:
    folder = tmp_path / secrets.token_hex(4)
    folder.mkdir()
    directory = GraphDirectory(folder / "grown")
    take(directory, "build", first)
    for what, value in steps:
        before = exporter("nquads")(open_graph(directory.path))
        try:
            take(directory, what, value)
        except KgError:
            assert exporter("nquads")(open_graph(directory.path)) == before
    try:
        whole = fresh(directory, folder / "whole")
    except InputError:  # a decision is about a name that is gone, of which a graph built at once knows nothing
        update(directory, decide=lambda told: replace(told, concepts=b""))
        whole = fresh(directory, folder / "without")

    for name in ("nquads", "turtle"):
        assert exporter(name)(open_graph(directory.path)) == exporter(name)(open_graph(whole.path))
    assert list(examine(directory)) == []


def killed_at(command: list[str], seconds: float) -> int:
    """Run a command and kill it after some time; the exit status, or the negative signal."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        return process.wait()


def test_a_build_that_is_killed_leaves_the_old_graph_or_the_new_one(tmp_path: Path) -> None:
    """A real store, a real SIGKILL: `CRASHES` says how often (``make crash-test``: 50)."""
    records = [record(number, ((name, ""), ("CNN", "")), named=True) for number, name in enumerate(NAMES * 9)]
    for name, some in (("old", records[:20]), ("new", records)):
        (tmp_path / f"{name}.papers.jsonl").write_text("".join(f"{encode(paper)}\n" for paper, _ in some))
        (tmp_path / f"{name}.annotations.jsonl").write_text("".join(f"{encode(one)}\n" for _, one in some))
    states = {}
    for name in ("old", "new"):
        start = time.monotonic()
        subprocess.run(_command(tmp_path, name, tmp_path / name), check=True, capture_output=True)
        took = time.monotonic() - start
        states[name] = exporter("nquads")(open_graph(tmp_path / name))
    random, seen = Random(7), set[int]()
    for _ in range(int(os.environ.get("CRASHES", "4"))):
        shutil.rmtree(tmp_path / "graph", ignore_errors=True)
        shutil.copytree(tmp_path / "old", tmp_path / "graph")
        seen.add(killed_at(_command(tmp_path, "new", tmp_path / "graph"), random.uniform(0.3, 1.1) * took))

        assert exporter("nquads")(open_graph(tmp_path / "graph")) in states.values()
        assert list(examine(GraphDirectory(tmp_path / "graph"))) == []

        subprocess.run(_command(tmp_path, "new", tmp_path / "graph"), check=True, capture_output=True)
        assert exporter("nquads")(open_graph(tmp_path / "graph")) == states["new"]
        assert len(list((tmp_path / "graph").glob("generation-*"))) == 1
    assert -signal.SIGKILL in seen


def _command(folder: Path, name: str, graph: Path) -> list[str]:
    files = [str(folder / f"{name}.papers.jsonl"), "--annotations", str(folder / f"{name}.annotations.jsonl")]
    return [sys.executable, "-m", "kg", "build", *files, "-g", str(graph)]


def one_paper(folder: Path) -> GraphDirectory:
    directory = GraphDirectory(folder)
    paper, annotation = record(0, (("BrookNet", ""),), named=True)
    build([paper], directory, annotations=[annotation])
    return directory


@pytest.mark.parametrize(
    "name",
    [
        "p0",
        "10.5555/0",
        f"{BASE}paper/doi/10.5555%2F0",
        "paper/doi/10.5555%2F0",
        "Paper 0",
        "https://doi.org/10.5555/0",
    ],
)
def test_a_paper_is_removed_by_any_of_its_names_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    directory = one_paper(tmp_path / "graph")

    remove(directory, [name])

    left = open_graph(directory.path)
    assert left.select("SELECT ?s { ?s ?p ?o FILTER NOT EXISTS { ?s a skos:ConceptScheme } }") == []


def test_of_a_retracted_paper_it_is_kept_what_it_is_and_why_it_no_longer_counts(tmp_path: Path) -> None:
    directory = one_paper(tmp_path / "graph")
    before = exporter("nquads")(open_graph(directory.path))

    retract(directory, "p0", Retraction("its numbers could not be repeated", "Ada Weir"))

    graph = open_graph(directory.path)
    rows = graph.select(
        """SELECT ?title ?why ?who { ?p a kg:Paper ; dcterms:title ?title ; prov:wasInvalidatedBy ?r .
        ?r rdfs:comment ?why ; prov:wasAssociatedWith/foaf:name ?who }"""
    )
    told = [[term.value for term in row.values() if isinstance(term, Literal)] for row in rows]
    assert told == [["Paper 0", "its numbers could not be repeated", "Ada Weir"]]
    assert graph.select("SELECT ?p { { ?p kg:uses ?o } UNION { ?p a kg:Assertion } UNION { ?p a kg:Method } }") == []

    paper, annotation = record(0, (("BrookNet", ""),), named=True)
    build([paper], directory, annotations=[annotation])
    assert exporter("nquads")(open_graph(directory.path)) != before

    retract(directory, "p0", None)
    assert exporter("nquads")(open_graph(directory.path)) == before


def test_an_annotation_corrected_by_hand_holds_until_the_text_changes(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "graph")
    paper, annotation = record(0, (("BrookNet", ""),), named=True)
    fast = Settings(fast=True)
    build([paper], directory, settings=fast)

    build([paper], directory, settings=fast, annotations=[annotation])
    build([paper], directory, settings=fast)
    assert [one for _, one in directory.records()] == [annotation]

    dated = msgspec.structs.replace(paper, id="other", date="2024-03-09")
    assert build([dated], directory, settings=fast).changed == 1
    assert [one for _, one in directory.records()] == [msgspec.structs.replace(annotation, id="other")]

    changed = msgspec.structs.replace(paper, abstract="We use MRI.")
    report = build([changed], directory, settings=fast)
    assert report.changed == 1
    assert [one for _, one in directory.records()] != [annotation]
    assert list(examine(directory)) == []


def test_where_names_get_another_base_no_decision_about_them_is_lost_silently(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "graph")
    take(directory, "build", [record(number, ((name, ""),), named=True) for number, name in enumerate(NAMES)])
    take(directory, "join", ("BrookNet", "PondNet"))
    before = exporter("nquads")(open_graph(directory.path))

    with pytest.raises(InputError, match=f"names an unknown concept, <{BASE}"):
        build([], directory, base_iri="https://lab.example/kg/")
    assert exporter("nquads")(open_graph(directory.path)) == before

    told = directory.decisions_path.read_text("utf-8").replace(f"id: {BASE}", "id: https://lab.example/kg/")
    directory.decisions_path.write_text(told, "utf-8")
    build([], directory, base_iri="https://lab.example/kg/")
    named = open_graph(directory.path).select("SELECT DISTINCT ?c { ?c skos:prefLabel|skos:altLabel 'PondNet'@en }")
    assert named == open_graph(directory.path).select("SELECT DISTINCT ?c { ?c skos:altLabel 'BrookNet'@en }")
    assert "<https://lab.example/kg/method/pondnet>" in map(str, named[0].values())
    assert list(examine(directory)) == []


def test_annotations_of_papers_that_are_not_there_are_counted(tmp_path: Path) -> None:
    paper, annotation = record(0, (("BrookNet", ""),), named=True)
    _, other = record(1, (("BrookNet", ""),), named=True)

    report = build([paper], GraphDirectory(tmp_path / "graph"), annotations=[annotation, other])

    assert (report.strangers, report.papers) == (1, 1)


def test_what_was_read_before_a_build_broke_is_not_read_again(tmp_path: Path) -> None:
    directory, fast = GraphDirectory(tmp_path / "graph"), Settings(fast=True)
    papers = [record(number, (("BrookNet", ""),), named=True)[0] for number in range(3)]

    def broken(made: Iterable[Any], _total: int, what: str = "reading", /) -> Iterator[Any]:
        yield from islice(made, 2 if what == "reading" else None)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(papers, directory, settings=fast, progress=broken)

    report = build(papers, directory, settings=fast)
    assert (report.resumed, report.added) == (2, 3)
    assert not list(directory.path.glob("reading*"))


def test_what_a_broken_build_has_read_is_read_again_where_it_is_damaged(tmp_path: Path) -> None:
    directory = one_paper(tmp_path / "graph")
    (directory.path / "reading.sqlite").write_bytes(b"no database, but as long as the head of one" * 9)

    report = build([record(1, (("BrookNet", ""),), named=True)[0]], directory, settings=Settings(fast=True))

    assert (report.resumed, report.added) == (0, 1)
    assert not list(directory.path.glob("reading*"))


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("DELETE FROM support", "the claims it supports are not those of its annotation"),
        ("UPDATE papers SET annotation = replace(annotation, 'BrookNet', 'BrickNet')", "names that are linked are not"),
        ("UPDATE papers SET paper = replace(paper, 'Paper 0', 'Paper 9')", "the store lacks"),
        ("DELETE FROM shown", "belong to no paper, concept or claim"),
    ],
)
def test_the_doctor_finds_what_does_not_fit(tmp_path: Path, damage: str, finding: str) -> None:
    directory = GraphDirectory(tmp_path / "graph")
    paper, annotation = record(0, (("BrookNet", ""), ("CNN", "")), named=True)
    build([paper], directory, annotations=[annotation])
    with sqlite3.connect(directory.path / "papers.sqlite") as database:
        database.execute(damage)
    database.close()

    assert any(finding in one for one in examine(directory))


def test_a_snapshot_stays_as_it_was_and_shares_the_files_of_the_store(tmp_path: Path) -> None:
    directory = one_paper(tmp_path / "graph")
    before = exporter("nquads")(open_graph(directory.path))

    path = take_snapshot(directory, "first")
    remove(directory, ["p0"])

    assert exporter("nquads")(open_graph(path)) == before
    assert list(examine(GraphDirectory(path))) == []
    with pytest.raises(UsageError, match="there is a snapshot of this name"):
        take_snapshot(directory, "first")
    with pytest.raises(UsageError, match="cannot name a snapshot"):
        take_snapshot(directory, "../elsewhere")


_SMALL = {"sqlite_master", "decided", "dirty", "moved", "stale", "touched", "changed", "obsolete"}
_SMALL |= {"changed_papers", "gone_papers", "made", "CONSTANT"}
"""Tables of what one change is about, and of the decisions."""


class Explained(sqlite3.Connection):
    """Notes which tables its statements walk through row by row, other than to count them."""

    walked: ClassVar[set[str]] = set()

    def execute(self, query: str, values: Any = (), /) -> sqlite3.Cursor:  # noqa: ANN401 - as it is there
        if re.match(r"\s*(SELECT(?! count)|DELETE|UPDATE|INSERT)", query):
            for *_, step in super().execute(f"EXPLAIN QUERY PLAN {query}", values).fetchall():
                found = re.match(r"SCAN (\w+)(?! USING INDEX uses_gone)\b", step)
                if found and found[1] not in _SMALL:
                    self.walked.add(query)
        return super().execute(query, values)


def test_to_add_a_paper_no_table_of_all_papers_is_walked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = one_paper(tmp_path / "graph")
    paper, annotation = record(1, (("PondNet", "pond network"), ("BrookNet", "")), named=True)
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Explained))

    build([paper], directory, annotations=[annotation])
    build([msgspec.structs.replace(paper, abstract=f"{paper.abstract}.")], directory, settings=Settings(fast=True))

    assert Explained.walked == set()


def test_a_paper_that_is_not_there_is_named_and_nothing_is_removed(tmp_path: Path) -> None:
    directory = one_paper(tmp_path / "graph")
    before = exporter("nquads")(open_graph(directory.path))

    with pytest.raises(UsageError, match="'p7': no such paper here"):
        remove(directory, ["p0", "p7"])

    assert exporter("nquads")(open_graph(directory.path)) == before


def test_a_graph_of_another_kg_is_brought_up_to_date_without_its_papers_being_given_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = one_paper(tmp_path / "graph")
    before = exporter("nquads")(open_graph(directory.path))
    monkeypatch.setattr("kg.pipeline.reading.code_digest", lambda: "another")
    with pytest.raises(GraphError, match=f"have changed since .* first: kg build -g {directory.path}"):
        retract(directory, "p0", Retraction("withdrawn"))

    assert kg("build", "-g", directory.path).returncode == 0

    assert exporter("nquads")(open_graph(directory.path)) == before
    retract(directory, "p0", Retraction("withdrawn"))
