r"""An author's page: one person's papers, copied as text from a web page.

A head tells the person's name, field and scores; then, for each paper, a line such as ``CVJun 23, 2023Code``
(category, date, and whether code is linked), the title, the authors, and the abstract, parted by blank lines.
The list of authors may be cut ("A, B, C et al.") and may end in an affiliation ("A, B · cmu"). The person of
the page is an author of every paper on it. A line ``Abstracts: …`` in the head says what a reader must know of
abstracts that are not the authors' own words. Texts are kept as given, LaTeX included, so that offsets stay
true.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from kg.errors import InputError
from kg.readers.reader import Located, Reader
from kg.readers.source import Source
from kg.records import Author, Paper
from kg.text import normal_form, slug

__all__ = ["READER"]

_PAPER_HEAD = re.compile(
    r"(?P<category>[A-Za-z.\-]*?)"
    r"(?P<date>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2}, \d{4})(?P<code>Code)?\s*"
)
_COUNT = re.compile(r"(?P<count>[\d,]+) Papers?\s*")
_NOTE = re.compile(r"Abstracts: (?P<note>.+)")
_ET_AL = re.compile(r",?\s*\bet al\.?\s*$")
_MEND = "mend the page, or leave bad papers out with --skip-bad"


class _Line(NamedTuple):
    number: int
    text: str


class _Head(NamedTuple):
    """What the page says before its first paper."""

    owner: str
    note: str | None
    announced: _Line | None


def _detects(start: str) -> bool:
    return any(_PAPER_HEAD.fullmatch(line) for line in start.splitlines())


def _read(source: Source, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    lines = [_Line(number, text.strip()) for number, text in source.lines(on_bad)]
    starts = [index for index, line in enumerate(lines) if _PAPER_HEAD.fullmatch(line.text)]
    if not starts:
        raise InputError(source.place, "no paper head such as 'CVJun 23, 2023Code'", "give an author's page")
    head = _head(source, lines[: starts[0]])
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        try:
            paper = _paper(source, head, lines[start:end])
        except InputError as error:
            on_bad(error)
        else:
            yield Located(f"{source.place}:{lines[start].number}", paper)
    if head.announced and int(head.announced.text) != len(starts):
        reason = f"announces {head.announced.text} papers, but {len(starts)} were found"
        on_bad(InputError(f"{source.place}:{head.announced.number}", reason, _MEND))


def _head(source: Source, lines: list[_Line]) -> _Head:
    texts = [line.text for line in lines if line.text]
    if not texts:
        raise InputError(source.place, "no name stands before the first paper", "begin with the person's name")
    notes = [match["note"] for text in texts if (match := _NOTE.fullmatch(text))]
    counts = [
        _Line(line.number, match["count"].replace(",", "")) for line in lines if (match := _COUNT.fullmatch(line.text))
    ]
    return _Head(texts[0], notes[0] if notes else None, counts[-1] if counts else None)


def _paper(source: Source, head: _Head, lines: list[_Line]) -> Paper:
    match = _PAPER_HEAD.fullmatch(lines[0].text)
    if match is None:
        raise ValueError(lines[0].text)
    date = _iso_date(match["date"], f"{source.place}:{lines[0].number}")
    title, authors, abstract = _blocks(source, lines)
    listed, complete, affiliations = _authors(authors)
    if normal_form(head.owner) not in {normal_form(author.name) for author in listed}:
        listed = (*listed, Author(head.owner, placed=False))
    return Paper(
        id=slug(title),
        title=title,
        abstract=abstract,
        authors=listed,
        authors_complete=complete,
        affiliations=affiliations,
        date=date,
        categories=(match["category"],) if match["category"] else (),
        code_available=True if match["code"] else None,
        abstract_note=head.note,
        source=head.owner,
    )


def _iso_date(printed: str, place: str) -> str:
    try:
        return datetime.strptime(printed, "%b %d, %Y").date().isoformat()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise InputError(place, f"there is no day {printed!r}", _MEND) from error


def _blocks(source: Source, lines: list[_Line]) -> tuple[str, str, str]:
    """Title, authors and abstract: three paragraphs below the paper's head."""
    paragraphs: list[list[_Line]] = [[]]
    for line in lines[1:]:
        if line.text:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    full = [paragraph for paragraph in paragraphs if paragraph]
    parts = ("title", "authors", "abstract")
    if len(full) < len(parts):
        reason = f"the paper has no {parts[len(full)]}"
        raise InputError(f"{source.place}:{lines[0].number}", reason, _MEND)
    if len(full) > len(parts):
        reason = "the next paper's head, such as 'CVJun 23, 2023Code', is expected here"
        raise InputError(f"{source.place}:{full[len(parts)][0].number}", reason, _MEND)
    title, authors, abstract = (" ".join(line.text for line in paragraph) for paragraph in full)
    return title, authors, abstract


def _authors(printed: str) -> tuple[tuple[Author, ...], bool, tuple[str, ...]]:
    """Authors in printed order, whether these are all, and affiliations printed for the paper.

    >>> authors, complete, affiliations = _authors("Ada Lovelace, Alan Turing et al. · cmu")
    >>> [author.name for author in authors], complete, affiliations
    (['Ada Lovelace', 'Alan Turing'], False, ('cmu',))
    """
    names, *affiliations = (part.strip() for part in printed.split("·"))
    listed = _ET_AL.sub("", names)
    authors = tuple(Author(name) for one in listed.split(",") if (name := " ".join(one.split())))
    return authors, listed == names, tuple(one for one in affiliations if one)


READER = Reader(_detects, _read, is_sure=_detects)
