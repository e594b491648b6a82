"""``kg train`` end to end, with the real encoder on a handful of texts of our own: the parts fit together."""

import gzip
import json
import os
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

if not os.environ.get("CI") and find_spec("torch") is None:
    pytest.skip("needs the extra train", allow_module_level=True)

from kg.training import recipe
from tests.cli.runner import kg

TITLES = ("Fern", "Moss", "Reed", "Sedge", "Clover", "Thyme", "Heath", "Broom", "Furze")


def paper(name: str) -> dict[str, str]:
    return {
        "id": name.lower(),
        "title": f"{name}Net: Counting cracks in teeth",
        "abstract": (
            f"Cracks are small. We propose {name}Net, a U-Net for dental CT. It reaches a Dice of 0.8 on {name}Set."
        ),
    }


def gold(name: str) -> dict[str, object]:
    entities = [
        ("Method", f"{name}Net", "proposed"),
        ("Method", "U-Net", "used"),
        ("Modality", "dental CT", "studied"),
        ("Metric", "Dice", "reported"),
        ("Dataset", f"{name}Set", "used"),
        ("Disease", "Cracks", "studied" if len(name) % 2 else "mentioned"),
    ]
    found = [{"type": kind, "name": text, "surfaces": [text], "role": role} for kind, text, role in entities]
    return {"id": name.lower(), "entities": found, "relations": [], "results": [], "sizes": [], "links": {}}


def write_lines(path: Path, records: Sequence[Mapping[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    for at, name in enumerate(("med-train", "mix-train", "med-dev", "mix-dev", "seed-dev")):
        titles = [f"{title}{'abcde'[at]}" for title in TITLES]
        write_lines(folder / "corpus" / f"{name}.texts.jsonl", [paper(title) for title in titles])
        write_lines(folder / "corpus" / f"{name}.gold.jsonl", [gold(title) for title in titles])
    (folder / "corpus" / "author-page.txt").write_text("nobody's page", "utf-8")
    text = "Rust in rye\nRye with black rust was given copper."
    for name, label in (
        ("ncbi-disease", "Disease"),
        ("bc5cdr", "Disease"),
        ("tdmsci", "TASK"),
        ("scirex-abstracts", "Task"),
    ):
        spans = [[0, 4, label], [21, 31, label]]
        write_lines(folder / "public" / name / "train.jsonl", [{"id": f"{name}-1", "text": text, "spans": spans}])
    write_lines(folder / "text" / "medical-imaging.jsonl", [paper(f"Wild{title}") for title in TITLES])
    with gzip.open(folder / "text" / "abstracts.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "x", "text": "Rain on roofs\n" + "We measure rain on roofs. " * 16}) + "\n")
    return folder


@pytest.mark.filterwarnings("ignore")  # PyTorch warns of itself
def test_a_model_is_made_and_reads(corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for course in ("_MEASURED", "_TEACHER", "_STUDENT"):
        monkeypatch.setattr(recipe, course, getattr(recipe, course)._replace(epochs=2))  # to fit, not to be good
    write_lines(tmp_path / "papers.jsonl", [paper("Dill")])

    made = kg("train", corpora, "-o", "model", cwd=tmp_path)
    done = kg("extract", "papers.jsonl", "--model", tmp_path / "model", "--min-confidence", "0", cwd=tmp_path)

    assert made.returncode == 0, made.stderr
    assert done.returncode == 0, done.stderr
    assert "DillNet" in {one["name"] for one in json.loads(done.stdout)["entities"]}
    assert json.loads((tmp_path / "model" / "model.json").read_text("utf-8"))["made"]["annotated"]["med-train"] == 9


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    done = kg("train", "nowhere", "-o", "model", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "nowhere/corpus/med-train.gold.jsonl: no such file" in done.stderr.replace("\\", "/")
    assert not (tmp_path / "model").exists()
