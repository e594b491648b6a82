"""What no text may do to extraction: crash it, or make an annotation that does not hold against its text.

The shipped pipeline reads them, whatever components it has; what it finds in such texts is not judged here.
"""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.extraction import extract, load_pipeline
from kg.records import Annotation, Entity, Interval, Paper, encode
from kg.settings import Settings

TITLE = "BrookNet: pebble attention for liver tumor segmentation in chest CT"

HARD = {
    "no abstract": "",
    "white space": " \t\n \r\n\u2003",
    "one word": "Stones",
    "one name": "BrookNet",
    "one acronym": "CT",
    "one letter": "U",
    "signs": "... ?! ((( --- ))) ;; :: \"' [] {} <> %% && ++ ==",
    "digits": "12 0.91 1,200 3.4.5 84.10% -7 1e9 2024 \u00bd \u2167",
    "german": (
        "Wir stellen BachNetz vor, ein Verfahren zur Segmentierung von Lebertumoren in der CT. "
        "Das U-Net erreicht dabei einen Dice-Wert von 0,91 und \u00fcbertrifft die \u00dcberwachung ohne Ger\u00f6ll."
    ),
    "chinese": (
        "\u6211\u4eec\u63d0\u51faBrookNet\uff0c\u4e00\u79cd\u57fa\u4e8eU-Net\u7684\u80dd\u810fCT"
        "\u56fe\u50cf\u5206\u5272\u65b9\u6cd5\u3002\u5176Dice\u8fbe\u523091%\u3002"
    ),
    "arabic": (
        "\u0646\u0642\u062f\u0645 BrookNet \u0644\u062a\u062c\u0632\u0626\u0629 \u0635\u0648\u0631 CT "
        "\u0644\u0644\u0643\u0628\u062f\u060c \u0648\u0647\u064a \u0634\u0628\u0643\u0629 U-Net\u061f "
        "\u0627\u0644\u062f\u0642\u0629 \u0669\u0661\u066a."
    ),
    "only LaTeX": (
        r"\begin{equation} \mathcal{L} = \sum_{i=1}^{N} \textbf{CT}_i \cdot \frac{\alpha}{1 - \emph{Dice}} "
        r"\end{equation} $x \in \mathbb{R}^{3}$ {\bf {U}-Net} \cite{weir2020} \\ % nothing follows"
    ),
    "unbalanced LaTeX": r"\textbf{\textit{U-Net \emph{}}}}} $ {{{ \mathrm{CT \_ \% \{ \ ",
    "control characters": (
        "We\x00 use\x07 a U-Net\x0b on\x1f CT\x7f\x85 images\x1b[31m of the\x08 liver.\x0c\x1c Good\x00."
    ),
    "lone surrogates": "We use a U-Net\ud800 on\udfff CT. \udc00\ud83d Liver\ud800tumor segmentation with CT\udfff.",
    "emoji": (
        "We \U0001f525 use U-Net\U0001f680 on CT\U0001f469\u200d\u2695\ufe0f of the \U0001fac1. "
        "Dice\U0001f44d\U0001f3fd: 91%."
    ),
    "combining marks": (
        "We use a U\u0301-N\u0308et\u0301 on C\u0323T\u0307 of the live\u0301r. Me\u0301nie\u0300re disease."
    ),
    "stacked marks": "C" + "\u0301\u0323\u0307" * 200 + "T and U" + "\u20dd" * 50 + "-Net.",
    "odd spaces": "We\u00a0use\u2009U-Net\u200bon\u3000chest\u2028CT\u2029of\ufeffthe\u00adliver.",
    "bidirectional marks": "We use \u202eteN-U\u202c on \u2067chest CT\u2069 of the liver\u200f.",
    "look-alikes": (
        "We use \uff35\uff0d\uff2e\uff45\uff54 on \u0421\u0422 (\U0001d402\U0001d413) of the \ufb01brous liver."
    ),
    "unclosed brackets": "We use computed tomography (CT ((MRI [X-ray {PET (a U-Net (",
    "many definitions": (
        "A pebble net (PN), pebble net (PN), net of pebbles (PN), Pebble Nets (PNs), and PN (pebble net)."
    ),
    "nested names": (
        "CT, chest CT, chest CT scans, low-dose chest CT scans, U-Net, U-Net++, nnU-Net, the 3D U-Net U-Net."
    ),
    "one endless word": "CT" * 5000,
    "one endless compound": "-".join(["chest", "CT", "U-Net"] * 400),
    "no full stop": " ".join(["liver tumor segmentation with U-Net on chest CT and"] * 200),
}


@pytest.fixture(scope="module")
def shipped() -> Language:
    return load_pipeline()


def places(entity: Entity, text: str) -> dict[str, set[Interval]]:
    """Where each surface stands: as a word of its own, or as a mention."""
    found = {
        surface: {match.span() for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text)}
        for surface in entity.surfaces
    }
    for start, end in entity.mentions:
        found[text[start:end]].add((start, end))
    return found


