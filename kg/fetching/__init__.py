"""Papers fetched from the services that list them, through the readers of their formats.

The only part of `kg` that uses the network. A service is one module with a `Service`, and one line in `SERVICES`.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Final

from kg.errors import UsageError
from kg.fetching import arxiv, crossref, openalex, pubmed
from kg.fetching.asking import Asker
from kg.fetching.cache import Cache
from kg.fetching.client import Client
from kg.fetching.service import Page, Service, Wanted
from kg.records import Paper

__all__ = ["SERVICES", "Asker", "Cache", "Client", "Service", "Wanted", "fetch"]

SERVICES: Final[Mapping[str, Service]] = MappingProxyType(
    {
        "arxiv": arxiv.SERVICE,
        "pubmed": pubmed.SERVICE,
        "openalex": openalex.SERVICE,
        "crossref": crossref.SERVICE,
    }
)
"""The services that can be asked, by the name the command line takes."""


def fetch(
    service: Service, wanted: Wanted, ask: Asker, *, limit: int | None = None, on_note: Callable[[str], None]
) -> Iterator[Paper]:
    """Fetch the papers wanted, in the service's order, each once.

    Args:
        service: Whom to ask.
        wanted: Ids, or what to search for.
        ask: Sends the requests, or finds the answers to former ones.
        limit: Stop after so many papers.
        on_note: Takes a line for what the user must know: ids that are not there, papers left out.

    Raises:
        RecordError: At once, where an id is none of the service's.
        UsageError: At once, where nothing is wanted; while iterating, where more papers match than a service lists.
        FetchError: While iterating, where the service cannot be reached or gives no usable answer.
    """
    if not (wanted.ids or wanted.query or wanted.author):
        raise UsageError("nothing is asked for; give ids, a query or an author")
    if not wanted.ids:
        return islice(_once(_listed(service, service.search(ask, wanted, limit), limit, on_note)), limit)
    ids = tuple(dict.fromkeys(service.normal(one) for one in wanted.ids))[:limit]
    return _once(_named(service, ids, service.by_ids(ask, ids), on_note))


def _listed(
    service: Service, pages: Iterator[Page], limit: int | None, on_note: Callable[[str], None]
) -> Iterator[Paper]:
    """Yield what a search lists, and say so where the service counts papers that it does not give."""
    given = total = 0
    for page in pages:
        total = max(total, page.total)
        if min(total, limit or total) > service.reach:
            which = f"{total:,} papers match, of which {service.title} lists {service.reach:,}"
            raise UsageError(f"{which}; narrow the query, for example by years, or give a --limit")
        given += len(page.papers) + len(page.left_out)
        _tell_left_out(service, page, on_note)
        yield from page.papers
    if limit is None and given < total:
        on_note(f"{service.title} counts {total:,} papers, and gave {given:,}")


def _named(
    service: Service, ids: tuple[str, ...], pages: Iterator[Page], on_note: Callable[[str], None]
) -> Iterator[Paper]:
    """Yield the papers of ids, and name the ids that the service does not know."""
    found: set[str] = set()
    for page in pages:
        _tell_left_out(service, page, on_note)
        for paper in page.papers:
            found.update(service.known_as(paper))
            yield paper
    missing = [one for one in ids if one.lower() not in found]
    if missing:
        on_note(f"{service.title} has nothing under {len(missing)} of {len(ids)} ids: {', '.join(missing)}")


def _tell_left_out(service: Service, page: Page, on_note: Callable[[str], None]) -> None:
    if page.left_out:
        on_note(f"{service.title}: records left out: {len(page.left_out)}, the first because it {page.left_out[0]}")


def _once(papers: Iterator[Paper]) -> Iterator[Paper]:
    """Let each paper through once: a list may shift between two of its pages."""
    seen: set[str] = set()
    for paper in papers:
        if paper.key not in seen:
            seen.add(paper.key)
            yield paper
