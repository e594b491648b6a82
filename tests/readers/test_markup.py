"""Markup inside titles and abstracts becomes text, however it is nested."""

import pytest

from kg.readers.markup import plain_text


@pytest.mark.parametrize("tag", ["mfrac", "sup", "b"])
def test_markup_nested_deeper_than_anybody_means_is_read_as_bare_words(tag: str) -> None:
    text = f"{f'<{tag}>' * 250}stones{f'</{tag}>' * 250}"

    assert "stones" in plain_text(text)
