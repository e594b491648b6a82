import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.vocab import Vocab

from kg.extraction.tokens import WordTokenizer, plain_words
from kg.text import split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("chest-CT, p<.001", ["chest", "-", "CT", ",", "p", "<", ".", "001"]),
        (r"\textbf{G}lobal {for}", [r"\textbf{G}lobal", "{for}"]),
        ("a  b", ["a", " ", "b"]),
        ("", []),
    ],
    ids=["signs apart", "LaTeX kept in the word", "second space is a token", "empty"],
)
def test_cuts_at_every_change_between_word_and_other_signs(text: str, words: list[str]) -> None:
    assert [token.text for token in WordTokenizer(Vocab())(text)] == words


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_tokens_put_together_are_the_text(text: str) -> None:
    assert WordTokenizer(Vocab())(text).text == text


def test_plain_words_are_without_latex(nlp: Language) -> None:
    assert plain_words(nlp.make_doc(r"\textbf{G}lobal {for} {")) == ["Global", "for", "{"]


def test_split_words_leaves_out_what_may_stand_between_words() -> None:
    assert split_words("T1-weighted  MRI/CT") == ["T1", "weighted", "MRI", "CT"]
