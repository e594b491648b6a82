"""Crossref's REST API, https://www.crossref.org/documentation/retrieve-metadata/rest-api/.

A second between requests keeps to what its public pool allows for lists. Lists are walked by offset, which goes as
far as 10,000 works: the cursors that go further expire in minutes, and an interrupted fetch could not go on.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Raw, Struct, field

from kg.fetching.service import Ask, Page, Service, Wanted, batches, decoded, page_of, size_of, walk
from kg.readers import READERS
from kg.readers.fields import orcid_in
from kg.records import Paper
from kg.records.identifiers import normal_doi

__all__ = ["SERVICE"]

_PAGE = 100
_BATCH = 50
"""DOIs of a request; they may be long, and an address may not."""


class _List(Struct):
    items: list[Raw]
    total: int = field(name="total-results")


class _Answer(Struct):
    message: _List


def _by_ids(ask: Ask, ids: Sequence[str]) -> Iterator[Page]:
    """Ask for DOIs; one with a comma cannot stand in Crossref's filters."""
    for batch in batches([one for one in ids if "," not in one], _BATCH):
        named = ",".join(f"doi:{doi}" for doi in batch)
        yield ask("works", {"filter": named, "rows": str(_PAGE)}, _page)


def _search(ask: Ask, wanted: Wanted, limit: int | None) -> Iterator[Page]:
    return walk(ask, "works", partial(_parameters, wanted), _page, size_of(_PAGE, limit))


def _parameters(wanted: Wanted, start: int, size: int) -> dict[str, str]:
    """The page that begins at ``start``; the words of a query are looked for in what a reference would print.

    >>> _parameters(Wanted(query="kidney stone", author="0000-0002-1825-0097"), 100, 100)
    {'query.bibliographic': 'kidney stone', 'filter': 'orcid:0000-0002-1825-0097', 'rows': '100', 'offset': '100'}
    """
    asked = {"query.bibliographic": wanted.query} if wanted.query else {}
    if wanted.author:
        orcid = orcid_in(wanted.author)
        asked["filter" if orcid else "query.author"] = f"orcid:{orcid}" if orcid else wanted.author
    return asked | {"rows": str(size), "offset": str(start)}


def _page(answer: bytes) -> Page:
    return page_of(READERS["crossref"], answer, decoded(answer, _Answer).message.total)


def _known_as(paper: Paper) -> Iterator[str]:
    if paper.doi:
        yield paper.doi.lower()


SERVICE = Service(
    title="Crossref",
    url="https://api.crossref.org",
    interval=1.0,
    reach=10_000,
    normal=normal_doi,
    by_ids=_by_ids,
    search=_search,
    known_as=_known_as,
    contact="mailto",
)
