import json
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg.cli import cli
from kg.queries import named_queries
from tests.cases import SAMPLE
from tests.cli.runner import kg, kg_process

PAPERS = "".join(
    json.dumps({"title": title, "abstract": abstract, "date": "2024"}) + "\n"
    for title, abstract in (
        (
            "BrookNet: Lung Nodule Segmentation in Chest CT",
            "We propose BrookNet, a U-Net for lung nodules.",
        ),
        ("A Survey of Glaucoma Screening", "We review deep learning for glaucoma screening with fundus photography."),
    )
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "papers.jsonl").write_text(PAPERS, "utf-8")
    done = kg("build", "papers.jsonl", "--out", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("command", cli.commands.values(), ids=list(cli.commands))
def test_every_command_has_help_with_an_example(command: click.Command) -> None:
    assert command.help
    assert "Example:" in command.help


def test_help_and_version_tell_how_to_begin() -> None:
    assert "kg build" in kg("--help").stdout
    assert kg("--version").stdout.startswith("kg ")
    assert kg().stdout == kg("--help").stdout


def test_help_loads_neither_spacy_nor_rdflib_nor_the_engine() -> None:
    heavy = {"spacy", "rdflib", "pyoxigraph", "pyvis", "numpy"}
    code = f"import kg.cli, sys; print({heavy} & set(sys.modules))"

    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"


def test_papers_are_printed_as_read() -> None:
    done = kg("papers", SAMPLE)

    papers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(papers) == 38
    assert all("Luyang Luo" in [author["name"] for author in paper["authors"]] for paper in papers)
    assert done.stderr == ""


def test_build_tells_what_was_not_understood(tmp_path: Path) -> None:
    text = "We tried it on a Snarkwell bench. It rained all day. We propose BrookNet for lung nodules."
    (tmp_path / "papers.jsonl").write_text(json.dumps({"title": "On stones", "abstract": text}), "utf-8")

    done = kg("build", "papers.jsonl", "--gaps", "gaps.tsv", cwd=tmp_path)

    rows = [line.split("\t") for line in (tmp_path / "gaps.tsv").read_text("utf-8").splitlines()]
    assert done.returncode == 0, done.stderr
    assert "gaps.tsv:" in done.stderr
    assert any("It rained all day." in row for row in rows)


def test_a_graph_is_read_again_when_the_settings_change(tmp_path: Path) -> None:
    (tmp_path / "papers.jsonl").write_text(PAPERS, "utf-8")
    kg("build", "papers.jsonl", cwd=tmp_path)

    same = kg("build", "papers.jsonl", cwd=tmp_path)
    fast = kg("build", "papers.jsonl", "--fast", cwd=tmp_path)

    assert "read again" not in same.stderr
    assert "2 read again" in fast.stderr


def test_extract_writes_annotations_the_same_with_two_workers(tmp_path: Path) -> None:
    (tmp_path / "papers.jsonl").write_text(PAPERS, "utf-8")

    one = kg("extract", "papers.jsonl", "-o", "one.jsonl", cwd=tmp_path)
    two = kg_process("extract", "-", "--workers", "2", cwd=tmp_path, stdin=PAPERS.encode())

    assert (one.returncode, one.stdout) == (0, "")
    assert (tmp_path / "one.jsonl").read_text("utf-8") == two.stdout
    names = [entity["name"] for entity in json.loads(two.stdout.splitlines()[0])["entities"]]
    assert {"BrookNet", "chest CT", "lung nodule"} <= set(names)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_extract_takes_entities_that_were_corrected_by_hand(tmp_path: Path, workers: str) -> None:
    (tmp_path / "papers.jsonl").write_text(PAPERS, "utf-8")
    kg("extract", "papers.jsonl", "--fast", "-o", "found.jsonl", cwd=tmp_path)
    first, second = (json.loads(line) for line in (tmp_path / "found.jsonl").read_text("utf-8").splitlines())
    network = {"type": "Method", "name": "network of brooks", "surfaces": ["BrookNet"], "role": "proposed"}
    first["entities"] = [network, *(one for one in first["entities"] if one["name"] != "BrookNet")]
    corrected = {"id": first["id"], "entities": first["entities"]}, second, {"id": "stray"}
    (tmp_path / "corrected.jsonl").write_text("".join(json.dumps(one) + "\n" for one in corrected), "utf-8")

    arguments = ("papers.jsonl", "--fast", "--entities", "corrected.jsonl", "--workers", workers)
    done = kg("extract", *arguments, cwd=tmp_path)

    made = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert "papers that are not in INPUT, left out: 1" in done.stderr
    assert made[0]["entities"] == [network | {"mentions": [[0, 8], [58, 66]]}, *first["entities"][1:]]
    assert ["network of brooks", "appliedTo", "chest CT"] in made[0]["relations"]
    assert [made[1][key] for key in ("entities", "relations")] == [second[key] for key in ("entities", "relations")]


def test_build_tells_what_it_did_and_writes_the_three_files(built: Path) -> None:
    assert sorted(path.name for path in (built / "out").iterdir()) == ["graph.html", "graph.trig", "graph.ttl"]

    again = kg("build", "papers.jsonl", cwd=built)

    assert "2 papers (0 added, 0 changed)" in again.stderr
    assert again.stdout == ""


@pytest.mark.parametrize("result_format", ["table", "json", "csv", "tsv", "xml"])
def test_a_query_answers_in_every_format(built: Path, result_format: str) -> None:
    query = "SELECT ?title { ?p a kg:Paper ; dcterms:title ?title ; kg:proposes ?m } ORDER BY ?title"

    done = kg("query", query, "--format", result_format, cwd=built)

    assert done.returncode == 0
    assert "BrookNet: Lung Nodule Segmentation in Chest CT" in done.stdout
    assert "Glaucoma" not in done.stdout


def test_names_and_short_iris_stand_for_nodes(built: Path) -> None:
    query = "SELECT ?p ?predicate ?m { ?p ?predicate ?m . ?m a kg:Method }"
    settings = ("--set", "predicate=kg:proposes", "--set", "m=brooknet")

    assert "1 row\n" in kg("query", query, *settings, cwd=built).stdout
    assert "BrookNet" in kg("query", "DESCRIBE <method/brooknet>", cwd=built).stdout


@pytest.mark.skipif(shutil.which("script") is None, reason="no script(1) here to stand for a terminal")
def test_a_table_fits_a_terminal(built: Path) -> None:
    command = f"COLUMNS=60 {sys.executable} -m kg query --name papers-by-disease"

    done = subprocess.run(
        ["script", "-qec", command, "/dev/null"],
        cwd=built,
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )

    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 60
    assert "\N{HORIZONTAL ELLIPSIS}" in done.stdout
    assert "disease/" not in done.stdout


def test_fields_that_are_not_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "T", "abstract": "A", "journal": "J"}', "utf-8")

    assert "not read: journal" in kg("papers", "a.jsonl", cwd=tmp_path).stderr


