"""Shards hold the graph that is built of the same papers at once, whoever makes them and however often they stop."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from shutil import copytree

import duckdb
import pytest

from kg.errors import GraphError, InputError, UsageError
from kg.pipeline import build, examine
from kg.readers import read_papers
from kg.settings import Settings
from kg.sharding import Engine, LocalEngine, ShardReport, Shards, build_shards, load_shards
from kg.sharding.engines import Counts, Work
from kg.sharding.quads import quads_in
from kg.store import Graph, GraphDirectory, open_graph
from tests.cases import SAMPLE
from tests.cli.runner import kg
from tests.sharding.dying import Dying

FAST = Settings(fast=True)


@pytest.fixture(scope="module", autouse=True)
def small_parts() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("kg.sharding.running._FEWEST", 3)
        yield


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    path = tmp_path_factory.mktemp("whole") / "graph"
    build(read_papers([str(SAMPLE)]), GraphDirectory(path), settings=FAST)
    return open_graph(path)


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> Shards:
    made = Shards(str(tmp_path_factory.mktemp("shards")))
    make(made)
    return made


def make(shards: Shards, engine: Engine | None = None) -> ShardReport:
    return build_shards([str(SAMPLE)], shards, settings=FAST, engine=engine)


def files_of(shards: Shards) -> dict[str, bytes]:
    root = Path(shards.uri)
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def lines_of(shards: Shards) -> list[bytes]:
    return sorted(Graph.of(quads_in(shards)).lines())


class Failing:
    """An engine that dies after some parts."""

    def __init__(self, parts: int) -> None:
        self.left = parts

    def run(self, work: Work, parts: Iterable[int]) -> Iterator[Counts]:
        for part in parts:
            if not self.left:
                raise GraphError("the power has failed")
            self.left -= 1
            yield work(part)


def test_shards_hold_the_quads_of_the_graph(shards: Shards, graph: Graph) -> None:
    assert lines_of(shards) == sorted(graph.lines())
    assert len(shards.names("quads")) > 8


def test_tables_are_read_by_another_engine(shards: Shards, graph: Graph) -> None:
    def rows(table: str) -> int:
        return len(duckdb.read_parquet(f"{shards.uri}/tables/{table}/*.parquet"))

    for table, class_ in (
        *(("papers", "kg:Paper"), ("mentions", "kg:Mention"), ("results", "kg:Result"), ("evidence", "kg:Evidence")),
        *(("concepts", "skos:Concept"), ("sentences", "kg:Sentence"), ("sizes", "kg:Size")),
    ):
        assert rows(table) == len(graph.select(f"SELECT DISTINCT ?x {{ ?x a {class_} }}")) > 0
    claims = duckdb.read_parquet(f"{shards.uri}/tables/claims/*.parquet")
    counted = claims.filter("support = len(papers) AND support = len(confidences)").project("iri, support")
    asked = "SELECT ?x ?n { ?x a kg:Assertion ; kg:support ?n ; rdf:subject ?s FILTER NOT EXISTS { ?s a kg:Paper } }"
    assert dict(counted.fetchall()) == {str(row["x"])[1:-1]: int(row["n"].value) for row in graph.select(asked)}  # type: ignore[union-attr]


@pytest.mark.parametrize("parts", [1, 16, 30, 45])
def test_what_was_interrupted_goes_on_to_the_same_bytes(shards: Shards, parts: int, tmp_path: Path) -> None:
    again = Shards(str(tmp_path))
    with pytest.raises(GraphError, match="power"):
        make(again, Failing(parts))
    assert not again.has("manifest.json")

    assert make(again).done == parts

    assert {**files_of(again), "manifest.json": b""} == {**files_of(shards), "manifest.json": b""}


def test_what_is_done_is_not_done_again(shards: Shards) -> None:
    former = files_of(shards)

    report = make(shards, Failing(0))

    assert report.done > 0
    assert report.papers == 38
    assert files_of(shards) == former


def test_other_settings_do_not_mix_with_what_is_there(shards: Shards) -> None:
    with pytest.raises(UsageError, match="holds shards of other papers, or made by other settings; name another"):
        build_shards([str(SAMPLE)], shards, settings=FAST, base_iri="https://lab.example/")


def test_shards_become_a_graph_like_any_other(shards: Shards, graph: Graph, tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "graph")
    report = load_shards(shards, directory)

    assert (report.added, report.papers) == (38, 38)
    assert sorted(open_graph(directory.path).lines()) == sorted(graph.lines())
    assert list(examine(directory)) == []

    more = tmp_path / "more.jsonl"
    more.write_text('{"title": "ORF-Net for stones", "abstract": "We propose BrookNet, based on ORF-Net."}\n', "utf-8")
    build(read_papers([str(more)]), directory, settings=FAST)
    build(read_papers([str(SAMPLE), str(more)]), GraphDirectory(tmp_path / "at-once"), settings=FAST)
    assert sorted(open_graph(directory.path).lines()) == sorted(open_graph(tmp_path / "at-once").lines())


def test_shards_are_added_to_a_graph_that_is_there(shards: Shards, tmp_path: Path) -> None:
    more = tmp_path / "more.jsonl"
    more.write_text('{"title": "ORF-Net for stones", "abstract": "We propose BrookNet, based on ORF-Net."}\n', "utf-8")
    directory = GraphDirectory(tmp_path / "graph")
    build(read_papers([str(more)]), directory, settings=FAST)

    report = load_shards(shards, directory)

    build(read_papers([str(SAMPLE), str(more)]), GraphDirectory(tmp_path / "at-once"), settings=FAST)
    assert (report.added, report.papers) == (38, 39)
    assert sorted(open_graph(directory.path).lines()) == sorted(open_graph(tmp_path / "at-once").lines())


def test_shards_that_would_not_fit_are_refused(shards: Shards, tmp_path: Path) -> None:
    def message(folder: Path, graph: Path) -> str:
        done = kg("build", "--from-shards", folder, "-g", graph)
        assert done.returncode == 2
        return done.stderr

    assert "no shards are here; make them: kg build INPUT --shards" in message(tmp_path / "none", tmp_path / "g1")
    with pytest.raises(GraphError):
        make(Shards(str(tmp_path / "half")), Failing(30))
    assert "the shards are unfinished; say again what made them" in message(tmp_path / "half", tmp_path / "g2")
    built = GraphDirectory(tmp_path / "g3")
    build(read_papers([str(SAMPLE)]), built, settings=FAST, base_iri="https://lab.example/")
    assert "its base IRI is https://lab.example/, not" in message(Path(shards.uri), built.path)
    (tmp_path / "words.csv").write_text("id,label,kind\n1,brook stone,Disease\n", "utf-8")
    kg("vocabulary", "add", tmp_path / "words.csv", "-g", tmp_path / "g4")
    assert "the shards were made with other vocabularies than this" in message(Path(shards.uri), tmp_path / "g4")
    old = tmp_path / "old"
    copytree(shards.uri, old)
    asked = old / "job.json"
    asked.write_text(asked.read_text("utf-8").replace('"reading": "', '"reading": "0'), "utf-8")
    assert "the shards were made by another version of kg" in message(old, tmp_path / "g5")


def _emptied(data: bytes) -> bytes:
    return data[:0]


def _cut(data: bytes) -> bytes:
    return data[:90]


def _overwritten(data: bytes) -> bytes:
    return data[:40] + bytes(8) + data[48:]


@pytest.mark.parametrize("damage", [_emptied, _cut, _overwritten])
@pytest.mark.parametrize(
    "name",
    [
        *("quads/papers-00003.nq.gz", "records/part-00001.parquet", "annotations/part-00002.parquet"),
        *("tables/claims/part-00000.parquet", "manifest.json", "job.json"),
    ],
)
def test_damaged_shards_cost_one_line_and_nothing_is_loaded(
    shards: Shards, tmp_path: Path, name: str, damage: Callable[[bytes], bytes]
) -> None:
    copytree(shards.uri, tmp_path / "shards")
    damaged = tmp_path / "shards" / name
    damaged.write_bytes(damage(damaged.read_bytes()))

    done = kg("build", "--from-shards", tmp_path / "shards", "-g", tmp_path / "graph")

    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert done.stderr.startswith(f"error: {damaged}: is damaged (")
    assert GraphDirectory(tmp_path / "graph").manifest() is None


def test_shards_of_which_one_is_missing_are_refused(shards: Shards, tmp_path: Path) -> None:
    copytree(shards.uri, tmp_path / "shards")
    (tmp_path / "shards" / "quads" / ".listing").write_text("left by a file browser", "utf-8")
    missing = tmp_path / "shards" / "quads" / "concepts-00000.nq.gz"
    missing.unlink()

    done = kg("build", "--from-shards", tmp_path / "shards", "-g", tmp_path / "graph")

    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {missing}: is missing; delete ")


def test_a_process_that_is_killed_is_replaced(shards: Shards, tmp_path: Path) -> None:
    again = Shards(str(tmp_path / "shards"))
    with LocalEngine(2) as engine:
        make(again, Dying(engine, tmp_path, {("extract", 2), ("tell", 1)}))

    assert {**files_of(again), "manifest.json": b""} == {**files_of(shards), "manifest.json": b""}


def test_bad_records_are_left_out_and_listed(tmp_path: Path) -> None:
    papers = tmp_path / "papers.jsonl"
    papers.write_text('{"title": "Brook stones", "abstract": "We propose BrookNet."}\n{"title": 5}\n', "utf-8")

    with pytest.raises(InputError, match=r"papers.jsonl:2"):
        build_shards([str(papers)], Shards(str(tmp_path / "strict")), settings=FAST)
    report = build_shards([str(papers)], Shards(str(tmp_path / "lenient")), settings=FAST, skip_bad=True)

    assert (report.papers, report.bad) == (1, 1)
    (line,) = (tmp_path / "lenient" / "quarantine" / "read-part-00000.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["place"] == f"{papers}:2"


def test_records_of_one_paper_in_several_files_are_merged(tmp_path: Path) -> None:
    for number, field in enumerate(("doi", "abstract")):
        record = {"title": "Stones of the brook", field: ("10.5555/b", "We propose BrookNet for stones.")[number]}
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(record) + "\n", "utf-8")

    report = build_shards([str(tmp_path / "*.jsonl")], Shards(str(tmp_path / "shards")), settings=FAST)

    assert report.papers == 1
    assert len(list(read_papers([str(tmp_path / "*.jsonl")]))) == 1


def test_shards_lie_where_a_uri_says(shards: Shards, tmp_path: Path) -> None:
    build_shards([SAMPLE.as_uri()], Shards((tmp_path / "shards").as_uri()), settings=FAST)

    there = files_of(Shards(str(tmp_path / "shards")))
    assert {name for name in there if name.startswith("quads")} == set(shards.names("quads"))
    assert lines_of(Shards(str(tmp_path / "shards"))) == lines_of(shards)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--engine", "ray"), "--engine ray writes shards; name a folder for them with --shards"),
        (("--shards", "s", "--out", "o"), "--shards writes files, and --out needs a graph"),
        (("--shards", "nowhere://x/y"), "nowhere://x/y: cannot be opened"),
    ],
)
def test_options_that_contradict_one_another_are_named(options: tuple[str, ...], message: str, tmp_path: Path) -> None:
    done = kg("build", SAMPLE, "--fast", *options, cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {message}")
    assert len(done.stderr.splitlines()) == 1


def test_inputs_without_any_paper_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text('{"title": 5}\n', "utf-8")

    with pytest.raises(InputError, match="no paper was found"):
        build_shards([str(tmp_path / "none.jsonl")], Shards(str(tmp_path / "s")), settings=FAST, skip_bad=True)


def test_a_folder_is_where_its_name_leads_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        with Shards("shards").writing("file") as file:
            file.write(name.encode())

    assert [path.read_text("utf-8") for path in sorted(tmp_path.glob("*/shards/file"))] == ["one", "two"]
