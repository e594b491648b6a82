"""``kg vocabulary`` as a user meets it."""

import json
import shlex
from pathlib import Path

import pytest

from kg.cli.vocabulary import vocabulary
from tests.cli.runner import kg
from tests.vocabulary.writing import PONDS, write

UNCLEAR = "too short or of several concepts, count only beside another name"
PAPER = json.dumps({"title": "Reedy fever", "abstract": "We find illness of ponds and table salt in chest CT."}) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(PONDS, tmp_path, "vocabulary.obo").rename(tmp_path / "ponds.obo")
    (tmp_path / "ours.csv").write_text("label,synonyms\nreed fever,RF|Table\nreed fevers,reeds\n", "utf-8")
    (tmp_path / "papers.jsonl").write_text(PAPER, "utf-8")
    return tmp_path


def test_a_vocabulary_is_added_listed_used_and_removed(folder: Path) -> None:
    added = kg("vocabulary", "add", "ponds.obo", "--type", "disease", cwd=folder)
    listed = kg("vocabulary", "list", cwd=folder)
    found = kg("extract", "papers.jsonl", "--fast", "-g", "graph", cwd=folder)
    removed = kg("vocabulary", "remove", "ponds", cwd=folder)
    empty = kg("vocabulary", "list", cwd=folder)

    assert (added.returncode, added.stdout) == (0, "")
    assert added.stderr == "graph: ponds added: 3 concepts with 7 names\n"
    name, kinds, concepts, names, file, digest = listed.stdout.rstrip("\n").split("\t")
    assert (name, kinds, concepts, names, file, len(digest)) == ("ponds", "Disease", "3", "7", "ponds.obo", 12)
    assert [one["name"] for one in json.loads(found.stdout)["entities"]] == ["reed fever", "pond disease", "chest CT"]
    assert removed.stderr == "graph: ponds removed; the next kg build reads its papers again\n"
    assert (empty.returncode, empty.stdout) == (0, "")


@pytest.mark.parametrize(
    ("file", "content", "fault"),
    [
        ("signs.csv", b",,,\n", "signs.csv:1: no column of labels"),
        ("head.sssom.tsv", b"#curie_map: [\nsubject_id\tpredicate_id\tobject_id\n", "not valid SSSOM"),
        ("latin.obo", b"format-version: 1.2\n\n[Term]\nid: X:1\nname: caf\xe9\n", "latin.obo: is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_costs_one_line(folder: Path, file: str, content: bytes, fault: str) -> None:
    (folder / file).write_bytes(content)

    done = kg("vocabulary", "add", file, "--type", "Disease", cwd=folder)

    assert (done.returncode, done.stdout) == (2, "")
    assert fault in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (folder / "graph").exists()


@pytest.mark.parametrize("command", ["list", "remove ponds"])
def test_a_graph_that_is_not_there_has_no_vocabularies(folder: Path, command: str) -> None:
    done = kg("vocabulary", *command.split(), "-g", "deep/er", cwd=folder)

    assert done.returncode == 2
    assert "deep/er: no graph directory" in done.stderr
    assert not (folder / "deep").exists()


def test_what_is_left_out_is_told(folder: Path) -> None:
    kg("vocabulary", "add", "ours.csv", "--type", "Disease", cwd=folder)

    again = kg("vocabulary", "add", "ours.csv", "--type", "Disease", cwd=folder)

    assert again.stderr.splitlines() == [
        "graph: ours replaced: 2 concepts with 1 name",
        "names that are everyday words, left out: 1 (Table)",
        f"names that are {UNCLEAR}: 3 (reed fever, RF, reed fevers)",
    ]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ("add ponds.obo", "ponds.obo does not say of what kind its concepts are; give --type: Method, Dataset"),
        ("add ponds.obo --type Diseases", "unknown kind 'Diseases'; did you mean Disease? known: Anatomy"),
        (
            "add ponds.obo --type Disease --branch 'reed fewer'",
            "no concept 'reed fewer' for --branch; did you mean 'reed fever'?",
        ),
        ("add ponds.obo --type Disease --from owl", "ponds.obo: not a known RDF file; use one of"),
        ("add ponds.obo --type Disease --name 'Our Ponds'", "'Our Ponds' is no name for a vocabulary; use small"),
        ("add gone.obo --type Disease", "gone.obo: No such file or directory; check the path"),
        ("remove ponds", "graph: no graph directory, so no vocabulary"),
        ("add ponds.obo --type Disease -g papers.jsonl", "papers.jsonl"),
    ],
)
def test_bad_usage_is_one_line_and_makes_nothing(arguments: str, line: str, folder: Path) -> None:
    before = sorted(folder.rglob("*"))

    done = kg("vocabulary", *shlex.split(arguments), cwd=folder)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {line}")
    assert done.stderr.count("\n") == 1
    assert sorted(folder.rglob("*")) == before


def test_a_graph_that_is_not_there_has_no_vocabularies_to_extract_with(folder: Path) -> None:
    done = kg("extract", "papers.jsonl", "-g", "gone", cwd=folder)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: gone: no graph directory, whose vocabularies could be used; check the path\n"


@pytest.mark.parametrize("command", vocabulary.commands.values(), ids=list(vocabulary.commands))
def test_every_subcommand_has_help_with_an_example(command: object) -> None:
    assert "Example:" in str(getattr(command, "help", ""))
