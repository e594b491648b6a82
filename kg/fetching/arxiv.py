"""arXiv's API, https://info.arxiv.org/help/api/user-manual.html; its rules ask for three seconds between requests."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from kg.errors import FetchError, UsageError
from kg.fetching.service import Ask, Page, Service, Wanted, batches, page_of, parsed, size_of, walk
from kg.readers import READERS
from kg.readers.fields import orcid_in
from kg.records import Paper
from kg.records.identifiers import normal_arxiv

__all__ = ["SERVICE"]

_PAGE = 100
_FIELD = re.compile(r"\b(?:ti|au|abs|co|jr|cat|rn|id|all):")
_TERM = re.compile(r'"[^"]+"|\S+')
_VERSION = re.compile(r"v[0-9]+$")
_ATOM = "{http://www.w3.org/2005/Atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"


def _by_ids(ask: Ask, ids: Sequence[str]) -> Iterator[Page]:
    for batch in batches(ids, _PAGE):
        yield ask("query", {"id_list": ",".join(batch), "start": "0", "max_results": str(_PAGE)}, _page)


def _search(ask: Ask, wanted: Wanted, limit: int | None) -> Iterator[Page]:
    return walk(ask, "query", partial(_parameters, _query(wanted)), _page, size_of(_PAGE, limit))


def _parameters(query: str, start: int, size: int) -> dict[str, str]:
    return {"search_query": query, "start": str(start), "max_results": str(size)}


def _query(wanted: Wanted) -> str:
    """Write a query in arXiv's language; one that names no field is looked for everywhere, all its words.

    >>> _query(Wanted(query='kidney "chest CT"', author="Ada Weir"))
    'all:kidney AND all:"chest CT" AND au:"Ada Weir"'
    >>> _query(Wanted(query="cat:eess.IV OR ti:stone", author="Weir"))
    '(cat:eess.IV OR ti:stone) AND au:"Weir"'
    """
    if wanted.author and orcid_in(wanted.author):
        raise UsageError("arXiv cannot be asked for an ORCID; give the author's name")
    query = wanted.query or ""
    parts = [f"({query})"] if _FIELD.search(query) else [f"all:{term}" for term in _TERM.findall(query)]
    author = (wanted.author or "").replace('"', " ").strip()
    return " AND ".join([*parts, f'au:"{author}"'] if author else parts)


def _page(answer: bytes) -> Page:
    feed = parsed(answer, f"{_ATOM}feed")
    total = feed.findtext(_TOTAL) or "0"
    page = page_of(READERS["arxiv"], answer, int(total))
    said = feed.findtext(f"{_ATOM}entry/{_ATOM}summary") or ""
    if not page.papers and b"arxiv.org/api/errors" in answer:
        raise FetchError("arXiv", f"refuses the query ({' '.join(said.split())})", "check the ids or the query")
    return page


def _known_as(paper: Paper) -> Iterator[str]:
    if paper.arxiv:
        yield paper.arxiv.lower()
        yield _VERSION.sub("", paper.arxiv.lower())


SERVICE = Service(
    title="arXiv",
    url="https://export.arxiv.org/api",
    interval=3.0,
    reach=30_000,
    normal=normal_arxiv,
    by_ids=_by_ids,
    search=_search,
    known_as=_known_as,
)
