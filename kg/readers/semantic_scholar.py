"""Semantic Scholar papers: an answer of its Academic Graph API, single papers, or the JSON Lines of a release.

Fields as in https://api.semanticscholar.org/api-docs/graph; only those that were asked for are there.
"""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct, field

from kg.errors import InputError
from kg.readers.fields import checked_title, normalised
from kg.readers.json_records import read_json
from kg.readers.markup import abstract_text, plain_text
from kg.readers.reader import Located, Reader
from kg.readers.source import Source
from kg.records import Author, Paper, default_id
from kg.records.identifiers import normal_arxiv, normal_date, normal_doi, normal_pmid

__all__ = ["READER"]

_SIGN = re.compile(r'"(?:paperId|corpusid|externalids)"\s*:', re.IGNORECASE)


class _Person(Struct):
    name: str | None = None
    affiliations: list[str] | None = None


class _Ids(Struct):
    doi: str | None = field(name="DOI", default=None)
    arxiv: str | None = field(name="ArXiv", default=None)
    pmid: str | int | None = field(name="PubMed", default=None)


class _OpenAccess(Struct):
    license: str | None = None


class _Record(Struct):
    """The API writes names in camel case, the releases in lower case."""

    title: str | None = None
    abstract: str | None = None
    authors: list[_Person] | None = None
    year: int | None = None
    api_date: str | None = field(name="publicationDate", default=None)
    release_date: str | None = field(name="publicationdate", default=None)
    api_ids: _Ids | None = field(name="externalIds", default=None)
    release_ids: _Ids | None = field(name="externalids", default=None)
    open_access: _OpenAccess | None = field(name="openAccessPdf", default=None)


def _detects(start: str) -> bool:
    return start.lstrip().startswith(("{", "[")) and _SIGN.search(start) is not None


def _read(source: Source, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    return read_json(source, on_bad, _Record, _paper, lists=("data",))


def _paper(record: _Record) -> Paper:
    title = checked_title(plain_text(record.title or ""))
    ids = record.api_ids or record.release_ids or _Ids()
    doi, arxiv = normalised(normal_doi, ids.doi), normalised(normal_arxiv, ids.arxiv)
    pmid = normalised(normal_pmid, None if ids.pmid is None else str(ids.pmid))
    date = normalised(normal_date, record.api_date or record.release_date)
    year = None if record.year is None else str(record.year)
    return Paper(
        id=default_id(title, doi, arxiv, pmid),
        title=title,
        abstract=abstract_text(record.abstract or ""),
        authors=tuple(_authors(record.authors or [])),
        date=date or normalised(normal_date, year),
        doi=doi,
        arxiv=arxiv,
        pmid=pmid,
        licence=plain_text((record.open_access and record.open_access.license) or "") or None,
    )


def _authors(people: list[_Person]) -> Iterator[Author]:
    for person in people:
        name = plain_text(person.name or "")
        if name:
            places = map(plain_text, person.affiliations or [])
            yield Author(name, affiliation="; ".join(filter(None, places)) or None)


READER = Reader(_detects, _read, is_sure=_detects)