def test_triples_and_yes_or_no_are_answers_too(built: Path) -> None:
    construct = "CONSTRUCT { ?p kg:proposes ?m } WHERE { ?p kg:proposes ?m }"

    assert "kg:proposes" in kg("query", construct, "--format", "turtle", cwd=built).stdout
    assert "kg:proposes" in kg("query", construct, cwd=built).stdout
    assert kg("query", "ASK { ?p a kg:Paper }", cwd=built).stdout == "yes\n"


def test_a_query_may_come_from_a_file_and_go_to_one(built: Path) -> None:
    (built / "ask.rq").write_text("SELECT (COUNT(?p) AS ?n) { ?p a kg:Paper }", "utf-8")

    done = kg("query", "-f", "ask.rq", "--format", "csv", "-o", "answer.csv", cwd=built)

    assert done.stdout == ""
    assert (built / "answer.csv").read_text().split() == ["n", "2"]


def test_every_named_query_is_listed_and_answers(built: Path) -> None:
    listed = kg("query", "--list").stdout

    for query in named_queries():
        assert query.name in listed
        assert query.question in listed
        assert kg("query", "--name", query.name, cwd=built).returncode == 0


def test_a_file_can_be_asked_like_a_graph(built: Path) -> None:
    query = "SELECT ?m { ?p kg:proposes ?m }"

    assert kg("query", query, "-g", "out/graph.ttl", cwd=built).stdout == kg("query", query, cwd=built).stdout


def test_export_writes_the_bytes_that_build_wrote(built: Path) -> None:
    for name, path in (("turtle", "graph.ttl"), ("trig", "graph.trig"), ("html", "graph.html")):
        kg("export", name, "-o", "again", cwd=built)
        assert (built / "again").read_bytes() == (built / "out" / path).read_bytes()


def test_html_is_the_explorer_unless_another_engine_is_named(built: Path) -> None:
    page = kg("export", "html", cwd=built).stdout

    assert page == kg("export", "html", "--engine", "explorer", cwd=built).stdout
    assert 'id="graph-data"' in page
    assert "vis-network" in kg("export", "html", "--engine", "pyvis", cwd=built).stdout


@pytest.mark.parametrize(("name", "said"), [("turtle", "--engine is for html"), ("html", "known: explorer, pyvis")])
def test_engine_that_does_not_fit_is_refused(built: Path, name: str, said: str) -> None:
    run = kg("export", name, "--engine", "pyvis" if name == "turtle" else "d3", cwd=built)

    assert run.returncode == 2
    assert said in run.stderr
    assert run.stdout == ""


def test_validate_says_yes_with_0_and_no_with_1(built: Path) -> None:
    whole = (built / "out" / "graph.ttl").read_text("utf-8")
    (built / "broken.ttl").write_text(whole.replace("dcterms:title", "dcterms:alternative"), "utf-8")

    assert kg("validate", "graph", cwd=built).returncode == 0
    assert kg("validate", "out/graph.ttl", cwd=built).returncode == 0
    broken = kg("validate", "broken.ttl", cwd=built)
    assert broken.returncode == 1
    assert "title" in broken.stdout


def test_stats_counts(built: Path) -> None:
    lines = [line.split(maxsplit=1) for line in kg("stats", cwd=built).stdout.splitlines()]
    counts = {what: int(number.replace(",", "")) for number, what in lines}

    assert counts["papers"] == 2
    assert counts["concepts: Disease"] >= 2
