"""OpenAlex works: an answer of its API, single works, or the JSON Lines of a snapshot.

Fields as in https://developers.openalex.org/api-reference/works. The abstract comes as an index from each word to
its places. A date that is known to the year or month only comes as the first day of it, and cannot be told from
one; it is taken at the precision that is true in both cases.
"""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from kg.errors import InputError
from kg.readers.citation import in_reading_order
from kg.readers.fields import checked_title, normalised, orcid_in
from kg.readers.json_records import read_json
from kg.readers.markup import abstract_text, plain_text
from kg.readers.reader import Located, Reader
from kg.readers.source import Source
from kg.records import Author, Paper, default_id
from kg.records.identifiers import normal_date, normal_doi, normal_openalex, normal_pmid

__all__ = ["READER"]

_WORK = re.compile(r'"id"\s*:\s*"https?://openalex\.org/W[0-9]+"')
_FIELD = re.compile(r'"(?:abstract_inverted_index|authorships|display_name|publication_year)"\s*:')
"""A record of `kg` may have such an id; these fields it has not."""
_FIRST_DAY = re.compile(r"(?:-01)?-01$")


class _Person(Struct):
    display_name: str | None = None
    orcid: str | None = None


class _Authorship(Struct):
    author: _Person | None = None
    raw_author_name: str | None = None
    raw_affiliation_strings: list[str] | None = None


class _Ids(Struct):
    pmid: str | None = None


class _Location(Struct):
    license: str | None = None


class _Work(Struct):
    id: str | None = None
    doi: str | None = None
    ids: _Ids | None = None
    title: str | None = None
    display_name: str | None = None
    abstract_inverted_index: dict[str, list[int]] | None = None
    authorships: list[_Authorship] | None = None
    is_authors_truncated: bool | None = None
    publication_date: str | None = None
    publication_year: int | None = None
    primary_location: _Location | None = None
    best_oa_location: _Location | None = None
    is_retracted: bool | None = None


def _detects(start: str) -> bool:
    opening = start.lstrip().startswith(("{", "["))
    return opening and _WORK.search(start) is not None and _FIELD.search(start) is not None


def _read(source: Source, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    return read_json(source, on_bad, _Work, _paper, lists=("results",))


def _paper(work: _Work) -> Paper:
    title = checked_title(plain_text(work.title or work.display_name or ""))
    doi = normalised(normal_doi, work.doi)
    pmid = normalised(normal_pmid, work.ids.pmid if work.ids else None)
    openalex = normalised(normal_openalex, work.id)
    return Paper(
        id=default_id(title, doi, pmid, openalex),
        title=title,
        abstract=abstract_text(_text(work.abstract_inverted_index or {})),
        authors=tuple(_authors(work.authorships or [])),
        authors_complete=not work.is_authors_truncated,
        date=_date(work),
        doi=doi,
        pmid=pmid,
        openalex=openalex,
        licence=_licence(work),
        retraction="retracted, says OpenAlex" if work.is_retracted else None,
    )


def _text(index: dict[str, list[int]]) -> str:
    """Put the words of an inverted index back in their order.

    >>> _text({"the": [2, 0], "stone": [1], "river": [3]})
    'the stone the river'
    """
    return " ".join(word for _, word in sorted((place, word) for word, places in index.items() for place in places))


def _authors(authorships: list[_Authorship]) -> Iterator[Author]:
    for one in authorships:
        person = one.author or _Person()
        name = plain_text(_printed(one.raw_author_name or "", person.display_name or ""))
        if name:
            places = map(plain_text, one.raw_affiliation_strings or [])
            yield Author(name, orcid_in(person.orcid), "; ".join(filter(None, places)) or None)


def _printed(raw: str, display: str) -> str:
    """The name as printed on the paper; with a comma it is in an order, or has degrees, that OpenAlex's own has not.

    >>> _printed("A. Weir", "Ada Weir"), _printed("Weir, Ada", "Ada Weir"), _printed("Weir, Ada", "")
    ('A. Weir', 'Ada Weir', 'Ada Weir')
    """
    return (display or in_reading_order(raw)) if "," in raw else raw or display


def _date(work: _Work) -> str | None:
    date = normalised(normal_date, work.publication_date)
    if date is None and work.publication_year is not None:
        return normalised(normal_date, str(work.publication_year))
    return _FIRST_DAY.sub("", date) if date else None


def _licence(work: _Work) -> str | None:
    locations = (work.primary_location, work.best_oa_location)
    return next((plain_text(one.license) for one in locations if one and one.license), None)


READER = Reader(_detects, _read, is_sure=_detects)
