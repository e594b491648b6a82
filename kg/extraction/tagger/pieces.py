"""Word pieces of a document, cut into windows that the encoder can take."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from tokenizers import Tokenizer

__all__ = ["Window", "windows"]

_MOST_PIECES_OF_A_WORD = 24
"""A longer word is cut: it is no word but a string of data."""


class Window(NamedTuple):
    """A stretch of a document that the encoder reads at once.

    Attributes:
        pieces: Ids of its word pieces, with the encoder's start and end signs.
        tokens: For each piece the index of its token; -1 for start and end signs.
        first: Places in ``pieces`` where a token begins.
    """

    pieces: NDArray[np.int64]
    tokens: NDArray[np.int64]
    first: NDArray[np.int64]


def windows(doc: "Doc", tokenizer: "Tokenizer", size: int) -> Iterator[Window]:
    """Cut a document into windows of at most ``size`` pieces, at sentence starts where it can be.

    A text that fits is one window.
    """
    places = [token.i for token in doc if not token.is_space]
    words = [doc[place].text for place in places]
    if not words:
        return
    encoded = tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
    pieces: list[list[int]] = [[] for _ in places]
    for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
        if word is not None and len(pieces[word]) < _MOST_PIECES_OF_A_WORD:
            pieces[word].append(piece)
    start, end = _id(tokenizer, "[CLS]"), _id(tokenizer, "[SEP]")
    for low, high in _cuts([len(one) for one in pieces], [bool(doc[at].is_sent_start) for at in places], size - 2):
        if any(pieces[low:high]):  # a sign that the encoder has no piece for is not read
            yield _window(pieces[low:high], places[low:high], start, end)


def _id(tokenizer: "Tokenizer", sign: str) -> int:
    found = tokenizer.token_to_id(sign)
    if found is None:
        raise ValueError(f"the word pieces hold no {sign}")
    return found


def _cuts(lengths: Sequence[int], opens: Sequence[bool], size: int) -> Iterator[tuple[int, int]]:
    """Yield stretches of words, each of at most ``size`` pieces, that end where a sentence does if one ends in them."""
    low = used = 0
    sentence = 0
    for at, length in enumerate(lengths):
        if opens[at]:
            sentence = at
        while used + length > size:
            cut = sentence if sentence > low else at
            yield low, cut
            low, used = cut, sum(lengths[cut:at])
        used += length
    yield low, len(lengths)


def _window(pieces: Sequence[Sequence[int]], places: Sequence[int], start: int, end: int) -> Window:
    ids, tokens, first = [start], [-1], []
    for place, word in zip(places, pieces, strict=True):
        if word:
            first.append(len(ids))
            ids += word
            tokens += [place] * len(word)
    return Window(*(np.array(part, dtype=np.int64) for part in ([*ids, end], [*tokens, -1], first)))
