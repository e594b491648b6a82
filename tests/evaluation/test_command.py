"""``kg evaluate`` as a user runs it."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from kg.cli import cli
from kg.records import Annotation, Paper, encode
from tests.cli.runner import kg, kg_process
from tests.evaluation.examples import GOLD, PREDICTED, TEXT

CORPUS = {"id": "1", "text": "Moss against gout. It helps.", "spans": [[0, 4, "Plant"], [13, 17, "Ill"]]}
FOUND = '{"id": "1", "entities": [{"type": "Disease", "name": "gout", "surfaces": ["gout"], "role": "studied"}]}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    title, _, abstract = TEXT.partition("\n")
    paper = json.dumps({"id": "moss", "title": title, "abstract": abstract})
    other = json.dumps({"id": "fern", "title": "On Ferns", "abstract": "They are green."})
    contents = {
        "texts.jsonl": f"{paper}\n{other}\n",
        "gold.jsonl": f"{encode(GOLD)}\n",
        "predicted.jsonl": f"{encode(PREDICTED)}\n",
        "elsewhere.jsonl": f"{encode(replace(GOLD, id='pine'))}\n",
        "twice.jsonl": f"{encode(GOLD)}\n" * 2,
        "corpus.jsonl": f"{json.dumps(CORPUS)}\n",
        "found.jsonl": FOUND,
        "beyond.jsonl": json.dumps(CORPUS | {"spans": [[13, 99, "Ill"]]}),
        "shapeless.jsonl": '{"id": "1", "spans": []}\n',
        "roles.jsonl": FOUND.replace("studied", "proposed"),
        "blank.jsonl": "\n\n",
        "corpus.bio": "Moss B-Plant\nhelps O\ngout B-Disease\n",
        "bad.bio": "Moss B-Plant\nhelps\n",
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path


def test_a_prediction_is_measured_as_a_table(folder: Path) -> None:
    done = kg("evaluate", "texts.jsonl", "gold.jsonl", "predicted.jsonl", "--by-paper", cwd=folder)

    lines = [line.split() for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert ["concept", "card", "0.600", "0.500", "0.545", "0.545-0.545", "6", "5"] in lines
    assert "rows that work: 0 of 1 (0.000-0.000)" in done.stdout
    assert "missing: fern gate; links" in done.stdout


def test_a_prediction_is_measured_as_json(folder: Path) -> None:
    done = kg(
        *("evaluate", "texts.jsonl", "gold.jsonl", "predicted.jsonl", "--format", "json", "--by-paper"),
        *("--also", "gold.jsonl", "-o", "out.json"),
        cwd=folder,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    made = json.loads((folder / "out.json").read_text("utf-8"))
    assert made["figures"]["concept.card"] == {
        "precision": 0.6,
        "recall": 0.5,
        "f1": 0.5455,
        "hits": 3,
        "gold": 6,
        "predicted": 5,
        "interval": [0.5455, 0.5455],
    }
    assert made["rows"] == {"working": 0, "papers": 1, "interval": [0.0, 0.0]}
    assert made["papers"]["moss"]["row"] == {
        "works": False,
        "missing": ["fern gate"],
        "spurious": [],
        "results": [2, 2],
        "links": False,
    }


@pytest.mark.parametrize(
    "arguments",
    [
        "texts.jsonl gold.jsonl predicted.jsonl",
        "corpus.jsonl corpus.jsonl found.jsonl --map Ill=Disease --map Plant=Dataset",
    ],
    ids=["annotations", "corpus"],
)
def test_the_order_of_figures_is_decided(folder: Path, arguments: str) -> None:
    def run(seed: str) -> str:
        asked = ("evaluate", *arguments.split(), "--by-paper", "--format", "json")
        done = kg_process(*asked, cwd=folder, PYTHONHASHSEED=seed)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    first = run("1")

    assert run("2") == run("3") == first
    (paper,) = json.loads(first)["papers"].values()
    assert list(paper["figures"]) == list(json.loads(first)["figures"])


def test_a_label_that_is_mapped_twice_to_one_kind_is_mapped(folder: Path) -> None:
    files = ("corpus.jsonl", "corpus.jsonl", "found.jsonl")

    once = kg("evaluate", *files, "--map", "Ill=Disease", cwd=folder)
    twice = kg("evaluate", *files, "--map", "Ill=Disease", "--map", " Ill = Disease", cwd=folder)

    assert (twice.returncode, twice.stdout) == (0, once.stdout)


def test_a_bar_is_passed_or_not(folder: Path) -> None:
    files = ("texts.jsonl", "gold.jsonl", "predicted.jsonl")

    passed = kg("evaluate", *files, "--at-least", "0.54", cwd=folder)
    failed = kg("evaluate", *files, "--at-least", "0.55", cwd=folder)

    assert (passed.returncode, passed.stderr) == (0, "")
    assert (failed.returncode, failed.stderr) == (1, "concept.card: F1 0.5455 is below 0.55\n")
    assert passed.stdout == failed.stdout


def test_kg_reads_the_texts_itself_where_no_prediction_is_given(folder: Path) -> None:
    kg("extract", "--fast", "texts.jsonl", "-o", "extracted.jsonl", cwd=folder)

    itself = kg("evaluate", "--fast", "texts.jsonl", "gold.jsonl", cwd=folder)
    given = kg("evaluate", "texts.jsonl", "gold.jsonl", "extracted.jsonl", cwd=folder)
    corpus = kg("evaluate", "--fast", "corpus.jsonl", "--map", "Ill=Disease", cwd=folder)

    assert (itself.returncode, itself.stderr) == (0, "")
    assert (given.returncode, given.stdout) == (0, itself.stdout)
    assert (corpus.returncode, corpus.stderr) == (0, "")
    assert "mention  Disease" in corpus.stdout


@pytest.mark.parametrize("files", ["texts.jsonl gold.jsonl", "corpus.bio", "corpus.jsonl --map Ill=Disease"])
def test_only_papers_with_gold_are_read_and_by_as_many_processes_as_wished(
    folder: Path, monkeypatch: pytest.MonkeyPatch, files: str
) -> None:
    asked = []

    def annotate(papers: Sequence[Paper], *, workers: int, **_: object) -> Iterator[Annotation]:
        asked.append((len(papers), workers))
        return (Annotation(paper.id) for paper in papers)

    monkeypatch.setattr("kg.pipeline.annotate", annotate)
    monkeypatch.chdir(folder)

    done = CliRunner().invoke(cli, ["evaluate", *files.split(), "--workers", "2"])

    assert done.exit_code == 0
    assert asked == [(1, 2)]


def test_a_corpus_of_spans_is_measured_by_its_mentions(folder: Path) -> None:
    options = ("--map", "Ill=Disease", "--map", "Plant=Dataset")

    done = kg("evaluate", "corpus.jsonl", "corpus.jsonl", "found.jsonl", *options, "--by-paper", cwd=folder)

    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split() for line in done.stdout.splitlines()] == [
        ["level", "of", "P", "R", "F1", "95", "%", "of", "F1", "gold", "predicted"],
        ["mention", "Dataset", "0.000", "0.000", "0.000", "0.000-0.000", "1", "0"],
        ["mention", "Disease", "1.000", "1.000", "1.000", "1.000-1.000", "1", "1"],
        ["mention", "all", "1.000", "0.500", "0.667", "0.667-0.667", "2", "1"],
        [],
        ["mention.all", "by", "paper:"],
        ["paper", "F1", "gold", "predicted", "row"],
        ["1", "0.667", "2", "1"],
    ]


def test_a_tagged_corpus_may_come_through_a_pipe(folder: Path) -> None:
    (folder / "found.jsonl").write_text(FOUND.replace('"1"', '"sentence-1"'), "utf-8")

    done = kg_process("evaluate", "-", "-", "found.jsonl", cwd=folder, stdin=(folder / "corpus.bio").read_bytes())

    assert (done.returncode, done.stderr) == (0, "")
    assert "mention  Disease  1.000  1.000  1.000" in done.stdout


def test_what_is_odd_but_no_error_is_counted_on_standard_error(folder: Path) -> None:
    (folder / "odd.jsonl").write_text(encode(GOLD).replace('"Renal CT"', '"renal CT", "renal MRI"'), "utf-8")

    done = kg("evaluate", "texts.jsonl", "odd.jsonl", "elsewhere.jsonl", cwd=folder)

    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "odd.jsonl: surfaces that do not stand in their text: 2",
        "elsewhere.jsonl: papers without a prediction, counted as nothing found: 1",
        "elsewhere.jsonl: predictions for papers that have no gold, left out: 1",
    ]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ("gone.jsonl gold.jsonl", "gone.jsonl: no such file or folder; check the path"),
        ("texts.jsonl gone.jsonl", "gone.jsonl: no such file or folder; check the path"),
        ("texts.jsonl gold.jsonl gone.jsonl", "gone.jsonl: no such file or folder; check the path"),
        ("texts.jsonl gold.jsonl --also gone.jsonl", "gone.jsonl: no such file or folder; check the path"),
        ("texts.jsonl elsewhere.jsonl", "1 of 1 papers are not in texts.jsonl, such as 'pine'; give the texts"),
        ("texts.jsonl twice.jsonl", "twice.jsonl:2: the paper 'moss' stands twice"),
        ("texts.jsonl texts.jsonl gold.jsonl", "texts.jsonl:1: a paper, and no annotation"),
        ("texts.jsonl roles.jsonl", "roles.jsonl:1: field entities[0].role: a Disease cannot be"),
        ("texts.jsonl blank.jsonl", "blank.jsonl: is empty"),
        ("texts.jsonl texts.jsonl gold.jsonl gold.jsonl", "4 files are given"),
        ("gold.jsonl", "gold.jsonl: GOLD is missing"),
        ("texts.jsonl gold.jsonl predicted.jsonl --map Ill=Disease", "--map is for the labels of a corpus"),
        ("texts.jsonl gold.jsonl predicted.jsonl --fast", "predicted.jsonl: PREDICTED was read before"),
        ("texts.jsonl corpus.jsonl", "corpus.jsonl: a corpus brings its own texts"),
        ("corpus.jsonl --also gold.jsonl", "--also is for annotations"),
        ("corpus.jsonl", "corpus.jsonl: no label is a kind's name (labels: Ill, Plant)"),
        ("corpus.jsonl --map Il=Disease", "unknown label of corpus.jsonl 'Il'; did you mean Ill?"),
        (
            "corpus.jsonl --map Ill=Desease",
            "'Ill=Desease' is not LABEL=KIND: unknown kind 'Desease'; did you mean Disease?",
        ),
        ("corpus.jsonl --map Ill", "'--map': 'Ill' is not LABEL=KIND, such as Condition=Disease"),
        ("corpus.jsonl --map Ill=Task --map Ill=Disease", "'--map': 'Ill' stands for Task and for Disease; keep one"),
        ("beyond.jsonl", "beyond.jsonl:1: the span [13, 99, 'Ill'] is not in the text of 28 characters"),
        ("shapeless.jsonl", "shapeless.jsonl:1: Object missing required field `text`"),
        ("bad.bio", "bad.bio:2: no token and tag"),
        (".", "files; give one file"),
        ("texts.jsonl gold.jsonl predicted.jsonl --at-least 2", "'--at-least': 2.0 is not in the range 0<=x<=1"),
        ("texts.jsonl gold.jsonl predicted.jsonl --at-least nan", "'--at-least': nan is not in the range 0<=x<=1"),
        ("texts.jsonl gold.jsonl --min-confidence nan", "'--min-confidence': nan is not in the range 0<=x<=1"),
        ("texts.jsonl gold.jsonl --model=", "the model's name is empty; name one, or leave the option out"),
        (
            "texts.jsonl gold.jsonl --label X=Disease --label X=Method",
            "'X' stands for Disease and for Method; keep one",
        ),
        ("texts.jsonl gold.jsonl --guideline bc5cdr", "--guideline is for a corpus; leave it out"),
        ("corpus.jsonl corpus.jsonl found.jsonl --guideline bc5cdr", "leave out PREDICTED"),
        ("corpus.jsonl --guideline bc5cdr --map Ill=Disease --fast", "leave out --map, --fast"),
        ("corpus.jsonl --guideline bc5cdr --label X=Task --min-confidence 0", "leave out --label, --min-confidence"),
        ("texts.jsonl gold.jsonl predicted.jsonl --from wordperfect", "unknown input format 'wordperfect'"),
        ("", "Missing argument"),
    ],
)
def test_a_mistake_costs_one_line(folder: Path, arguments: str, line: str) -> None:
    done = kg("evaluate", *arguments.split(), cwd=folder)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert line in done.stderr
