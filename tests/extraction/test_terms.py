import pytest
from spacy.language import Language

from kg.extraction.terms import TERMS
from kg.vocabulary.keys import fold_word


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("UNet and u-net and U-Nets", ["UNet", "u-net", "U-Nets"]),
        ("Computed-Tomography of tumours", ["Computed-Tomography", "tumours"]),
        ("We drive on DRIVE", ["DRIVE"]),
        ("metastases of a metastasis", ["metastases", "metastasis"]),
        ("a self-supervised way", ["self-supervised"]),
        ("made in the US", []),
        ("US, that is ultrasound", ["US", "ultrasound"]),
        ("cyclic trains (CT) on CT", []),
        (r"{U}-Net, \textbf{C}NN", ["{U}-Net", r"\textbf{C}NN"]),
        ("chest CT scans", ["chest CT", "CT"]),
    ],
    ids=[
        "hyphen and case",
        "gap and British spelling",
        "acronyms keep their case",
        "Greek plural",
        "hidden label",
        "ambiguous alone",
        "ambiguous beside another name",
        "defined as something else",
        "LaTeX",
        "nested, without the word that carries nothing",
    ],
)
def test_finds_names_of_the_vocabulary(nlp: Language, text: str, found: list[str]) -> None:
    doc = nlp(text)

    assert [span.text for span in doc.spans[TERMS]] == found


@pytest.mark.parametrize("word", ["Tumours", "stenoses", "WSIs", "diagnosis", "na\u00efve"])
def test_folding_a_word_twice_changes_nothing(word: str) -> None:
    assert fold_word(fold_word(word)) == fold_word(word)
