"""CSL-JSON: what Zotero and other reference managers export, a list of items or an object that holds one.

Names of fields as in https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables, their
types as in https://github.com/citation-style-language/schema.
"""

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from msgspec import Struct, field

from kg.errors import InputError
from kg.readers.citation import Citation, paper_of, split_list
from kg.readers.fields import iso_date
from kg.readers.json_records import read_json
from kg.readers.reader import Located, Reader
from kg.readers.source import Source
from kg.records import Author, Paper

__all__ = ["READER"]

_OPENING = re.compile(r"\s*(?:\[\s*(?:\{|\])|\{)")
_SIGN = re.compile(
    r'"type"\s*:\s*"(?:article-journal|article-magazine|article-newspaper|paper-conference|chapter|thesis)"'
    r'|"(?:date-parts|container-title|citation-key|family)"\s*:'
)
_TITLE = re.compile(r'"title"\s*:\s*"')
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


_Number: TypeAlias = str | int | float
"""Programs that know no integers write 2024.0."""


class _Name(Struct):
    family: str | None = None
    given: str | None = None
    literal: str | None = None
    suffix: str | None = None
    dropping: str | None = field(name="dropping-particle", default=None)
    particle: str | None = field(name="non-dropping-particle", default=None)


class _Date(Struct):
    parts: list[list[_Number | None]] | None = field(name="date-parts", default=None)
    raw: str | None = None
    literal: str | None = None


class _Item(Struct):
    title: str | None = None
    abstract: str | None = None
    author: list[_Name] | None = None
    issued: _Date | None = None
    doi: str | None = field(name="DOI", default=None)
    url: str | None = field(name="URL", default=None)
    pmid: _Number | None = field(name="PMID", default=None)
    keyword: str | None = None
    number: _Number | None = None
    archive: str | None = None
    archive_location: str | None = None
    note: str | None = None


def _detects(start: str) -> bool:
    return bool(_OPENING.match(start) and _TITLE.search(start) and _SIGN.search(start))


def _read(source: Source, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    return read_json(source, on_bad, _Item, _paper, lists=("items",))


def _paper(item: _Item) -> Paper:
    return paper_of(
        Citation(
            title=item.title or "",
            abstract=item.abstract or "",
            authors=tuple(Author(name) for one in item.author or () if (name := _name(one))),
            date=_date(item.issued),
            doi=item.doi or "",
            arxiv=_arxiv(item),
            pmid=_printed(item.pmid),
            keywords=split_list(item.keyword or ""),
            addresses=tuple((item.url or "").split()),
        )
    )


def _name(person: _Name) -> str:
    printed = [person.given, person.dropping, person.particle, person.family, person.suffix]
    name = " ".join(" ".join(filter(None, printed)).split())
    return name or " ".join((person.literal or "").split())


def _date(issued: _Date | None) -> str:
    """The first of a range; where a program could not read a date it hands on the words."""
    if issued is None:
        return ""
    for parts in issued.parts or []:
        return iso_date(*[_printed(part) for part in parts[:3] if part is not None] or [""]) or ""
    match = _ISO.match((issued.raw or issued.literal or "").strip())
    return iso_date(*(part or "" for part in match.groups())) or "" if match else ""


def _printed(number: _Number | None) -> str:
    """Write a number as people do.

    >>> _printed(2024.0), _printed("2024"), _printed(None)
    ('2024', '2024', '')
    """
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    return "" if number is None else str(number)


def _arxiv(item: _Item) -> str:
    """Zotero writes it as the number of a preprint, older programs as its place in the archive or into a note."""
    if (item.archive or "").strip().lower() == "arxiv" and item.archive_location:
        return item.archive_location
    return next((one for one in (_printed(item.number), item.note or "") if "arxiv" in one.lower()), "")


READER = Reader(_detects, _read, is_sure=_detects)
