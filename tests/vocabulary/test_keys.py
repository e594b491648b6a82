"""The keys of names: laws that hold for every name; which names share a key stands in tests/linking."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.vocabulary.keys import keys_of

_WORD = st.text(string.ascii_lowercase, min_size=2, max_size=9).filter(lambda word: not set(word) <= set("ivx"))
"""No numeral, which belongs to the word before it: the order of these does matter."""


@given(st.text())
def test_a_name_and_its_most_exact_key_have_the_same_keys(name: str) -> None:
    assert keys_of(keys_of(name).normal) == keys_of(name)


@given(st.lists(_WORD, min_size=1, max_size=5).flatmap(lambda words: st.tuples(st.just(words), st.permutations(words))))
def test_the_order_of_words_does_not_matter_for_the_looser_keys(orders: tuple[list[str], list[str]]) -> None:
    one, other = (keys_of(" ".join(words)) for words in orders)

    if one.normal.split() == sorted(one.normal.split()) or not any(word.endswith("s") for word in orders[0]):
        assert sorted(one.normal.split()) == sorted(other.normal.split())
    assert (one.reordered, one.alike, one.bare) == (other.reordered, other.alike, other.bare)


@pytest.mark.parametrize("name", ["", " ", "-", "of the", "'s", "type", "disease syndrome"])
def test_a_name_without_content_has_keys_too(name: str) -> None:
    assert len(keys_of(name)) == 6


@pytest.mark.parametrize(
    ("name", "other"),
    [("type 1 1", "type 11"), ("stage 1 type 2", "stage 2 type 1"), ("a or b", "a and b"), ("without x", "with x")],
)
def test_names_that_differ_share_no_key(name: str, other: str) -> None:
    assert not set(keys_of(name)) & set(keys_of(other))
