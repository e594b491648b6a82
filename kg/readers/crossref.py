"""Crossref works: an answer of its REST API, single works, or JSON Lines of them.

Fields as in https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md; the CSL-JSON that Crossref gives for
a DOI has the same, with a title that is no list. Titles and abstracts are JATS, with
more or less care. A retraction stands on the retracted work as ``updated-by``; ``update-to`` stands on the notice,
and on the work itself only where a publisher updated it in place.
"""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct, field

from kg.errors import InputError
from kg.readers.fields import checked_title, iso_date, normalised, orcid_in
from kg.readers.json_records import read_json
from kg.readers.markup import abstract_text, plain_text
from kg.readers.reader import Located, Reader
from kg.readers.source import Source
from kg.records import Author, Paper, default_id
from kg.records.identifiers import normal_doi

__all__ = ["READER"]

_SIGN = re.compile(r'"message-type"\s*:|"is-referenced-by-count"\s*:|"content-domain"\s*:|"references-count"\s*:')
_DOI = re.compile(r'"DOI"\s*:')
_WITHDRAWN = frozenset({"retraction", "withdrawal", "removal", "partial_retraction"})


class _Place(Struct):
    name: str | None = None


class _Person(Struct):
    given: str | None = None
    family: str | None = None
    suffix: str | None = None
    name: str | None = None
    orcid: str | None = field(name="ORCID", default=None)
    affiliation: list[_Place] | None = None


class _Date(Struct):
    parts: list[list[int | None]] | None = field(name="date-parts", default=None)


class _Licence(Struct):
    url: str | None = field(name="URL", default=None)
    version: str | None = field(name="content-version", default=None)


class _Update(Struct):
    doi: str | None = field(name="DOI", default=None)
    type: str | None = None


class _Work(Struct):
    doi: str | None = field(name="DOI", default=None)
    title: list[str] | str | None = None
    subtitle: list[str] | str | None = None
    abstract: str | None = None
    author: list[_Person] | None = None
    published: _Date | None = None
    print_date: _Date | None = field(name="published-print", default=None)
    online_date: _Date | None = field(name="published-online", default=None)
    issued: _Date | None = None
    license: list[_Licence] | None = None
    updated_by: list[_Update] | None = field(name="updated-by", default=None)
    update_to: list[_Update] | None = field(name="update-to", default=None)


class _Record(_Work):
    """A work, or an answer that holds one."""

    message: _Work | None = None


def _detects(start: str) -> bool:
    opening = start.lstrip().startswith(("{", "["))
    return opening and _DOI.search(start) is not None and _SIGN.search(start) is not None


def _read(source: Source, on_bad: Callable[[InputError], None]) -> Iterator[Located]:
    return read_json(source, on_bad, _Record, lambda record: _paper(record.message or record), lists=("message.items",))


def _paper(work: _Work) -> Paper:
    title = checked_title(_title(work))
    doi = normalised(normal_doi, plain_text(work.doi or ""))
    return Paper(
        id=default_id(title, doi),
        title=title,
        abstract=abstract_text(work.abstract or ""),
        authors=tuple(_authors(work.author or [])),
        date=_date(work),
        doi=doi,
        licence=_licence(work.license or []),
        retraction=_retraction(work),
    )


def _title(work: _Work) -> str:
    """Title and subtitle as they are printed, one behind the other."""
    listed = ([one] if isinstance(one, str) else one or [] for one in (work.title, work.subtitle))
    parts = [plain_text(part) for given in listed for part in given[:1]]
    title, *more = [part for part in parts if part] or [""]
    return title if not more or more[0].casefold() in title.casefold() else f"{title.rstrip(':')}: {more[0]}"


def _authors(people: list[_Person]) -> Iterator[Author]:
    for person in people:
        printed = [person.given, person.family, person.suffix] if person.family or person.given else [person.name]
        name = " ".join(plain_text(part) for part in printed if part)
        if name:
            places = [plain_text(place.name) for place in person.affiliation or [] if place.name]
            yield Author(name, orcid_in(person.orcid), "; ".join(places) or None)


def _date(work: _Work) -> str | None:
    for one in (work.published, work.print_date, work.online_date, work.issued):
        for parts in (one.parts if one else None) or []:
            printed = [str(part) for part in parts[:3] if part is not None]
            date = iso_date(*printed) if printed else None
            if date:
                return date
    return None


def _licence(licences: list[_Licence]) -> str | None:
    """That of the version of record, where several versions have their own."""
    first = sorted(licences, key=lambda licence: licence.version != "vor")
    return next((licence.url.strip() for licence in first if licence.url), None)


def _retraction(work: _Work) -> str | None:
    for update in work.updated_by or []:
        if update.type in _WITHDRAWN:
            return f"{update.type}: {update.doi}" if update.doi else update.type
    own = (update.type for update in work.update_to or [] if update.doi and update.doi == work.doi)
    return next((kind for kind in own if kind in _WITHDRAWN), None)


READER = Reader(_detects, _read, is_sure=_detects)
