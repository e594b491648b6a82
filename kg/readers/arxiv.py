"""arXiv's Atom: the answers of its API.

Elements as in https://info.arxiv.org/help/api/user-manual.html. The date is that of the first version. Addresses in
the authors' comment are kept as links, and a comment that says the paper was withdrawn as its retraction.
"""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from kg.errors import InputError, RecordError
from kg.readers.fields import checked_title, normalised, urls_in
from kg.readers.markup import text_of
from kg.readers.reader import Located, Reader
from kg.readers.source import Source
from kg.readers.xml_records import read_xml
from kg.records import Author, Links, Paper, default_id
from kg.records.identifiers import normal_arxiv, normal_date, normal_doi

__all__ = ["READER"]

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_WITHDRAWN = re.compile(r"\bwithdrawn\b", re.IGNORECASE)
_ERROR = "arxiv.org/api/errors"


def _detects(start: str) -> bool:
    return "<feed" in start and "http://www.w3.org/2005/Atom" in start and "arxiv.org" in start


def _read(source: Source, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    return read_xml(source, on_bad, (f"{_ATOM}entry",), _paper)


def _paper(entry: etree._Element) -> Paper:
    address = _text(entry, f"{_ATOM}id")
    if _ERROR in address:  # errors come as entries
        raise RecordError("", f"arXiv answered with an error: {_text(entry, f'{_ATOM}summary')}")
    title = checked_title(_text(entry, f"{_ATOM}title"))
    arxiv = normalised(normal_arxiv, address)
    doi = normalised(normal_doi, _text(entry, f"{_ARXIV}doi"))
    comment = _text(entry, f"{_ARXIV}comment")
    return Paper(
        id=default_id(title, doi, arxiv),
        title=title,
        abstract=_text(entry, f"{_ATOM}summary"),
        authors=tuple(_authors(entry)),
        date=normalised(normal_date, _text(entry, f"{_ATOM}published")),
        categories=_categories(entry),
        doi=doi,
        arxiv=arxiv,
        links=Links(other=urls_in(comment)),
        licence=_licence(entry),
        retraction=comment if _WITHDRAWN.search(comment) else None,
    )


def _text(element: etree._Element, name: str) -> str:
    found = element.find(name)
    return "" if found is None else text_of(found)


def _authors(entry: etree._Element) -> Iterator[Author]:
    for author in entry.iterfind(f"{_ATOM}author"):
        name = _text(author, f"{_ATOM}name")
        if name:
            places = [text_of(place) for place in author.iterfind(f"{_ARXIV}affiliation")]
            yield Author(name, affiliation="; ".join(filter(None, places)) or None)


def _categories(entry: etree._Element) -> tuple[str, ...]:
    """The categories, the primary one first, each once."""
    listed = [*entry.iterfind(f"{_ARXIV}primary_category"), *entry.iterfind(f"{_ATOM}category")]
    return tuple(dict.fromkeys(term.strip() for one in listed if (term := one.get("term"))))


def _licence(entry: etree._Element) -> str | None:
    links = (one.get("href") for one in entry.iterfind(f"{_ATOM}link[@rel='license']"))
    return next(filter(None, links), None) or _text(entry, f"{_ATOM}rights") or None


READER = Reader(_detects, _read, is_sure=_detects)
