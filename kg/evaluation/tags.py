"""Sentences as a token and its tag a line (CoNLL, BIO and its relatives), a blank line between sentences.

https://aclanthology.org/W03-0419/ has the shape; of more columns the first is the token, the last the tag.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.errors import InputError
from kg.evaluation.mentions import Span
from kg.readers import Source

__all__ = ["Sentence", "read_tagged", "spans_of_tags"]

_TAG = re.compile(r"O|([BIESLUM])-(\S+)")
_BEGINS = frozenset("BSU")
_DOCUMENT = "-DOCSTART-"


class Sentence(NamedTuple):
    """Tokens joined by spaces.

    Attributes:
        place: Of its first line.
        spans: In text order.
    """

    place: str
    text: str
    spans: tuple[Span, ...]


def read_tagged(source: Source) -> Iterator[Sentence]:
    """Yield the sentences of a file in order.

    Raises:
        InputError: A line has no token and tag.
    """
    lines: list[tuple[str, str, str]] = []
    for number, line in source.lines(_refuse):
        place = f"{source.place}:{number}"
        columns = line.split("\t") if "\t" in line else line.split()
        if line.strip() and columns[0] != _DOCUMENT:
            tag = columns[-1].strip()
            if len(columns) > 1 and _TAG.fullmatch(tag):
                lines.append((place, columns[0].strip(), tag))
            elif lines or not line.startswith("#"):
                raise InputError(place, "no token and tag", "give a token and a tag such as O or B-Disease a line")
        elif lines:
            yield _sentence(lines)
            lines = []
    if lines:
        yield _sentence(lines)


def spans_of_tags(tags: Iterable[str]) -> list[tuple[int, int, str]]:
    """Give the runs of tokens that tags mark: first token, the one behind the last, label.

    A tag that goes on where nothing of its label was begun begins.

    >>> spans_of_tags(["B-Task", "I-Task", "O", "I-Task", "B-Task", "I-Metric"])
    [(0, 2, 'Task'), (3, 4, 'Task'), (4, 5, 'Task'), (5, 6, 'Metric')]
    """
    made: list[tuple[int, int, str]] = []
    for at, tag in enumerate(tags):
        prefix, _, label = tag.partition("-")
        if not label:
            continue
        start, end, former = made[-1] if made else (-1, -1, "")
        if prefix in _BEGINS or end != at or former != label:
            made.append((at, at + 1, label))
        else:
            made[-1] = (start, at + 1, label)
    return made


def _sentence(lines: Sequence[tuple[str, str, str]]) -> Sentence:
    starts = []
    length = 0
    for _, token, _ in lines:
        starts.append(length)
        length += len(token) + 1
    spans = (
        (starts[first], starts[end - 1] + len(lines[end - 1][1]), label)
        for first, end, label in spans_of_tags(tag for _, _, tag in lines)
    )
    return Sentence(lines[0][0], " ".join(token for _, token, _ in lines), tuple(spans))


def _refuse(error: InputError) -> None:
    raise error
