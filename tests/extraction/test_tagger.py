"""The learned tagger as it ships: what it finds, how a text is cut, and that texts do not change one another."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from tokenizers import Tokenizer

from kg.errors import UnknownNameError
from kg.extraction import extract, load_pipeline, mark, model_digest
from kg.extraction.tagger.component import TaggerComponent
from kg.extraction.tagger.decoding import stretches
from kg.extraction.tagger.labels import HEADS
from kg.extraction.tagger.model import PIECES, Tagger, shipped_model
from kg.extraction.tagger.pieces import _cuts, windows
from kg.extraction.tagger.reading import Reading
from kg.records import Kind, Paper, Role, encode
from kg.settings import Settings

PAPER = Paper(
    id="thistle",
    title="Thistle: Sparse Petal Routing for Wrist Fracture Grading",
    abstract=(
        "Wrist fractures are often missed at night. We present Thistle, which routes the tokens of a radiograph "
        "through petal experts (PE). On the GardenBone dataset it reaches an AUC of 0.91, and outperforms a "
        "ResNet-50 by 4 points."
    ),
)
OTHER = Paper(
    id="moss",
    title="Counting moss cells",
    abstract="We count cells of moss in microscopy images with a small U-Net. Accuracy is 88%.",
)


@pytest.fixture(scope="module")
def full() -> Language:
    return load_pipeline()


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(shipped_model() / PIECES))


@pytest.mark.parametrize(
    ("surface", "kind", "role"),
    [
        ("Thistle", Kind.METHOD, Role.PROPOSED),
        ("GardenBone", Kind.DATASET, Role.USED),
        ("ResNet-50", Kind.METHOD, Role.COMPARED),
        ("AUC", Kind.METRIC, Role.REPORTED),
        ("Wrist fractures", Kind.DISEASE, Role.STUDIED),
    ],
)
def test_finds_names_with_their_roles(full: Language, surface: str, kind: Kind, role: Role) -> None:
    found = {one: (entity.type, entity.role) for entity in extract(full, PAPER).entities for one in entity.surfaces}

    assert found[surface] == (kind, role)


def test_a_text_is_read_the_same_in_any_company(full: Language) -> None:
    alone = encode(extract(load_pipeline(), PAPER))
    extract(full, OTHER)

    assert encode(extract(full, PAPER)) == alone


def test_probabilities_of_each_head_sum_to_one(full: Language) -> None:
    tagger = next(one for _, one in full.pipeline if isinstance(one, TaggerComponent)).tagger
    doc = full(PAPER.text)
    table = tagger.read(doc).probabilities

    for head in HEADS.values():
        assert np.allclose(table[:, head.columns].sum(axis=1), 1, atol=0.1)


def test_confidence_is_a_bar_that_a_user_can_set(full: Language) -> None:
    strict = {one.name for one in extract(load_pipeline(settings=Settings(least=0.8)), PAPER).entities}
    usual = {one.name: one.confidence for one in extract(full, PAPER).entities}

    assert strict == {name for name, confidence in usual.items() if confidence >= 0.8}
    assert strict < set(usual)


def test_fast_reading_takes_no_model() -> None:
    nlp = load_pipeline(settings=Settings(fast=True))

    assert model_digest(nlp) is None
    assert "kg_tagger" not in nlp.pipe_names


def test_marks_a_text_by_the_guideline_of_a_corpus(full: Language) -> None:
    paper = Paper("1", "Night cough in sheep", "Sheep with asthma and chronic bronchitis were given salbutamol.")

    found = {(paper.text[start:end], label) for start, end, label in mark(full, paper, "bc5cdr")}

    assert {("asthma", "Disease"), ("salbutamol", "Chemical")} <= found


def test_marking_asks_the_tagger_once(full: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, answer = [], Tagger.read

    def listen(tagger: Tagger, doc: Doc, guideline: str = "kg") -> Reading:
        asked.append(guideline)
        return answer(tagger, doc, guideline)

    monkeypatch.setattr(Tagger, "read", listen)
    mark(full, PAPER, "tdmsci")

    assert asked == ["tdmsci"]


def test_an_unknown_guideline_is_named(full: Language) -> None:
    with pytest.raises(UnknownNameError, match="unknown guideline 'ncbi'"):
        mark(full, PAPER, "ncbi")


@pytest.mark.parametrize("text", ["", " \n ", "a", "word " * 2000, "x" * 3000, "One. " * 900, "\u200b\ufeff"])
@pytest.mark.parametrize("size", [26, 448])
def test_windows_hold_every_word_once(full: Language, tokenizer: Tokenizer, text: str, size: int) -> None:
    doc = full.get_pipe("kg_sentences")(full.make_doc(text))

    found = list(windows(doc, tokenizer, size))

    places = [int(window.tokens[at]) for window in found for at in window.first]
    assert len(places) == len(set(places))
    assert places == sorted(places)
    assert all(len(window.pieces) <= size for window in found)
    assert {token.i for token in doc if token.is_alpha} <= set(places)


@pytest.mark.parametrize(
    "title",
    [
        "Scale-sensitive Restoration Network with Paired Affinity Training for Nodule Segmentation",
        "Semi-supervised Learning with Shape Priors for Cardiac MRI Segmentation",
    ],
)
def test_a_name_does_not_end_with_a_word_that_only_leads_on(title: str, full: Language) -> None:
    found = extract(full, Paper("one", title, "It works well on two data sets."))

    assert found.entities
    assert [name for one in found.entities for name in one.surfaces if name.endswith(" with")] == []


@given(st.lists(st.tuples(st.integers(0, 24), st.booleans()), min_size=1), st.integers(24, 60))
def test_words_are_cut_into_windows_that_fit_at_sentence_starts(words: list[tuple[int, bool]], size: int) -> None:
    """Each word is so many pieces long, and opens a sentence or not."""
    lengths, opens = [length for length, _ in words], [opening for _, opening in words]

    found = list(_cuts(lengths, opens, size))

    assert [at for low, high in found for at in range(low, high)] == list(range(len(words)))
    assert all(sum(lengths[low:high]) <= size for low, high in found)
    assert all(opens[high] or not any(opens[low + 1 : high]) for low, high in found[:-1])


LABELS = HEADS["kg"].labels


@given(
    st.integers(1, 30).flatmap(
        lambda rows: st.lists(
            st.lists(st.floats(0.01, 1), min_size=len(LABELS), max_size=len(LABELS)), min_size=rows, max_size=rows
        )
    )
)
@settings(deadline=None)
def test_stretches_are_in_order_and_do_not_overlap(rows: list[list[float]]) -> None:
    table = np.array(rows, dtype=np.float32)
    found = stretches(table / table.sum(axis=1, keepdims=True), LABELS)

    assert all(one.start < one.end <= len(rows) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= one.score <= 1 for one in found)
