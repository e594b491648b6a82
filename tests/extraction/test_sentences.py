import pytest
from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("On stones\nStones roll. They gather no moss.", ["On stones", "Stones roll.", "They gather no moss."]),
        ("T\nWeir et al. Saw it. As did Ford.", ["T", "Weir et al. Saw it.", "As did Ford."]),
        (
            "T\nOurs vs. Theirs, i.e. Both (see Fig. 2). Good.",
            ["T", "Ours vs. Theirs, i.e. Both (see Fig. 2).", "Good."],
        ),
        ("T\nDice rose to 0.91 (p<.001). We stop.", ["T", "Dice rose to 0.91 (p<.001).", "We stop."]),
        ("T\nMen (n = 12). Women (n = 9).", ["T", "Men (n = 12).", "Women (n = 9)."]),
        ("T\n1. Data. 2. Methods.", ["T", "1. Data.", "2. Methods."]),
        ("T\nSee https://a.org/B.C. Done.", ["T", "See https://a.org/B.C.", "Done."]),
        ("T\nIs it? Yes! \u201cGood.\u201d Fine.", ["T", "Is it?", "Yes!", "\u201cGood.\u201d", "Fine."]),
        ("T\nJ. Weir wrote it.", ["T", "J. Weir wrote it."]),
        ("Only a title\n", ["Only a title"]),
    ],
    ids=[
        "title",
        "et al.",
        "vs. and i.e.",
        "decimals",
        "brackets",
        "list",
        "address",
        "marks",
        "initial",
        "no abstract",
    ],
)
def test_finds_sentences(nlp: Language, text: str, sentences: list[str]) -> None:
    doc = nlp(text)

    assert [sent.text.strip() for sent in doc.sents] == sentences
