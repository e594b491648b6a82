import pytest
from spacy.language import Language

from kg.extraction.contributions import CONTRIBUTIONS
from kg.extraction.datasets import DATASETS
from kg.extraction.names import NAMES
from kg.extraction.phrases import PHRASES


def found(nlp: Language, text: str, group: str) -> list[tuple[str, str]]:
    doc = nlp(text)
    return [(span.text, span.label_) for span in doc.spans[group]]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("a displaced rib fracture", [("rib fracture", "Disease")]),
        ("novel pebble-aware attention", [("pebble-aware attention", "Method")]),
        ("for accurate stone layer segmentation", [("stone layer segmentation", "Task")]),
        ("pebble arthritis and stroma", [("arthritis", "Disease")]),
        ("surgical deep learning", [("deep learning", "Method")]),
        ("attention", []),
    ],
    ids=["known modifiers", "praise cut", "task", "Greek ending", "closed name", "bare head"],
)
def test_grows_phrases_from_their_heads(nlp: Language, text: str, phrases: list[tuple[str, str]]) -> None:
    assert found(nlp, text, PHRASES) == phrases


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("BrookNet: Stones Found\nText.", [("BrookNet", "Method")]),
        ("BrookBank: A Dataset of Stones\nText.", [("BrookBank", "Dataset")]),
        ("Stones\nWe propose a novel Pebble Gate framework for stones.", [("Pebble Gate", "Method")]),
        ("Stones\nA network called RollStone finds them.", [("RollStone", "Method")]),
        ("Stones: a review\nWe present results.", [("Stones", "Method")]),
        ("Stones\nWe introduce BrookBank, a large dataset of stones.", [("BrookBank", "Dataset")]),
        ("Stones\nWe introduce RollStone, tested on a large dataset.", [("RollStone", "Method")]),
        ("Stones\nThere is now a dataset named BrookBank.", [("BrookBank", "Dataset")]),
    ],
    ids=[
        "title",
        "title of a dataset",
        "object",
        "called",
        "one word before a colon",
        "a dataset introduced",
        "a dataset used",
        "a dataset named",
    ],
)
def test_finds_what_a_paper_names(nlp: Language, text: str, names: list[tuple[str, str]]) -> None:
    assert found(nlp, text, CONTRIBUTIONS) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("on the RIVER-5 dataset", ["RIVER-5"]),
        ("on BROOK, the POND and LAKE 2021 datasets", ["BROOK", "POND", "LAKE 2021"]),
        ("on two datasets: SeaBed and SandBank.", ["SeaBed", "SandBank"]),
        ("on a public dataset", []),
        ("Our dataset is big", []),
    ],
    ids=["one", "list before", "list after", "no name", "sentence start"],
)
def test_finds_named_datasets(nlp: Language, text: str, names: list[str]) -> None:
    assert found(nlp, text, DATASETS) == [(name, "Dataset") for name in names]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("with TransBrook and PebbleGAN", ["TransBrook", "PebbleGAN"]),
        ("at 3 MHz, see https://github.com/RollStone", []),
        ("the Brook", []),
    ],
    ids=["spelt like names", "units and addresses", "one capital"],
)
def test_finds_words_spelt_like_names(nlp: Language, text: str, names: list[str]) -> None:
    assert found(nlp, text, NAMES) == [(name, "Method") for name in names]
