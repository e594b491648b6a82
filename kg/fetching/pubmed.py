"""PubMed through NCBI's E-utilities, https://www.ncbi.nlm.nih.gov/books/NBK25499/.

A search gives ids (``esearch``), ids give records (``efetch``). NCBI allows three requests a second, ten with a key.
Ids are fetched by themselves rather than from NCBI's history, which forgets: a fetch can go on days later.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from kg.errors import FetchError
from kg.fetching.service import Ask, Page, Service, Wanted, batches, decoded, page_of, parsed
from kg.readers import READERS
from kg.readers.fields import orcid_in
from kg.records import Paper
from kg.records.identifiers import normal_pmid

__all__ = ["SERVICE"]

_BATCH = 200
"""Ids of a request, as many as NCBI lets stand in an address."""
_REACH = 10_000
_SETS = ("PubmedArticleSet", "PubmedBookArticleSet")


class _Result(Struct):
    count: str = "0"
    ids: list[str] = field(name="idlist", default_factory=list)
    error: str | None = field(name="ERROR", default=None)


class _Search(Struct):
    result: _Result = field(name="esearchresult")


def _by_ids(ask: Ask, ids: Sequence[str]) -> Iterator[Page]:
    for batch in batches(ids, _BATCH):
        yield ask("efetch.fcgi", {"db": "pubmed", "id": ",".join(batch), "retmode": "xml"}, _page)


def _search(ask: Ask, wanted: Wanted, limit: int | None) -> Iterator[Page]:
    most = _REACH if limit is None else min(limit, _REACH)
    parameters = {"db": "pubmed", "term": _term(wanted), "retmax": str(most), "retmode": "json"}
    found = ask("esearch.fcgi", parameters, _ids)
    total = int(found.count)
    yield Page((), total)
    for page in _by_ids(ask, found.ids):
        yield page._replace(total=total)


def _term(wanted: Wanted) -> str:
    """Write a query in PubMed's language.

    >>> _term(Wanted(query="kidney OR bladder", author="Weir A"))
    '(kidney OR bladder) AND (Weir A[Author])'
    >>> _term(Wanted(author="0000-0002-1825-0097"))
    '0000-0002-1825-0097[auid]'
    """
    orcid = orcid_in(wanted.author)
    author = (f"{orcid}[auid]" if orcid else f"{wanted.author}[Author]") if wanted.author else None
    parts = [part for part in (wanted.query, author) if part]
    return parts[0] if len(parts) == 1 else " AND ".join(f"({part})" for part in parts)


def _ids(answer: bytes) -> _Result:
    result = decoded(answer, _Search).result
    if result.error:
        raise FetchError("PubMed", f"refuses the query ({' '.join(result.error.split())})", "check the query")
    int(result.count)
    return result


def _page(answer: bytes) -> Page:
    parsed(answer, *_SETS)
    return page_of(READERS["pubmed"], answer)


def _known_as(paper: Paper) -> Iterator[str]:
    if paper.pmid:
        yield paper.pmid


SERVICE = Service(
    title="PubMed",
    url="https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    interval=0.34,
    reach=_REACH,
    normal=normal_pmid,
    by_ids=_by_ids,
    search=_search,
    known_as=_known_as,
    contact="email",
    tool="tool",
    key=("api_key", "NCBI_API_KEY"),
    keyed_interval=0.11,
)
