"""OpenAlex, https://developers.openalex.org; a free key is needed for more than a few requests a day.

Lists are walked by page, which goes as far as 10,000 works: the cursors that go further are for those with a key.
Lists name the first hundred authors of a work only, and say so.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Raw, Struct

from kg.errors import RecordError
from kg.fetching.service import Ask, Page, Service, Wanted, batches, decoded, page_of, size_of, walk
from kg.readers import READERS
from kg.readers.fields import normalised, orcid_in
from kg.records import Paper
from kg.records.identifiers import normal_doi, normal_openalex, normal_pmid

__all__ = ["SERVICE"]

_PAGE = 100
_BATCH = 50
"""Ids of a request; DOIs may be long, and an address may not."""
_SEPARATORS = frozenset(",|")


class _Meta(Struct):
    count: int


class _Answer(Struct):
    meta: _Meta
    results: list[Raw]


def _normal(printed: str) -> str:
    for normal in (normal_openalex, normal_doi, normal_pmid):
        found = normalised(normal, printed)
        if found:
            return found
    raise RecordError("id", f"{printed!r} is no OpenAlex id (W2741809807), DOI or PMID")


def _by_ids(ask: Ask, ids: Sequence[str]) -> Iterator[Page]:
    """Ask for each kind of id by itself; one that holds a separator of the query language cannot be asked for."""
    kinds: dict[str, list[str]] = {"openalex": [], "doi": [], "pmid": []}
    for one in ids:
        if not _SEPARATORS & set(one):
            kinds["openalex" if one.startswith("W") else "pmid" if one.isdigit() else "doi"].append(one)
    for kind, named in kinds.items():
        for batch in batches(named, _BATCH):
            yield ask("works", {"filter": f"{kind}:{'|'.join(batch)}", "per_page": str(_PAGE)}, _page)


def _search(ask: Ask, wanted: Wanted, limit: int | None) -> Iterator[Page]:
    size = size_of(_PAGE, limit)
    return walk(ask, "works", partial(_parameters, wanted), _page, size)


def _parameters(wanted: Wanted, start: int, size: int) -> dict[str, str]:
    """The page that begins at ``start``.

    >>> _parameters(Wanted(query="kidney stone", author="Weir, Ada"), 200, 100)
    {'search': 'kidney stone', 'filter': 'raw_author_name.search:Weir Ada', 'per_page': '100', 'page': '3'}
    """
    asked = {"search": wanted.query} if wanted.query else {}
    if wanted.author:
        orcid = orcid_in(wanted.author)
        name = " ".join(wanted.author.replace(",", " ").replace("|", " ").split())
        asked["filter"] = f"authorships.author.orcid:{orcid}" if orcid else f"raw_author_name.search:{name}"
    return asked | {"per_page": str(size), "page": str(start // size + 1)}


def _page(answer: bytes) -> Page:
    return page_of(READERS["openalex"], answer, decoded(answer, _Answer).meta.count)


def _known_as(paper: Paper) -> Iterator[str]:
    for one in (paper.openalex, paper.doi, paper.pmid):
        if one:
            yield one.lower()


SERVICE = Service(
    title="OpenAlex",
    url="https://api.openalex.org",
    interval=0.1,
    reach=10_000,
    normal=_normal,
    by_ids=_by_ids,
    search=_search,
    known_as=_known_as,
    contact="mailto",
    key=("api_key", "OPENALEX_API_KEY"),
)
