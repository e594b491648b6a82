"""A model's folder in which something is wrong: one line that names the file, whatever it is."""

import json
import shutil
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ModelError
from kg.extraction import extract, load_pipeline
from kg.extraction.tagger.model import CARD, NETWORK, PIECES, load_tagger, shipped_model
from kg.records import Paper
from kg.settings import Settings

PAPER = Paper("1", "Moss in the lawn", "We count moss.")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_model(), tmp_path / "model"))


def change(model: Path, place: Sequence[str], value: object) -> None:
    """Put a value at a place of the description; None takes out what is there."""
    card = json.loads((model / CARD).read_text("utf-8"))
    inner: dict[str, Any] = card
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = value
    if value is None:
        del inner[place[-1]]
    (model / CARD).write_text(json.dumps(card), "utf-8")


def put(model: Path, name: str, data: bytes) -> None:
    """Write a file, and its hash into the description."""
    (model / name).write_bytes(data)
    change(model, ("sha256", name), sha256(data).hexdigest())


@pytest.mark.parametrize("name", [NETWORK, PIECES])
def test_a_damaged_file_is_named(model: Path, name: str) -> None:
    data = bytearray((model / name).read_bytes())
    data[len(data) // 2] ^= 1
    (model / name).write_bytes(data)

    with pytest.raises(ModelError, match=f"{name}: the file is damaged"):
        load_tagger(model)


@pytest.mark.parametrize("name", [NETWORK, PIECES])
def test_a_missing_file_is_named(model: Path, name: str) -> None:
    (model / name).unlink()

    with pytest.raises(ModelError, match=f"{name}: the file cannot be read"):
        load_tagger(model)


def test_a_model_for_other_columns_is_refused(model: Path) -> None:
    change(model, ("layout",), "0" * 64)

    with pytest.raises(ModelError, match="another version of kg"):
        load_tagger(model)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", "[" * 100_000])
def test_a_damaged_description_is_named(model: Path, text: str) -> None:
    (model / CARD).write_text(text)

    with pytest.raises(ModelError, match=f"{CARD}: the description of the model is damaged"):
        load_tagger(model)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("sha256",), None),
        (("sha256",), []),
        (("window",), None),
        (("window",), "448"),
        (("window",), 0),
        (("window",), 25),
        (("window",), 10_000),
        (("window",), float("inf")),
        (("window",), float("nan")),
        (("judge",), None),
        (("judge",), []),
        (("judge", "least"), None),
        (("judge", "least"), float("nan")),
        (("judge", "least"), -0.1),
        (("judge", "least"), 1.1),
        (("judge", "least"), 10**400),
        (("judge", "least_pair"), 1.1),
        (("judge", "pairs"), None),
        (("judge", "pairs", "partOf"), None),
        (("judge", "pairs", "ofMetric", "classes"), ["mine", "wrong"]),
        (("judge", "pairs", "ofMetric", "mean"), [0.0]),
        (("judge", "roles"), []),
        (("judge", "roles", "Task"), None),
        (("judge", "roles", "Task", "classes"), ["addressed", "loved"]),
        (("judge", "roles", "Task", "classes"), ["addressed", "compared"]),
        (("judge", "roles", "Task", "classes"), [[], {}]),
        (("judge", "roles", "Task", "mean"), [0.0]),
        (("judge", "right", "classes"), ["left", "wrong"]),
        (("judge", "right", "classes"), []),
        (("judge", "right", "mean"), None),
        (("judge", "right", "mean"), [0.0] * 38),
        (("judge", "right", "scale"), [0.0] * 39),
        (("judge", "right", "scale"), ["wide"] * 39),
        (("judge", "right", "weights"), [[1.0] * 39]),
        (("judge", "right", "weights"), [[1.0], [1.0, 2.0]]),
        (("judge", "right", "intercepts"), [float("nan"), 0.0]),
        (("judge", "right", "intercepts"), [10**400, 0]),
    ],
    ids=lambda part: ".".join(part) if isinstance(part, tuple) else repr(part)[:20],
)
def test_what_a_description_should_not_say_is_told_in_one_line(
    model: Path, place: Sequence[str], value: object
) -> None:
    change(model, place, value)

    with pytest.raises(ModelError, match=f"{CARD}: the description of the model is damaged") as caught:
        load_pipeline(settings=Settings(str(model)))

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "data"),
    [(NETWORK, b""), (NETWORK, b"no network"), (PIECES, b""), (PIECES, b"{}"), (PIECES, b"\xff")],
    ids=["empty network", "junk network", "empty pieces", "no pieces", "junk pieces"],
)
def test_a_whole_file_that_is_of_no_use_is_named(model: Path, name: str, data: bytes) -> None:
    put(model, name, data)

    with pytest.raises(ModelError, match=f"{name}: the file is nothing that kg can read texts with"):
        extract(load_pipeline(settings=Settings(str(model))), PAPER)


def test_a_network_with_other_inputs_is_named(model: Path) -> None:
    put(model, NETWORK, (model / NETWORK).read_bytes().replace(b"signals", b"signets"))

    with pytest.raises(ModelError, match=f"{NETWORK}: the file is nothing that kg can read texts with"):
        extract(load_pipeline(settings=Settings(str(model))), PAPER)


@pytest.mark.parametrize("sign", ["[CLS]", "[SEP]", "[UNK]"])
def test_word_pieces_without_a_sign_are_named(model: Path, sign: str) -> None:
    pieces = (model / PIECES).read_text("utf-8").replace(json.dumps(sign), json.dumps("[ELSE]"))
    put(model, PIECES, pieces.replace('"unk_token":"[ELSE]"', '"unk_token":"[UNK]"').encode())

    with pytest.raises(ModelError, match=f"{PIECES}: the file is nothing that kg can read texts with"):
        extract(load_pipeline(settings=Settings(str(model))), PAPER)


def test_word_pieces_of_another_network_are_told_from_its_own(model: Path) -> None:
    card = json.loads((model / PIECES).read_text("utf-8"))
    card["model"]["vocab"] = {word: number + 10**6 for word, number in card["model"]["vocab"].items()}
    card["added_tokens"] = []
    card["post_processor"] = None
    put(model, PIECES, json.dumps(card).encode())

    with pytest.raises(ModelError, match=f"{NETWORK}: the file is nothing that kg can read texts with"):
        extract(load_pipeline(settings=Settings(str(model))), PAPER)