def standing(entity: Entity, text: str) -> set[str]:
    """The surfaces that stand somewhere outside every longer surface of the same entity."""
    found = places(entity, text)
    return {
        surface
        for surface, own in found.items()
        if any(
            not any(a <= start and end <= b for longer in found if longer != surface for a, b in found[longer])
            for start, end in own
        )
    }


def check(annotation: Annotation, text: str) -> None:
    """Assert all that a reader of the record may rely on."""
    check_places(annotation, text)
    for entity in annotation.entities:
        assert standing(entity, text) == set(entity.surfaces)
    assert encode(annotation)


def check_places(annotation: Annotation, text: str) -> None:
    """Assert that every offset is true, that surfaces are what stands there, and that no two entities share a name."""
    names = [entity.name for entity in annotation.entities]
    assert len(set(names)) == len(names)
    for entity in annotation.entities:
        assert entity.mentions
        assert all(0 <= start < end <= len(text) for start, end in entity.mentions)
        assert len(set(entity.surfaces)) == len(entity.surfaces)
        assert set(entity.surfaces) == {text[start:end] for start, end in entity.mentions}
    for start, end in stretches(annotation):
        assert 0 <= start <= end <= len(text)


def stretches(annotation: Annotation) -> list[Interval]:
    """Every stretch of text that claims and results point to."""
    claims = annotation.claims or ()
    found = [one.sentence for one in claims] + [one.sentence for one in annotation.results]
    found += [one.span for one in annotation.results] + [place for one in claims for place in one.mentions]
    return [one for one in found if one is not None]


@pytest.mark.parametrize("title", [TITLE, "Stones", "\u80dd\u810f"], ids=["full title", "one word", "chinese title"])
@pytest.mark.parametrize("abstract", HARD.values(), ids=HARD.keys())
def test_an_annotation_holds_against_a_hard_text(shipped: Language, title: str, abstract: str) -> None:
    paper = Paper(id="hard", title=title, abstract=abstract)

    check(extract(shipped, paper), paper.text)


@pytest.mark.parametrize("title", HARD.values(), ids=HARD.keys())
def test_an_annotation_holds_against_a_hard_title(shipped: Language, title: str) -> None:
    paper = Paper(id="hard", title=title, abstract="We use BrookNet, a U-Net, on chest CT of liver tumors.")

    check(extract(shipped, paper), paper.text)


@pytest.mark.parametrize("abstract", ["", " ", "\n", "\x00", "\ud800", "\u0301", "\u200b"], ids=ascii)
def test_reads_nothing_off_a_text_without_words(shipped: Language, abstract: str) -> None:
    assert extract(shipped, Paper(id="hard", title="", abstract=abstract)).entities == ()


def test_odd_characters_between_sentences_leave_offsets_true(shipped: Language) -> None:
    odd = "\U0001f469\u200d\u2695\ufe0f \ud800 e\u0301\u0301 "
    paper = Paper(id="hard", title=odd, abstract=f"{odd}We use computed tomography. {odd}It shows the liver.")

    annotation = extract(shipped, paper)

    check(annotation, paper.text)
    assert "computed tomography" in {surface for entity in annotation.entities for surface in entity.surfaces}


def long_text(words: int) -> str:
    """Sentences of a paper without end, each with a new name, a new number and old names."""
    sentence = (
        "We train Brook{0}Net on the RIVER-{0} dataset of {0} chest CT scans to segment liver tumors, and it reaches "
        "a Dice score of 0.{0} where a U-Net fails."
    )
    made = [sentence.format(number) for number in range(1, words // len(sentence.split()) + 2)]
    return " ".join(made)


@pytest.mark.parametrize(
    ("fast", "words", "most"), [(True, 50_000, 30), (False, 10_000, 30)], ids=["rules alone", "learned model"]
)
def test_reads_a_text_of_many_thousand_words_in_time(fast: bool, words: int, most: float) -> None:
    nlp = load_pipeline(settings=Settings(fast=fast))
    paper = Paper(id="long", title=TITLE, abstract=long_text(words))
    assert len(paper.text.split()) >= words

    began = time.process_time()
    annotation = extract(nlp, paper)
    took = time.process_time() - began

    assert took < most, f"{took:.0f} s"  # far above what it takes, far below what a quadratic step would
    assert annotation.entities
    check_places(annotation, paper.text)


NAMES = (
    "U-Net",
    "chest CT",
    "CT",
    "CTs",
    "MRI",
    "liver tumor",
    "Dice score of 91%",
    "We propose BrookNet",
    "(BN)",
    ". ",
)
PIECES = st.one_of(st.text(max_size=12), st.sampled_from(NAMES))
TEXTS = st.builds(
    lambda pieces, glue: glue.join(pieces), st.lists(PIECES, max_size=12), st.sampled_from((" ", "", "\n"))
)


@settings(max_examples=60, deadline=None)
@given(title=TEXTS, abstract=TEXTS)
def test_an_annotation_holds_against_any_text(shipped: Language, title: str, abstract: str) -> None:
    paper = Paper(id="hard", title=title, abstract=abstract)

    check(extract(shipped, paper), paper.text)
