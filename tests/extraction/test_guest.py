"""Another spaCy pipeline in the place of our tagger, made here and saved to disk as anybody's would be."""

import json
import shutil
from pathlib import Path

import pytest
import spacy

from kg.errors import ModelError, UnknownNameError, UsageError
from kg.extraction import configuration_digest, extract, load_pipeline, model_digest
from kg.extraction.candidates import candidates
from kg.extraction.guest import GUEST, GuestReader
from kg.records import Kind, Paper
from kg.settings import Settings
from tests.cli.runner import kg

PAPER = Paper("1", "Blue leaf blight in oats", "Oats with blue leaf blight lose grain. We photograph the leaves.")


@pytest.fixture(scope="module")
def guest(tmp_path_factory: pytest.TempPathFactory) -> str:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns(  # type: ignore[attr-defined]  # spaCy does not say what add_pipe gives
        [
            {"label": "PLANT_DISEASE", "pattern": "blue leaf blight"},
            {"label": "PLANT", "pattern": "oats"},
            {"label": "PLANT", "pattern": "$"},
        ]
    )
    folder = tmp_path_factory.mktemp("guest") / "pipeline"
    nlp.to_disk(folder)
    return str(folder)


def test_what_a_guest_finds_is_an_entity_of_our_kind(guest: str) -> None:
    nlp = load_pipeline(settings=Settings(guest, (("PLANT_DISEASE", Kind.DISEASE),)))

    entity = next(one for one in extract(nlp, PAPER).entities if one.name == "blue leaf blight")

    assert entity.type is Kind.DISEASE
    assert [PAPER.text[start:end] for start, end in entity.mentions] == ["Blue leaf blight", "blue leaf blight"]


def test_labels_that_are_not_mapped_are_left_out(guest: str) -> None:
    nlp = load_pipeline(settings=Settings(guest, (("PLANT_DISEASE", Kind.DISEASE),)))

    assert "oats" not in {one.name.casefold() for one in extract(nlp, PAPER).entities}


def test_a_sign_alone_is_no_entity(guest: str) -> None:
    nlp = load_pipeline(settings=Settings(guest, (("PLANT", Kind.ANATOMY),)))

    found = extract(nlp, Paper("3", "Oats at $ 3", "Oats cost more than $ 2 a pound."))

    assert [one.name.casefold() for one in found.entities if one.type is Kind.ANATOMY] == ["oat"]


def test_a_guest_is_part_of_what_made_a_graph(guest: str) -> None:
    with_guest = load_pipeline(settings=Settings(guest, (("PLANT", Kind.ANATOMY),)))

    assert model_digest(with_guest)
    assert configuration_digest(with_guest) != configuration_digest(load_pipeline(settings=Settings(fast=True)))


def test_a_guest_is_the_same_after_it_has_read(guest: str) -> None:
    nlp = load_pipeline(settings=Settings(guest, (("PLANT", Kind.ANATOMY),)))
    before = model_digest(nlp), configuration_digest(nlp)

    extract(nlp, Paper("2", "Words the guest has never seen: snorbulate quixels", ""))

    assert (model_digest(nlp), configuration_digest(nlp)) == before


def test_a_guest_reads_a_text_of_any_length(guest: str) -> None:
    reader = GuestReader(spacy.load(guest), {"PLANT": Kind.ANATOMY})
    nlp = load_pipeline(settings=Settings(fast=True))

    doc = reader(nlp.make_doc(" " * 1_000_001 + "oats"))

    assert [doc[one.start : one.end].text for one in candidates(doc, GUEST)] == ["oats"]


def test_the_number_of_processes_changes_nothing(guest: str, tmp_path: Path) -> None:
    papers = [{"title": f"{PAPER.title}, part {at}", "abstract": PAPER.abstract} for at in range(4)]
    (tmp_path / "papers.jsonl").write_text("".join(json.dumps(one) + "\n" for one in papers), "utf-8")
    asked = ("extract", "papers.jsonl", "--model", guest, "--label", "PLANT_DISEASE=Disease")

    one, two = (kg(*asked, "--workers", workers, cwd=tmp_path) for workers in "12")

    assert (one.returncode, one.stderr) == (two.returncode, two.stderr) == (0, "")
    assert one.stdout.count("blue leaf blight") >= len(papers)
    assert one.stdout == two.stdout


def test_a_label_the_guest_lacks_is_named(guest: str) -> None:
    with pytest.raises(UnknownNameError, match="unknown label of the model 'PLNT'; did you mean PLANT"):
        load_pipeline(settings=Settings(guest, (("PLNT", Kind.ANATOMY),)))


@pytest.mark.parametrize("name", ["/no/such/nothing", "kg", "numpy", ""])
def test_what_is_no_pipeline_is_named(name: str) -> None:
    with pytest.raises(ModelError, match=f"^{name}: no kg model and no spaCy pipeline"):
        load_pipeline(settings=Settings(name, (("PLANT", Kind.ANATOMY),)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("meta.json", "["),
        ("config.cfg", "[nlp]"),
        ("tokenizer", "{}"),
        ("entity_ruler/patterns.jsonl", "{}"),
        ("entity_ruler/patterns.jsonl", "[]"),
        ("vocab/vectors.cfg", "[]"),
        ("vocab/vectors", ""),
    ],
)
def test_a_damaged_guest_is_named(guest: str, tmp_path: Path, name: str, text: str) -> None:
    folder = Path(shutil.copytree(guest, tmp_path / "damaged"))
    (folder / name).write_text(text)

    with pytest.raises(ModelError, match="damaged: no kg model and no spaCy pipeline"):
        load_pipeline(settings=Settings(str(folder), (("PLANT", Kind.ANATOMY),)))


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        (Settings(model="any", fast=True), "fast reading takes no model"),
        (Settings(labels=(("X", Kind.TASK),), fast=True), "fast reading takes no model and no labels"),
        (Settings(labels=(("X", Kind.TASK),)), "labels are for a spaCy pipeline"),
        (Settings(model="any"), "any: no kg model lies here .* also say what its labels mean"),
    ],
    ids=["fast and model", "fast and labels", "labels alone", "no labels"],
)
def test_settings_that_contradict_one_another_are_refused(asked: Settings, what: str) -> None:
    with pytest.raises(UsageError, match=what):
        load_pipeline(settings=asked)
